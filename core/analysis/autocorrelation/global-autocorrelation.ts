import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Neighbours } from '../space/neighbours.ts'
import { caveat } from '../support/caveats.ts'
import { randomOf, shuffle } from '../support/random.ts'
import { methodInParts, sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import { permutationP } from './conditional-permutation.ts'
import { globalAutocorrelationCard } from './global-card.ts'
import {
  crossSums,
  gearyMoments,
  generalGMoments,
  type Moments,
  moranMoments,
  powerSums,
  weightSums,
} from './global-values.ts'
import { neighboursOfUnits } from './neighbours-of-units.ts'
import { normalTail } from './normal-tail.ts'
import { layUnits } from './units.ts'

export interface GlobalAutocorrelationSummary {
  readonly units: 'cells' | 'areas'
  readonly grid?: GridSpec
  readonly compared: number
  readonly neighbours: number
  readonly distanceBand: number
  readonly alternative: string
  readonly permutations: number
  readonly statistics: readonly GlobalStatistic[]
}

export interface GlobalStatistic {
  readonly statistic: string
  readonly value: number
  readonly expected: number
  readonly reading: string
  readonly zRandomisation: number
  readonly pRandomisation: number
  readonly zNormality: number
  readonly pNormality: number
  readonly pPermutation: number
}

interface State {
  readonly kind: 'cells' | 'areas'
  readonly grid?: GridSpec
  readonly distanceBand: number
  readonly alone: number
  readonly caveats: readonly Caveat[]
  /** Places with a neighbour only. */
  readonly values: Float64Array
  readonly neighbours: Neighbours
  readonly byRow: boolean
  readonly permutations: number
  readonly seed: number
  readonly perPart: number
}

/** The sums of `crossSums`, three for each permutation of the part. */
type Part = Float64Array

/** Neighbour pairs and shuffled values looked at in a part, some 100 ms of work. */
const STEPS = 1e7

/**
 * Whether places are like their neighbours over the whole map: Moran's I (above expectation: alike), Geary's C (below
 * 1: alike) and the general G (above expectation: high values together), each with its moments (`global-values.ts`).
 *
 * p of permutations: all values are put anywhere, r counts statistics at least (at most) the observed one, ties in;
 * (r + 1)/(permutations + 1), two-sided twice the smaller tail. Geary's upper tail is C above 1. For I, C and G alike
 * `greater` asks for a large statistic.
 *
 * Deterministic; seeded. Cost: permutations × (places + neighbours), 4 bytes a neighbour.
 * Errors: those of `layUnits` and `neighboursOfUnits`; E-MTH-CELLS (fewer than 4 places).
 * @see Cliff and Ord (1981); Getis and Ord (1992); spdep `moran.test`, `geary.test`, `globalG.test`.
 */
export const globalAutocorrelation = methodInParts<
  (typeof globalAutocorrelationCard)['parameters'],
  GlobalAutocorrelationSummary,
  State,
  Part
>(globalAutocorrelationCard, {
  begin(incidents, params, context, control) {
    const units = layUnits(incidents, params, context, control, 'Clustering of the whole map', 4)
    control.tick(0.5, 'Finding neighbours')
    const found = neighboursOfUnits(units, params, context, control)
    const { values, neighbours } = withNeighbours(units.value, found.neighbours)
    const permutations = params.permuted ? params.permutations : 0
    const perPart = Math.max(1, Math.floor(STEPS / (neighbours.list.length + 10 * values.length + 1)))
    return {
      state: {
        kind: units.kind,
        ...(units.grid && { grid: units.grid }),
        distanceBand: found.distanceBand,
        alone: units.value.length - values.length,
        caveats: units.caveats,
        values,
        neighbours,
        byRow: params.weights === 'row',
        permutations,
        seed: params.seed,
        perPart,
      },
      parts: Math.ceil(permutations / perPart),
    }
  },

  part({ values, neighbours, byRow, permutations, seed, perPart }, index, control) {
    const first = index * perPart
    const end = Math.min(permutations, first + perPart)
    const found = new Float64Array(3 * (end - first))
    const { mean } = powerSums(values)
    const shuffled = new Float64Array(values.length)
    for (let p = first; p < end; p++) {
      control.tick((p - first) / (end - first), 'Permuting')
      shuffled.set(values)
      shuffle(shuffled, randomOf(seed, p))
      crossSums(shuffled, mean, neighbours, byRow, found.subarray(3 * (p - first), 3 * (p - first) + 3))
    }
    return found
  },

  finish(state, parts, _incidents, params) {
    const { values, neighbours, byRow, permutations } = state
    const sums = powerSums(values)
    const observed = new Float64Array(3)
    crossSums(values, sums.mean, neighbours, byRow, observed)
    const weights = weightSums(neighbours, byRow)
    const least = values.reduce((low, value) => Math.min(low, value), Infinity)
    const binary = byRow ? weightSums(neighbours, false) : weights
    const moments = [
      moranMoments(weights, sums, observed[0]),
      gearyMoments(weights, sums, observed[1]),
      generalGMoments(binary, sums, observed[2], least),
    ]
    const statistics = ['Moran’s I', 'Geary’s C', 'General G'].map((name, k) =>
      told(name, k, moments[k], observed, parts, permutations, params.alternative),
    )
    return {
      summary: {
        units: state.kind,
        ...(state.grid && { grid: state.grid }),
        compared: values.length,
        neighbours: values.length > 0 ? neighbours.list.length / values.length : Number.NaN,
        distanceBand: state.distanceBand,
        alternative: params.alternative,
        permutations,
        statistics,
      },
      columns: {},
      caveats: [...state.caveats, ...wholeMapCaveats(state, statistics)],
    }
  },
})

/** Places that have a neighbour or are one; the others can be compared with nothing. */
function withNeighbours(
  values: Float64Array,
  { start, list }: Neighbours,
): { readonly values: Float64Array; readonly neighbours: Neighbours } {
  const n = values.length
  const place = new Int32Array(n).fill(-1)
  let kept = 0
  for (let i = 0; i < n; i++) if (start[i + 1] > start[i]) place[i] = kept++
  const out = { values: sharedFloat64(kept), start: sharedInt32(kept + 1), list: sharedInt32(list.length) }
  for (let i = 0; i < n; i++)
    if (place[i] >= 0) {
      out.values[place[i]] = values[i]
      out.start[place[i] + 1] = start[i + 1]
    }
  for (let k = 0; k < list.length; k++) out.list[k] = place[list[k]]
  return { values: out.values, neighbours: { start: out.start, list: out.list } }
}

function told(
  name: string,
  k: number,
  { statistic, expected, variance, varianceNormal }: Moments,
  observed: Float64Array,
  parts: readonly Part[],
  permutations: number,
  alternative: string,
): GlobalStatistic {
  const z = (statistic - expected) / Math.sqrt(variance)
  const zNormality = (statistic - expected) / Math.sqrt(varianceNormal)
  let [atLeast, atMost] = [0, 0]
  // Sums of the same values in another order: equal but for rounding.
  const slack = 1e-10 * Math.abs(observed[k])
  for (const part of parts)
    for (let at = k; at < part.length; at += 3) {
      if (part[at] >= observed[k] - slack) atLeast++
      if (part[at] <= observed[k] + slack) atMost++
    }
  const known = permutations > 0 && !Number.isNaN(z)
  return {
    statistic: name,
    value: statistic,
    expected,
    reading: reading(k, statistic, expected),
    zRandomisation: z,
    pRandomisation: normalTail(z, alternative),
    zNormality,
    pNormality: normalTail(zNormality, alternative),
    pPermutation: known ? permutationP(atLeast, atMost, permutations, alternative) : Number.NaN,
  }
}

/** Which way the statistic points, whether or not it passes. */
function reading(k: number, statistic: number, expected: number): string {
  if (Number.isNaN(statistic)) return 'undefined'
  const above = statistic > expected
  if (k === 2) return above ? 'high values lie together' : 'high values lie apart'
  return above === (k === 0) ? 'neighbours are alike' : 'neighbours are unlike'
}

function wholeMapCaveats({ kind, alone, values }: State, statistics: readonly GlobalStatistic[]): Caveat[] {
  const caveats: Caveat[] = []
  if (alone > 0)
    caveats.push(
      caveat('no-neighbours', `${alone.toLocaleString('en-GB')} ${kind} have no neighbour and are left out.`),
    )
  if (statistics.every(({ zRandomisation }) => Number.isNaN(zRandomisation)))
    caveats.push(
      caveat(
        'global-undefined',
        `Nothing could be tested: all ${kind} hold the same, or none has a neighbour, or each has all others for neighbours.`,
      ),
    )
  else if (values.length < 30)
    caveats.push(
      caveat('global-few', `Only ${values.length} ${kind} were compared, fewer than 30: p values are rough.`),
    )
  return caveats
}
