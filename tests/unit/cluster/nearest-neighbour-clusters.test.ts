import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestNeighbourClusters } from '#core/analysis/cluster/nearest-neighbour-clusters.ts'
import { nearestNeighbourLabels } from '#core/analysis/cluster/nearest-neighbour-labels.ts'
import { randomPlaces } from '#core/analysis/cluster/random-places.ts'
import { pointInRings } from '#core/analysis/space/polygon.ts'
import { randomOf } from '#core/analysis/support/random.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, testshire } from '../space/small-study.ts'
import { leicestershireRows, placesOfRows } from './clusters-oracle.ts'

/** The rule word by word, incident by incident; places from west to east. */
function obvious(
  places: readonly (readonly [number, number])[],
  threshold: number,
  minimum: number,
): number[] {
  const label = places.map(() => -1)
  const all = [...places.keys()].sort((a, b) => places[a][0] - places[b][0] || places[a][1] - places[b][1])
  for (let cluster = 0; ; cluster++) {
    const free = all.filter((i) => label[i] < 0)
    const closeTo = (i: number) =>
      free.filter((j) => Math.hypot(places[i][0] - places[j][0], places[i][1] - places[j][1]) <= threshold)
    let seed = -1
    let most = 0
    for (const i of free)
      if (closeTo(i).length > most) {
        seed = i
        most = closeTo(i).length
      }
    if (most < minimum) return label
    for (const j of closeTo(seed)) label[j] = cluster
  }
}

const rowsAt = (list: readonly (readonly [number, number])[]): Row[] =>
  list.map(([x, y]) => ({ at: [450_000 + x, 300_000 + y] }))
const run = (rows: readonly Row[], changed: object = {}, context: object = nothingKnown) =>
  nearestNeighbourClusters.run(
    makeIncidents(rows),
    settings(nearestNeighbourClusters, { simulations: 0, ...changed }),
    context,
    patient,
  )

describe('brute force', () => {
  it('the rule word by word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })), {
          minLength: 2,
          maxLength: 60,
        }),
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 2, max: 8 }),
        (list, threshold, minimum) => {
          fc.pre(new Set(list.map(String)).size > 1)
          const places = placesOfRows(rowsAt(list))
          const { label } = nearestNeighbourLabels(
            places.x,
            places.y,
            places.count,
            threshold,
            minimum,
            patient,
          )
          expect(list.map((_, i) => label[places.placeOf[i]])).toEqual(obvious(list, threshold, minimum))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('real incidents: the rule word by word', () => {
    const some = leicestershireRows.slice(0, 800)
    const list = some.map(({ at }) => at!)
    const places = placesOfRows(some)
    const { label, clusters } = nearestNeighbourLabels(places.x, places.y, places.count, 150, 8, patient)
    const expected = obvious(list, 150, 8)
    const different = list.filter((_, i) => label[places.placeOf[i]] !== expected[i]).length
    expect(clusters).toBe(8)
    expectAgreement({
      method: 'nearestNeighbourClusters',
      peer: 'CrimeStat IV, chapter 7: the rule, incident by incident',
      version: '2015',
      data: '800 violent incidents in Leicestershire, June 2022, 150 m, at least 8: incidents in another cluster; count',
      largestDifference: different,
      tolerance: 0,
    })
  })
})

/** Four knots of twelve, two by two; and a few apart. */
const knots = rowsAt(
  [
    [0, 0],
    [60, 0],
    [2000, 2000],
    [2060, 2000],
  ].flatMap(([x, y], knot) =>
    Array.from({ length: 12 + knot }, (_, k): [number, number] => [x + (k % 4), y + Math.floor(k / 4)]),
  ),
).concat(
  rowsAt([
    [1000, 0],
    [0, 1000],
    [3000, 3000],
  ]),
)

describe('properties', () => {
  it('thresholds: CrimeStat’s mean and its standard error, chance, fixed', () => {
    const area = 16
    const n = knots.length
    const random = (probability: number) => run(knots, { probability }, testshire).summary.threshold
    expect(random(0.5)).toBeCloseTo(0.5 * Math.sqrt((area * 1e6) / n), 9)
    // Student's t for 56 degrees of freedom at 5 %: −1.672522 (R: qt(0.05, 56)).
    expect(n).toBe(57)
    expect(random(0.05)).toBeCloseTo(0.5 * Math.sqrt(16e6 / 57) - 1.672522 * (0.26136 * (4000 / 57)), 4)
    const chance = run(knots, { threshold: 'chance', probability: 0.3 }, testshire).summary.threshold
    expect(1 - Math.exp((-n / 16e6) * Math.PI * chance ** 2)).toBeCloseTo(0.3, 12)
    expect(run(knots, { threshold: 'fixed', distance: 40 }, testshire).summary.threshold).toBe(40)
    expect(run(knots, { areaKm2: 64 }, testshire).summary.threshold).toBeCloseTo(2 * random(0.5), 9)
  })

  it('orders: knots, pairs of knots, all; each points to the one above it', () => {
    const { summary, columns } = run(knots, { threshold: 'fixed', distance: 100, orders: 3 }, testshire)
    // 100 m joins two knots at once: a single order.
    expect(summary.orders.map(({ clusters }) => clusters)).toEqual([2, 0])
    const near = run(knots, { threshold: 'fixed', distance: 10 }, testshire)
    expect(near.summary.orders.map(({ clusters }) => clusters)).toEqual([4, 0])
    const random = run(knots, { threshold: 'random', areaKm2: 0.08, minimum: 12 }, testshire).summary
    expect(random.orders.map(({ clusters }) => clusters)).toEqual([4, 2, 0])
    expect(
      random.clusters.map(({ order, cluster, count, members, within }) => [
        order,
        cluster,
        count,
        members,
        within,
      ]),
    ).toEqual([
      [1, 1, 15, 15, 1],
      [1, 2, 14, 14, 1],
      [1, 3, 13, 13, 2],
      [1, 4, 12, 12, 2],
      [2, 1, 29, 2, 0],
      [2, 2, 25, 2, 0],
    ])
    expect(summary.clustered).toBe((columns.cluster as Int32Array).filter((each) => each > 0).length)
    expect(run(knots, { areaKm2: 0.08, minimum: 12, orders: 1 }, testshire).summary.orders.length).toBe(1)
  })

  it('the same whatever the order of the rows', () => {
    const turned = knots.toReversed()
    const [a, b] = [knots, turned].map((rows) => run(rows, { simulations: 9 }, testshire))
    expect(b.summary).toEqual(a.summary)
    expect([...(b.columns.cluster as Int32Array)].reverse()).toEqual([...(a.columns.cluster as Int32Array)])
  })

  it('random maps: knots are more than chance, random places are not; seeded; the same in any parts', () => {
    const settingsOf = { simulations: 99, minimum: 5 }
    const { simulated } = run(knots, settingsOf, testshire).summary
    expect(simulated.maps).toBe(99)
    expect(simulated.pLargest).toBe(0.01)
    const random = rowsAt(
      Array.from({ length: 200 }, (_, k): [number, number] => [
        seededNumbers(31, 400)[k] * 4000,
        seededNumbers(31, 400)[k + 200] * 4000,
      ]),
    )
    const chance = run(random, settingsOf, testshire).summary
    expect(chance.simulated.pClusters).toBeGreaterThan(0.05)
    expect(run(random, settingsOf, testshire).summary).toEqual(chance)
    expect(run(random, { ...settingsOf, seed: 2 }, testshire).summary.simulated).not.toEqual(chance.simulated)

    const params = settings(nearestNeighbourClusters, settingsOf)
    const { begin, part, finish } = nearestNeighbourClusters.shares!
    const incidents = makeIncidents(random)
    const { state } = begin(incidents, params, testshire, patient)
    const small = { ...(state as object), perPart: 10 }
    const parts = Array.from({ length: 10 }, (_, k) => part(small, k, patient))
    expect(finish(small, parts, incidents, params, testshire, patient).summary).toEqual(chance)
  })

  it('random places lie in the areas, evenly', () => {
    const ring = rectangle(0, 0, 100, 100)
    const hole = rectangle(0, 50, 50, 100)
    const { x, y } = randomPlaces(
      { box: [-100, 0, 100, 100], areas: [{ rings: [ring, hole] }] },
      6000,
      randomOf(3, 1),
      patient,
    )!
    let lower = 0
    for (let i = 0; i < 6000; i++) {
      expect(pointInRings([ring, hole], x[i], y[i])).toBe(true)
      if (y[i] < 50) lower++
    }
    // Two thirds, four standard errors.
    expect(Math.abs(lower - 4000)).toBeLessThan(4 * Math.sqrt(6000 * (2 / 9)))
    expect(randomPlaces({ box: [0, 0, 1, 1], areas: [{ rings: [] }] }, 5, randomOf(3, 1), patient)).toBeNull()
  })
})

describe('edges', () => {
  it('no cluster, no study area, shared points, no random maps: each told', () => {
    const codes = (rows: readonly Row[], changed: object, context: object = testshire) =>
      run(rows, changed, context).caveats.map(({ code }) => code)
    expect(codes(knots, { minimum: 50 })).toEqual(['no-cluster', 'not-simulated'])
    expect(codes(knots, { simulations: 9 }, nothingKnown)).toEqual(['area-of-box'])
    expect(codes([...knots, ...knots], { simulations: 9 })).toEqual(['coincident-null'])
    const { simulated, clusters } = run(knots, { minimum: 50 }).summary
    expect(clusters).toEqual([])
    expect([simulated.meanClusters, simulated.pClusters, simulated.largest95]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
    for (const code of ['no-cluster', 'not-simulated', 'area-of-box', 'coincident-null'])
      expect(Object.keys(nearestNeighbourClusters.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  it('too few, one place, no area', () => {
    const code = (rows: readonly Row[], changed: object = {}): string => {
      try {
        run(rows, changed)
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'accepted'
    }
    const line = rowsAt(Array.from({ length: 20 }, (_, k): [number, number] => [10 * k, 0]))
    expect(code(line.slice(0, 5))).toBe('E-MTH-FEW')
    expect(code(line.map(() => line[0]))).toBe('E-MTH-ONE-PLACE')
    expect(code(line)).toBe('E-MTH-AREA')
    expect(code(line, { threshold: 'fixed' })).toBe('accepted')
    expect(code(line, { threshold: 'fixed', simulations: 9 })).toBe('E-MTH-AREA')
  })
})
