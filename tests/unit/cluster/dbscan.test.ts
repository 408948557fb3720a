import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dbscan, stabilityOf } from '#core/analysis/cluster/dbscan.ts'
import { dbscanLabels } from '#core/analysis/cluster/dbscan-labels.ts'
import { expectAgreement } from '#tests/agreement.ts'
import {
  makeColumns,
  makeIncidents,
  nothingKnown,
  patient,
  type Row,
  toIncidents,
} from '../select/make-incidents.ts'
import { settings, testshire } from '../space/small-study.ts'
import { clustersOracle, leicestershireRows, placesOfRows } from './clusters-oracle.ts'

describe('oracle', () => {
  it('scikit-learn on 7,123 real incidents: the same core, the same clusters of cores, the same noise', () => {
    const places = placesOfRows(leicestershireRows)
    let different = 0
    let disputed = 0
    for (const { radius, minimum, label, core } of clustersOracle.dbscan) {
      const found = dbscanLabels(places.x, places.y, places.count, radius, minimum, patient)
      const theirs = new Map<number, number>()
      const ours = new Map<number, number>()
      leicestershireRows.forEach((_, i) => {
        const place = places.placeOf[i]
        const own = found.label[place]
        if ((core[i] === '1') !== (found.core[place] === 1)) different++
        if (label[i] < 0 !== own < 0) different++
        if (core[i] === '1') {
          if ((theirs.get(label[i]) ?? own) !== own) different++
          if ((ours.get(own) ?? label[i]) !== label[i]) different++
          theirs.set(label[i], own)
          ours.set(own, label[i])
        }
      })
      expect(found.clusters).toBe(Math.max(...label) + 1)
      leicestershireRows.forEach((_, i) => {
        if (core[i] === '0' && label[i] >= 0 && theirs.get(label[i]) !== found.label[places.placeOf[i]])
          disputed++
      })
    }
    expectAgreement({
      method: 'dbscan',
      peer: 'scikit-learn DBSCAN',
      version: clustersOracle.versions['scikit-learn'],
      data: '7,123 violent incidents in Leicestershire, June and July 2022, four settings: incidents that differ in being core, in their cluster if core, or in being noise; count',
      largestDifference: different,
      tolerance: 0,
    })
    // Incidents between two clusters: to the nearer here, to the first found there.
    expect(disputed).toBeGreaterThan(0)
    expect(disputed).toBeLessThan(50)
  })
})

/** Clusters by the definition, over incidents. */
function obvious(places: readonly (readonly [number, number])[], radius: number, minimum: number) {
  const square = (a: number, b: number) =>
    (places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2
  const all = [...places.keys()]
  const near = all.map((i) => all.filter((j) => square(i, j) <= radius * radius))
  const core = near.map((list) => list.length >= minimum)
  const label = all.map(() => -1)
  const spread = (i: number, cluster: number): void => {
    if (label[i] >= 0) return
    label[i] = cluster
    for (const j of near[i]) if (core[j]) spread(j, cluster)
  }
  for (const i of all) if (core[i]) spread(i, i)
  for (const i of all.filter((each) => !core[each])) {
    const cores = near[i].filter((j) => core[j])
    cores.sort(
      (a, b) => square(i, a) - square(i, b) || places[a][0] - places[b][0] || places[a][1] - places[b][1],
    )
    if (cores.length > 0) label[i] = label[cores[0]]
  }
  return { label, core }
}

const somePlaces = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })), {
  minLength: 2,
  maxLength: 60,
})
const rowsAt = (list: readonly (readonly [number, number])[]): Row[] =>
  list.map(([x, y]) => ({ at: [450_000 + x, 300_000 + y] }))

describe('brute force', () => {
  it('by the definition, incident by incident', () => {
    fc.assert(
      fc.property(
        somePlaces,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 2, max: 8 }),
        (list, radius, minimum) => {
          fc.pre(new Set(list.map(String)).size > 1)
          const places = placesOfRows(rowsAt(list))
          const { label, core } = dbscanLabels(places.x, places.y, places.count, radius, minimum, patient)
          const expected = obvious(list, radius, minimum)
          const pairing = new Map<number, number>()
          list.forEach((_, i) => {
            const own = label[places.placeOf[i]]
            expect(core[places.placeOf[i]] === 1).toBe(expected.core[i])
            expect(own < 0).toBe(expected.label[i] < 0)
            expect(pairing.get(expected.label[i]) ?? own).toBe(own)
            pairing.set(expected.label[i], own)
          })
          expect(new Set(pairing.values()).size).toBe(pairing.size)
        },
      ),
      { numRuns: 400 },
    )
  })
})

const run = (rows: readonly Row[], changed: object = {}, context: object = nothingKnown) =>
  dbscan.run(makeIncidents(rows), settings(dbscan, changed), context, patient)

describe('properties', () => {
  it('shuffled rows: the same clusters to the last digit, and the same cluster for each incident', () => {
    fc.assert(
      fc.property(somePlaces, fc.infiniteStream(fc.nat()), (list, numbers) => {
        fc.pre(new Set(list.map(String)).size > 1 && list.length >= 3)
        const order = list.map((_, i) => i)
        const keys = [...numbers.take(list.length)]
        order.sort((a, b) => keys[a] - keys[b])
        const [a, b] = [list, order.map((i) => list[i])].map((each) =>
          run(rowsAt(each), { radius: 5, minimum: 3 }),
        )
        expect(b.summary).toEqual(a.summary)
        order.forEach((i, k) => {
          expect((b.columns.cluster as Int32Array)[k]).toBe((a.columns.cluster as Int32Array)[i])
        })
      }),
      { numRuns: 60 },
    )
  })

  it('stability: 1 for a cluster that all radii find, less for one that comes and goes', () => {
    const tight = Array.from({ length: 20 }, (_, k): [number, number] => [k % 5, Math.floor(k / 5)])
    // A row of incidents 9 m apart: dense with 9 m or more, nothing with less.
    const loose = Array.from({ length: 12 }, (_, k): [number, number] => [400 + 9 * k, 0])
    const { summary } = run(rowsAt([...tight, ...loose]), { radius: 10, minimum: 3 })
    expect(summary.clusters.map(({ count }) => count)).toEqual([20, 12])
    expect(summary.clusters[0].stability).toBe(1)
    // Found with 9 (0.9), 11 … 15: six of ten.
    expect(summary.clusters[1].stability).toBeCloseTo(0.6, 12)
    expect(summary.radii.map(({ clusters }) => clusters)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2])
    const without = run(rowsAt([...tight, ...loose]), { radius: 10, minimum: 3, stability: false })
    expect(without.summary.clusters[0].stability).toBeNaN()
    expect(without.columns).toEqual(run(rowsAt([...tight, ...loose]), { radius: 10, minimum: 3 }).columns)
  })

  it('overlap of clusters is counted in incidents', () => {
    const label = (...labels: number[]) => ({
      label: Int32Array.from(labels),
      core: new Uint8Array(labels.length),
      clusters: Math.max(...labels) + 1,
    })
    const [stability] = stabilityOf(Int32Array.of(3, 1, 4), [label(0, 0, -1), label(0, -1, 0)])
    expect(stability).toBeCloseTo(3 / 8, 12)
  })

  it('real incidents: counts add up, harm and caveats', () => {
    const { summary, columns, caveats } = run(leicestershireRows)
    const cluster = columns.cluster as Int32Array
    expect(summary.clustered).toBe(cluster.filter((each) => each > 0).length)
    summary.clusters.forEach(({ cluster: number, count, harm }) => {
      expect(count).toBe(cluster.filter((each) => each === number).length)
      expect(harm).toBeNaN()
    })
    // scikit-learn gives two of the incidents at its edge to another cluster.
    expect(summary.clusters[0].count).toBe(clustersOracle.largest.count + 2)
    expect(caveats.map(({ code }) => code)).toEqual(['snapped', 'unstable'])
    for (const { code } of caveats) expect(Object.keys(dbscan.card.caveats)).toContain(code)
  })

  it('harm is summed, and the study area leaves out what is outside', () => {
    const rows: Row[] = [
      ...Array.from(
        { length: 6 },
        (_, k): Row => ({
          at: [451_000 + k, 301_000 + (k % 2)],
          words: { offence: k < 4 ? 'Robbery' : 'Unknown' },
        }),
      ),
      { at: [460_000, 301_000], words: { offence: 'Robbery' } },
    ]
    const { summary, columns, caveats } = run(rows, { radius: 10, minimum: 3 }, testshire)
    expect(summary.clusters[0].harm).toBe(4 * 365)
    expect([...(columns.row as Int32Array)]).toEqual([0, 1, 2, 3, 4, 5])
    expect(caveats.map(({ code }) => code)).toEqual(['outside-study-area', 'harm-unweighted', 'one-cluster'])
  })

  it('masked out is as not there', () => {
    const columns = makeColumns(
      rowsAt([
        [0, 0],
        [1, 0],
        [2, 0],
        [3, 0],
        [500, 0],
      ]),
    )
    const masked = dbscan.run(
      toIncidents(columns, Uint8Array.of(1, 1, 1, 0, 1)),
      settings(dbscan, { radius: 5, minimum: 3 }),
      nothingKnown,
      patient,
    )
    expect(masked.summary.clusters.map(({ count }) => count)).toEqual([3])
    expect([...(masked.columns.row as Int32Array)]).toEqual([0, 1, 2, 4])
    expect([...(masked.columns.cluster as Int32Array)]).toEqual([1, 1, 1, 0])
  })
})

describe('edges', () => {
  it('at exactly the radius is within; nothing dense is told; a line has no area', () => {
    const line = rowsAt([
      [0, 0],
      [150, 0],
      [300, 0],
    ])
    const { summary } = run(line, { minimum: 2 })
    expect(summary.clusters.length).toBe(1)
    expect(summary.clusters[0].areaKm2).toBe(0)
    expect(summary.clusters[0].perKm2).toBeNaN()
    expect(summary.clusters[0].rings).toEqual([])
    const none = run(line, { minimum: 2, radius: 149 })
    expect(none.summary.clusters).toEqual([])
    expect(none.summary.shareClustered).toBe(0)
    expect(none.caveats.map(({ code }) => code)).toEqual(['no-cluster'])
  })
})

describe('refuses', () => {
  const refusal = (rows: readonly Row[]): string => {
    try {
      run(rows)
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'accepted'
  }
  it('too few incidents, none with a place, all at one place', () => {
    expect(refusal([])).toBe('E-MTH-FEW')
    expect(refusal(Array.from({ length: 20 }, () => ({})))).toBe('E-MTH-FEW')
    expect(refusal(Array.from({ length: 20 }, () => ({ at: [450_000, 300_000] as const })))).toBe(
      'E-MTH-ONE-PLACE',
    )
  })
})
