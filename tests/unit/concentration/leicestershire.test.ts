import { beforeAll, describe, expect, it } from 'vitest'
import { hotspotAccuracy } from '#core/analysis/accuracy/hotspot-accuracy.ts'
import { concentration } from '#core/analysis/concentration/concentration.ts'
import { unitCounts } from '#core/analysis/concentration/unit-counts.ts'
import { hotspots } from '#core/analysis/hotspot/hotspots.ts'
import { stability } from '#core/analysis/stability/stability.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { notHere, readLeicestershire, readLeicestershireAreas } from '../hotspot/leicestershire.ts'
import { patient } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'

describe.skipIf(notHere !== '')(`35 months of Leicestershire${notHere}`, () => {
  let incidents: Incidents
  let context: Context
  beforeAll(() => {
    incidents = readLeicestershire()
    const studyArea = readLeicestershireAreas()
    const shapes = studyArea.areas.map((area) => ({ ...area, kind: '', numbers: {} }))
    context = { studyArea, layers: { areas: { name: 'Middle layer areas', shapes } } }
  })

  it('half of crime is in as many cells as the hotspots say, and some 1.4 % of them', () => {
    const params = settings(concentration, { bootstraps: 0, simulations: 0 })
    const { summary } = concentration.run(incidents, params, context, patient)
    const other = hotspots.run(incidents, settings(hotspots, { excludedPlaces: [] }), context, patient)
    expect(summary.shareRows[1].units).toBe(other.summary.halfOfCrimeInCells)
    expect(summary.shareRows[1].shareOfUnits).toBeCloseTo(0.0142, 4)
    expect(summary.occupied).toBe(4441)
  })

  it('places chosen in the first half hold most of what the best choice could have; they last', () => {
    const accuracy = hotspotAccuracy.run(incidents, settings(hotspotAccuracy), context, patient)
    expect(accuracy.summary.later).toBe('2021-06-01 to 2022-10-31')
    for (const row of accuracy.summary.rows) {
      expect(row.pei).toBeGreaterThan(0.95)
      expect(row.pei).toBeLessThanOrEqual(1)
    }
    const { summary } = stability.run(incidents, settings(stability), context, patient)
    expect(summary.alwaysTop).toBeGreaterThan(10 * summary.alwaysTopByChance)
  })

  it('counts by area, outside and without coordinates add up to the rows', () => {
    const { summary, columns, caveats } = unitCounts.run(
      incidents,
      settings(unitCounts, { units: 'areas' }),
      context,
      patient,
    )
    const told = (code: string) =>
      Number(/^[\d,]+/.exec(caveats.find((each) => each.code === code)!.text)![0].replace(',', ''))
    const counted = (columns.count as Uint32Array).reduce((a, b) => a + b, 0)
    expect(counted).toBe(summary.incidents)
    expect(counted + told('outside-study-area') + told('unlocated')).toBe(301_838)
  })
})
