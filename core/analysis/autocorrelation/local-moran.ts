import type { Caveat } from '#core/contract/caveat.ts'
import type { Rings } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { caveat } from '../support/caveats.ts'
import { type Adjustment, adjustP } from '../support/false-discovery.ts'
import { methodInParts } from '../support/shared-work.ts'
import {
  type ConditionalCounts,
  type ConditionalWork,
  conditionalPart,
  conditionalWork,
  permutationP,
} from './conditional-permutation.ts'
import { localCaveats } from './local-caveats.ts'
import { localMoranCard } from './local-moran-card.ts'
import { type LocalMoran, localMoranValues } from './local-moran-values.ts'
import { sumsOfUnits } from './neighbours-of-units.ts'
import { normalTail } from './normal-tail.ts'
import { layUnits, type Units } from './units.ts'

export interface LocalMoranSummary {
  readonly units: 'cells' | 'areas'
  readonly grid?: GridSpec
  readonly areas?: readonly LocalMoranArea[]
  readonly tested: number
  readonly mean: number
  readonly neighbours: number
  readonly distanceBand: number
  readonly inference: string
  readonly adjustment: string
  readonly quadrants: readonly {
    readonly quadrant: string
    readonly title: string
    readonly places: number
    readonly passing: number
  }[]
}

export interface LocalMoranArea {
  readonly code: string
  readonly name: string
  readonly x: number
  readonly y: number
  readonly count: number
  readonly value: number
  readonly localMoran: number
  readonly z: number
  readonly pValue: number
  readonly qValue: number
  readonly quadrant: string
  readonly cluster: string
  readonly rings: Rings
}

interface State {
  readonly units: Units
  readonly local: LocalMoran
  readonly meanDegree: number
  readonly distanceBand: number
  readonly alone: number
  /** Only where p comes from permutations. */
  readonly work?: ConditionalWork
}

const titles = {
  HH: 'High among high (cluster)',
  LL: 'Low among low (cluster)',
  HL: 'High among low (outlier)',
  LH: 'Low among high (outlier)',
} as const

/**
 * Which places are like their neighbours and which stand out: local Moran's I (formulas in `local-moran-values.ts`).
 *
 * p by permutation is of I_i with the place's own value held: r counts permutations whose I is at least (at most) the
 * observed one, (r + 1)/(permutations + 1), two-sided twice the smaller tail; it equals that of the sum over the
 * neighbours, its tails swapped where the place lies below the mean. A place exactly at the mean has I = 0 whatever
 * its neighbours: NaN. q adjusts over all tested places; `cluster` is the quadrant where q is at most `level`.
 *
 * Deterministic; seeded. Cost: as `gistar`.
 * Errors: those of `layUnits` and `neighboursOfUnits`; E-MTH-CELLS (fewer than 3 places).
 * @see Anselin (1995) Geographical Analysis 27, 93–115; spdep `localmoran`.
 */
export const localMoran = methodInParts<
  (typeof localMoranCard)['parameters'],
  LocalMoranSummary,
  State,
  ConditionalCounts
>(localMoranCard, {
  begin(incidents, params, context, control) {
    const units = layUnits(incidents, params, context, control, 'Local Moran’s I', 3)
    control.tick(0.5, 'Testing')
    const { sums, distanceBand } = sumsOfUnits(units, params, context, control)
    const local = localMoranValues(units.value, sums, params.weights === 'row', params.inference !== 'total')
    let total = 0
    let alone = 0
    for (const degree of sums.degree) {
      total += degree
      if (degree === 0) alone++
    }
    const state = { units, local, meanDegree: total / sums.degree.length, distanceBand, alone }
    if (params.inference !== 'permutation') return { state, parts: 0 }
    const work = conditionalWork(units.value, sums, params.permutations, params.seed)
    return { state: { ...state, work }, parts: work.parts }
  },

  part: (state, index, control) => conditionalPart(state.work!, index, control),

  finish(state, parts, _incidents, params, context, control) {
    const { units, local, work } = state
    const n = units.value.length
    control.tick(0.9, 'Adjusting for the number of places')
    let mean = 0
    for (const value of units.value) mean += value
    mean /= n
    const pValue = work
      ? pOfPermutations(local, units.value, mean, parts, work, params.alternative)
      : local.z.map((z) => normalTail(z, params.alternative))
    const qValue = adjustP(pValue, params.adjustment as Adjustment)
    const cluster = local.quadrant.map((quadrant, i) => (qValue[i] <= params.level ? quadrant : ''))
    const { kind, grid, index, x, y, value } = units
    const count = Uint32Array.from(units.count)
    const shapes = context.layers?.areas?.shapes ?? []
    const figures = {
      x: x.slice(),
      y: y.slice(),
      count,
      value: value.slice(),
      localMoran: local.i,
      z: local.z,
      pValue,
      qValue,
      quadrant: local.quadrant,
      cluster,
    }
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
                localMoran: local.i[i],
                z: local.z[i],
                pValue: pValue[i],
                qValue: qValue[i],
                quadrant: local.quadrant[i],
                cluster: cluster[i],
                rings: shapes[k].rings ?? [],
              })),
            }),
        tested: n,
        mean,
        neighbours: state.meanDegree,
        distanceBand: state.distanceBand,
        inference: params.inference,
        adjustment: params.adjustment,
        quadrants: Object.entries(titles).map(([quadrant, title]) => ({
          quadrant,
          title,
          places: local.quadrant.filter((each) => each === quadrant).length,
          passing: cluster.filter((each) => each === quadrant).length,
        })),
      },
      columns: grid
        ? { cell: index.slice(), ...figures }
        : { code: Array.from(index, (k) => shapes[k].code), ...figures },
      caveats: [
        ...units.caveats,
        ...valueCaveats(pValue, units, params.adjustment),
        ...localCaveats({
          places: kind,
          tested: n,
          alone: state.alone,
          permutations: work ? work.permutations : Number.NaN,
          adjustment: params.adjustment,
          alternative: params.alternative,
        }),
      ],
    }
  },
})

function pOfPermutations(
  { quadrant, z }: LocalMoran,
  values: Float64Array,
  mean: number,
  parts: readonly ConditionalCounts[],
  { permutations, placesPerPart }: ConditionalWork,
  alternative: string,
): Float64Array {
  const p = new Float64Array(values.length).fill(Number.NaN)
  parts.forEach(({ atLeast, atMost }, index) => {
    for (let k = 0; k < atLeast.length; k++) {
      const i = index * placesPerPart + k
      if (quadrant[i] === '' || Number.isNaN(z[i]) || values[i] === mean) continue
      p[i] =
        values[i] > mean
          ? permutationP(atLeast[k], atMost[k], permutations, alternative)
          : permutationP(atMost[k], atLeast[k], permutations, alternative)
    }
  })
  return p
}

function valueCaveats(p: Float64Array, { kind, value }: Units, adjustment: string): Caveat[] {
  const n = p.length
  if (p.every(Number.isNaN))
    return [
      caveat(
        'local-undefined',
        `No place could be tested: all ${kind} hold the same, or none has a neighbour, or each has all others for neighbours.`,
      ),
    ]
  const caveats: Caveat[] = []
  const empty = value.reduce((count, each) => count + (each === 0 ? 1 : 0), 0)
  if (empty > n / 2)
    caveats.push(
      caveat(
        'local-skew',
        `${empty.toLocaleString('en-GB')} of ${n.toLocaleString('en-GB')} ${kind} are empty: a single incident is above the mean, and p from the normal distribution is rough. Choose larger ${kind}, or permutations.`,
      ),
    )
  if (n < 30)
    caveats.push(caveat('local-few', `Only ${n} ${kind} were tested, fewer than 30: p values are rough.`))
  if (adjustment === 'none')
    caveats.push(
      caveat(
        'local-unadjusted',
        `No allowance is made for testing ${n.toLocaleString('en-GB')} ${kind}: about ${Math.round(n / 20).toLocaleString('en-GB')} would pass 5 % by chance alone.`,
      ),
    )
  return caveats
}
