import type { Context, Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { locateAreas } from '../space/polygon.ts'
import { sharedInt32 } from '../support/shared-work.ts'
import { civilOf } from '../support/wall-clock.ts'
import { type Bands, bandOfDays } from './bands.ts'
import { type DatedPlaces, type DatedPlacesNeeds, datedPlaces } from './dated-places.ts'
import { type KnoxWork, LONGEST_SPAN_DAYS } from './knox-counts.ts'
import { orderInSpace, type SpaceOrder } from './space-order.ts'

/**
 * Tables counted by one part: enough that finding the pairs costs little of each, few enough that the dates of very
 * many incidents fit in memory on every worker.
 */
function tablesAtOnce(incidents: number): number {
  return incidents > 200_000 ? 32 : 64
}

/** What begins a Knox table, whichever method asks for it. */
export interface KnoxQuestion {
  readonly spatial: Bands
  readonly temporal: Bands
  readonly manhattan: boolean
  /** all, quarter, month or area. */
  readonly within: string
  readonly permutations: number
  readonly seed: number
}

export interface KnoxStart {
  readonly work: KnoxWork
  readonly places: Pick<DatedPlaces, 'caveats'>
  readonly firstDay: number
  /** Incidents that are alone in their group. */
  readonly alone: number
  readonly tables: number
}

/** Reads places and days, puts them in order and in groups. @throws InputError of `datedPlaces`, E-NRP-SPAN, E-MTH-AREA */
export function beginKnox(
  incidents: Incidents,
  needs: DatedPlacesNeeds,
  question: KnoxQuestion,
  context: Context,
  control: Control,
): { readonly state: KnoxStart; readonly parts: number } {
  const places = datedPlaces(incidents, needs, control)
  const { firstDay, span } = spanOf(places.day)
  control.tick(0, 'Ordering places')
  const { spatial, temporal } = question
  const reach = spatial.from[spatial.finite]
  const order = orderInSpace(places.x, places.y, places.day, reach, question.manhattan)
  const day = new Uint16Array(new SharedArrayBuffer(2 * order.x.length))
  for (let p = 0; p < day.length; p++) day[p] = places.day[order.source[p]] - firstDay
  const groups = groupsOf(question.within, order, day, firstDay, context)
  let alone = 0
  for (let g = 0; g + 1 < groups.groups.length; g++)
    if (groups.groups[g + 1] - groups.groups[g] === 1) alone++
  const tables = question.permutations + 1
  return {
    state: {
      work: {
        order,
        day,
        span,
        edges: spatial.edges,
        edgeIn: spatial.closed === 'right',
        bandOfDays: bandOfDays(temporal, span),
        temporal: temporal.finite,
        ...groups,
        seed: question.seed,
      },
      places: { caveats: places.caveats },
      firstDay,
      alone: question.within === 'all' ? 0 : alone,
      tables,
    },
    parts: Math.ceil(tables / tablesAtOnce(day.length)),
  }
}

/** Numbers of the first table of a part, and how many it has. */
export function tablesOfPart({ work, tables }: KnoxStart, part: number): { first: number; count: number } {
  const atOnce = tablesAtOnce(work.day.length)
  return { first: part * atOnce, count: Math.min(atOnce, tables - part * atOnce) }
}

function spanOf(day: Int32Array): { firstDay: number; span: number } {
  let [firstDay, lastDay] = [Infinity, -Infinity]
  for (let k = 0; k < day.length; k++) {
    if (day[k] < firstDay) firstDay = day[k]
    if (day[k] > lastDay) lastDay = day[k]
  }
  const span = lastDay - firstDay
  if (span > LONGEST_SPAN_DAYS)
    throw new InputError(
      'E-NRP-SPAN',
      `The incidents span ${Math.round(span / 365.25)} years; some dates must be wrong.`,
      { column: 'occurredFrom', cure: 'Choose a period, which leaves the wrong dates out.' },
    )
  return { firstDay, span }
}

function groupsOf(
  within: string,
  order: SpaceOrder,
  day: Uint16Array,
  firstDay: number,
  context: Context,
): { grouped: Int32Array; groups: Int32Array } {
  const n = day.length
  const key = new Int32Array(n)
  if (within === 'area') {
    const areas = context.studyArea?.areas ?? []
    if (areas.length < 2)
      throw new InputError('E-MTH-AREA', 'Exchanging dates within areas needs at least two areas.', {
        cure: 'Load a boundary layer with several areas as the study area, or exchange dates among all incidents.',
      })
    key.set(locateAreas(areas, order.x, order.y))
  } else if (within !== 'all') {
    const months = within === 'quarter' ? 3 : 1
    for (let p = 0; p < n; p++) {
      const { year, month } = civilOf(firstDay + day[p])
      key[p] = year * 12 + months * Math.floor((month - 1) / months)
    }
  }
  const grouped = sharedInt32(n)
  for (let p = 0; p < n; p++) grouped[p] = p
  if (within !== 'all') grouped.sort((a, b) => key[a] - key[b] || a - b)
  const groups = [0]
  for (let k = 1; k < n; k++) if (key[grouped[k]] !== key[grouped[k - 1]]) groups.push(k)
  groups.push(n)
  return { grouped, groups: Int32Array.from(groups) }
}
