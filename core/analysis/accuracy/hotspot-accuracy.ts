import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Context, Incidents, Method, Values } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { countUnits } from '../space/count-units.ts'
import { unitColumns } from '../space/unit-columns.ts'
import { unitsOf } from '../space/units.ts'
import { caveat } from '../support/caveats.ts'
import { type AccuracyCurve, accuracyCurve, areaUnderCurve, stepsWithin } from './accuracy-curve.ts'
import { hotspotAccuracyCard } from './hotspot-accuracy-card.ts'
import { predictUnits } from './predict-units.ts'
import { splitByDate } from './split-by-date.ts'

type Params = Values<typeof hotspotAccuracyCard.parameters>

export interface AccuracyRow {
  /** Share of the area asked for, %. */
  readonly asked: number
  readonly units: number
  readonly areaShare: number
  readonly areaKm2: number
  readonly hits: number
  readonly hitsLow: number
  readonly hitsHigh: number
  readonly hitRate: number
  readonly pai: number
  readonly paiLow: number
  readonly paiHigh: number
  readonly pei: number
  readonly recaptureRateIndex: number
  readonly relativeRiskIndex: number
  /** Units tied at the cut, 0 where the cut falls between two predictions. */
  readonly tiedAtCut: number
}

export interface HotspotAccuracySummary {
  readonly grid: GridSpec | null
  readonly units: number
  readonly earlier: string
  readonly later: string
  readonly earlierIncidents: number
  readonly laterIncidents: number
  readonly areaKm2: number
  readonly rows: readonly AccuracyRow[]
  readonly areaUnderCurve: number
  readonly bestAreaUnderCurve: number
}

/**
 * PAI, PEI, hit rate and the two RRI of hotspots chosen before a date and scored on what came after.
 *
 * Units are taken from the highest predicted density (predicted / area) down. A row stands at the most units whose
 * area stays within the share asked for. With n of the N later incidents and area a of A in them:
 *
 *     hit rate = n/N     PAI = (n/N)/(a/A)     PEI = n / n_best(a)
 *     recapture rate index = (n/n₁)/(N/N₁),  n₁ of the N₁ earlier incidents in the same units
 *     relative risk index  = (p/P)/(n/N),    p of the predicted total P
 *
 * Ties: see `accuracyCurve`; with unequal areas the range divides by the expected area. NaN: a row without units, a
 * ratio over 0.
 *
 * Deterministic. Cost: that of `unitsOf`, and three sorts of the units.
 * Errors: those of `unitsOf` and `splitByDate`, E-MTH-FEW (nothing to choose from, or to score), E-MTH-PREDICTOR.
 * @see Chainey, Tompson and Uhlig (2008) Security Journal 21, 4–28; ptools `pai` for PAI and PEI without ties.
 */
export const hotspotAccuracy: Method<typeof hotspotAccuracyCard.parameters, HotspotAccuracySummary> = {
  card: hotspotAccuracyCard,

  run(incidents, params, context, control) {
    const { before, after, earlier, later, caveats: periodCaveats } = sides(incidents, params, context)
    const both = before.map((bit, i) => bit | after[i])
    const units = unitsOf(incidents, both, params, context, control)
    const first = countUnits(units.unitOf, units.count, before, control)
    const second = countUnits(units.unitOf, units.count, after, control)
    const [earlierIncidents, laterIncidents] = [sum(first), sum(second)]
    if (earlierIncidents === 0 || laterIncidents === 0)
      throw new InputError(
        'E-MTH-FEW',
        earlierIncidents === 0
          ? `There is no incident to choose hotspots from (${earlier}).`
          : `There is no incident to score hotspots on (${later}).`,
        { cure: 'Choose another date, or a wider selection.' },
      )
    const predicted = predictUnits(
      params.predictor,
      params.bandwidth,
      incidents,
      before,
      first,
      units,
      control,
    )
    const areas = units.areaKm2 ?? new Float64Array(units.count).fill(1)
    control.tick(0.6, 'Scoring')
    const curve = accuracyCurve(predicted, second, first, areas)
    const rows = params.shares.map((asked) => rowAt(curve, asked, units.areaKm2 !== null))
    const overlap = params.other === null ? 0 : countBoth(before, after)

    const last = curve.order.length - 1
    const order = curve.order
    const scale = laterIncidents / curve.predicted[last]
    return {
      summary: {
        grid: units.grid,
        units: units.count,
        earlier,
        later,
        earlierIncidents,
        laterIncidents,
        areaKm2: units.areaKm2 === null ? Number.NaN : curve.area[last],
        rows,
        areaUnderCurve: areaUnderCurve(curve, curve.hits),
        bestAreaUnderCurve: areaUnderCurve(curve, curve.bestHits),
      },
      columns: {
        ...unitColumns(units, order, control),
        predicted: Float64Array.from(order, (unit) => predicted[unit] * scale),
        observed: Uint32Array.from(order, (unit) => second[unit]),
        areaShare: curve.area.map((area) => area / curve.area[last]),
        hitRate: curve.hits.map((hits) => hits / laterIncidents),
        hitRateLow: curve.hitsLow.map((hits) => hits / laterIncidents),
        hitRateHigh: curve.hitsHigh.map((hits) => hits / laterIncidents),
        bestHitRate: curve.bestHits.map((hits) => hits / laterIncidents),
      },
      caveats: [
        ...units.caveats,
        ...periodCaveats,
        ...accuracyCaveats(rows, laterIncidents, overlap, units.kind, units.words[1]),
      ],
    }
  },
}

/** Which incidents the choice is made from, and which it is scored on. */
function sides(incidents: Incidents, params: Params, context: Context) {
  const other = context.selections?.other
  if (other !== undefined && params.splitDate === '' && params.untilDate === '')
    return {
      before: other,
      after: incidents.mask,
      earlier: 'All incidents of the other selection',
      later: 'All incidents of the selection',
      caveats: [],
    }
  const split = splitByDate(incidents, incidents.mask, params, context)
  const chosenFrom = other === undefined ? split : splitByDate(incidents, other, params, context)
  return {
    before: chosenFrom.before,
    after: split.after,
    earlier: other === undefined ? split.beforeLabel : `The other selection, ${split.beforeLabel}`,
    later: split.afterLabel,
    caveats: split.caveats,
  }
}

function rowAt(curve: AccuracyCurve, asked: number, hasArea: boolean): AccuracyRow {
  const last = curve.order.length - 1
  const whole = curve.area[last]
  const steps = stepsWithin(curve, (asked / 100) * whole)
  const at = steps - 1
  const none = steps === 0
  const read = (values: Float64Array): number => (none ? Number.NaN : values[at])
  const areaShare = read(curve.area) / whole
  const total = curve.hits[last]
  const hits = read(curve.hits)
  const pai = (caught: number): number => caught / total / areaShare
  return {
    asked,
    units: steps,
    areaShare,
    areaKm2: hasArea ? read(curve.area) : Number.NaN,
    hits,
    hitsLow: read(curve.hitsLow),
    hitsHigh: read(curve.hitsHigh),
    hitRate: hits / total,
    pai: pai(hits),
    paiLow: pai(read(curve.hitsLow)),
    paiHigh: pai(read(curve.hitsHigh)),
    pei: over(hits, read(curve.bestHits)),
    recaptureRateIndex: over(over(hits, read(curve.earlier)), total / curve.earlier[last]),
    relativeRiskIndex: over(read(curve.predicted) / curve.predicted[last], hits / total),
    tiedAtCut: !none && at < last && sameTie(curve, at) ? curve.tied[at] : 0,
  }
}

/** True when the next step stands in the same tie. */
function sameTie(curve: AccuracyCurve, at: number): boolean {
  let start = 0
  // Ties lie one behind the other, each as long as it says.
  while (start + curve.tied[start] <= at) start += curve.tied[start]
  return at + 1 < start + curve.tied[start]
}

function accuracyCaveats(
  rows: readonly AccuracyRow[],
  later: number,
  overlap: number,
  kind: string,
  words: string,
): Caveat[] {
  const caveats: Caveat[] = []
  if (later < 50)
    caveats.push(
      caveat(
        'accuracy-few',
        `Only ${later} incidents were scored: one more or less in a hotspot changes the hit rate by ${(100 / later).toFixed(1)} points.`,
      ),
    )
  const tied = rows.filter((row) => row.tiedAtCut > 0 && row.hitsHigh > row.hitsLow)
  if (tied.length > 0)
    caveats.push(
      caveat(
        'accuracy-ties',
        `At ${tied.map((row) => `${row.asked} %`).join(', ')} of the area ${words} with equal predictions stand at the cut: figures are the mean over random choices among them, and the range shows the worst and the best.`,
      ),
    )
  if (overlap > 0)
    caveats.push(
      caveat(
        'accuracy-overlap',
        `${overlap.toLocaleString('en-GB')} incidents were used both to choose hotspots and to score them: this is not a forecast, and the figures flatter.`,
      ),
    )
  if (kind === 'places')
    caveats.push(
      caveat(
        'accuracy-places',
        'Places have no area: shares and PAI are of the number of places with an incident in either period, so a place first seen in the later period counts as one that could have been chosen.',
      ),
    )
  return caveats
}

function over(top: number, bottom: number): number {
  return bottom > 0 ? top / bottom : Number.NaN
}

function sum(counts: Uint32Array): number {
  let total = 0
  for (let i = 0; i < counts.length; i++) total += counts[i]
  return total
}

function countBoth(a: Uint8Array, b: Uint8Array): number {
  let both = 0
  for (let i = 0; i < a.length; i++) both += a[i] & b[i]
  return both
}
