import { describe, expect, it } from 'vitest'
import type { Hotspot, HotspotsSummary } from '#core/contract/results.ts'
import { applyDecisions } from '#core/programme/hotspot-plan.ts'

const grid = { shape: 'square', size: 100, originX: 0, originY: 0, columns: 10, rows: 10 } as const

function hotspot(rank: number, cells: readonly number[], place = `Street ${rank}`): Hotspot {
  return {
    id: `SQ100-${rank}`,
    rank,
    cells,
    rings: [],
    x: rank * 100,
    y: 50,
    areaKm2: cells.length * 0.01,
    count: 100 - rank,
    harm: 10 * rank,
    shareOfCount: 0.1,
    shareOfHarm: 0.05,
    shareOfArea: 0.01 * cells.length,
    score: 100 - rank,
    byYear: [rank, 2 * rank],
    yearsInTop: rank,
    years: 3,
    z: rank,
    qValue: 0.01 * rank,
    area: rank < 3 ? 'North' : 'South',
    place,
  }
}

function summary(hotspots: readonly Hotspot[]): HotspotsSummary {
  return {
    grid,
    score: 'count',
    hotspots,
    incidents: 1000,
    harm: 1000,
    areaKm2: 1,
    cells: 100,
    shareOfCount: 0.3,
    shareOfHarm: 0.15,
    shareOfArea: 0.04,
    excluded: [],
    clauses: [],
    yearLabels: ['2024', '2025'],
    halfOfCrimeInCells: 5,
    halfOfCrimeShareOfCells: 0.05,
  }
}

const three = summary([hotspot(1, [11]), hotspot(2, [12, 13]), hotspot(3, [55])])

describe('decisions on a run of hotspots', () => {
  it('without any, keep the ranks and take the commonest place as a first name', () => {
    const plan = applyDecisions(three, [])
    expect(plan.hotspots.map((each) => [each.hotspot.rank, each.name])).toEqual([
      [1, 'Street 1'],
      [2, 'Street 2'],
      [3, 'Street 3'],
    ])
    expect(plan.shareOfCount).toBeCloseTo(0.3)
  })

  it('drop with a reason, close the ranks, and take the share out of the headline', () => {
    const plan = applyDecisions(three, [{ hotspot: 'SQ100-1', dropped: 'Hospital grounds' }])
    expect(plan.hotspots.map((each) => each.hotspot.id)).toEqual(['SQ100-2', 'SQ100-3'])
    expect(plan.hotspots.map((each) => each.hotspot.rank)).toEqual([1, 2])
    expect(plan.dropped).toEqual([{ hotspot: three.hotspots[0], reason: 'Hospital grounds' }])
    expect(plan.shareOfCount).toBeCloseTo(0.2)
  })

  it('join: cells united, counts and shares added, the better rank, the strongest Gi*', () => {
    const plan = applyDecisions(three, [
      { hotspot: 'SQ100-1', mergedInto: 'SQ100-2', name: 'ignored' },
      { hotspot: 'SQ100-2', name: 'Market' },
    ])
    const [joined] = plan.hotspots
    expect(plan.hotspots).toHaveLength(2)
    expect(joined.name).toBe('Market')
    expect(joined.hotspot).toMatchObject({
      id: 'SQ100-2',
      rank: 1,
      cells: [11, 12, 13],
      count: 197,
      byYear: [3, 6],
      yearsInTop: 2,
      z: 2,
      qValue: 0.02,
    })
    expect(joined.hotspot.areaKm2).toBeCloseTo(0.03)
    expect(joined.hotspot.shareOfCount).toBeCloseTo(0.2)
    // Three squares in a row: one ring of four corners.
    expect(joined.hotspot.rings).toEqual([
      [
        [100, 100],
        [400, 100],
        [400, 200],
        [100, 200],
      ],
    ])
  })

  it('keep harm undefined when it was undefined, never 0', () => {
    const bare = summary([
      { ...hotspot(1, [11]), harm: Number.NaN, shareOfHarm: Number.NaN },
      { ...hotspot(2, [12]), harm: Number.NaN, shareOfHarm: Number.NaN },
    ])
    const plan = applyDecisions(bare, [{ hotspot: 'SQ100-1', mergedInto: 'SQ100-2' }])
    expect(plan.hotspots[0].hotspot.harm).toBeNaN()
    expect(plan.shareOfHarm).toBeNaN()
  })

  it('tell hotspots apart that share their commonest place', () => {
    const same = summary([
      hotspot(1, [11], 'On or near Shopping Area'),
      hotspot(2, [15], 'On or near Shopping Area'),
      hotspot(3, [55], 'On or near Shopping Area'),
    ])
    expect(applyDecisions(same, []).hotspots.map((each) => each.name)).toEqual([
      'On or near Shopping Area, North (SQ100-1)',
      'On or near Shopping Area, North (SQ100-2)',
      'On or near Shopping Area, South',
    ])
  })

  it.each([
    ['E-PLN-UNKNOWN', [{ hotspot: 'SQ100-9', name: 'x' }]],
    ['E-PLN-REASON', [{ hotspot: 'SQ100-1', dropped: '  ' }]],
    ['E-PLN-JOIN', [{ hotspot: 'SQ100-1', mergedInto: 'SQ100-1' }]],
    [
      'E-PLN-JOIN',
      [
        { hotspot: 'SQ100-1', mergedInto: 'SQ100-2' },
        { hotspot: 'SQ100-2', mergedInto: 'SQ100-1' },
      ],
    ],
    [
      'E-PLN-JOIN',
      [
        { hotspot: 'SQ100-1', mergedInto: 'SQ100-2' },
        { hotspot: 'SQ100-2', dropped: 'prison' },
      ],
    ],
  ])('refuses: %s', (code, decisions) => {
    expect(() => applyDecisions(three, decisions)).toThrow(expect.objectContaining({ code }))
  })
})
