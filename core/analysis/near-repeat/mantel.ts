import type { Caveat } from '#core/contract/caveat.ts'
import type { MethodCard } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { normalUpperTail } from '../support/normal.ts'
import { methodInParts, sharedFloat64 } from '../support/shared-work.ts'
import { bandParameters, permutationParameters } from './band-parameters.ts'
import { datedPlaces, datedPlacesCaveats } from './dated-places.ts'
import { type MantelMoments, type MantelWork, mantelMoments, mantelPermuted } from './mantel-sums.ts'

const MOST_FOR_PERMUTATIONS = 5000
const MOST = 20_000
const PERMUTATIONS_AT_ONCE = 16
/** Further out no sum of this kind is normal any more. */
const SMALLEST_NORMAL_P = 1e-6

const parameters = {
  transform: {
    type: 'choice',
    title: 'Closeness',
    options: [
      { value: 'reciprocal', title: 'One over distance and time: the close ones count' },
      { value: 'none', title: 'Distance and days themselves: correlation over all pairs' },
    ],
    default: 'reciprocal',
    why: 'Mantel’s advice: repeats are about the close pairs, which plain distances drown.',
  },
  nearConstant: {
    type: 'number',
    title: 'Metres added to each distance',
    unit: 'm',
    minimum: 1,
    maximum: 10000,
    default: 100,
    why: 'Pairs at the same place would otherwise count without end; a hundred metres is one street.',
  },
  soonConstant: {
    type: 'number',
    title: 'Days added to each time apart',
    unit: 'days',
    minimum: 0.1,
    maximum: 365,
    default: 1,
    why: 'Pairs on the same day would otherwise count without end.',
  },
  distance: { ...bandParameters.distance, default: 'euclidean', why: 'The usual distance of this test.' },
  dateUsed: bandParameters.dateUsed,
  ...permutationParameters,
} as const

/** Columns: Z of each permutation. */
export interface MantelSummary {
  readonly incidents: number
  readonly pairs: number
  readonly z: number
  readonly expected: number
  readonly deviation: number
  readonly standardScore: number
  readonly correlation: number
  readonly permutations: number
  readonly pValue: number
  readonly pNormal: number
  readonly transform: string
}

const card: MethodCard<typeof parameters> = {
  id: 'mantel',
  version: '1.0.0',
  title: 'Space-time interaction over all pairs (Mantel test)',
  answers: 'Taken over all pairs and without bands, do incidents that are near also tend to be soon?',
  references: [
    'Mantel, N. (1967). The detection of disease clustering and a generalized regression approach. Cancer Research 27, 209–220.',
  ],
  formula:
    'Z = Σ over pairs of f(distance)·g(days apart); f = 1/(distance + metres), g = 1/(days + days added), or both as they are. p = (permutations with Z at least as large + 1)/(permutations + 1); exact mean and variance of Z over all permutations from Mantel’s formula.',
  assumptions: [
    'Under the null every date could have gone with every place.',
    'One number for all distances: a strong pattern at short range can be lost in it.',
  ],
  notShown: ['At what distance and time incidents come together: the Knox test shows that.'],
  compares: [
    'Without transform, r equals the correlation of the two distance matrices (vegan mantel, CrimeStat).',
    'The test is for more pairs near and soon than chance: the upper tail.',
  ],
  caveats: {
    ...datedPlacesCaveats,
    'mantel-too-many': `Over ${MOST_FOR_PERMUTATIONS.toLocaleString('en-GB')} incidents are not permuted: p is from the normal distribution.`,
    'mantel-constant': 'All distances or all times apart are the same: nothing can be tested.',
  },
  parameters,
  summary: {
    incidents: 'Incidents with a place and a day',
    pairs: 'Pairs of incidents',
    z: 'Z',
    expected: 'Mean of Z over all permutations (exact)',
    deviation: 'Standard deviation of Z over all permutations (exact)',
    standardScore: '(Z − mean)/standard deviation',
    correlation: 'Correlation of the two kinds of closeness over pairs',
    permutations: 'Permutations made',
    pValue: 'p by permutation (upper tail)',
    pNormal: 'p from the normal distribution (upper tail), at least 0.000001: it does not hold further out',
    transform: 'Closeness used',
  },
  columns: [
    { name: 'permutation', title: 'Permutation', type: 'int32' },
    { name: 'z', title: 'Z', type: 'float64' },
  ],
  needs: ['place', 'month'],
}

interface MantelState {
  readonly work: MantelWork
  readonly moments: MantelMoments
  readonly permutations: number
  readonly caveats: readonly Caveat[]
}

/**
 * Whether near incidents are also soon, over all pairs. See `mantelMoments` for the statistic.
 *
 * Lengths in metres, days whole. `pValue` is NaN without permutations and above 5,000 incidents, where only the exact
 * moments and their normal p (at least 0.000001) are given; all but Z is NaN where distances or times are constant.
 *
 * Seeded by (seed, permutation); the order of rows does not matter. Cost: n²/2 × (30 ns + 2.3 ns a permutation).
 * Errors: those of `datedPlaces`, E-NRP-SPAN, E-NRP-MANY (above 20,000 incidents).
 * @see Mantel (1967) Cancer Research 27, 209–220.
 */
export const mantel = methodInParts<typeof parameters, MantelSummary, MantelState, Float64Array>(card, {
  begin(incidents, params, _context, control) {
    const needs = { name: 'The Mantel test', minimum: 10, dateUsed: params.dateUsed }
    const places = datedPlaces(incidents, needs, control)
    const n = places.day.length
    if (n > MOST)
      throw new InputError(
        'E-NRP-MANY',
        `The Mantel test looks at every pair: ${n.toLocaleString('en-GB')} incidents are more than ${MOST.toLocaleString('en-GB')}.`,
        { cure: 'Choose a shorter period or a smaller area, or use the Knox test, which has no such limit.' },
      )
    const first = places.day.reduce((least, day) => Math.min(least, day))
    const span = places.day.reduce((most, day) => Math.max(most, day)) - first
    if (span > 65535)
      throw new InputError(
        'E-NRP-SPAN',
        `The incidents span ${Math.round(span / 365.25)} years; some dates must be wrong.`,
        {
          column: 'occurredFrom',
          cure: 'Choose a period, which leaves the wrong dates out.',
        },
      )
    const order = Int32Array.from(places.row.keys()).sort(
      (a, b) => places.x[a] - places.x[b] || places.y[a] - places.y[b] || places.day[a] - places.day[b],
    )
    const reciprocal = params.transform === 'reciprocal'
    const work: MantelWork = {
      x: sharedFloat64(n),
      y: sharedFloat64(n),
      day: new Uint16Array(new SharedArrayBuffer(2 * n)),
      span,
      manhattan: params.distance === 'manhattan',
      near: reciprocal ? params.nearConstant : 0,
      closeness: Float64Array.from({ length: span + 1 }, (_, days) =>
        reciprocal ? 1 / (days + params.soonConstant) : days,
      ),
      seed: params.seed,
    }
    for (let p = 0; p < n; p++) {
      work.x[p] = places.x[order[p]]
      work.y[p] = places.y[order[p]]
      work.day[p] = places.day[order[p]] - first
    }
    const permutations = n > MOST_FOR_PERMUTATIONS ? 0 : params.permutations
    const moments = mantelMoments(work, control)
    return {
      state: { work, moments, permutations, caveats: places.caveats },
      parts: Math.ceil(permutations / PERMUTATIONS_AT_ONCE),
    }
  },

  part({ work, permutations }, index, control) {
    const first = index * PERMUTATIONS_AT_ONCE
    return mantelPermuted(work, first + 1, Math.min(PERMUTATIONS_AT_ONCE, permutations - first), control)
  },

  finish({ work, moments, permutations, caveats }, parts, _incidents, params) {
    const z = Float64Array.from(parts.flatMap((part) => [...part]))
    const n = work.day.length
    const constant = Number.isNaN(moments.correlation)
    // The same sums in another order may differ in their last bits; that is a tie.
    const reached = z.filter((each) => each >= moments.z * (1 - 1e-12)).length
    const deviation = constant ? Number.NaN : Math.sqrt(moments.variance)
    const standardScore = (moments.z - moments.mean) / deviation
    const told: Caveat[] = [...caveats]
    if (n > MOST_FOR_PERMUTATIONS && params.permutations > 0)
      told.push(
        caveat(
          'mantel-too-many',
          `${n.toLocaleString('en-GB')} incidents are too many to permute: p is from the normal distribution, with the exact mean and variance.`,
        ),
      )
    if (constant)
      told.push(
        caveat('mantel-constant', 'All distances or all times apart are the same: nothing can be tested.'),
      )
    return {
      summary: {
        incidents: n,
        pairs: (n * (n - 1)) / 2,
        z: moments.z,
        expected: moments.mean,
        deviation,
        standardScore,
        correlation: moments.correlation,
        permutations,
        pValue: permutations > 0 && !constant ? (reached + 1) / (permutations + 1) : Number.NaN,
        pNormal: Math.max(SMALLEST_NORMAL_P, normalUpperTail(standardScore)),
        transform: params.transform,
      },
      columns: { permutation: Int32Array.from(z, (_, k) => k + 1), z },
      caveats: told,
    }
  },
})
