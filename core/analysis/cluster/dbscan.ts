import type { Caveat } from '#core/contract/caveat.ts'
import { caveat } from '../support/caveats.ts'
import { methodInParts } from '../support/shared-work.ts'
import { type ClusterRow, clusterOfRows, clusterRows } from './cluster-rows.ts'
import { dbscanCard } from './dbscan-card.ts'
import { type DbscanLabels, dbscanLabels } from './dbscan-labels.ts'
import { type Places, placesOf } from './places.ts'

export interface DbscanCluster extends ClusterRow {
  /** Mean over the other radii of the best overlap; NaN when none was tried. */
  readonly stability: number
}

export interface DbscanSummary {
  readonly clusters: readonly DbscanCluster[]
  readonly incidents: number
  readonly places: number
  readonly clustered: number
  readonly shareClustered: number
  readonly radius: number
  readonly minimum: number
  readonly radii: readonly {
    readonly radius: number
    readonly clusters: number
    readonly clustered: number
    readonly largest: number
  }[]
}

interface State {
  readonly places: Places
  readonly radii: readonly number[]
  readonly minimum: number
}

/** The radius asked for comes first; the others from half to one and a half of it. */
const FACTORS = [1, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3, 1.4, 1.5]
/** Below this half of a cluster's incidents are, on average, elsewhere with another radius. */
const STABLE = 0.5

/**
 * Clusters of incidents that lie densely together (kernel and rule for the edge: `dbscan-labels.ts`).
 *
 * stability(C) = mean over the ten other radii r (0.5 … 1.5 of the radius) of max over clusters D found with r of
 * |C ∩ D| / |C ∪ D|, counted in incidents; 1 when the very same cluster is found with each, 0 when none of it is.
 *
 * Deterministic; the same whatever the order of the rows. Cost: pairs of places within the radius, eleven times with
 * stability (shared over the workers).
 * Errors: E-MTH-FEW (fewer incidents with a place than `minimum`), E-MTH-ONE-PLACE.
 * @see Ester and others (1996) Proceedings of KDD 96, 226–231.
 */
export const dbscan = methodInParts<(typeof dbscanCard)['parameters'], DbscanSummary, State, DbscanLabels>(
  dbscanCard,
  {
    begin(incidents, { radius, minimum, stability }, context, control) {
      const places = placesOf(incidents, context, control, 'DBSCAN', minimum)
      const radii = (stability ? FACTORS : [1]).map((factor) => factor * radius)
      return { state: { places, radii, minimum }, parts: radii.length }
    },

    part: ({ places: { x, y, count }, radii, minimum }, index, control) =>
      dbscanLabels(x, y, count, radii[index], minimum, control),

    finish({ places, radii, minimum }, parts, _incidents, params) {
      const { label, core, clusters } = parts[0]
      const { rows, rankOf } = clusterRows(places, label, clusters, params.outline)
      const cluster = clusterOfRows(places, label, rankOf)
      const stabilities = stabilityOf(places.count, parts)
      const ranked = new Float64Array(rows.length)
      stabilities.forEach((stability, each) => {
        if (rankOf[each] > 0) ranked[rankOf[each] - 1] = stability
      })
      const clustersFound = rows.map((row, k) => ({ ...row, stability: ranked[k] }))
      const clustered = rows.reduce((sum, row) => sum + row.count, 0)
      const incidents = places.row.length
      return {
        summary: {
          clusters: clustersFound,
          incidents,
          places: places.x.length,
          clustered,
          shareClustered: clustered / incidents,
          radius: params.radius,
          minimum,
          radii: [...parts.keys()]
            .sort((a, b) => radii[a] - radii[b])
            .map((k) => ({ radius: radii[k], ...tallied(places.count, parts[k]) })),
        },
        columns: {
          row: places.row.slice(),
          cluster,
          core: Uint8Array.from(places.placeOf, (place) => core[place]),
        },
        caveats: [...places.caveats, ...clusterCaveats(clustersFound, incidents, params.radius)],
      }
    },
  },
)

function tallied(count: Int32Array, { label, clusters }: DbscanLabels) {
  const sizes = new Float64Array(clusters)
  for (let i = 0; i < label.length; i++) if (label[i] >= 0) sizes[label[i]] += count[i]
  return {
    clusters,
    clustered: sizes.reduce((sum, size) => sum + size, 0),
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
  }
}

/** Of each cluster of the first part, how well it is found again in the others. */
export function stabilityOf(count: Int32Array, parts: readonly DbscanLabels[]): Float64Array {
  const [base, ...others] = parts
  const sum = new Float64Array(base.clusters)
  const sizes = new Float64Array(base.clusters)
  for (let i = 0; i < count.length; i++) if (base.label[i] >= 0) sizes[base.label[i]] += count[i]
  for (const other of others) {
    const otherSizes = new Float64Array(other.clusters)
    const common = new Map<number, number>()
    for (let i = 0; i < count.length; i++) {
      if (other.label[i] >= 0) otherSizes[other.label[i]] += count[i]
      if (other.label[i] < 0 || base.label[i] < 0) continue
      const pair = base.label[i] * other.clusters + other.label[i]
      common.set(pair, (common.get(pair) ?? 0) + count[i])
    }
    const best = new Float64Array(base.clusters)
    for (const [pair, both] of common) {
      const a = Math.floor(pair / other.clusters)
      const b = pair - a * other.clusters
      best[a] = Math.max(best[a], both / (sizes[a] + otherSizes[b] - both))
    }
    for (let a = 0; a < sum.length; a++) sum[a] += best[a]
  }
  return sum.map((total) => total / others.length)
}

function clusterCaveats(clusters: readonly DbscanCluster[], incidents: number, radius: number): Caveat[] {
  if (clusters.length === 0)
    return [
      caveat(
        'no-cluster',
        `No place has enough incidents within ${radius} m. Choose a longer radius or a lower minimum.`,
      ),
    ]
  const caveats: Caveat[] = []
  if (clusters[0].count > incidents / 2)
    caveats.push(
      caveat(
        'one-cluster',
        `The largest cluster holds ${((100 * clusters[0].count) / incidents).toFixed(0)}% of all incidents: the radius joins what lies apart. Choose a shorter radius or a higher minimum.`,
      ),
    )
  const unstable = clusters.filter(({ stability }) => stability < STABLE).length
  if (unstable > 0)
    caveats.push(
      caveat(
        'unstable',
        `${unstable.toLocaleString('en-GB')} of ${clusters.length.toLocaleString('en-GB')} clusters are less than half the same with radii from half to one and a half of ${radius} m: see their stability before acting on one.`,
      ),
    )
  return caveats
}
