import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localMoran } from '#core/analysis/autocorrelation/local-moran.ts'
import { localMoranValues } from '#core/analysis/autocorrelation/local-moran-values.ts'
import { sumsOfNeighbours } from '#core/analysis/hotspot/gistar-values.ts'
import { neighboursWithin } from '#core/analysis/space/neighbours.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, testshire } from '../space/small-study.ts'
import { asNeighbours, getisord, type LocalTests, largestDifference, spdepOracle } from './spdep-oracle.ts'

const { columbus } = spdepOracle
const contiguous = asNeighbours(columbus.neighbours)

const kinds = [
  ['Wconditional', true, true],
  ['Wtotal', true, false],
  ['Bconditional', false, true],
  ['Btotal', false, false],
] as const

function against(
  values: ArrayLike<number>,
  sums: ReturnType<typeof sumsOfNeighbours>,
  local: LocalTests,
): number {
  let largest = 0
  for (const [name, byRow, conditional] of kinds) {
    const found = localMoranValues(values, sums, byRow, conditional)
    largest = Math.max(largest, largestDifference(found.i, local[name].i))
    largest = Math.max(largest, largestDifference(found.z, local[name].z))
    expect(found.quadrant).toEqual(local.quadrant)
  }
  return largest
}

describe('published', () => {
  it('local values add up to the global one, 0.485771 for crime in Columbus (spdep, spData col.gal.nb)', () => {
    const { i } = localMoranValues(columbus.crime, sumsOfNeighbours(columbus.crime, contiguous), true, true)
    expect(i.reduce((sum, each) => sum + each, 0) / 49).toBeCloseTo(0.485770914, 8)
  })
})

describe('oracle', () => {
  it('I, z (conditional and total, weights W and B) and quadrants of spdep localmoran', () => {
    expectAgreement({
      method: 'localMoran',
      peer: 'spdep localmoran',
      version: spdepOracle.versions.spdep,
      data: 'Crime in 49 areas of Columbus, col.gal.nb: I and z, conditional and total, weights W and B; absolute',
      largestDifference: against(
        columbus.crime,
        sumsOfNeighbours(columbus.crime, contiguous),
        columbus.local,
      ),
      tolerance: 1e-10,
    })
    const { x, y, values } = getisord
    const band = (metres: number) => sumsOfNeighbours(values, neighboursWithin(x, y, metres))
    expectAgreement({
      method: 'localMoran',
      peer: 'spdep localmoran',
      version: spdepOracle.versions.spdep,
      data: 'The getisord grid of 256 places, 30 and 75 m: I and z, conditional and total, weights W and B; absolute',
      largestDifference: Math.max(
        against(values, band(30), spdepOracle.getisord.band30.local),
        against(values, band(75), spdepOracle.getisord.band75.local),
      ),
      tolerance: 1e-10,
    })
  })
})

describe('brute force', () => {
  it('conditional mean and variance are those over all orders of the others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 1, max: 3 }),
        (list, k) => {
          fc.pre(new Set(list).size > 1)
          const mean = list.reduce((sum, value) => sum + value, 0) / 5
          fc.pre(list[0] !== mean && new Set(list.slice(1)).size > 1)
          // Place 0 has the next k for neighbours; all ordered draws of k of the other four.
          const near = asNeighbours([Array.from({ length: k }, (_, j) => j + 1), [], [], [], []])
          const { i, z } = localMoranValues(list, sumsOfNeighbours(list, near), false, true)
          const m2 = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 5
          const draws = (left: number[], count: number): number[] =>
            count === 0
              ? [0]
              : left.flatMap((value, at) =>
                  draws(left.toSpliced(at, 1), count - 1).map((sum) => sum + value - mean),
                )
          const all = draws(list.slice(1), k).map((lag) => ((list[0] - mean) * lag) / m2)
          const expected = all.reduce((sum, each) => sum + each, 0) / all.length
          const variance = all.reduce((sum, each) => sum + (each - expected) ** 2, 0) / all.length
          expect(z[0]).toBeCloseTo((i[0] - expected) / Math.sqrt(variance), 8)
        },
      ),
      { numRuns: 200 },
    )
  })
})

const rows: Row[] = [
  ...Array.from({ length: 60 }, (_, k): Row => ({ at: [451_000 + (k % 8) * 90, 301_000 + (k % 5) * 90] })),
  ...Array.from(
    seededNumbers(81, 160),
    (u, i): Row => ({ at: [450_000 + u * 4000, 300_000 + seededNumbers(82, 160)[i] * 4000] }),
  ),
]
const quarters = {
  name: 'Wards',
  shapes: Array.from({ length: 36 }, (_, k) => ({
    code: `W${k}`,
    name: `Ward ${k}`,
    kind: '',
    numbers: { residents: k === 7 ? 0 : 400 + 50 * k },
    rings: [
      rectangle(
        450_000 + (k % 6) * 600,
        300_000 + Math.floor(k / 6) * 600,
        450_600 + (k % 6) * 600,
        300_600 + Math.floor(k / 6) * 600,
      ),
    ],
  })),
}

describe('properties', () => {
  it('p, q, quadrant, cluster and the table agree', () => {
    const found = localMoran.run(
      makeIncidents(rows),
      settings(localMoran, {
        inference: 'permutation',
        permutations: 9999,
        cellSize: 300,
        neighbours: 'touching',
      }),
      testshire,
      patient,
    )
    const { quadrant, cluster, qValue, pValue, localMoran: i, z } = found.columns as Record<string, never[]>
    quadrant.forEach((_, k) => {
      expect(cluster[k]).toBe(qValue[k] <= 0.05 ? quadrant[k] : '')
      expect(i[k] > 0).toBe(quadrant[k] === 'HH' || quadrant[k] === 'LL')
      expect(pValue[k]).toBeGreaterThanOrEqual(0.0002)
    })
    const counted = Object.fromEntries(found.summary.quadrants.map((row) => [row.quadrant, row]))
    for (const name of ['HH', 'LL', 'HL', 'LH'])
      expect(counted[name].places).toBe(quadrant.filter((each) => each === name).length)
    expect(counted.HH.passing).toBeGreaterThan(0)
    expect(z.length).toBe(found.summary.tested)
  })

  it('one seed, one answer; whatever the number of parts; other seeds differ a little', () => {
    const run = (seed: number) =>
      localMoran.run(
        makeIncidents(rows),
        settings(localMoran, { inference: 'permutation', cellSize: 300, seed }),
        testshire,
        patient,
      ).columns.pValue as Float64Array
    expect(run(1)).toEqual(run(1))
    expect(run(1)).not.toEqual(run(2))
    expect(largestDifference(run(1), run(2))).toBeLessThan(0.2)
  })

  it('areas and rates: units, order, values and what is left out', () => {
    const context = { ...testshire, layers: { areas: quarters } }
    const run = (changed: object) =>
      localMoran.run(
        makeIncidents(rows),
        settings(localMoran, { neighbours: 'sides', ...changed }),
        context,
        patient,
      )
    const counts = run({})
    expect(counts.summary.units).toBe('areas')
    expect(counts.summary.tested).toBe(36)
    expect(counts.summary.grid).toBeUndefined()
    expect(counts.summary.neighbours).toBeCloseTo(120 / 36, 12)
    const inside = rows.filter(({ at }) => at![0] < 453_600 && at![1] < 303_600).length
    expect((counts.columns.count as Uint32Array).reduce((sum, each) => sum + each, 0)).toBe(inside)
    expect(counts.summary.areas![0].rings).toEqual(quarters.shapes[0].rings)
    const rates = run({ value: 'rate', denominator: 'residents' })
    expect(rates.summary.tested).toBe(35)
    expect(rates.summary.areas!.map(({ code }) => code)).not.toContain('W7')
    const first = rates.summary.areas![8]
    expect(first.code).toBe('W9')
    expect(first.value).toBeCloseTo((1000 * first.count) / 850, 12)
    expect(rates.caveats.map(({ code }) => code)).toEqual([
      'outside-areas',
      'no-denominator',
      'small-denominator',
      'rate-of-residents',
    ])
  })
})

describe('edges', () => {
  it('all equal, no neighbour, all neighbours, at the mean: NaN and no quadrant, not 0', () => {
    const none = localMoranValues(
      [3, 3, 3],
      { degree: Int32Array.of(1, 1, 1), sum: Float64Array.of(3, 3, 3) },
      true,
      true,
    )
    expect([...none.i]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect(none.quadrant).toEqual(['', '', ''])
    const alone = localMoranValues(
      [1, 2, 4],
      sumsOfNeighbours([1, 2, 4], asNeighbours([[1], [0], []])),
      true,
      true,
    )
    expect(alone.i[2]).toBeNaN()
    expect(alone.quadrant[2]).toBe('')
    const all = sumsOfNeighbours(
      [1, 2, 4],
      asNeighbours([
        [1, 2],
        [0, 2],
        [0, 1],
      ]),
    )
    for (const conditional of [true, false])
      expect([...localMoranValues([1, 2, 4], all, true, conditional).z]).toEqual([
        Number.NaN,
        Number.NaN,
        Number.NaN,
      ])
  })

  it('no incident: told, nothing tested, no cluster', () => {
    const { columns, caveats } = localMoran.run(makeIncidents([]), settings(localMoran), testshire, patient)
    expect((columns.pValue as Float64Array).every(Number.isNaN)).toBe(true)
    expect(new Set(columns.cluster as string[])).toEqual(new Set(['']))
    expect(caveats.map(({ code }) => code)).toEqual(['local-undefined'])
  })

  it('few permutations for many places are told, as are empty cells', () => {
    const { caveats } = localMoran.run(
      makeIncidents(rows),
      settings(localMoran, { inference: 'permutation', permutations: 99, cellSize: 50 }),
      testshire,
      patient,
    )
    expect(caveats.map(({ code }) => code)).toEqual([
      'outside-study-area',
      'local-skew',
      'too-few-permutations',
    ])
    for (const { code } of caveats) expect(Object.keys(localMoran.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  const refusal = (changed: object, context: object): string => {
    try {
      localMoran.run(makeIncidents(rows), settings(localMoran, changed), context, patient)
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'accepted'
  }
  it('a rate without areas or column, harm without weights, too few or coincident areas', () => {
    expect(refusal({ value: 'rate' }, testshire)).toBe('E-MTH-RATE')
    expect(refusal({ value: 'rate', denominator: 'homes' }, { layers: { areas: quarters } })).toBe(
      'E-MTH-RATE',
    )
    expect(refusal({ value: 'rate' }, { layers: { areas: quarters } })).toBe('E-MTH-RATE')
    expect(refusal({ value: 'harm' }, nothingKnown)).toBe('E-MTH-WEIGHTS')
    const same = { name: 'S', shapes: [0, 1, 2].map(() => quarters.shapes[0]) }
    expect(refusal({}, { layers: { areas: same } })).toBe('E-MTH-BAND')
    expect(refusal({}, { layers: { areas: { name: 'S', shapes: quarters.shapes.slice(0, 2) } } })).toBe(
      'E-MTH-CELLS',
    )
  })
})
