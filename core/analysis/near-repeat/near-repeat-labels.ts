import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { caveat } from '../support/caveats.ts'
import { MINUTES_PER_DAY } from '../support/wall-clock.ts'
import { bandOf, bandsOf } from './bands.ts'
import { type Chain, gatherChains } from './chains.ts'
import { datedPlaces } from './dated-places.ts'
import { type IncidentLinks, linkIncidents } from './link-incidents.ts'
import { nearRepeatLabelsCard } from './near-repeat-labels-card.ts'
import { orderInSpace } from './space-order.ts'

/** By number: `UNRELATED`, `ORIGINATOR`, `REPEAT`, `NEAR_REPEAT`. */
const LABELS = ['Unrelated', 'Originator', 'Repeat', 'Near repeat'] as const

/** Columns: one row per incident used, in the order of the data. */
export interface NearRepeatLabelsSummary {
  readonly labels: readonly { readonly label: string; readonly incidents: number; readonly share: number }[]
  readonly links: readonly {
    readonly spatialBand: string
    readonly temporalBand: string
    readonly links: number
  }[]
  readonly chains: readonly Chain[]
  readonly incidents: number
  readonly chainCount: number
  readonly inChains: number
  readonly shareInChains: number
  readonly medianDistance: number
  readonly medianDays: number
}

/** A chain with a larger share of all incidents says nothing. */
const PERCOLATES = 0.25

/**
 * Labels each incident by what happened near it before and after, and gathers chains.
 *
 * In reach: distance and whole days apart within the bands, both by the edges chosen. Of two incidents one always
 * comes first (see `linkIncidents`). The link is the nearest earlier incident in reach, the latest of equals; its
 * distance and days are NaN, its row −1 and its bands '' where there is none. Chain numbers count up with the first
 * incident of the chain; 0 for an incident that is alone. A chain is active when its last incident lies within the
 * last time break of the last day of the data. Medians are over links, the upper of the middle two: element ⌊n/2⌋.
 *
 * Deterministic; the order of rows does not matter. Cost: one look at each pair in reach, 80 bytes an incident.
 * Errors: those of `datedPlaces`, E-NRP-BANDS.
 * @see Esri, Crime Analysis toolbox, Repeat and near repeat classification, for the labels.
 */
export const nearRepeatLabels: Method<typeof nearRepeatLabelsCard.parameters, NearRepeatLabelsSummary> = {
  card: nearRepeatLabelsCard,

  run(incidents, params, _context, control) {
    const closed = params.closed === 'right' ? 'right' : 'left'
    const spatial = bandsOf(params.spatialBands, 'm', closed, params.samePlace)
    const temporal = bandsOf(params.temporalBands, 'days', closed)
    const needs = { name: 'Labelling near repeats', minimum: 2, dateUsed: params.dateUsed }
    const places = datedPlaces(incidents, needs, control)
    const n = places.row.length
    const when = Float64Array.from(places.day, (day, k) => day * MINUTES_PER_DAY + places.minute[k])
    const reach = spatial.from[spatial.finite]
    const order = orderInSpace(places.x, places.y, when, reach, params.distance === 'manhattan')
    const minutes = Float64Array.from(order.source, (k) => when[k])
    const links = linkIncidents(order, minutes, spatial, temporal, control)
    const chains = gatherChains(links, order, minutes, temporal.from[temporal.finite])

    const columns = {
      row: places.row,
      label: new Array<string>(n).fill(''),
      chain: new Int32Array(n),
      linkRow: new Int32Array(n).fill(-1),
      linkDistance: new Float64Array(n).fill(Number.NaN),
      linkDays: new Float64Array(n).fill(Number.NaN),
      spatialBand: new Array<string>(n).fill(''),
      temporalBand: new Array<string>(n).fill(''),
    }
    const counts = [0, 0, 0, 0]
    const byBand = new Float64Array(spatial.finite * temporal.finite)
    let sameDay = 0
    for (let p = 0; p < n; p++) {
      const k = order.source[p]
      columns.label[k] = LABELS[links.label[p]]
      counts[links.label[p]]++
      columns.chain[k] = chains.numberOf[p]
      const before = links.link[p]
      if (before < 0) continue
      const days = places.day[k] - places.day[order.source[before]]
      const [s, t] = [bandOf(spatial, links.distance[p]), bandOf(temporal, days)]
      columns.linkRow[k] = places.row[order.source[before]]
      columns.linkDistance[k] = links.distance[p]
      columns.linkDays[k] = days
      columns.spatialBand[k] = spatial.labels[s]
      columns.temporalBand[k] = temporal.labels[t]
      byBand[s * temporal.finite + t]++
      if (minutes[p] === minutes[before]) sameDay++
    }
    return {
      summary: {
        labels: [1, 2, 3, 0].map((at) => ({
          label: LABELS[at],
          incidents: counts[at],
          share: counts[at] / n,
        })),
        links: Array.from(byBand, (count, at) => ({
          spatialBand: spatial.labels[Math.floor(at / temporal.finite)],
          temporalBand: temporal.labels[at % temporal.finite],
          links: count,
        })),
        chains: chains.chains.slice(0, params.top),
        incidents: n,
        chainCount: chains.chains.length,
        inChains: n - counts[0],
        shareInChains: (n - counts[0]) / n,
        medianDistance: upperMedian(columns.linkDistance),
        medianDays: upperMedian(columns.linkDays),
      },
      columns,
      caveats: [...places.caveats, ...caveatsOf(chains.chains, n, links, sameDay)],
    }
  },
}

/** Element ⌊n/2⌋ of what is not NaN; NaN when there is none. */
function upperMedian(values: Float64Array): number {
  const held = values.filter((value) => !Number.isNaN(value)).sort()
  return held.length === 0 ? Number.NaN : held[held.length >> 1]
}

function caveatsOf(chains: readonly Chain[], n: number, { link }: IncidentLinks, sameDay: number): Caveat[] {
  const caveats: Caveat[] = []
  if (chains.length === 0)
    caveats.push(caveat('no-links', 'No incident is in reach of another: all are unrelated.'))
  else if (chains[0].incidents > PERCOLATES * n && n >= 40)
    caveats.push(
      caveat(
        'chain-percolates',
        `One chain holds ${chains[0].incidents.toLocaleString('en-GB')} of ${n.toLocaleString('en-GB')} incidents: with this reach nearly everything is linked through something. Choose shorter bands.`,
      ),
    )
  if (sameDay > 0)
    caveats.push(
      caveat(
        'same-day-order',
        `${sameDay.toLocaleString('en-GB')} of ${link.filter((each) => each >= 0).length.toLocaleString('en-GB')} links are between incidents with the same day and no different time: which of the two came first is by rule, not known.`,
      ),
    )
  return caveats
}
