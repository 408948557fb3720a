import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Context, Incidents, Values } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { splitByDate } from '../accuracy/split-by-date.ts'
import { countUnits } from '../space/count-units.ts'
import { unitColumns } from '../space/unit-columns.ts'
import { unitsOf } from '../space/units.ts'
import { caveat } from '../support/caveats.ts'
import { type Adjustment, adjustP } from '../support/false-discovery.ts'
import { methodInParts, sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import { exactProportionTest, proportionTest } from './proportion-tests.ts'
import { spptCard } from './sppt-card.ts'
import { drawPart, endsOfSamples, roundHalfEven, type SpptState } from './sppt-samples.ts'

type Params = Values<typeof spptCard.parameters>

/** More differences than this would not fit beside the data. */
const MOST_VALUES = 50_000_000
/** Incidents drawn in one part: some 100 ms. */
const DRAWS_PER_PART = 2_000_000

export interface SpptSummary {
  readonly grid: GridSpec | null
  readonly base: string
  readonly test: string
  readonly baseIncidents: number
  readonly testIncidents: number
  readonly units: number
  readonly occupied: number
  readonly s: number
  readonly robustS: number
  readonly higher: number
  readonly lower: number
}

interface State extends SpptState {
  /** Incidents per unit. */
  readonly base: Int32Array
  readonly test: Int32Array
  /** The first pattern of the samples is the base; false when they changed places. */
  readonly inOrder: boolean
}

/**
 * Andresen's spatial point pattern test, with tests that do not depend on which pattern is the base.
 *
 * Bootstrap: both patterns are drawn again with replacement `samples` times; the ends are the ⌊n·2.5 %⌋ + 1st smallest
 * and largest difference of shares. Patterns are put in an order of their own before they are drawn, so that S is
 * exactly the same when they change places. Part: round(85 %) of the second without replacement. Tests: see
 * `proportionTest`, `exactProportionTest`, `adjustP` over the occupied units. A unit without an incident of either is
 * similar in S and left out of robust S. Columns hold the occupied units.
 *
 * Seeded: sample k of seed s is the same on any number of workers. Cost: 80 ns per incident and sample.
 * Errors: those of `unitsOf` and `splitByDate`, E-MTH-FEW (a pattern without incidents in the units), E-MTH-SIZE.
 * @see Andresen (2009); Wheeler, Steenbeek and Andresen (2018); sppt (Steenbeek) `sppt`, `sppt_boot`, `sppt_diff`.
 */
export const sppt = methodInParts<typeof spptCard.parameters, SpptSummary, State, null>(spptCard, {
  begin(incidents, params, context, control) {
    const { base: baseMask, test: testMask } = patterns(incidents, params, context)
    const both = baseMask.map((bit, i) => bit | testMask[i])
    const units = unitsOf(incidents, both, params, context, control)
    const base = sharedInt32(units.count)
    const test = sharedInt32(units.count)
    base.set(countUnits(units.unitOf, units.count, baseMask, control))
    test.set(countUnits(units.unitOf, units.count, testMask, control))
    const occupied = occupiedUnits(base, test)
    const [baseTotal, testTotal] = [sumOf(base), sumOf(test)]
    if (baseTotal === 0 || testTotal === 0)
      throw new InputError(
        'E-MTH-FEW',
        `The ${baseTotal === 0 ? 'first' : 'second'} pattern has no incident in the units: there is nothing to compare.`,
        { cure: 'Choose another date or selection, or check the study area.' },
      )
    const draws = params.test === 'bootstrap' || params.test === 'subsample'
    if (draws && occupied.length * params.samples > MOST_VALUES)
      throw new InputError(
        'E-MTH-SIZE',
        `${params.samples} samples of ${occupied.length.toLocaleString('en-GB')} units are more than can be kept.`,
        { column: 'samples', cure: 'Draw fewer samples, choose larger cells, or the chi-square test.' },
      )
    const inOrder = params.test === 'subsample' || comesFirst(base, test, baseTotal, testTotal)
    const [first, second] = inOrder ? [base, test] : [test, base]
    const state: State = {
      units: occupied.length,
      samples: params.samples,
      seed: params.seed,
      bootstrap: params.test === 'bootstrap',
      drawn: roundHalfEven((params.part / 100) * testTotal),
      first: unitPerIncident(first, occupied),
      second: unitPerIncident(second, occupied),
      drawnValues: sharedFloat64(draws ? occupied.length * params.samples : 0),
      perPart: Math.max(1, Math.floor(DRAWS_PER_PART / (baseTotal + testTotal))),
      base,
      test,
      inOrder,
    }
    return { state, parts: draws ? Math.ceil(params.samples / state.perPart) : 0 }
  },

  part: drawPart,

  finish(state, _parts, incidents, params, context, control) {
    const { base, test } = state
    const occupied = occupiedUnits(base, test)
    const [baseTotal, testTotal] = [sumOf(base), sumOf(test)]
    const n = occupied.length
    const columns = {
      baseCount: Uint32Array.from(occupied, (unit) => base[unit]),
      testCount: Uint32Array.from(occupied, (unit) => test[unit]),
      baseShare: Float64Array.from(occupied, (unit) => base[unit] / baseTotal),
      testShare: Float64Array.from(occupied, (unit) => test[unit] / testTotal),
      difference: Float64Array.from(occupied, (unit) => test[unit] / testTotal - base[unit] / baseTotal),
      low: new Float64Array(n).fill(Number.NaN),
      high: new Float64Array(n).fill(Number.NaN),
      pValue: new Float64Array(n).fill(Number.NaN),
      qValue: new Float64Array(n).fill(Number.NaN),
      outcome: new Int8Array(n),
    }
    const level = params.level / 100
    if (params.test === 'chi-square' || params.test === 'fisher') {
      const testUnit = params.test === 'fisher' ? exactProportionTest : proportionTest
      for (let k = 0; k < n; k++) {
        if ((k & 0xfff) === 0) control.tick(k / n, 'Testing units')
        columns.pValue[k] = testUnit(columns.baseCount[k], baseTotal, columns.testCount[k], testTotal)
      }
      columns.qValue.set(adjustP(columns.pValue, params.adjustment as Adjustment))
      for (let k = 0; k < n; k++)
        if (columns.qValue[k] < 1 - level - 1e-15) columns.outcome[k] = Math.sign(columns.difference[k])
    } else {
      const [low, high] = endsOfSamples(state.samples, level)
      for (let k = 0; k < n; k++) {
        if ((k & 0xff) === 0) control.tick(k / n, 'Sorting samples')
        const drawn = state.drawnValues.slice(k * state.samples, (k + 1) * state.samples).sort()
        if (state.bootstrap) {
          // Patterns that changed places: the differences are mirrored back.
          const [l, h] = state.inOrder ? [drawn[low], drawn[high]] : [0 - drawn[high], 0 - drawn[low]]
          columns.low[k] = l / baseTotal / testTotal
          columns.high[k] = h / baseTotal / testTotal
          columns.outcome[k] = l > 0 ? 1 : h < 0 ? -1 : 0
        } else {
          columns.low[k] = drawn[low] / state.drawn
          columns.high[k] = drawn[high] / state.drawn
          const share = columns.baseCount[k] * state.drawn
          columns.outcome[k] = share < drawn[low] * baseTotal ? 1 : share > drawn[high] * baseTotal ? -1 : 0
        }
      }
    }
    let higher = 0
    let lower = 0
    for (const outcome of columns.outcome) {
      if (outcome > 0) higher++
      else if (outcome < 0) lower++
    }
    // Laid again rather than handed to every worker: the units have names and shapes.
    const sides = patterns(incidents, params, context)
    const both = sides.base.map((bit, i) => bit | sides.test[i])
    const units = unitsOf(incidents, both, params, context, control)
    const all = base.length
    return {
      summary: {
        grid: units.grid,
        base: sides.baseLabel,
        test: sides.testLabel,
        baseIncidents: baseTotal,
        testIncidents: testTotal,
        units: all,
        occupied: n,
        s: (all - higher - lower) / all,
        robustS: (n - higher - lower) / n,
        higher,
        lower,
      },
      columns: { ...unitColumns(units, occupied, control), ...columns },
      caveats: [
        ...units.caveats,
        ...sides.caveats,
        ...spptCaveats(params, all, n, Math.min(baseTotal, testTotal), countBoth(sides.base, sides.test)),
      ],
    }
  },
})

/** The first and the second pattern. */
function patterns(incidents: Incidents, params: Params, context: Context) {
  const other = context.selections?.other
  if (other === undefined) {
    const { before, after, beforeLabel, afterLabel, caveats } = splitByDate(
      incidents,
      incidents.mask,
      params,
      context,
    )
    return { base: before, test: after, baseLabel: beforeLabel, testLabel: afterLabel, caveats }
  }
  return {
    base: incidents.mask,
    test: other,
    baseLabel: 'The selection',
    testLabel: 'The other selection',
    caveats: [],
  }
}

/** Which pattern is drawn first, by what they hold and not by who asked: the smaller; of equal ones, by unit. */
function comesFirst(base: Int32Array, test: Int32Array, baseTotal: number, testTotal: number): boolean {
  if (baseTotal !== testTotal) return baseTotal < testTotal
  for (let unit = 0; unit < base.length; unit++) if (base[unit] !== test[unit]) return base[unit] < test[unit]
  return true
}

function occupiedUnits(base: Int32Array, test: Int32Array): Int32Array {
  return Int32Array.from(base.keys()).filter((unit) => base[unit] + test[unit] > 0)
}

/** Unit, numbered among the occupied, of each incident, in order of unit: rows in another order draw the same. */
function unitPerIncident(counts: Int32Array, occupied: Int32Array): Int32Array {
  const found = sharedInt32(sumOf(counts))
  let at = 0
  for (let k = 0; k < occupied.length; k++) {
    found.fill(k, at, at + counts[occupied[k]])
    at += counts[occupied[k]]
  }
  return found
}

function spptCaveats(
  params: Params,
  units: number,
  occupied: number,
  smaller: number,
  overlap: number,
): Caveat[] {
  const caveats: Caveat[] = []
  if (overlap > 0)
    caveats.push(
      caveat(
        'sppt-overlap',
        `${overlap.toLocaleString('en-GB')} incidents are in both patterns: they make the patterns alike, and the tests take them for independent.`,
      ),
    )
  if (units > 2 * occupied)
    caveats.push(
      caveat(
        'sppt-empty',
        `${(units - occupied).toLocaleString('en-GB')} of ${units.toLocaleString('en-GB')} units hold no incident of either pattern and count as similar in S: read the robust S.`,
      ),
    )
  if (smaller < 5 * occupied)
    caveats.push(
      caveat(
        'sppt-few',
        `The smaller pattern holds ${(smaller / occupied).toFixed(1)} incidents per occupied unit: with so few, most differences cannot be seen, and “similar” means “not shown to differ”.`,
      ),
    )
  if (params.test === 'subsample')
    caveats.push(
      caveat(
        'sppt-base',
        'This test draws from the second pattern only: S may differ when the patterns change places.',
      ),
    )
  if ((params.test === 'chi-square' || params.test === 'fisher') && params.adjustment === 'none')
    caveats.push(
      caveat(
        'sppt-unadjusted',
        `No allowance is made for testing ${occupied.toLocaleString('en-GB')} units: about ${Math.round(occupied * (1 - params.level / 100)).toLocaleString('en-GB')} would differ by chance alone.`,
      ),
    )
  return caveats
}

function sumOf(counts: Int32Array): number {
  let sum = 0
  for (let i = 0; i < counts.length; i++) sum += counts[i]
  return sum
}

function countBoth(a: Uint8Array, b: Uint8Array): number {
  let both = 0
  for (let i = 0; i < a.length; i++) both += a[i] & b[i]
  return both
}
