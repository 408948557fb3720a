import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  conditionalPart,
  conditionalWork,
  permutationP,
} from '#core/analysis/autocorrelation/conditional-permutation.ts'
import { gistar } from '#core/analysis/hotspot/gistar.ts'
import { gistarOfSums, gistarValues, sumsOfNeighbours } from '#core/analysis/hotspot/gistar-values.ts'
import { nearestNeighbours, neighboursWithin } from '#core/analysis/space/neighbours.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { asNeighbours, getisord, largestDifference, spdepOracle } from '../autocorrelation/spdep-oracle.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, testshire } from '../space/small-study.ts'

const { x, y, values } = getisord
const { columbus, versions } = spdepOracle

describe('oracle', () => {
  it('Gi and Gi* of spdep localG, by distance and by a list of touching areas', () => {
    const { band30, band75 } = spdepOracle.getisord
    expectAgreement({
      method: 'gistar',
      peer: 'spdep localG',
      version: versions.spdep,
      data: 'The getisord grid of 256 places, 30 and 75 m: z of Gi and Gi*; absolute',
      largestDifference: Math.max(
        largestDifference(gistarValues(x, y, values, 30), band30.gistar),
        largestDifference(gistarValues(x, y, values, 30, false), band30.gi),
        largestDifference(gistarValues(x, y, values, 75), band75.gistar),
        largestDifference(gistarValues(x, y, values, 75, false), band75.gi),
      ),
      tolerance: 1e-10,
    })
    const sums = sumsOfNeighbours(columbus.crime, asNeighbours(columbus.neighbours))
    expectAgreement({
      method: 'gistar',
      peer: 'spdep localG',
      version: versions.spdep,
      data: 'Crime in 49 areas of Columbus, col.gal.nb: z of Gi and Gi*; absolute',
      largestDifference: Math.max(
        largestDifference(gistarOfSums(columbus.crime, sums, true).z, columbus.gistar),
        largestDifference(gistarOfSums(columbus.crime, sums, false).z, columbus.gi),
      ),
      tolerance: 1e-10,
    })
  })

  it('conditional permutation: p near that of spdep localmoran_perm, 9,999 permutations each', () => {
    // The p of a place's neighbours' sum is that of its local I, tails swapped below the mean: two-sided the same.
    const sums = sumsOfNeighbours(values, neighboursWithin(x, y, 75))
    const { atLeast, atMost } = conditionalPart(conditionalWork(values, sums, 9999, 1), 0, patient)
    const p = Float64Array.from(atLeast, (count, i) => permutationP(count, atMost[i], 9999, 'two-sided'))
    expectAgreement({
      method: 'gistar',
      peer: 'spdep localmoran_perm',
      version: versions.spdep,
      data: 'The getisord grid of 256 places, 75 m: two-sided p of 9,999 permutations, theirs drawn with putting back; absolute',
      largestDifference: largestDifference(p, spdepOracle.getisord.permuted75),
      tolerance: 0.05,
    })
  })
})

const rows: Row[] = [
  ...Array.from(
    { length: 80 },
    (_, k): Row => ({
      at: [451_000 + (k % 8) * 60, 301_000 + (k % 10) * 60],
      words: { offence: 'Assault' },
    }),
  ),
  ...Array.from(
    { length: 150 },
    (_, i): Row => ({
      at: [450_000 + seededNumbers(9, 300)[i] * 4000, 300_000 + seededNumbers(9, 300)[i + 150] * 4000],
      words: { offence: 'Theft' },
    }),
  ),
]
const run = (changed: object, context: object = testshire) =>
  gistar.run(makeIncidents(rows), settings(gistar, { cellSize: 250, ...changed }), context, patient)

const wards = {
  name: 'Wards',
  shapes: Array.from({ length: 16 }, (_, k) => ({
    code: `W${k}`,
    name: `Ward ${k}`,
    kind: '',
    numbers: { residents: 1000 + 10 * k },
    rings: [
      rectangle(
        450_000 + (k % 4) * 1000,
        300_000 + Math.floor(k / 4) * 1000,
        451_000 + (k % 4) * 1000,
        301_000 + Math.floor(k / 4) * 1000,
      ),
    ],
  })),
}

describe('brute force', () => {
  it('cells by each rule of neighbours equal their centres taken as places', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('hexagon', 'square'),
        fc.constantFrom('distance', 'nearest', 'touching', 'sides'),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(0, 500, 777),
        fc.boolean(),
        (shape, neighbours, nearest, distanceBand, includeSelf) => {
          const { columns, summary } = run({ shape, neighbours, nearest, distanceBand, includeSelf })
          const cx = columns.x as Float64Array
          const cy = columns.y as Float64Array
          const count = Float64Array.from(columns.count as Uint32Array)
          const side = shape === 'square' ? 250 : 250 * Math.sqrt(3)
          const ring = shape === 'square' ? 250 * Math.SQRT2 : side
          const near =
            neighbours === 'nearest'
              ? nearestNeighbours(cx, cy, nearest)
              : neighboursWithin(
                  cx,
                  cy,
                  neighbours === 'distance' ? distanceBand || ring : neighbours === 'sides' ? side : ring,
                )
          const { z } = gistarOfSums(count, sumsOfNeighbours(count, near), includeSelf)
          expect(largestDifference(columns.z as Float64Array, z)).toBeLessThan(1e-10)
          expect(summary.neighbours).toBeCloseTo(near.list.length / cx.length, 12)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('properties', () => {
  it('permutation p: the hot place passes; Gi and Gi* have the same; tails overlap by the ties', () => {
    const star = run({ inference: 'permutation', permutations: 9999 })
    const others = run({ inference: 'permutation', permutations: 9999, includeSelf: false })
    const p = star.columns.pValue as Float64Array
    expect(others.columns.pValue).toEqual(p)
    expect(others.columns.z).not.toEqual(star.columns.z)
    expect(star.summary.hot.p95).toBeGreaterThan(0)
    expect(Math.min(...p)).toBe(0.0002)
    const upper = run({ inference: 'permutation', alternative: 'greater' }).columns.pValue as Float64Array
    const lower = run({ inference: 'permutation', alternative: 'less' }).columns.pValue as Float64Array
    upper.forEach((each, i) => {
      expect(each + lower[i]).toBeGreaterThan(1)
    })
  })

  it('the same bytes from parts as from one run', () => {
    const params = settings(gistar, { cellSize: 250, inference: 'permutation' as const })
    const { begin, part, finish } = gistar.shares!
    const incidents = makeIncidents(rows)
    const { state, parts } = begin(incidents, params, testshire, patient)
    const small = {
      ...(state as { work: object }),
      work: { ...(state as { work: object }).work, placesPerPart: 7 },
    }
    const cells = (state as { units: { index: Int32Array } }).units.index.length
    const done = Array.from({ length: Math.ceil(cells / 7) }, (_, k) => part(small, k, patient))
    expect(parts).toBe(1)
    expect(finish(small, done, incidents, params, testshire, patient)).toEqual(
      gistar.run(incidents, params, testshire, patient),
    )
  })

  it('areas: rows with rings, counts and rates; those of equal people have equal z', () => {
    const counts = run({ neighbours: 'touching' }, { ...testshire, layers: { areas: wards } })
    expect(counts.summary.units).toBe('areas')
    expect(counts.summary.areas!.length).toBe(16)
    expect(counts.columns.code).toEqual(wards.shapes.map(({ code }) => code))
    expect((counts.columns.count as Uint32Array).reduce((sum, each) => sum + each, 0)).toBe(230)
    expect(counts.caveats.map(({ code }) => code)).toEqual(['gistar-few-cells'])
    const equal = {
      ...wards,
      shapes: wards.shapes.map((shape) => ({ ...shape, numbers: { residents: 2000 } })),
    }
    const rates = run(
      { neighbours: 'touching', value: 'rate', denominator: 'residents' },
      { ...testshire, layers: { areas: equal } },
    )
    expect(largestDifference(rates.columns.z as Float64Array, counts.columns.z as Float64Array)).toBeLessThan(
      1e-9,
    )
    expect(rates.summary.areas![5].value).toBeCloseTo(rates.summary.areas![5].count / 2, 12)
    const harm = run({ value: 'harm' }, { ...testshire, layers: { areas: wards } })
    // 0: the shortest band at which each area has a neighbour.
    expect(harm.summary.distanceBand).toBeCloseTo(1000, 6)
    expect((harm.columns.value as Float64Array).reduce((sum, each) => sum + each, 0)).toBe(80 * 10 + 150 * 2)
  })
})

describe('edges', () => {
  it('Gi of a place without neighbours is NaN and told; too few permutations are told', () => {
    const far = { ...wards, shapes: wards.shapes.filter((_, k) => k !== 1 && k !== 4) }
    const { columns, caveats } = run(
      { neighbours: 'sides', includeSelf: false },
      { ...testshire, layers: { areas: far } },
    )
    expect((columns.z as Float64Array)[0]).toBeNaN()
    expect((columns.gistarClass as Int8Array)[0]).toBe(0)
    expect(caveats.map(({ code }) => code)).toEqual(['outside-areas', 'gistar-few-cells', 'no-neighbours'])
    const few = run({ inference: 'permutation', permutations: 99 })
    expect(few.caveats.map(({ code }) => code)).toContain('too-few-permutations')
    for (const { code } of [...caveats, ...few.caveats])
      expect(Object.keys(gistar.card.caveats)).toContain(code)
  })

  it('the incident of a place on a common side is in one area only', () => {
    const { columns } = gistar.run(
      makeIncidents([{ at: [451_000, 300_500] }, { at: [450_999, 300_500] }]),
      settings(gistar),
      { layers: { areas: wards } },
      patient,
    )
    expect([...(columns.count as Uint32Array).slice(0, 2)]).toEqual([1, 1])
  })
})
