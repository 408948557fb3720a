import type { Caveat } from '#core/contract/caveat.ts'
import type { Rings } from '#core/contract/geometry.ts'
import { MISSING_CODE } from '#core/contract/incident.ts'
import type { Control, Incidents, Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { convexHull } from '../space/convex-hull.ts'
import { signedArea } from '../space/polygon.ts'
import { caveat } from '../support/caveats.ts'
import { type HarmOfIncidents, harmOfIncidents } from '../support/harm.ts'
import { centreAndSpreadCard } from './centre-and-spread-card.ts'
import { leastDistance, weightedMedian } from './middle-places.ts'
import { type Places, placesOf } from './places.ts'
import { type EllipseRule, ellipseRing, standardEllipse } from './standard-ellipse.ts'

export interface SpreadRow {
  readonly group: string
  readonly count: number
  readonly places: number
  readonly x: number
  readonly y: number
  readonly medianX: number
  readonly medianY: number
  readonly leastDistanceX: number
  readonly leastDistanceY: number
  readonly standardDistance: number
  readonly semiMajor: number
  readonly semiMinor: number
  readonly angle: number
  readonly ellipseKm2: number
  readonly hullKm2: number
  /** The ellipse. */
  readonly rings: Rings
}

export interface CentreAndSpreadSummary {
  readonly groups: readonly SpreadRow[]
  readonly incidents: number
  readonly weight: string
  readonly correction: string
}

/**
 * Mean centre, median centre, centre of least distance, standard distance and standard deviational ellipse
 * (`standard-ellipse.ts`), of all incidents and, where asked, of each group. With harm, incidents without a weight
 * are left out; a place weighs harm · incidents / total harm. Groups with fewer than `fewest` incidents, or all at one
 * place, are left out and told of. Largest group first, all together before them.
 *
 * Deterministic. Cost: a sort of the places and some hundred passes over them for the centre of least distance.
 * Errors: E-MTH-FEW (fewer than 3 incidents), E-MTH-ONE-PLACE, E-MTH-WEIGHTS, E-MTH-GROUP (no such column).
 * @see Levine (2015) CrimeStat IV, chapter 4.
 */
export const centreAndSpread: Method<(typeof centreAndSpreadCard)['parameters'], CentreAndSpreadSummary> = {
  card: centreAndSpreadCard,
  run(incidents, params, context, control) {
    const harm =
      params.value === 'harm' ? harmOfIncidents(incidents, context, true, 'Centre and spread of harm') : null
    if (params.by !== 'none' && !Object.hasOwn(incidents.dictionaries, params.by))
      throw new InputError('E-MTH-GROUP', `The data hold no column “${params.by}” to group by.`, {
        column: 'by',
        cure: `Columns are: ${Object.keys(incidents.dictionaries).join(', ')}.`,
      })
    const places = placesOf(incidents, context, control, 'Centre and spread', 3)
    const rule = params.correction as EllipseRule
    const everyOne = Int32Array.from(places.row.keys())
    const groups = [spreadOf('All', places, everyOne, harm, rule, control)]
    const caveats: Caveat[] = [...places.caveats]
    if (params.by !== 'none') {
      const found = groupsOf(incidents, params.by, places, params.fewest, control, (name, members) =>
        spreadOf(name, places, members, harm, rule, control),
      )
      groups.push(...found.rows)
      caveats.push(...found.caveats)
    }
    return {
      summary: { groups, incidents: places.row.length, weight: params.value, correction: params.correction },
      columns: {},
      caveats,
    }
  },
}

/** Rows of the groups that are large enough, largest first; of equal ones the first by name. */
function groupsOf(
  incidents: Incidents,
  by: string,
  { row, placeOf }: Places,
  fewest: number,
  control: Control,
  measure: (name: string, members: Int32Array) => SpreadRow,
): { readonly rows: SpreadRow[]; readonly caveats: Caveat[] } {
  const { codes, words } = incidents.dictionaries[by]
  const start = new Int32Array(words.length + 1)
  for (const each of row) start[codes[each] + 1]++
  const counts = start.slice(1)
  for (let code = 0; code < words.length; code++) start[code + 1] += start[code]
  const members = new Int32Array(row.length)
  const next = start.slice()
  for (let k = 0; k < row.length; k++) members[next[codes[row[k]]]++] = k
  const order = [...words.keys()]
    .filter((code) => code !== MISSING_CODE && counts[code] > 0)
    .sort((a, b) => counts[b] - counts[a] || (words[a] < words[b] ? -1 : 1))
  const rows: SpreadRow[] = []
  order.forEach((code, k) => {
    control.tick(k / order.length, 'Measuring groups')
    const held = members.subarray(start[code], start[code + 1])
    if (held.length >= fewest && held.some((each) => placeOf[each] !== placeOf[held[0]]))
      rows.push(measure(words[code], held))
  })
  const caveats: Caveat[] = []
  if (rows.length < order.length)
    caveats.push(
      caveat(
        'groups-left-out',
        `${order.length - rows.length} of ${order.length} groups have fewer than ${fewest} incidents, or all at one place, and are left out.`,
      ),
    )
  if (counts[MISSING_CODE] > 0)
    caveats.push(
      caveat(
        'no-group',
        `${counts[MISSING_CODE].toLocaleString('en-GB')} incidents hold no word to group by.`,
      ),
    )
  return { rows, caveats }
}

/** @param members positions in `places.row` */
function spreadOf(
  group: string,
  places: Places,
  members: Int32Array,
  harm: HarmOfIncidents | null,
  rule: EllipseRule,
  control: Control,
): SpreadRow {
  const weight = new Float64Array(places.x.length)
  let [counted, total] = [0, 0]
  for (const k of members) {
    const each = harm ? harm.weights[harm.codes[places.row[k]]] : 1
    if (Number.isNaN(each)) continue
    weight[places.placeOf[k]] += each
    total += each
    counted++
  }
  const held = Int32Array.from(weight.keys()).filter((place) => weight[place] > 0)
  const x = Float64Array.from(held, (place) => places.x[place])
  const y = Float64Array.from(held, (place) => places.y[place])
  // Harm is in any unit: scaled to the number of incidents, so that n − 2 means what it says.
  const scaled = Float64Array.from(held, (place) =>
    harm ? (weight[place] * counted) / total : weight[place],
  )
  const ellipse = standardEllipse(x, y, scaled, rule)
  const [leastX, leastY] = leastDistance(x, y, scaled, [ellipse.x, ellipse.y], control)
  const ring = ellipseRing(ellipse)
  return {
    group,
    count: members.length,
    places: held.length,
    x: ellipse.x,
    y: ellipse.y,
    medianX: weightedMedian(x, scaled, control),
    medianY: weightedMedian(y, scaled, control),
    leastDistanceX: leastX,
    leastDistanceY: leastY,
    standardDistance: ellipse.standardDistance,
    semiMajor: ellipse.semiMajor,
    semiMinor: ellipse.semiMinor,
    angle: ellipse.angle,
    ellipseKm2: (Math.PI * ellipse.semiMajor * ellipse.semiMinor) / 1e6,
    hullKm2: held.length === 0 ? Number.NaN : signedArea(convexHull(x, y, Int32Array.from(x.keys()))) / 1e6,
    rings: ring.length > 0 ? [ring] : [],
  }
}
