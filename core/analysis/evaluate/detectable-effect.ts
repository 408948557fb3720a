import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { caveat } from '../support/caveats.ts'
import { countZones } from './count-zones.ts'
import {
  type Design,
  differenceDesign,
  logRatioDesign,
  simulatedShare,
  smallestFall,
} from './detectable-designs.ts'
import { detectableEffectCard, type parameters } from './detectable-effect-card.ts'
import { figure } from './figures.ts'
import { bufferZones, CONTROL, layPlaces, placeZones, TREATED } from './lay-places.ts'
import { checkPeriods, readPeriod } from './periods.ts'
import type { Zone } from './zone.ts'

export interface DetectableRow {
  readonly design: string
  /** Incidents the design expects to compare, were nothing to happen. */
  readonly expected: number
  readonly smallestFallPercent: number
  readonly smallestFallIncidents: number
  readonly simulatedPower: number
  readonly falseAlarms: number
}

export interface DetectableEffectSummary {
  readonly sentence: string
  readonly rows: readonly DetectableRow[]
  readonly baseDays: number
  readonly followDays: number
  readonly alpha: number
  readonly power: number
  readonly dispersion: number
  readonly simulations: number
}

const FEW = 20

/**
 * See the card for the formula. Blank where a count is 0 in the base, or not even a fall to nothing would be seen.
 * Seeded. Cost: a microsecond an incident, and 2 µs a drawn study.
 * Errors: E-EVL-PERIOD, E-EVL-MISSING, E-EVL-MONTH-ONLY, E-EVL-NO-SHAPES, E-EVL-CONTAMINATED, E-EVL-NONE.
 */
export const detectableEffect: Method<typeof parameters, DetectableEffectSummary> = {
  card: detectableEffectCard,

  run(incidents, params, context, control) {
    const base = readPeriod(params.baseFrom, params.baseTo, 'base')
    const caveats: Caveat[] = [...checkPeriods([base], incidents, context)]
    const followDays = params.followDays || base.days
    const { treatedBuffer, controlBuffer } = bufferZones(context, params.bufferDistance)
    const around = [treatedBuffer, controlBuffer].filter((zone): zone is Zone => zone !== null)
    const zones = [...placeZones(context), ...around]
    const laid = layPlaces(incidents, zones, control)
    caveats.push(...laid.caveats)
    const never = { from: base.to, to: base.to, days: 0 }
    const periods = { before: base, after: never, caveats: [] }
    const { counts } = countZones(incidents, laid, zones.length, periods, null, control)
    const held = zones.map((_, zone) => counts[zone * 2])
    const designs = designsOf(held, treatedBuffer !== null, base.days, followDays, params.patrolShare / 100)
    const { alpha, power, dispersion, simulations, seed } = params
    const rows = designs.map((design, k): DetectableRow => {
      control.tick(k / designs.length, 'Drawing studies')
      const fall = smallestFall(design, dispersion, alpha, power)
      const share = (size: number, stream: number, either: boolean): number =>
        simulatedShare(design, size, dispersion, alpha, simulations, seed, stream, either)
      const lowered = design.means.reduce((sum, mean, at) => sum + (design.lowered[at] ? mean : 0), 0)
      return {
        design: design.name,
        expected: design.means.reduce((sum, mean) => sum + mean, 0),
        smallestFallPercent: 100 * fall,
        smallestFallIncidents: lowered * fall,
        simulatedPower: Number.isNaN(fall) ? Number.NaN : share(fall, 2 * k, false),
        falseAlarms: Number.isNaN(fall) ? Number.NaN : share(0, 2 * k + 1, true),
      }
    })
    caveats.push(...rowCaveats(rows, held[TREATED], power))
    return {
      summary: {
        sentence: sentenceOf(rows, alpha, power),
        rows,
        baseDays: base.days,
        followDays,
        alpha,
        power,
        dispersion,
        simulations,
      },
      columns: {
        design: rows.map(({ design }) => design),
        smallestFallPercent: Float64Array.from(rows, (row) => row.smallestFallPercent),
        simulatedPower: Float64Array.from(rows, (row) => row.simulatedPower),
        falseAlarms: Float64Array.from(rows, (row) => row.falseAlarms),
      },
      caveats,
    }
  },
}

/** @param held base counts: treated, comparison, then the surroundings that are there */
function designsOf(
  held: readonly number[],
  treatedBuffered: boolean,
  baseDays: number,
  followDays: number,
  patrolShare: number,
): Design[] {
  const longer = followDays / baseDays
  const means: number[] = []
  const lowered: boolean[] = []
  const weights: number[] = []
  held.forEach((count, zone) => {
    const sign = zone === TREATED || (zone === 2 && treatedBuffered) ? 1 : -1
    means.push(count, count * longer)
    lowered.push(false, zone === TREATED)
    weights.push(-sign * longer, sign)
  })
  const four = [held[TREATED], held[TREATED] * longer, held[CONTROL], held[CONTROL] * longer]
  const days = held[TREATED] * longer
  return [
    differenceDesign('Weighted displacement difference', means, lowered, weights),
    logRatioDesign(
      'Difference in differences (treated and comparison as two groups)',
      four,
      [false, true, false, false],
      [-1, 1, 1, -1],
      0,
    ),
    logRatioDesign(
      'Randomised crossover days at the treated places',
      [days * patrolShare, days * (1 - patrolShare)],
      [true, false],
      [1, -1],
      Math.log(patrolShare / (1 - patrolShare)),
    ),
  ]
}

function rowCaveats(rows: readonly DetectableRow[], treated: number, power: number): Caveat[] {
  const caveats: Caveat[] = []
  const blind = rows.filter(({ smallestFallPercent }) => Number.isNaN(smallestFallPercent))
  if (blind.length > 0)
    caveats.push(
      caveat(
        'not-detectable',
        `${blind.map(({ design }) => design).join('; ')}: there are too few incidents to see any fall.`,
      ),
    )
  if (treated < FEW)
    caveats.push(
      caveat('base-few', `The treated places held ${treated} incidents: the base rate itself is uncertain.`),
    )
  const off = rows.filter(({ simulatedPower }) => Math.abs(simulatedPower - power) > 0.05)
  if (off.length > 0)
    caveats.push(
      caveat(
        'approximation-off',
        `${off.map(({ design, simulatedPower }) => `${design}: ${figure(100 * simulatedPower)} % of drawn studies saw the fall, not ${figure(100 * power)} %`).join('; ')}. Believe the drawn studies.`,
      ),
    )
  return caveats
}

function sentenceOf(rows: readonly DetectableRow[], alpha: number, power: number): string {
  const told = rows.map(({ design, smallestFallPercent }) =>
    Number.isNaN(smallestFallPercent) ? `${design}: none` : `${design}: ${figure(smallestFallPercent)} %`,
  )
  return `Smallest fall in treated places that would be told from chance with a power of ${figure(100 * power)} % at alpha ${alpha} — ${told.join('; ')}. A smaller true effect would most often look like none; a study that sees nothing does not show that there was nothing.`
}
