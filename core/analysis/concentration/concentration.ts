import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { InputError } from '#core/contract/problem.ts'
import { countUnits } from '../space/count-units.ts'
import { unitsOf } from '../space/units.ts'
import { caveat } from '../support/caveats.ts'
import { methodInParts, sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import { concentrationCard } from './concentration-card.ts'
import { type ConcentrationState, figuresOf, samplesOfPart } from './concentration-parts.ts'
import { bcaInterval, percentileInterval } from './intervals.ts'
import { type CountClasses, classesOf, giniOfClasses } from './lorenz-of-classes.ts'
import { giniBeyondChance, poissonGini } from './poisson-gini.ts'

/** Points the curve is drawn with, at most; shares of the units in thousandths. */
const CURVE_POINTS = 1000
/** Units drawn, or incidents thrown, in one part: some 100 ms. */
const DRAWS_PER_PART = 2_000_000

interface Interval {
  readonly low: number
  readonly high: number
}

export interface ConcentrationSummary {
  readonly grid: GridSpec | null
  readonly units: number
  readonly occupied: number
  readonly incidents: number
  readonly gini: number
  readonly giniLow: number
  readonly giniHigh: number
  readonly generalisedGini: number
  readonly unbiasedGini: number
  readonly unbiasedGiniLow: number
  readonly unbiasedGiniHigh: number
  readonly chanceGini: number
  readonly giniBeyondChance: number
  readonly pValue: number
  readonly shareRows: readonly {
    readonly share: number
    readonly units: number
    readonly shareOfUnits: number
    readonly low: number
    readonly high: number
    readonly chanceLow: number
    readonly chanceHigh: number
  }[]
  readonly topRows: readonly {
    /** Share of the units asked for; a whole number of units is a little more. */
    readonly asked: number
    readonly units: number
    readonly shareOfUnits: number
    readonly shareOfIncidents: number
    readonly low: number
    readonly high: number
    readonly chanceLow: number
    readonly chanceHigh: number
  }[]
}

interface State extends ConcentrationState {
  readonly grid: GridSpec | null
  readonly times: Float64Array
  readonly occupied: number
  readonly words: string
  readonly caveats: readonly Caveat[]
}

/**
 * How concentrated incidents are in units: the curve of shares, Gini coefficients, and how few units hold 25, 50 and
 * 80 % of incidents, each with a bootstrap interval and what chance alone would make of it.
 *
 *     L(k) = Σ_{i≤k} c_i / C, fullest first     G = 2·(area under L by trapezoids) − 1
 *     G′ = max(1, N/C)·(G − 1) + 1              unbiased: G′·m/(m − 1), m = min(N, C)
 *     beyond chance = (G − G₀)/(1 − 1/N − G₀),  G₀ = e^(−2λ)(I₀(2λ) + I₁(2λ)), λ = C/N
 *
 * Bootstrap: N units drawn with replacement; BCa for Gini, percentiles for the tables and the curve. Chance: C
 * incidents thrown into the units; p is the upper tail of G, (r + 1)/(simulations + 1). Shares in `summary` are 0–1,
 * shares asked for in per cent. NaN where there is nothing, and for intervals that were not asked for.
 *
 * Seeded: sample k of seed s is the same on any number of workers. Cost: about 60 ns per unit and bootstrap, and per
 * incident and simulation. Errors: those of `unitsOf`, E-MTH-FEW (no incident in a unit), E-MTH-PLACES, E-MTH-CHANCE.
 * @see Bernasco and Steenbeek (2017); lorenzgini `gini`, whose numbers and BCa interval the oracle uses.
 */
export const concentration = methodInParts<
  typeof concentrationCard.parameters,
  ConcentrationSummary,
  State,
  Float64Array[]
>(concentrationCard, {
  begin(incidents, params, context, control) {
    const units = unitsOf(incidents, incidents.mask, params, context, control)
    const counts = countUnits(units.unitOf, units.count, incidents.mask, control)
    const total = counts.reduce((sum, count) => sum + count, 0)
    if (total === 0)
      throw new InputError(
        'E-MTH-FEW',
        'No incident of the selection lies in a unit: there is nothing to concentrate.',
        {
          cure: 'Choose a wider selection, or check the study area.',
        },
      )
    const known = params.units === 'places' && params.allPlaces > 0
    if (known && params.allPlaces < units.count)
      throw new InputError(
        'E-MTH-PLACES',
        `The data hold ${units.count.toLocaleString('en-GB')} places with an incident, more than the ${params.allPlaces.toLocaleString('en-GB')} places said to exist in all.`,
        { column: 'allPlaces', cure: 'Give the number of all places, quiet ones too, or 0.' },
      )
    if (params.chanceBy === 'area' && units.areaKm2 === null)
      throw new InputError('E-MTH-CHANCE', 'Places have no area for chance to go by.', {
        column: 'chanceBy',
        cure: 'Let chance put incidents in every unit alike.',
      })
    const count = known ? params.allPlaces : units.count
    const padded = new Uint32Array(count)
    padded.set(counts)
    const { values, times } = classesOf(padded)
    const classOfValue = new Map(Array.from(values, (value, k) => [value, k]))
    const state: State = {
      units: count,
      incidents: total,
      seed: params.seed,
      bootstraps: params.bootstraps,
      simulations: params.simulations,
      values: sharedFloat64(values.length),
      times,
      classOf: sharedInt32(count),
      area: params.chanceBy === 'area' && units.areaKm2 !== null ? sharedFloat64(count) : null,
      shares: params.shares,
      tops: params.tops.map((percent) => Math.max(1, Math.ceil((percent / 100) * count - 1e-9))),
      curve: curvePoints(count),
      perPart: Math.max(1, Math.floor(DRAWS_PER_PART / Math.max(count, total))),
      grid: units.grid,
      occupied: counts.reduce((sum, each) => sum + (each > 0 ? 1 : 0), 0),
      words: units.words[1],
      caveats: [...units.caveats, ...ownCaveats(count, total, units.words[1], known)],
    }
    state.values.set(values)
    for (let unit = 0; unit < count; unit++) state.classOf[unit] = classOfValue.get(padded[unit])!
    if (state.area !== null && units.areaKm2 !== null) {
      let sum = 0
      for (let unit = 0; unit < count; unit++) {
        sum += units.areaKm2[unit]
        state.area[unit] = sum
      }
    }
    return { state, parts: Math.ceil((params.bootstraps + params.simulations) / state.perPart) }
  },

  part: samplesOfPart,

  finish(state, parts, _incidents, params) {
    const samples = parts.flat()
    const boots = samples.slice(0, state.bootstraps)
    const chances = samples.slice(state.bootstraps)
    const classes = { values: state.values, times: state.times }
    const own = figuresOf(state, classes)
    const { gini, generalised, unbiased } = giniOfClasses(classes)
    const left = leaveOneOut(classes)
    const at = (from: readonly Float64Array[], k: number): Float64Array =>
      Float64Array.from(from, (figures) => figures[k])
    const bca = (k: number, leftOut: Float64Array): Interval =>
      bcaInterval(at(boots, k), own[k], leftOut, state.times)
    const giniInterval = bca(0, left.gini)
    const unbiasedInterval = bca(2, left.unbiased)
    const row = (k: number, scale = 1) => {
      const interval = percentileInterval(at(boots, k))
      const chance = percentileInterval(at(chances, k))
      return {
        low: interval.low * scale,
        high: interval.high * scale,
        chanceLow: chance.low * scale,
        chanceHigh: chance.high * scale,
      }
    }
    const { shares, tops, curve, units } = state
    const asConcentrated = at(chances, 0).reduce((sum, each) => sum + (each >= gini * (1 - 1e-12) ? 1 : 0), 0)
    const pValue = chances.length > 0 ? (asConcentrated + 1) / (chances.length + 1) : Number.NaN
    const firstOfCurve = 3 + shares.length + tops.length
    const rows = Array.from(curve, (_, k) => row(firstOfCurve + k))
    const caveats = [...state.caveats]
    if (pValue > 0.05)
      caveats.push(
        caveat(
          'concentration-chance',
          `Incidents thrown at random into the ${state.words} were as concentrated in ${Math.round(100 * pValue)} % of ${chances.length} simulations: the concentration may be chance.`,
        ),
      )
    return {
      summary: {
        grid: state.grid,
        units,
        occupied: state.occupied,
        incidents: state.incidents,
        gini,
        giniLow: giniInterval.low,
        giniHigh: giniInterval.high,
        generalisedGini: generalised,
        unbiasedGini: unbiased,
        unbiasedGiniLow: unbiasedInterval.low,
        unbiasedGiniHigh: unbiasedInterval.high,
        chanceGini: poissonGini(state.incidents / units),
        giniBeyondChance: giniBeyondChance(gini, units, state.incidents),
        pValue,
        shareRows: shares.map((share, k) => ({
          share: share / 100,
          units: own[3 + k],
          shareOfUnits: own[3 + k] / units,
          ...row(3 + k, 1 / units),
        })),
        topRows: params.tops.map((percent, k) => ({
          asked: percent / 100,
          units: tops[k],
          shareOfUnits: tops[k] / units,
          shareOfIncidents: own[3 + shares.length + k],
          ...row(3 + shares.length + k),
        })),
      },
      columns: {
        units: curve,
        shareOfUnits: curve.map((point) => point / units),
        shareOfIncidents: own.slice(firstOfCurve),
        low: Float64Array.from(rows, (each) => each.low),
        high: Float64Array.from(rows, (each) => each.high),
        chanceLow: Float64Array.from(rows, (each) => each.chanceLow),
        chanceHigh: Float64Array.from(rows, (each) => each.chanceHigh),
      },
      caveats,
    }
  },
})

/** Every number of units from 0, or a thousand steps where there are more. */
function curvePoints(units: number): Float64Array {
  const steps = Math.min(units, CURVE_POINTS)
  return Float64Array.from({ length: steps + 1 }, (_, k) => (k * units) / steps)
}

/** Both Gini with one unit of each class left out, for the acceleration of the intervals. */
function leaveOneOut({ values, times }: CountClasses): { gini: Float64Array; unbiased: Float64Array } {
  const fewer = times.slice()
  const found = { gini: new Float64Array(values.length), unbiased: new Float64Array(values.length) }
  for (let k = 0; k < values.length; k++) {
    fewer[k]--
    const figures = giniOfClasses({ values, times: fewer })
    found.gini[k] = figures.gini
    found.unbiased[k] = figures.unbiased
    fewer[k]++
  }
  return found
}

function ownCaveats(units: number, incidents: number, words: string, known: boolean): Caveat[] {
  const caveats: Caveat[] = []
  if (incidents < units)
    caveats.push(
      caveat(
        'concentration-sparse',
        `There are ${incidents.toLocaleString('en-GB')} incidents for ${units.toLocaleString('en-GB')} ${words}: most must be empty whatever happens, so read the generalised Gini and the one beyond chance, and compare shares with what chance makes.`,
      ),
    )
  if (units < 30 || incidents < 50)
    caveats.push(
      caveat(
        'concentration-few',
        `Only ${units.toLocaleString('en-GB')} ${words} and ${incidents.toLocaleString('en-GB')} incidents: intervals are rough.`,
      ),
    )
  if (known)
    caveats.push(
      caveat(
        'concentration-all-places',
        `${units.toLocaleString('en-GB')} places in all is the number that was given; the data cannot check it.`,
      ),
    )
  return caveats
}
