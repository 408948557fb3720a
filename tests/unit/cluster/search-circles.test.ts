import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circleLabels } from '#core/analysis/cluster/circle-labels.ts'
import { searchCircles } from '#core/analysis/cluster/search-circles.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import { leicestershireRows, placesOfRows } from './clusters-oracle.ts'

/** Every node of the lattice over the places, every incident, joined until nothing changes. */
function obvious(
  places: readonly (readonly [number, number])[],
  { radius, spacing, minimum, most }: { radius: number; spacing: number; minimum: number; most: number },
) {
  const step = (Math.sqrt(3) / 2) * spacing
  const span = (k: 0 | 1, size: number): [number, number] => [
    Math.floor((Math.min(...places.map((place) => place[k])) - radius) / size) - 1,
    Math.ceil((Math.max(...places.map((place) => place[k])) + radius) / size) + 1,
  ]
  const [left, right] = span(0, spacing)
  const [low, high] = span(1, step)
  const circles: { members: Set<number> }[] = []
  for (let row = low; row <= high; row++)
    for (let column = left; column <= right; column++) {
      const x = (column + (row & 1) / 2) * spacing
      const y = row * step
      const members = [...places.keys()].filter(
        (i) => Math.hypot(places[i][0] - x, places[i][1] - y) <= radius * (1 + 1e-9),
      )
      if (members.length >= minimum) circles.push({ members: new Set(members) })
    }
  const full = circles.length
  // A stable sort: the southern, then the western first among equally full ones.
  let clusters = circles
    .toSorted((a, b) => b.members.size - a.members.size)
    .slice(0, most)
    .map(({ members }) => members)
  for (let changed = true; changed; ) {
    changed = false
    for (let a = 0; a < clusters.length && !changed; a++)
      for (let b = a + 1; b < clusters.length && !changed; b++)
        if ([...clusters[a]].some((i) => clusters[b].has(i))) {
          clusters[a] = new Set([...clusters[a], ...clusters[b]])
          clusters = clusters.filter((_, k) => k !== b)
          changed = true
        }
  }
  return { full, clusters: clusters.map((members) => [...members].sort((a, b) => a - b)) }
}

function found(rows: readonly Row[], choice: Parameters<typeof obvious>[1]) {
  const places = placesOfRows(rows)
  const { label, clusters, full } = circleLabels(places.x, places.y, places.count, choice, patient)
  const lists: number[][] = Array.from({ length: clusters }, () => [])
  rows.forEach((_, i) => {
    if (label[places.placeOf[i]] >= 0) lists[label[places.placeOf[i]]].push(i)
  })
  return { full, clusters: lists }
}

const sorted = (lists: number[][]) => lists.toSorted((a, b) => a[0] - b[0])

describe('brute force', () => {
  it('every circle, every incident', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })), {
          minLength: 2,
          maxLength: 40,
        }),
        fc.integer({ min: 2, max: 20 }),
        fc.constantFrom(0.5, 0.7, 1),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        (list, radius, part, minimum, most) => {
          fc.pre(new Set(list.map(String)).size > 1)
          const at = list.map(([x, y]): [number, number] => [x + 0.37, y + 0.41])
          const choice = { radius, spacing: part * radius, minimum, most }
          const ours = found(
            at.map((place) => ({ at: place })),
            choice,
          )
          const expected = obvious(at, choice)
          expect(ours.full).toBe(expected.full)
          expect(sorted(ours.clusters)).toEqual(sorted(expected.clusters))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('real incidents: every circle, every incident', () => {
    const some = leicestershireRows
      .filter(({ at }) => Math.abs(at![0] - 449_700) < 2500 && Math.abs(at![1] - 299_600) < 2500)
      .slice(0, 600)
    const choice = { radius: 250, spacing: 125, minimum: 8, most: 25 }
    const ours = sorted(found(some, choice).clusters)
    const expected = sorted(
      obvious(
        some.map(({ at }) => at!),
        choice,
      ).clusters,
    )
    expect(expected.length).toBeGreaterThan(1)
    const clusterOf = (lists: number[][], i: number) => lists.findIndex((list) => list.includes(i))
    expectAgreement({
      method: 'searchCircles',
      peer: 'CrimeStat IV, chapter 8: the rule, circle by circle',
      version: '2015',
      data: '600 violent incidents in Leicester, June 2022, circles of 250 m, 25 kept: incidents in another cluster; count',
      largestDifference: some.filter((_, i) => clusterOf(ours, i) !== clusterOf(expected, i)).length,
      tolerance: 0,
    })
  })
})

const run = (rows: readonly Row[], changed: object = {}) =>
  searchCircles.run(makeIncidents(rows), settings(searchCircles, changed), nothingKnown, patient)

describe('properties', () => {
  it('does not move with the data: incidents far away change nothing near', () => {
    const few = leicestershireRows.slice(0, 800)
    const far: Row[] = [...few, { at: [300_000, 500_000] }]
    expect(run(far).summary.clusters).toEqual(run(few).summary.clusters)
  })

  it('counts, circles and columns agree; the fullest circles first; rows in any order', () => {
    const { summary, columns, caveats } = run(leicestershireRows)
    const cluster = columns.cluster as Int32Array
    summary.clusters.forEach((row) => {
      expect(row.count).toBe(cluster.filter((each) => each === row.cluster).length)
      expect(row.circles).toBe(summary.circles.filter((circle) => circle.cluster === row.cluster).length)
      expect(row.rings[0].length).toBe(48)
    })
    expect(summary.circles.length).toBe(100)
    expect(summary.clusters.length).toBeGreaterThan(1)
    summary.circles.forEach((circle, k) => {
      if (k > 0) expect(circle.count).toBeLessThanOrEqual(summary.circles[k - 1].count)
      expect(circle.count).toBe(
        leicestershireRows.filter(({ at }) => Math.hypot(at![0] - circle.x, at![1] - circle.y) <= 250).length,
      )
    })
    expect(caveats.map(({ code }) => code)).toEqual(['snapped', 'circles-left-out'])
    for (const { code } of caveats) expect(Object.keys(searchCircles.card.caveats)).toContain(code)
    expect(run(leicestershireRows.toReversed()).summary).toEqual(summary)
  })
})

describe('edges', () => {
  it('no circle full enough: told, no cluster', () => {
    const { summary, caveats } = run(
      Array.from({ length: 12 }, (_, k): Row => ({ at: [450_000 + 1000 * k, 300_000] })),
    )
    expect(summary.clusters).toEqual([])
    expect(summary.clustered).toBe(0)
    expect(caveats.map(({ code }) => code)).toEqual(['no-cluster'])
  })

  it('south and west of the origin as anywhere', () => {
    const rows = Array.from({ length: 12 }, (_, k): Row => ({ at: [-500 + k, -700 + (k % 3)] }))
    expect(run(rows).summary.clusters[0].count).toBe(12)
  })
})

describe('refuses', () => {
  it('centres too far apart or too close, too few incidents', () => {
    const code = (changed: object, rows: readonly Row[] = leicestershireRows): string => {
      try {
        run(rows, changed)
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'accepted'
    }
    expect(code({ spacing: 300 })).toBe('E-MTH-SPACING')
    expect(code({ spacing: 5 })).toBe('E-MTH-SPACING')
    expect(code({}, leicestershireRows.slice(0, 3))).toBe('E-MTH-FEW')
  })
})
