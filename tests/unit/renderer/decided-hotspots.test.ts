import { describe, expect, it } from 'vitest'
import type { Hotspot, HotspotsSummary } from '#core/contract/results.ts'
import { decidedHotspots } from '#renderer/state/decided-hotspots.ts'
import { yearTrend } from '#renderer/state/trend.ts'

function hotspot(id: string, rank: number, count: number): Hotspot {
  return {
    id,
    rank,
    cells: [rank],
    rings: [[[rank, 0]]],
    x: rank,
    y: 0,
    areaKm2: 0.1,
    count,
    harm: count * 10,
    shareOfCount: count / 100,
    shareOfHarm: count / 50,
    shareOfArea: 0.01,
    score: count,
    byYear: [count - 1, 1],
    yearsInTop: 2,
    years: 3,
    z: rank,
    qValue: 0.01 / rank,
    area: '',
    place: `Place ${id}`,
  }
}

const summary = {
  hotspots: [hotspot('A', 1, 30), hotspot('B', 2, 20), hotspot('C', 3, 10)],
} as unknown as HotspotsSummary

describe('decided hotspots', () => {
  it('changes nothing without decisions', () => {
    const set = decidedHotspots(summary, [])
    expect(set.kept.map((held) => [held.rank, held.id, held.name])).toEqual([
      [1, 'A', 'Place A'],
      [2, 'B', 'Place B'],
      [3, 'C', 'Place C'],
    ])
    expect(set.shareOfCount).toBeCloseTo(0.6, 12)
  })

  it('drops with the reason and closes the ranks', () => {
    const set = decidedHotspots(summary, [{ hotspot: 'A', dropped: 'Hospital', name: 'A&E' }])
    expect(set.kept.map((held) => [held.rank, held.id])).toEqual([
      [1, 'B'],
      [2, 'C'],
    ])
    expect(set.dropped).toEqual([{ id: 'A', name: 'A&E', reason: 'Hospital' }])
    expect(set.shareOfCount).toBeCloseTo(0.3, 12)
  })

  it('adds what is merged, and keeps the total', () => {
    const set = decidedHotspots(summary, [{ hotspot: 'C', mergedInto: 'A' }])
    expect(set.kept).toHaveLength(2)
    const [first] = set.kept
    expect(first).toMatchObject({
      id: 'A',
      count: 40,
      harm: 400,
      merged: ['C'],
      cells: [1, 3],
      z: 3,
      byYear: [38, 2],
    })
    expect(set.shareOfCount).toBeCloseTo(0.6, 12)
  })

  it('follows merges of merges, and ignores circles and dropped hosts', () => {
    const chain = decidedHotspots(summary, [
      { hotspot: 'C', mergedInto: 'B' },
      { hotspot: 'B', mergedInto: 'A' },
    ])
    expect(chain.kept.map((held) => [held.id, held.count])).toEqual([['A', 60]])
    const circle = decidedHotspots(summary, [
      { hotspot: 'A', mergedInto: 'B' },
      { hotspot: 'B', mergedInto: 'A' },
    ])
    expect(circle.kept).toHaveLength(3)
    const dropped = decidedHotspots(summary, [
      { hotspot: 'A', dropped: 'Prison' },
      { hotspot: 'B', mergedInto: 'A' },
    ])
    expect(dropped.kept.map((held) => held.id)).toEqual(['B', 'C'])
  })

  it('keeps harm undefined where no weights were used', () => {
    const bare = { hotspots: summary.hotspots.map((held) => ({ ...held, harm: null, shareOfHarm: null })) }
    expect(decidedHotspots(bare as unknown as HotspotsSummary, []).shareOfHarm).toBeNaN()
  })
})

describe('year trend', () => {
  it('points only where chance alone would not do it', () => {
    expect(yearTrend([100, 140], ['2024', '2025'])).toEqual({
      direction: 'up',
      text: '2024: 100, 2025: 140 (up)',
    })
    expect(yearTrend([100, 110], ['2024', '2025'])?.direction).toBe('level')
    expect(yearTrend([140, 100], ['2024', '2025'])?.direction).toBe('down')
    expect(yearTrend([5], ['2025'])).toBeNull()
    expect(yearTrend([0, 0], ['2024', '2025'])?.direction).toBe('level')
  })
})
