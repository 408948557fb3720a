import { beforeAll, describe, expect, it } from 'vitest'
import { density } from '#core/analysis/density/density.ts'
import { gridCounts } from '#core/analysis/density/grid-counts.ts'
import { hotspots } from '#core/analysis/hotspot/hotspots.ts'
import { pointInRings } from '#core/analysis/space/polygon.ts'
import type { Incidents, StudyArea } from '#core/contract/method.ts'
import { nothingKnown, patient } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import { notHere, readLeicestershire, readLeicestershireAreas } from './leicestershire.ts'

describe.skipIf(notHere !== '')(`35 months of Leicestershire${notHere}`, () => {
  let incidents: Incidents
  let studyArea: StudyArea
  beforeAll(() => {
    incidents = readLeicestershire()
    studyArea = readLeicestershireAreas()
  })

  it('every row is in a cell, outside or without coordinates; the top cell is that of a plain tally', () => {
    expect(incidents.length).toBe(301_838)
    const params = settings(gridCounts, { shape: 'square', cellSize: 250 })
    const { summary, columns } = gridCounts.run(incidents, params, nothingKnown, patient)
    const tally = new Map<string, number>()
    let located = 0
    for (let i = 0; i < incidents.length; i++) {
      if (Number.isNaN(incidents.x[i])) continue
      const key = `${Math.floor(incidents.x[i] / 250)} ${Math.floor(incidents.y[i] / 250)}`
      tally.set(key, (tally.get(key) ?? 0) + 1)
      located++
    }
    const [topKey, topCount] = [...tally].reduce((a, b) => (b[1] > a[1] ? b : a))
    const count = columns.count as Uint32Array
    const at = count.indexOf(topCount)
    expect(located).toBe(294_375)
    expect(summary).toMatchObject({
      incidents: located,
      outside: 0,
      unlocated: 7463,
      occupied: tally.size,
      maximum: topCount,
    })
    expect(
      `${Math.floor((columns.x as Float64Array)[at] / 250)} ${Math.floor((columns.y as Float64Array)[at] / 250)}`,
    ).toBe(topKey)
  })

  it('hotspots: counts by the outlines, in Leicester, lasting; a few hundred cells hold half of crime', () => {
    const params = settings(hotspots, { excludedPlaces: [] })
    const { summary, caveats } = hotspots.run(incidents, params, { studyArea }, patient)
    expect(summary.hotspots).toHaveLength(18)
    expect(summary.areaKm2 / 2538).toBeCloseTo(1, 1)
    const [first] = summary.hotspots
    let inside = 0
    for (let i = 0; i < incidents.length; i++)
      if (pointInRings(first.rings, incidents.x[i], incidents.y[i])) inside++
    expect(first.count).toBe(inside)
    expect(first.area).toMatch(/^Leicester/)
    expect(summary.yearLabels).toEqual(['Nov 2020 – Oct 2021', 'Nov 2021 – Oct 2022'])
    for (const hotspot of summary.hotspots) expect(hotspot.yearsInTop).toBe(2)
    expect(summary.shareOfArea).toBeLessThan(0.01)
    expect(summary.shareOfCount).toBeGreaterThan(0.1)
    expect(summary.halfOfCrimeShareOfCells).toBeGreaterThan(0.005)
    expect(summary.halfOfCrimeShareOfCells).toBeLessThan(0.05)
    expect(caveats.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['snapped', 'unlocated', 'no-harm', 'domestic-not-held']),
    )
  })

  it('hospitals, prisons and police stations are left out, residential courts are not', () => {
    const { summary } = hotspots.run(incidents, settings(hotspots), { studyArea }, patient)
    const byReason = Object.fromEntries(summary.excluded.map(({ reason, incidents: n }) => [reason, n]))
    const { codes, words } = incidents.dictionaries.location
    const rowsAt = (...names: string[]) => {
      let rows = 0
      for (let i = 0; i < incidents.length; i++)
        if (names.includes(words[codes[i]].replace('On or near ', ''))) rows++
      return rows
    }
    expect(byReason['Location: police station']).toBe(rowsAt('Police Station'))
    expect(byReason['Location: prison']).toBe(rowsAt('Prison'))
    expect(byReason['Location: hospital']).toBeGreaterThanOrEqual(rowsAt('Hospital', 'Glenfield Hospital'))
    expect(rowsAt('Moat Court', 'Elizabeth Court')).toBeGreaterThan(0)
    expect(byReason['Location: court'] ?? 0).toBe(rowsAt('Court', 'Courts'))
  })

  it('the surface holds the incidents it is made of', () => {
    const { summary } = density.run(
      incidents,
      settings(density, { cellSize: 250, bandwidth: 1000 }),
      nothingKnown,
      patient,
    )
    expect(summary.incidents).toBe(294_375)
    expect(summary.integral / 294_375).toBeCloseTo(1, 3)
  })
})
