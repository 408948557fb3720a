import type { Rings } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Values } from '#core/contract/method.ts'
import {
  type ConditionalCounts,
  type ConditionalWork,
  conditionalPart,
  conditionalWork,
  permutationP,
} from '../autocorrelation/conditional-permutation.ts'
import { localCaveats } from '../autocorrelation/local-caveats.ts'
import { sumsOfUnits } from '../autocorrelation/neighbours-of-units.ts'
import { normalTail } from '../autocorrelation/normal-tail.ts'
import { layUnits, type Units } from '../autocorrelation/units.ts'
import { type Adjustment, adjustP } from '../support/false-discovery.ts'
import { methodInParts } from '../support/shared-work.ts'
import { gistarCard } from './gistar-card.ts'
import { testCaveats } from './gistar-caveats.ts'
import { gistarOfSums } from './gistar-values.ts'

/** Columns: cell or code, x, y, count, value, z, pValue, qValue, gistarClass (−3…3: 99/95/90 % cold to hot). */
export interface GistarSummary {
  readonly units: 'cells' | 'areas'
  readonly grid?: GridSpec
  readonly areas?: readonly GistarArea[]
  readonly tested: number
  readonly mean: number
  readonly deviation: number
  readonly neighbours: number
  readonly distanceBand: number
  readonly inference: string
  readonly adjustment: string
  readonly hot: { readonly p99: number; readonly p95: number; readonly p90: number }
  readonly cold: { readonly p99: number; readonly p95: number; readonly p90: number }
}

export interface GistarArea {
  readonly code: string
  readonly name: string
  readonly x: number
  readonly y: number
  readonly count: number
  readonly value: number
  readonly z: number
  readonly pValue: number
  readonly qValue: number
  readonly gistarClass: number
  readonly rings: Rings
}

type Params = Values<(typeof gistarCard)['parameters']>

interface State {
  readonly units: Units
  readonly statistic: { readonly z: Float64Array; readonly mean: number; readonly deviation: number }
  readonly meanDegree: number
  readonly distanceBand: number
  readonly alone: number
  /** Only where p comes from permutations. */
  readonly work?: ConditionalWork
}

/**
 * Which cells or areas hold more (or fewer) incidents, with their neighbours, than the average would explain.
 *
 * z = (Σ_j w_ij x_j − W_i·x̄) / (s·√((n·W_i − W_i²)/(n − 1))), w binary by the chosen rule of neighbours, self
 * included, s² = Σ(x − x̄)²/n over all n tested places, empty ones too; Gi without self as in `gistarOfSums`. p is
 * from the normal distribution, or (r + 1)/(permutations + 1) with the place's own value held (see
 * `conditional-permutation.ts`; Gi and Gi* then have the same p). q adjusts over all tested places. Class 3, 2, 1
 * (hot) or −3, −2, −1 (cold): q at most 0.01, 0.05, 0.10; 0 otherwise.
 *
 * x: incidents, harm, or (areas) incidents per 1,000 of a column. With areas the layer is the study area.
 *
 * z, p and q are NaN, and the class 0, when all hold the same, a place has no neighbour (Gi) or all for neighbours.
 *
 * Deterministic; seeded. Cost: 30 ns an incident, places × neighbours (48,000 cells with one ring: some 4 ms), one
 * sort of the p values; permutations × (places + neighbours).
 * Errors: E-GRID-BOX, E-GRID-SIZE, E-GRID-EMPTY, E-MTH-WEIGHTS, E-MTH-RATE, E-MTH-BAND, E-MTH-NEIGHBOURS,
 * E-MTH-CELLS (fewer than 3 places).
 * @see Ord and Getis (1995) Geographical Analysis 27, 286–306; the z values equal spdep `localG`.
 */
export const gistar = methodInParts<
  (typeof gistarCard)['parameters'],
  GistarSummary,
  State,
  ConditionalCounts
>(gistarCard, {
  begin(incidents, params, context, control) {
    const units = layUnits(incidents, params, context, control, 'Gi*', 3)
    control.tick(0.5, 'Testing')
    const { sums, distanceBand } = sumsOfUnits(units, params, context, control)
    const statistic = gistarOfSums(units.value, sums, params.includeSelf)
    let total = 0
    let alone = 0
    for (const degree of sums.degree) {
      total += degree
      if (degree === 0) alone++
    }
    const state = { units, statistic, meanDegree: total / sums.degree.length, distanceBand, alone }
    if (params.inference !== 'permutation') return { state, parts: 0 }
    const work = conditionalWork(units.value, sums, params.permutations, params.seed)
    return { state: { ...state, work }, parts: work.parts }
  },

  part: (state, index, control) => conditionalPart(state.work!, index, control),

  finish(state, parts, _incidents, params, context, control) {
    const { units, statistic, work } = state
    const { z, mean, deviation } = statistic
    control.tick(0.9, 'Adjusting for the number of places')
    const pValue = work
      ? pOfPermutations(z, parts, work, params)
      : z.map((each) => normalTail(each, params.alternative))
    const qValue = adjustP(pValue, params.adjustment as Adjustment)
    const { gistarClass, hot, cold } = classes(z, qValue)
    const { kind, grid, index, x, y, value } = units
    const count = Uint32Array.from(units.count)
    const figures = {
      x: x.slice(),
      y: y.slice(),
      count,
      value: value.slice(),
      z,
      pValue,
      qValue,
      gistarClass,
    }
    const shapes = context.layers?.areas?.shapes ?? []
    const permutations = work ? work.permutations : Number.NaN
    return {
      summary: {
        units: kind,
        ...(grid
          ? { grid }
          : {
              areas: Array.from(index, (k, i) => ({
                code: shapes[k].code,
                name: shapes[k].name,
                x: x[i],
                y: y[i],
                count: count[i],
                value: value[i],
                z: z[i],
                pValue: pValue[i],
                qValue: qValue[i],
                gistarClass: gistarClass[i],
                rings: shapes[k].rings ?? [],
              })),
            }),
        tested: z.length,
        mean,
        deviation,
        neighbours: state.meanDegree,
        distanceBand: state.distanceBand,
        inference: params.inference,
        adjustment: params.adjustment,
        hot,
        cold,
      },
      columns: grid
        ? { cell: index.slice(), ...figures }
        : { code: Array.from(index, (k) => shapes[k].code), ...figures },
      caveats: [
        ...units.caveats,
        ...testCaveats(z, units.counted, state.meanDegree + 1, params.adjustment, kind),
        ...localCaveats({
          places: kind,
          tested: z.length,
          alone: state.alone,
          permutations,
          adjustment: params.adjustment,
          alternative: params.alternative,
        }),
      ],
    }
  },
})

function pOfPermutations(
  z: Float64Array,
  parts: readonly ConditionalCounts[],
  { permutations, placesPerPart }: ConditionalWork,
  { alternative }: Params,
): Float64Array {
  const p = new Float64Array(z.length).fill(Number.NaN)
  parts.forEach(({ atLeast, atMost }, index) => {
    for (let k = 0; k < atLeast.length; k++) {
      const i = index * placesPerPart + k
      if (!Number.isNaN(z[i])) p[i] = permutationP(atLeast[k], atMost[k], permutations, alternative)
    }
  })
  return p
}

/** Class of each place, and how many of each: by q, and by the side on which z lies. */
function classes(z: Float64Array, q: Float64Array) {
  const gistarClass = new Int8Array(z.length)
  const hot = { p99: 0, p95: 0, p90: 0 }
  const cold = { p99: 0, p95: 0, p90: 0 }
  for (let i = 0; i < z.length; i++) {
    const level = levelOf(q[i])
    if (level === 0) continue
    const side = z[i] > 0 ? hot : cold
    gistarClass[i] = z[i] > 0 ? level : -level
    if (level === 3) side.p99++
    else if (level === 2) side.p95++
    else side.p90++
  }
  return { gistarClass, hot, cold }
}

/** 3, 2, 1 for 99, 95 and 90 %; 0 for none, and for what could not be tested. */
function levelOf(q: number): number {
  return q <= 0.01 ? 3 : q <= 0.05 ? 2 : q <= 0.1 ? 1 : 0
}
