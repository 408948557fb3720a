import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Incidents, MethodCard } from '#core/contract/method.ts'
import { locateAreas, ringsArea } from '../space/polygon.ts'
import { boxOfPlaces } from '../space/study-grid.ts'
import { caveat } from '../support/caveats.ts'
import { methodInParts } from '../support/shared-work.ts'
import { MINUTES_PER_DAY } from '../support/wall-clock.ts'
import { periodGiven } from '../time/month-tally.ts'
import { bandParameters, permutationParameters } from './band-parameters.ts'
import { bandsOf } from './bands.ts'
import { datedPlacesCaveats } from './dated-places.ts'
import { interactionTest, kValues } from './k-values.ts'
import { countKnoxTables } from './knox-counts.ts'
import { completeTables } from './knox-table.ts'
import { beginKnox, type KnoxStart, tablesOfPart } from './knox-work.ts'

const parameters = {
  spatialBands: {
    ...bandParameters.spatialBands,
    title: 'Distances',
    minimum: 1,
    default: [50, 100, 200, 400, 800],
    why: 'From next door to a quarter of an hour’s walk.',
  },
  temporalBands: {
    ...bandParameters.temporalBands,
    title: 'Times',
    minimum: 1,
    default: [1, 3, 7, 14, 28],
    why: 'From the next day to four weeks.',
  },
  distance: { ...bandParameters.distance, default: 'euclidean', why: 'K is about circles.' },
  dateUsed: bandParameters.dateUsed,
  ...permutationParameters,
} as const

/** Columns: one row per distance and time. */
export interface SpaceTimeKSummary {
  readonly incidents: number
  readonly areaKm2: number
  readonly durationDays: number
  readonly permutations: number
  readonly statistic: number
  readonly pValue: number
  readonly peakDistance: number
  readonly peakDays: number
  readonly peakD0: number
}

const card: MethodCard<typeof parameters> = {
  id: 'spaceTimeK',
  version: '1.0.0',
  title: 'Space-time K function',
  answers:
    'Up to which distance and time do incidents come together beyond what place and season alone explain?',
  references: [
    'Diggle, P. J., Chetwynd, A. G., Häggkvist, R. and Morris, S. E. (1995). Second-order analysis of space-time clustering. Statistical Methods in Medical Research 4, 124–136.',
  ],
  formula:
    'K(s, t) = A·T/(n(n − 1)) × ordered pairs at most s apart and at most t days apart; K₁(s), K₂(t) alike in space and in time alone; D = K − K₁K₂; D₀ = K/(K₁K₂) − 1; statistic = Σ over (s, t) of (D − mean)/standard deviation over the permutations and the data.',
  assumptions: [
    'Under the null every date could have gone with every place.',
    'No correction for pairs that the boundary or the ends of the period hide: K itself is too low near them; D₀ and the test, which compare like with like, hold.',
  ],
  notShown: ['The number of pairs at just this distance: K adds up all shorter ones.'],
  compares: [
    'splancs stkhat corrects for edges, so its K is larger; without correction the values are those of the formula.',
    'D₀ is the share by which pairs exceed what space and time alone give, as in splancs stdiagn.',
  ],
  caveats: {
    ...datedPlacesCaveats,
    'no-study-area': 'No boundary of the study area is loaded: the box of the places stands in for it.',
    'outside-study-area': 'Incidents with a place outside the study area were left out.',
    'k-no-permutations': 'No permutations were asked for: there is no envelope and no p.',
    'k-no-pairs': 'Some distances or times hold no pair: D₀ is undefined there.',
  },
  parameters,
  summary: {
    incidents: 'Incidents with a place and a day',
    areaKm2: 'Area A',
    durationDays: 'Days T',
    permutations: 'Permutations',
    statistic: 'Sum of standardised D',
    pValue: 'p of the statistic (upper tail)',
    peakDistance: 'Distance with the largest D₀ among those above the envelope',
    peakDays: 'Time with the largest D₀ among those above the envelope',
    peakD0: 'That D₀',
  },
  columns: [
    { name: 'distance', title: 'Distance up to', unit: 'm', type: 'float64' },
    { name: 'days', title: 'Days up to', unit: 'days', type: 'float64' },
    { name: 'pairs', title: 'Pairs', type: 'float64' },
    { name: 'k', title: 'K', unit: 'm² days', type: 'float64' },
    { name: 'kSpace', title: 'K in space', unit: 'm²', type: 'float64' },
    { name: 'kTime', title: 'K in time', unit: 'days', type: 'float64' },
    { name: 'd', title: 'D', unit: 'm² days', type: 'float64' },
    { name: 'd0', title: 'D₀', type: 'float64' },
    { name: 'd0Low', title: 'D₀ envelope, 2.5%', type: 'float64' },
    { name: 'd0High', title: 'D₀ envelope, 97.5%', type: 'float64' },
    { name: 'pValue', title: 'p (upper tail)', type: 'float64' },
  ],
  needs: ['place', 'month'],
}

interface KState {
  readonly start: KnoxStart
  readonly area: number
  readonly caveats: readonly Caveat[]
}

/**
 * How far and how long incidents draw others, cumulatively. See `kValues` for the numbers.
 *
 * s in metres and t in days, both edges in (at most). A is the study area's area in m², else the box of the places;
 * T the days of the period asked for, else first to last day; both scale K and D and cancel in D₀. Envelope: 2.5th
 * and 97.5th percentile of D₀ over the permutations, point by point. NaN: D₀ where no pair is that near or that soon,
 * envelope and p without permutations.
 *
 * Seeded by (seed, permutation); rows in any order give the same. Cost and memory as `knox`.
 * Errors: those of `datedPlaces`, E-NRP-BANDS, E-NRP-SPAN, E-MTH-PERIOD.
 * @see Diggle et al. (1995) Statistical Methods in Medical Research 4, 124–136.
 */
export const spaceTimeK = methodInParts<
  typeof parameters,
  SpaceTimeKSummary,
  KState,
  { readonly counts: Float64Array; readonly pairs: Float64Array }
>(card, {
  begin(incidents, params, context, control) {
    const { within, area, caveats } = insideArea(incidents, context)
    const { state: start, parts } = beginKnox(
      within,
      { name: 'The space-time K function', minimum: 10, dateUsed: params.dateUsed },
      { ...bandsAsked(params), ...params, within: 'all', manhattan: params.distance === 'manhattan' },
      context,
      control,
    )
    return { state: { start, area, caveats: [...caveats, ...start.places.caveats] }, parts }
  },

  part({ start }, index, control) {
    const { first, count } = tablesOfPart(start, index)
    return countKnoxTables(start.work, first, count, control)
  },

  finish({ start, area, caveats }, parts, _incidents, params, context) {
    const { spatial, temporal } = bandsAsked(params)
    const { day, span } = start.work
    const counts = parts.map((part) => part.counts)
    const tables = completeTables(counts, parts[0].pairs, day, span, spatial, temporal)
    const duration = context.period ? daysOf(context.period) : span + 1
    const values = kValues(tables, area, duration)
    const test = interactionTest(tables, values)
    const across = temporal.finite
    const rows = Array.from(values.d.keys())
    const above = rows.filter((at) => values.d0[at] > test.d0High[at])
    const peak = above.reduce((best, at) => (best < 0 || values.d0[at] > values.d0[best] ? at : best), -1)
    const distance = Float64Array.from(rows, (at) => spatial.to[Math.floor(at / across)])
    const days = Float64Array.from(rows, (at) => temporal.to[at % across])
    const told = [...caveats]
    if (params.permutations === 0)
      told.push(caveat('k-no-permutations', 'No permutations were asked for: there is no envelope and no p.'))
    if (values.d0.some(Number.isNaN))
      told.push(
        caveat(
          'k-no-pairs',
          'Some distances or times hold no pair at all: D₀ is undefined there and left blank.',
        ),
      )
    return {
      summary: {
        incidents: day.length,
        areaKm2: area / 1e6,
        durationDays: duration,
        permutations: params.permutations,
        statistic: test.statistic,
        pValue: test.pOverall,
        peakDistance: peak < 0 ? Number.NaN : distance[peak],
        peakDays: peak < 0 ? Number.NaN : days[peak],
        peakD0: peak < 0 ? Number.NaN : values.d0[peak],
      },
      columns: { distance, days, ...values, d0Low: test.d0Low, d0High: test.d0High, pValue: test.pValue },
      caveats: told,
    }
  },
})

function bandsAsked(params: {
  readonly spatialBands: readonly number[]
  readonly temporalBands: readonly number[]
}) {
  return {
    spatial: bandsOf(params.spatialBands, 'm', 'right'),
    temporal: bandsOf(params.temporalBands, 'days', 'right'),
  }
}

function daysOf(period: { readonly from: string; readonly to: string }): number {
  const { from, to } = periodGiven(period)
  return (to - from) / MINUTES_PER_DAY
}

/** The incidents inside the study area, and its area in m². */
function insideArea(
  incidents: Incidents,
  { studyArea }: Context,
): { within: Incidents; area: number; caveats: Caveat[] } {
  if (studyArea === undefined) {
    const [west, south, east, north] = boxOfPlaces(incidents, incidents.mask)
    const text =
      'No boundary of the study area is loaded: the box of the places stands in for it. K and D scale with its area; D₀ and the test do not.'
    return {
      within: incidents,
      area: (east - west) * (north - south),
      caveats: [caveat('no-study-area', text)],
    }
  }
  const area = studyArea.areas.reduce((sum, { rings }) => sum + ringsArea(rings), 0)
  const found = locateAreas(studyArea.areas, incidents.x, incidents.y, incidents.mask)
  const mask = incidents.mask.slice()
  let outside = 0
  for (let i = 0; i < mask.length; i++)
    if (mask[i] === 1 && found[i] < 0 && Number.isFinite(incidents.x[i] + incidents.y[i])) {
      mask[i] = 0
      outside++
    }
  const text = `${outside.toLocaleString('en-GB')} incidents lie outside ${studyArea.name} and are left out.`
  return {
    within: { ...incidents, mask },
    area,
    caveats: outside > 0 ? [caveat('outside-study-area', text)] : [],
  }
}
