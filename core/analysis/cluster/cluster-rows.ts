import type { Rings } from '#core/contract/geometry.ts'
import { convexHull } from '../space/convex-hull.ts'
import { signedArea } from '../space/polygon.ts'
import type { Places } from './places.ts'
import { ellipseRing, standardEllipse } from './standard-ellipse.ts'

/** What every method of clusters says of a cluster. */
export interface ClusterRow {
  /** 1 for the largest. */
  readonly cluster: number
  readonly count: number
  /** Different places among them. */
  readonly places: number
  readonly harm: number
  /** Mean centre, metres. */
  readonly x: number
  readonly y: number
  /** Of the convex outline; 0 for incidents at one spot or on one line. */
  readonly areaKm2: number
  /** NaN without extent. */
  readonly perKm2: number
  readonly semiMajor: number
  readonly semiMinor: number
  readonly angle: number
  readonly ellipseKm2: number
  /** Convex outline, or ellipse, as asked; empty without extent. */
  readonly rings: Rings
}

/** The outline of a cluster that is drawn. */
export const outlineParameter = {
  type: 'choice',
  title: 'Outline drawn',
  options: [
    { value: 'hull', title: 'Convex outline of the incidents' },
    { value: 'ellipse', title: 'Standard deviational ellipse' },
  ],
  default: 'hull',
  why: 'The convex outline holds every incident of the cluster and nothing is inferred beyond them.',
} as const

/** Summary words for the rows. */
export const clusterRowWords =
  'Each cluster: incidents, places, harm, mean centre (m), area of the convex outline (km²), incidents per km², half axes (m) and angle (degrees from north) of the standard deviational ellipse (CrimeStat’s correction), outline'

/** Columns with the cluster of each incident. */
export const clusterColumns = [
  { name: 'row', title: 'Incident', type: 'int32' },
  { name: 'cluster', title: 'Cluster (0 for none)', type: 'int32' },
] as const

/**
 * Rows of clusters, largest first; of equal ones the one whose first place is further west.
 *
 * @param label a number at least 0 per place, −1 for none
 * @param labels how many numbers there are
 * @returns rows, and the place of each label in them (1 for the largest; 0 where it holds no place)
 */
export function clusterRows(
  places: Places,
  label: Int32Array,
  labels: number,
  outline: string,
): { readonly rows: ClusterRow[]; readonly rankOf: Int32Array } {
  const { x, y, count, harm } = places
  const members: number[][] = Array.from({ length: labels }, () => [])
  const counts = new Float64Array(labels)
  for (let place = 0; place < label.length; place++)
    if (label[place] >= 0) {
      members[label[place]].push(place)
      counts[label[place]] += count[place]
    }
  const order = [...members.keys()]
    .filter((each) => members[each].length > 0)
    .sort((a, b) => counts[b] - counts[a] || members[a][0] - members[b][0])
  const rankOf = new Int32Array(labels)
  const rows = order.map((each, k) => {
    rankOf[each] = k + 1
    const held = members[each]
    const ellipse = standardEllipse(x, y, count, 'crimestat', held)
    const hull = convexHull(x, y, held)
    const areaKm2 = signedArea(hull) / 1e6
    const ring = outline === 'ellipse' ? ellipseRing(ellipse) : hull
    let total = Number.NaN
    for (const place of held)
      if (!Number.isNaN(harm[place])) total = (Number.isNaN(total) ? 0 : total) + harm[place]
    return {
      cluster: k + 1,
      count: counts[each],
      places: held.length,
      harm: total,
      x: ellipse.x,
      y: ellipse.y,
      areaKm2,
      perKm2: areaKm2 > 0 ? counts[each] / areaKm2 : Number.NaN,
      semiMajor: ellipse.semiMajor,
      semiMinor: ellipse.semiMinor,
      angle: ellipse.angle,
      ellipseKm2: (Math.PI * ellipse.semiMajor * ellipse.semiMinor) / 1e6,
      rings: ring.length > 0 ? [ring] : [],
    }
  })
  return { rows, rankOf }
}

/** The cluster of each incident taken, by its rank; 0 for none. */
export function clusterOfRows(places: Places, label: Int32Array, rankOf: Int32Array): Int32Array {
  const cluster = new Int32Array(places.row.length)
  for (let k = 0; k < cluster.length; k++) {
    const held = label[places.placeOf[k]]
    cluster[k] = held >= 0 ? rankOf[held] : 0
  }
  return cluster
}
