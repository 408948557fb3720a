import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { cellX, cellY } from '../space/grid.ts'
import { caveat } from '../support/caveats.ts'
import { type Adjustment, adjustP } from '../support/false-discovery.ts'
import { methodInParts } from '../support/shared-work.ts'
import { beginDual, type DualSettings, type DualState } from './begin-dual.ts'
import { compareDensities, type DensityMeasure, dividesByBase } from './compare-densities.ts'
import { dualDensityCard, type dualDensityParameters } from './dual-density-card.ts'
import { awaitFirstStage, markDone } from './first-stage.ts'
import { kernelPeak } from './kernels.ts'
import { countExceedances, type ExceedanceCounts } from './relabelling.ts'
import { type BandTotals, surfacePart, surfaceTotals } from './surface.ts'

/** Columns: cell, x, y, value, density, base, pValue, qValue (cells inside the study area, by cell number). */
export interface DualDensitySummary {
  readonly grid: GridSpec
  readonly bandwidth: number
  readonly kernel: string
  readonly measure: DensityMeasure
  readonly unit: string
  readonly incidents: number
  readonly base: number
  readonly overall: number
  readonly cells: number
  readonly defined: number
  readonly minimum: number
  readonly maximum: number
  readonly tested: number
  readonly permutations: number
  readonly seed: number
  readonly alternative: 'two-sided'
  readonly adjustment: string
  readonly higher: number
  readonly lower: number
}

type DualPart = BandTotals | ExceedanceCounts | null

/** A level at which cells are called significant. */
const LEVEL = 0.05

/**
 * Where one density differs from another: the selection against another selection, or against a population.
 *
 * a and b are the densities (per km²) of the two with the same kernel and bandwidth, A and B their sums over the cells
 * inside: ratio a/b (to people: per 1,000), relative risk (a/A)/(b/B), difference a − b, excess a − b·A/B; logarithms
 * are natural. Those that divide are NaN where the base under the kernel, Σ w·K(d)/K(0), is below `minimumBase` or 0;
 * logarithms also where a is 0. The bandwidth by rule is that of both selections together, or of the selection where
 * the base is a population. With a population only incidents in cells of its areas count, and only those cells are
 * inside.
 *
 * With `permutations` R > 0, per cell r⁺ of R random draws give a density of at least a, r⁻ of at most a; p =
 * min(1, 2·(min(r⁺, r⁻) + 1)/(R + 1)). Drawn are as many incidents as the first has: from both selections together,
 * without replacement; from the base, where the first is part of it; from the population's cells, with replacement, in
 * proportion. All comparisons rise with a when the drawn-from incidents are fixed, so p is the same for each. Cells
 * without a value, or with neither density above 0, are not tested. q is p adjusted over the cells tested.
 *
 * Deterministic; permutations are seeded by number, so any number of workers gives the same bytes. Cost: the two
 * surfaces, and the first once more for each permutation. Errors: those of `beginDual`.
 * @see Bithell (1990); Kelsall and Diggle (1995). Oracle: spatstat relrisk.
 */
export const dualDensity = methodInParts<
  typeof dualDensityParameters,
  DualDensitySummary,
  DualState,
  DualPart
>(dualDensityCard, {
  begin: beginDual,
  part: dualPart,
  finish(state, parts, _incidents, params, _context, control) {
    const { first, base } = state
    const { grid, inside, bandwidth, kernel } = first
    const totals = (from: number, to: number) => surfaceTotals(parts.slice(from, to) as BandTotals[])
    const stage = first.parts + base.parts
    const ofFirst = totals(0, first.parts)
    const ofBase = totals(first.parts, stage)
    const overall = ofBase.sum > 0 ? ofFirst.sum / ofBase.sum : Number.NaN
    const measure = params.measure as DensityMeasure
    const columns = emptyColumns(ofFirst.cells)
    // A hair below, so that exactly as many as asked for are enough.
    const least = params.minimumBase * kernelPeak(kernel, bandwidth) * 1e6 * (1 - 1e-12)
    const per = state.ofPeople ? 1000 : 1
    const exceedances = parts.slice(stage) as ExceedanceCounts[]
    const found = { defined: 0, minimum: Number.NaN, maximum: Number.NaN, tested: 0 }
    for (let cell = 0, at = 0; cell < first.surface.length; cell++) {
      if ((cell & 0xffff) === 0) control.tick(cell / first.surface.length, 'Comparing the two')
      if (inside !== null && inside[cell] === 0) continue
      const a = first.surface[cell]
      const b = base.surface[cell]
      const value =
        dividesByBase(measure) && b < least ? Number.NaN : compareDensities(measure, a, b, overall, per)
      columns.cell[at] = cell
      columns.x[at] = cellX(grid, cell)
      columns.y[at] = cellY(grid, cell)
      columns.value[at] = value
      columns.density[at] = a
      columns.base[at] = b
      if (!Number.isNaN(value)) {
        found.defined++
        if (!(value >= found.minimum)) found.minimum = value
        if (!(value <= found.maximum)) found.maximum = value
        if (exceedances.length > 0 && (a > 0 || b > 0)) {
          columns.pValue[at] = pValueOf(exceedances, cell, params.permutations)
          found.tested++
        }
      }
      at++
    }
    columns.qValue.set(adjustP(columns.pValue, params.adjustment as Adjustment))
    const significant = countSignificant(columns, overall)
    return {
      summary: {
        grid,
        bandwidth,
        kernel,
        measure,
        unit: unitOf(measure, state.ofPeople, params.populationColumn),
        incidents: first.strips.used,
        base: state.ofPeople ? sumOf(base.strips.weight) : base.strips.used,
        overall,
        cells: ofFirst.cells,
        ...found,
        permutations: params.permutations,
        seed: params.seed,
        alternative: 'two-sided',
        adjustment: params.adjustment,
        ...significant,
      },
      columns,
      caveats: [...state.caveats, ...caveatsOf(state, params, columns, found.tested)],
    }
  },
})

/** A band of the first surface, of the base, or some permutations, which need the first surface whole. */
function dualPart(state: DualState, index: number, control: Control): DualPart {
  const { first, base, done, nullPlaces, permutationsPerPart } = state
  const band = (part: number): BandTotals | null => {
    const totals =
      part < first.parts ? surfacePart(first, part, control) : surfacePart(base, part - first.parts, control)
    markDone(done, part)
    return totals
  }
  if (index < done.length) return band(index)
  awaitFirstStage(done, band, control)
  const from = (index - done.length) * permutationsPerPart
  const { surface, grid, kernel, bandwidth } = first
  let maximum = 0
  for (let cell = 0; cell < surface.length; cell++) if (surface[cell] > maximum) maximum = surface[cell]
  return countExceedances(
    nullPlaces!,
    grid,
    kernel,
    bandwidth,
    surface,
    maximum,
    state.seed,
    from,
    Math.min(state.permutations, from + permutationsPerPart),
    control,
  )
}

function emptyColumns(cells: number) {
  const numbers = (): Float64Array => new Float64Array(cells).fill(Number.NaN)
  return {
    cell: new Int32Array(cells),
    x: numbers(),
    y: numbers(),
    value: numbers(),
    density: numbers(),
    base: numbers(),
    pValue: numbers(),
    qValue: numbers(),
  }
}

function pValueOf(parts: readonly ExceedanceCounts[], cell: number, permutations: number): number {
  let atLeast = 0
  let atMost = 0
  for (const part of parts) {
    atLeast += part.atLeast[cell]
    atMost += part.atMost[cell]
  }
  return Math.min(1, (2 * (Math.min(atLeast, atMost) + 1)) / (permutations + 1))
}

/** High and low are told by the density against what the base explains. */
function countSignificant(
  { qValue, density, base }: ReturnType<typeof emptyColumns>,
  overall: number,
): { readonly higher: number; readonly lower: number } {
  let [higher, lower] = [0, 0]
  for (let at = 0; at < qValue.length; at++) {
    if (!(qValue[at] <= LEVEL)) continue
    if (density[at] > base[at] * overall) higher++
    else lower++
  }
  return { higher, lower }
}

function sumOf(values: Float64Array | null): number {
  let sum = 0
  if (values !== null) for (const value of values) sum += value
  return sum
}

function unitOf(measure: DensityMeasure, ofPeople: boolean, column: string): string {
  const ratio = ofPeople ? `incidents per 1,000 of ${column}` : 'times the base'
  if (measure === 'ratio') return ratio
  if (measure === 'logRatio') return `natural logarithm of ${ratio}`
  if (measure === 'relativeRisk') return 'times the overall'
  return measure === 'logRelativeRisk' ? 'natural logarithm of times the overall' : 'incidents per km²'
}

function caveatsOf(
  state: DualState,
  params: DualSettings,
  { value, pValue }: ReturnType<typeof emptyColumns>,
  tested: number,
): Caveat[] {
  const caveats: Caveat[] = []
  let undefinedCells = 0
  let below = 0
  for (let at = 0; at < value.length; at++) {
    if (Number.isNaN(value[at])) undefinedCells++
    if (pValue[at] <= LEVEL) below++
  }
  const told = (count: number): string => count.toLocaleString('en-GB')
  if (undefinedCells > 0)
    caveats.push(
      caveat(
        'dual-undefined',
        `${told(undefinedCells)} of ${told(value.length)} cells have no value: the base under the kernel is below ${params.minimumBase}, or there is nothing to take a logarithm of.`,
      ),
    )
  const { first, base, ofPeople } = state
  if (first.strips.used < 30 || (!ofPeople && base.strips.used < 30))
    caveats.push(
      caveat(
        'dual-few',
        `The comparison stands on ${told(first.strips.used)} incidents${ofPeople ? '' : ` against ${told(base.strips.used)}`}: differences this size come and go by chance.`,
      ),
    )
  if (params.permutations === 0)
    caveats.push(
      caveat(
        'dual-untested',
        'Nothing here tells whether the differences are more than chance: ask for random relabellings before reading one as a change.',
      ),
    )
  else
    caveats.push(
      caveat(
        'dual-tests',
        `${told(below)} of ${told(tested)} cells tested have p at most 0.05; about ${told(Math.round(tested * LEVEL))} would by chance alone. Marked are those that remain after adjustment; ${told(params.permutations)} relabellings allow no p below ${(2 / (params.permutations + 1)).toPrecision(2)}.`,
      ),
    )
  return caveats
}
