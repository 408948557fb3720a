import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { normalQuantile } from '../support/distributions/normal-quantile.ts'
import { type BeforeAfter, readBeforeAfter } from './before-after.ts'
import { countZones } from './count-zones.ts'
import { displacementCard, type parameters } from './displacement-card.ts'
import { displacementQuotient } from './displacement-quotient.ts'
import { confidence, figure } from './figures.ts'
import { layPlaces, placeZones, shapesOf } from './lay-places.ts'
import { rateRatio } from './rate-ratio.ts'
import type { Pair } from './weighted-difference.ts'
import type { Zone } from './zone.ts'

export interface BandChange {
  readonly zone: string
  readonly areaKm2: number
  readonly before: number
  readonly after: number
  /** Change against the comparison places, or per day where there are none; 1 is no change. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly quotient: number
  readonly reading: string
}

export interface DisplacementSummary {
  readonly sentence: string
  readonly rows: readonly BandChange[]
  readonly all: BandChange
  readonly alpha: number
}

const FEW = 5

/**
 * See the card for the formula and `displacementQuotient` for the quotient's nulls. Ratios with a comparison are NaN
 * where one of the four counts is 0, without one where the count before is 0. Deterministic.
 * Cost: a microsecond an incident and band. Errors: as weightedDisplacement, and E-EVL-BANDS.
 */
export const displacement: Method<typeof parameters, DisplacementSummary> = {
  card: displacementCard,

  run(incidents, params, context, control) {
    const periods = readBeforeAfter(params, incidents, context)
    if (params.bands.length === 0)
      throw new InputError('E-EVL-BANDS', 'No band around the treated places was given.', {
        column: 'bands',
        cure: 'Give at least one distance, for example 100, 200, 400.',
      })
    const treated = shapesOf(context.layers?.treated, 'treated places')
    const compared = context.layers?.control !== undefined
    const zones: Zone[] = compared
      ? [...placeZones(context)]
      : [{ name: 'treated', shapes: treated, distance: 0, farEdgeIn: true }]
    const firstBand = zones.length
    params.bands.forEach((edge, k) => {
      const name = `[${k === 0 ? 0 : params.bands[k - 1]}, ${edge}) m`
      zones.push({ name, shapes: treated, distance: edge, farEdgeIn: false })
    })
    const laid = layPlaces(incidents, zones, control)
    const { counts } = countZones(incidents, laid, zones.length, periods, null, control)
    const pair = (zone: number): Pair => [counts[zone * 2], counts[zone * 2 + 1]]
    const comparison: Pair | null = compared ? pair(1) : null

    const rowOf = (zone: string, area: number, own: Pair, isBand: boolean): BandChange => {
      const change = changeOf(own, comparison, periods, params.alpha)
      const told =
        isBand && comparison
          ? displacementQuotient({ treated: pair(0), control: comparison, treatedBuffer: own })
          : null
      return {
        zone,
        areaKm2: area / 1e6,
        before: own[0],
        after: own[1],
        ...change,
        quotient: told?.quotient ?? Number.NaN,
        reading: told?.reading ?? '',
      }
    }
    const rows = zones.map(({ name }, zone) => rowOf(name, laid.area[zone], pair(zone), zone >= firstBand))
    if (compared) rows[1] = { ...rows[1], ratio: 1, low: Number.NaN, high: Number.NaN }
    const bands = rows.slice(firstBand)
    const all = rowOf(
      'all bands',
      bands.reduce((sum, { areaKm2 }) => sum + areaKm2 * 1e6, 0),
      [bands.reduce((sum, { before }) => sum + before, 0), bands.reduce((sum, { after }) => sum + after, 0)],
      true,
    )

    const caveats: Caveat[] = [...periods.caveats, ...laid.caveats]
    if (!compared)
      caveats.push(
        caveat(
          'no-control',
          'There are no comparison places: a change near treated places may be a change everywhere, and no quotient can be given.',
        ),
      )
    else if (Number.isNaN(all.quotient)) caveats.push(caveat('quotient-undefined', all.reading))
    if (counts.some((count) => count < FEW))
      caveats.push(
        caveat('counts-few', `A count is under ${FEW}: ratios and intervals with it are rough or blank.`),
      )
    return {
      summary: { sentence: sentenceOf(all, rows[0], params.alpha, compared), rows, all, alpha: params.alpha },
      columns: {
        zone: rows.map(({ zone }) => zone),
        before: Float64Array.from(rows, ({ before }) => before),
        after: Float64Array.from(rows, ({ after }) => after),
        ratio: Float64Array.from(rows, ({ ratio }) => ratio),
        low: Float64Array.from(rows, ({ low }) => low),
        high: Float64Array.from(rows, ({ high }) => high),
      },
      caveats,
    }
  },
}

function changeOf(
  [before, after]: Pair,
  comparison: Pair | null,
  periods: BeforeAfter,
  alpha: number,
): { ratio: number; low: number; high: number } {
  if (comparison === null) {
    const { ratio, low, high } = rateRatio(after, periods.after.days, before, periods.before.days, alpha)
    return { ratio, low, high }
  }
  const counts = [before, after, ...comparison]
  if (counts.some((count) => count === 0)) return { ratio: Number.NaN, low: Number.NaN, high: Number.NaN }
  const ratio = after / before / (comparison[1] / comparison[0])
  const spread = Math.exp(
    normalQuantile(1 - alpha / 2) * Math.sqrt(counts.reduce((sum, count) => sum + 1 / count, 0)),
  )
  return { ratio, low: ratio / spread, high: ratio * spread }
}

function sentenceOf(all: BandChange, treated: BandChange, alpha: number, compared: boolean): string {
  const against = compared ? 'against the comparison places' : 'per day against the period before'
  const than = compared ? 'in the comparison places' : 'before'
  const told = ({ ratio, low, high }: BandChange): string =>
    Number.isNaN(ratio)
      ? 'cannot be given as a ratio (a count is 0)'
      : `was ${figure(ratio, 2)} times what it had been (${confidence(alpha)} interval ${figure(low, 2)} to ${figure(high, 2)})`
  const verdict = Number.isNaN(all.ratio)
    ? 'Nothing can be said of displacement.'
    : all.low > 1
      ? `Near treated places incidents fared worse than ${than} by more than chance would often give, as displacement would look.`
      : all.high < 1
        ? `Near treated places incidents fared better than ${than} by more than chance would often give, as a diffusion of benefit would look.`
        : 'Neither displacement nor diffusion of benefit can be told from chance; a small one may be hidden.'
  return `The number of incidents around treated places, ${against}, ${told(all)}; in the treated places it ${told(treated)}. ${verdict} It does not show that the same people moved.`
}
