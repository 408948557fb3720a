import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coLocation } from '#core/analysis/near-repeat/co-location.ts'
import { crossKTest } from '#core/analysis/near-repeat/cross-k.ts'
import { indexFeatures, lookAtFeatures } from '#core/analysis/near-repeat/feature-index.ts'
import { ratioOfCounts, ratioToShare } from '#core/analysis/near-repeat/risk-ratio.ts'
import type { Context } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings } from '../space/small-study.ts'
import { codes, refusal } from './dated-rows.ts'
import { fromPython, fromR } from './oracle.ts'

type Changed = Parameters<typeof settings<typeof coLocation.card.parameters>>[1]
const layer = (x: readonly number[], y: readonly number[], kind = ''): NonNullable<Context['layers']> => ({
  places: {
    name: 'Pubs',
    shapes: x.map((_, i) => ({ code: `${i}`, name: `P${i}`, x: x[i], y: y[i], kind, numbers: {} })),
  },
})
const square = {
  studyArea: { name: 'Square', areas: [{ code: 'S', name: 'S', rings: [rectangle(0, 0, 2001, 2001)] }] },
}
const features = { ...square, layers: layer(fromR.features.x, fromR.features.y) }
const rows: Row[] = fromR.x.map((x, i) => ({ at: [x, fromR.y[i]] as const }))
const third = Uint8Array.from(rows, (_, i) => (i % 3 === 0 ? 1 : 0))
const run = (
  context: Context,
  changed: Changed = {},
  { mask, comparison, of = rows }: { mask?: Uint8Array; comparison?: Uint8Array; of?: readonly Row[] } = {},
) => {
  const incidents = makeIncidents(of)
  const given = comparison ? { ...context, selections: { comparison } } : context
  return coLocation.run(
    mask ? { ...incidents, mask } : incidents,
    settings(coLocation, { permutations: 39, ...changed }),
    given,
    patient,
  )
}
const column = (result: ReturnType<typeof run>, name: string): number[] => [
  ...(result.columns[name] as Float64Array),
]

describe('published', () => {
  it('R’s poisson.test of two counts: 11 in 800 against 31 in 3,011', () => {
    // poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)), the example of its help page.
    const { ratio, low, high } = ratioOfCounts(11, 800, 21, 3011)
    expect(ratio).toBeCloseTo(1.971488, 6)
    expect(low).toBeCloseTo(0.8584264, 6)
    expect(high).toBeCloseTo(4.2772659, 6)
  })

  it('R’s binom.test: 682 of 925 against three quarters, interval 0.7076683 to 0.7654066', () => {
    const { ratio, low, high } = ratioToShare(682, 925, 0.75)
    expect(ratio).toBeCloseTo(0.7372973 / 0.75, 6)
    expect(low * 0.75).toBeCloseTo(0.7076683, 6)
    expect(high * 0.75).toBeCloseTo(0.7654066, 6)
  })
})

describe('oracle', () => {
  it('counts by band, area by shapely, intervals by scipy', () => {
    const theirs = fromPython.coLocation
    const result = run(features, { resolution: 4 }, { mask: third, comparison: new Uint8Array(300).fill(1) })
    expect(result.summary).toMatchObject({ incidents: 100, comparison: 200, features: 25 })
    expect(column(result, 'observed')).toEqual(theirs.observed)
    expect(column(result, 'others')).toEqual(theirs.others)
    const areas = column(result, 'areaKm2')
    expectAgreement({
      method: 'coLocation',
      peer: 'shapely buffers',
      version: '1.8.5',
      data: 'Area of 5 bands around 25 features in a square, points 4 m apart, relative',
      largestDifference: Math.max(...areas.map((area, b) => Math.abs((area * 1e6) / theirs.areas[b] - 1))),
      tolerance: 0.005,
    })
    const worst = Math.max(
      ...theirs.shares.flatMap(([low, high], b) => {
        const share = areas[b] / result.summary.areaKm2
        return [
          Math.abs(column(result, 'lowArea')[b] * share - low),
          Math.abs(column(result, 'highArea')[b] * share - high),
        ]
      }),
      ...theirs.ratios.flatMap(([low, high], b) => [
        Math.abs(column(result, 'lowOthers')[b] - low),
        Math.abs(column(result, 'highOthers')[b] - high),
      ]),
    )
    expectAgreement({
      method: 'coLocation',
      peer: 'scipy beta',
      version: fromPython.versions.scipy,
      data: 'Exact intervals of 5 bands, to area and to other incidents, absolute',
      largestDifference: worst,
      tolerance: 1e-9,
    })
  })

  it('cross-K by spatstat Kcross without correction', () => {
    const result = run(features)
    const scale = 4e6 / (result.summary.areaKm2 * 1e6)
    expectAgreement({
      method: 'coLocation',
      peer: 'R spatstat Kcross',
      version: fromR.versions.spatstat,
      data: 'Cross-K of 300 incidents and 25 features at 4 distances, relative',
      largestDifference: Math.max(
        ...fromR.cross.k.map((k, b) => Math.abs((column(result, 'crossK')[b] * scale) / k - 1)),
      ),
      tolerance: 1e-9,
    })
  })
})

describe('brute force', () => {
  it('nearest feature and features within each break, every one looked at', () => {
    const place = fc.tuple(fc.nat(500), fc.nat(500))
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 20 }),
        fc.array(place, { minLength: 1, maxLength: 20 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 }),
        (from, to, far) => {
          const breaks = far.toSorted((a, b) => a - b)
          const reach = breaks[breaks.length - 1]
          const columns = (places: [number, number][]): [Float64Array, Float64Array] => [
            Float64Array.from(places, ([x]) => x),
            Float64Array.from(places, ([, y]) => y),
          ]
          const nearest = new Float64Array(from.length)
          const counts = new Uint16Array(from.length * breaks.length)
          lookAtFeatures(
            indexFeatures(...columns(to), reach),
            ...columns(from),
            breaks,
            nearest,
            counts,
            0,
            from.length,
          )
          from.forEach(([x, y], i) => {
            const all = to.map(([a, b]) => Math.sqrt((a - x) ** 2 + (b - y) ** 2))
            const least = Math.min(...all)
            expect(nearest[i]).toBe(least <= reach ? least : Infinity)
            breaks.forEach((edge, b) => {
              expect(counts[i * breaks.length + b]).toBe(all.filter((d) => d <= edge).length)
            })
          })
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('properties', () => {
  it('bands hold all incidents and the whole area; ratios are counts over what is expected', () => {
    const result = run(features, {}, { mask: third, comparison: new Uint8Array(300).fill(1) })
    const sum = (name: string): number => column(result, name).reduce((a, b) => a + b)
    for (const name of ['observed', 'expectedArea', 'expectedOthers']) expect(sum(name)).toBeCloseTo(100, 9)
    expect(sum('areaKm2')).toBeCloseTo(result.summary.areaKm2, 9)
    column(result, 'ratioArea').forEach((ratio, b) => {
      expect(ratio).toBeCloseTo(column(result, 'observed')[b] / column(result, 'expectedArea')[b], 9)
    })
    // A comparison that holds the incidents themselves is the same as one without them.
    const others = run(features, {}, { mask: third, comparison: third.map((each) => 1 - each) })
    expect(others.columns).toEqual(result.columns)
  })

  it('any workers the same; another seed another envelope', () => {
    const params = settings(coLocation, { permutations: 39 })
    const incidents = makeIncidents(rows)
    const { state, parts } = coLocation.shares!.begin(incidents, params, features, patient)
    expect(parts).toBe(4)
    const done: unknown[] = []
    for (const index of [2, 0, 3, 1])
      done[index] = coLocation.shares!.part(structuredClone(state), index, patient)
    expect(coLocation.shares!.finish(state, done, incidents, params, features, patient)).toEqual(
      run(features),
    )
    expect(column(run(features, { seed: 2 }), 'crossKLow')).not.toEqual(column(run(features), 'crossKLow'))
  })

  it('incidents planted at features stand out from area and from others; scattered ones do not', () => {
    const u = seededNumbers(21, 4000)
    const planted: Row[] = Array.from({ length: 200 }, (_, i) => {
      const at = Math.floor(25 * u[i])
      return {
        at: [fromR.features.x[at] + 60 * (u[400 + i] - 0.5), fromR.features.y[at] + 60 * (u[800 + i] - 0.5)],
      }
    })
    const scattered: Row[] = Array.from({ length: 400 }, (_, i) => ({
      at: [2000 * u[1200 + i], 2000 * u[1600 + i]],
    }))
    const of = [...planted, ...scattered]
    const first = (from: number, to: number): Uint8Array =>
      Uint8Array.from(of, (_, i) => (i >= from && i < to ? 1 : 0))
    const found = run(
      features,
      { permutations: 199 },
      { of, mask: first(0, 200), comparison: first(200, 600) },
    )
    expect(column(found, 'lowArea')[0]).toBeGreaterThan(3)
    expect(column(found, 'lowOthers')[0]).toBeGreaterThan(3)
    expect(found.summary.pValue).toBe(0.01)
    expect(column(found, 'crossK')[0]).toBeGreaterThan(column(found, 'crossKHigh')[0])
    const none = run(
      features,
      { permutations: 199 },
      { of, mask: first(200, 400), comparison: first(400, 600) },
    )
    expect(none.summary.pValue).toBeGreaterThan(0.05)
    const alone = run(features, { permutations: 199 }, { of, mask: first(200, 600) })
    expect(alone.summary.pValue).toBeGreaterThan(0.05)
    const mean = column(alone, 'crossKMean')
    column(alone, 'crossK').forEach((k, b) => {
      if (b > 0 && b < 4) expect(k / mean[b]).toBeCloseTo(1, 0)
    })
  })
})

describe('edges', () => {
  it('the open band has no upper edge and no cross-K; without a comparison its columns are NaN', () => {
    const result = run(features)
    for (const name of ['to', 'crossK', 'crossKLow', 'pCrossK']) expect(column(result, name)[4]).toBeNaN()
    for (const name of ['others', 'ratioOthers', 'lowOthers', 'pOthers'])
      expect(column(result, name).every(Number.isNaN)).toBe(true)
    expect(codes(result)).toContain('co-location-area-only')
    expect(result.columns.band).toEqual([
      '0 to under 50 m',
      '50 to under 100 m',
      '100 to under 200 m',
      '200 to under 400 m',
      '400 m or more',
    ])
  })

  it('nothing to divide by is NaN, never Infinity', () => {
    expect(ratioOfCounts(5, 10, 0, 10)).toMatchObject({ ratio: Number.NaN, high: Number.NaN })
    expect(ratioOfCounts(5, 10, 0, 10).low).toBeGreaterThan(0)
    expect(ratioOfCounts(0, 10, 0, 10).low).toBeNaN()
    expect(ratioOfCounts(0, 10, 4, 10).ratio).toBe(0)
    expect(ratioToShare(5, 10, 0).ratio).toBeNaN()
    expect(ratioToShare(5, 10, 1).ratio).toBeNaN()
    const test = crossKTest(Float64Array.of(0, 0), new Float64Array(38))
    expect(test.pOverall).toBeNaN()
    expect(crossKTest(Float64Array.of(1), new Float64Array(0)).mean[0]).toBeNaN()
  })

  it('features outside the area count for distance and not for cross-K; no simulations, no envelope', () => {
    const outside = { ...square, layers: layer([-10], [1000]) }
    const of: Row[] = Array.from({ length: 20 }, (_, i) => ({ at: [1 + 20 * i, 1000] }))
    const result = run(outside, { permutations: 0 }, { of })
    expect(column(result, 'observed')[0]).toBe(2)
    expect(column(result, 'crossK').every(Number.isNaN)).toBe(true)
    expect(column(result, 'crossKMean').every(Number.isNaN)).toBe(true)
    expect(result.summary.pValue).toBeNaN()
  })

  it('what is left out or doubtful is told', () => {
    const of: Row[] = [
      ...rows,
      {},
      { at: [9999, 5] },
      { at: [5, 5], precision: 'area' },
      ...Array.from({ length: 400 }, (): Row => ({ at: [7, 7], precision: 'snapped' })),
    ]
    const result = run(features, { spatialBands: [100, 900] }, { of })
    expect(result.summary.incidents).toBe(700)
    expect(codes(result)).toEqual(
      expect.arrayContaining([
        'unlocated',
        'area-places',
        'outside-study-area',
        'snapped-near-features',
        'co-location-heaped',
        'co-location-crowded',
      ]),
    )
    const coarse = run(features, { resolution: 1, spatialBands: [20], permutations: 0 })
    expect(codes(coarse)).toContain('co-location-coarse')
    expect(coarse.summary.spacing).toBeCloseTo(2.001, 9)
    const boxed = run({ layers: features.layers })
    expect(codes(boxed)).toContain('no-study-area')
    expect(boxed.summary.incidents).toBe(300)
    for (const { code } of [...result.caveats, ...boxed.caveats])
      expect(Object.keys(coLocation.card.caveats)).toContain(code)
  })

  it('one kind of feature', () => {
    const both = {
      name: 'All',
      shapes: [...layer([10], [10], 'pub').places.shapes, ...layer([900], [900], 'stop').places.shapes],
    }
    const result = run({ ...square, layers: { places: both } }, { kind: 'stop' })
    expect(result.summary.features).toBe(1)
  })
})

describe('refuses', () => {
  it('no layer, no feature, few incidents or others, no places, one place, no breaks', () => {
    expect(refusal(() => run(nothingKnown))).toBe('E-MTH-LAYER')
    expect(refusal(() => run({ ...square, layers: layer([], []) }))).toBe('E-NRP-FEATURES')
    expect(refusal(() => run(features, { kind: 'pub' }))).toBe('E-NRP-FEATURES')
    expect(refusal(() => run(features, {}, { of: rows.slice(0, 9) }))).toBe('E-NRP-FEW')
    expect(refusal(() => run(features, {}, { comparison: new Uint8Array(300) }))).toBe('E-NRP-FEW')
    expect(refusal(() => run(features, {}, { of: Array.from({ length: 20 }, (): Row => ({})) }))).toBe(
      'E-MTH-PLACE',
    )
    const heap = Array.from({ length: 20 }, (): Row => ({ at: [5, 5] }))
    expect(refusal(() => run({ layers: features.layers }, {}, { of: heap }))).toBe('E-NRP-SAME')
    expect(refusal(() => run(features, { spatialBands: [] }))).toBe('E-NRP-BANDS')
    expect(refusal(() => run(features, { resolution: 1000, spatialBands: [50] }))).toBe('accepted')
  })
})
