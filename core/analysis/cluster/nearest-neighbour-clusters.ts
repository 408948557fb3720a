import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Control, Values } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { ringsArea } from '../space/polygon.ts'
import { studyAreaBox } from '../space/study-grid.ts'
import { caveat } from '../support/caveats.ts'
import { studentTQuantile } from '../support/distributions/student-t.ts'
import { randomOf } from '../support/random.ts'
import { methodInParts } from '../support/shared-work.ts'
import { type ClusterRow, clusterOfRows, clusterRows } from './cluster-rows.ts'
import { nearestNeighbourCard } from './nearest-neighbour-card.ts'
import { nearestNeighbourLabels } from './nearest-neighbour-labels.ts'
import { type Places, placesOf } from './places.ts'
import { type Region, randomPlaces } from './random-places.ts'

export interface NearestNeighbourCluster extends ClusterRow {
  readonly order: number
  /** Clusters of the order below, or incidents in the first order. */
  readonly members: number
  /** Number of the cluster of the next order that holds it; 0 for none. */
  readonly within: number
}

export interface NearestNeighbourSummary {
  readonly clusters: readonly NearestNeighbourCluster[]
  readonly orders: readonly {
    readonly order: number
    readonly threshold: number
    readonly grouped: number
    readonly clusters: number
  }[]
  readonly incidents: number
  readonly places: number
  readonly clustered: number
  readonly shareClustered: number
  readonly areaKm2: number
  readonly threshold: number
  readonly simulated: {
    readonly maps: number
    readonly meanClusters: number
    readonly clusters95: number
    readonly mostClusters: number
    readonly largest95: number
    readonly pClusters: number
    readonly pLargest: number
  }
}

type Params = Values<(typeof nearestNeighbourCard)['parameters']>

interface State {
  readonly places: Places
  readonly region: Region
  readonly areaKm2: number
  readonly threshold: number
  readonly minimum: number
  readonly simulations: number
  readonly seed: number
  readonly perPart: number
}

/** Clusters, and incidents in the largest, of each random map of the part. */
type Part = readonly (readonly [number, number])[]

/** Random incidents in a part, some 100 ms of work. */
const INCIDENTS_PER_PART = 100_000

/**
 * Clusters of incidents closer together than random places would be, order by order (kernel and rule:
 * `nearest-neighbour-labels.ts`). Thresholds, N incidents in an area A:
 *   random: 0.5·√(A/N) + t_p·0.26136·√A/N, t_p the p quantile of Student's t with N − 1 degrees of freedom
 *   chance: √(−ln(1 − p)·A/(πN)), within which a share p of random places has another
 *   fixed: the distance stated, for every order
 * Higher orders group the mean centres of the clusters of the order below by the same rule with their number for N.
 * They end when no cluster is found, one is left, or the orders asked for are done.
 *
 * p of the random maps: (r + 1)/(maps + 1), r those with as many first-order clusters, or as large a one, or more.
 *
 * Deterministic; seeded; the same whatever the order of the rows. Cost: pairs within the threshold, for each map.
 * Errors: E-MTH-FEW, E-MTH-ONE-PLACE, E-MTH-AREA (no area to speak of), E-MTH-NEIGHBOURS.
 * @see Levine (2015) CrimeStat IV, chapter 7.
 */
export const nearestNeighbourClusters = methodInParts<
  (typeof nearestNeighbourCard)['parameters'],
  NearestNeighbourSummary,
  State,
  Part
>(nearestNeighbourCard, {
  begin(incidents, params, context, control) {
    const places = placesOf(incidents, context, control, 'Nearest-neighbour clustering', params.minimum)
    const { region, areaKm2 } = regionOf(places, context, params)
    const n = places.row.length
    const perPart = Math.max(1, Math.floor(INCIDENTS_PER_PART / n))
    return {
      state: {
        places,
        region,
        areaKm2,
        threshold: thresholdOf(params, areaKm2, n),
        minimum: params.minimum,
        simulations: params.simulations,
        seed: params.seed,
        perPart,
      },
      parts: Math.ceil(params.simulations / perPart),
    }
  },

  part({ places, region, threshold, minimum, simulations, seed, perPart }, index, control) {
    const found: [number, number][] = []
    const n = places.row.length
    const ones = new Int32Array(n).fill(1)
    for (let map = index * perPart; map < Math.min(simulations, (index + 1) * perPart); map++) {
      const drawn = randomPlaces(region, n, randomOf(seed, map), control)
      if (drawn === null) refuseArea()
      const { label, clusters } = nearestNeighbourLabels(drawn.x, drawn.y, ones, threshold, minimum, control)
      const sizes = new Int32Array(clusters)
      for (const each of label) if (each >= 0) sizes[each]++
      found.push([clusters, sizes.reduce((most, size) => Math.max(most, size), 0)])
    }
    return found
  },

  finish({ places, areaKm2, threshold }, parts, _incidents, params, context, control) {
    const { clusters, orders, cluster } = clusterOrders(places, areaKm2, params, control)
    const first = clusters.filter(({ order }) => order === 1)
    const clustered = first.reduce((sum, { count }) => sum + count, 0)
    const incidents = places.row.length
    const simulated = simulatedOf(parts.flat(), first.length, first[0]?.count ?? 0)
    return {
      summary: {
        clusters,
        orders,
        incidents,
        places: places.x.length,
        clustered,
        shareClustered: clustered / incidents,
        areaKm2,
        threshold,
        simulated,
      },
      columns: { row: places.row.slice(), cluster },
      caveats: [
        ...places.caveats,
        ...ownCaveats(first.length, places, threshold, simulated.maps, context, params),
      ],
    }
  },
})

function regionOf(places: Places, context: Context, params: Params): { region: Region; areaKm2: number } {
  const { studyArea } = context
  const { x, y } = places
  const region: Region = studyArea
    ? { box: studyAreaBox(studyArea), areas: studyArea.areas.map(({ rings }) => ({ rings })) }
    : {
        box: [
          x[0],
          y.reduce((least, each) => Math.min(least, each), Infinity),
          x[x.length - 1],
          y.reduce((most, each) => Math.max(most, each), -Infinity),
        ],
        areas: [],
      }
  const [west, south, east, north] = region.box
  const own = studyArea
    ? region.areas.reduce((sum, { rings }) => sum + ringsArea(rings), 0)
    : (east - west) * (north - south)
  const areaKm2 = params.areaKm2 > 0 ? params.areaKm2 : own / 1e6
  const needed = params.threshold !== 'fixed' || params.simulations > 0
  if (needed && !(areaKm2 > 0 && own > 0)) refuseArea()
  return { region, areaKm2 }
}

function refuseArea(): never {
  throw new InputError(
    'E-MTH-AREA',
    'Nearest-neighbour clustering: the area in which random places could fall is next to nothing.',
    { cure: 'Choose a study area, or a fixed distance without random maps.' },
  )
}

function thresholdOf({ threshold, probability, distance }: Params, areaKm2: number, n: number): number {
  if (threshold === 'fixed') return distance
  const area = areaKm2 * 1e6
  if (threshold === 'chance') return Math.sqrt((-Math.log1p(-probability) * area) / (Math.PI * n))
  const error = (0.26136 * Math.sqrt(area)) / n
  return Math.max(0, 0.5 * Math.sqrt(area / n) + studentTQuantile(probability, Math.max(1, n - 1)) * error)
}

/** All orders: rows of their clusters, the first order first, and the first-order cluster of each incident. */
function clusterOrders(places: Places, areaKm2: number, params: Params, control: Control) {
  const clusters: NearestNeighbourCluster[] = []
  const orders: { order: number; threshold: number; grouped: number; clusters: number }[] = []
  let cluster: Int32Array = new Int32Array(places.row.length)
  /** What is grouped: places in the first order, then centres of clusters; and where each place's thing is. */
  let { x, y, count }: Pick<Places, 'x' | 'y' | 'count'> = places
  let thingOf: Int32Array = Int32Array.from(x.keys())
  let grouped = places.row.length
  let below: NearestNeighbourCluster[] = []
  for (let order = 1; order <= params.orders; order++) {
    const threshold = thresholdOf(params, areaKm2, grouped)
    const minimum = order === 1 ? params.minimum : params.minimumHigher
    const found = nearestNeighbourLabels(x, y, count, threshold, minimum, control)
    orders.push({ order, threshold, grouped, clusters: found.clusters })
    const label = thingOf.map((thing) => (thing < 0 ? -1 : found.label[thing]))
    const { rows, rankOf } = clusterRows(places, label, found.clusters, params.outline)
    const members = new Int32Array(rows.length)
    for (let thing = 0; thing < found.label.length; thing++)
      if (found.label[thing] >= 0) members[rankOf[found.label[thing]] - 1] += count[thing]
    const within = below.map((row, thing) => ({
      ...row,
      within: found.label[thing] >= 0 ? rankOf[found.label[thing]] : 0,
    }))
    clusters.splice(clusters.length - below.length, below.length, ...within)
    below = rows.map((row, k) => ({ ...row, order, members: members[k], within: 0 }))
    clusters.push(...below)
    if (order === 1) cluster = clusterOfRows(places, label, rankOf)
    if (rows.length < 2) break
    x = Float64Array.from(rows, (row) => row.x)
    y = Float64Array.from(rows, (row) => row.y)
    count = new Int32Array(rows.length).fill(1)
    thingOf = label.map((each) => (each < 0 ? -1 : rankOf[each] - 1))
    grouped = rows.length
  }
  return { clusters, orders, cluster }
}

function simulatedOf(maps: Part, clusters: number, largest: number): NearestNeighbourSummary['simulated'] {
  const numbers = maps.map(([number]) => number).sort((a, b) => a - b)
  const sizes = maps.map(([, size]) => size).sort((a, b) => a - b)
  const at95 = (sorted: number[]): number => sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN
  const p = (sorted: number[], observed: number): number =>
    sorted.length === 0
      ? Number.NaN
      : (sorted.filter((each) => each >= observed).length + 1) / (sorted.length + 1)
  return {
    maps: maps.length,
    meanClusters: numbers.reduce((sum, number) => sum + number, 0) / maps.length,
    clusters95: at95(numbers),
    mostClusters: numbers.at(-1) ?? Number.NaN,
    largest95: at95(sizes),
    pClusters: p(numbers, clusters),
    pLargest: p(sizes, largest),
  }
}

function ownCaveats(
  clusters: number,
  { x, row }: Places,
  threshold: number,
  maps: number,
  context: Context,
  params: Params,
): Caveat[] {
  const caveats: Caveat[] = []
  if (clusters === 0)
    caveats.push(
      caveat(
        'no-cluster',
        `No ${params.minimum} incidents lie within ${Math.round(threshold)} m of one of them.`,
      ),
    )
  if (!context.studyArea && (maps > 0 || (params.areaKm2 === 0 && params.threshold !== 'fixed')))
    caveats.push(
      caveat(
        'area-of-box',
        'No study area is loaded: the rectangle around the incidents stands in for it. One stray incident makes it, and the threshold, larger.',
      ),
    )
  if (maps > 0 && x.length < 0.9 * row.length)
    caveats.push(
      caveat(
        'coincident-null',
        `${row.length.toLocaleString('en-GB')} incidents lie at ${x.length.toLocaleString('en-GB')} places; on random maps no two share a place. More clusters than on random maps may be no more than shared points.`,
      ),
    )
  if (maps === 0)
    caveats.push(
      caveat('not-simulated', 'No random maps were made: how many clusters chance would make is not known.'),
    )
  return caveats
}
