import type { Caveat } from '#core/contract/caveat.ts'
import type { Rings } from '#core/contract/geometry.ts'
import type { Method, MethodCard } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { circleLabels } from './circle-labels.ts'
import {
  type ClusterRow,
  clusterColumns,
  clusterOfRows,
  clusterRows,
  clusterRowWords,
  outlineParameter,
} from './cluster-rows.ts'
import { placeCaveatWords, placesOf } from './places.ts'
import { ellipseRing } from './standard-ellipse.ts'

const parameters = {
  radius: {
    type: 'number',
    title: 'Radius of a circle',
    unit: 'm',
    minimum: 10,
    maximum: 20000,
    default: 250,
    why: 'A few streets: half the distance that a foot patrol covers there and back in a quarter of an hour.',
  },
  spacing: {
    type: 'number',
    title: 'Distance between centres (0 = half the radius)',
    unit: 'm',
    minimum: 0,
    maximum: 20000,
    default: 0,
    why: 'Half the radius, as CrimeStat: circles overlap so much that no cluster falls between two.',
  },
  minimum: {
    type: 'integer',
    title: 'Fewest incidents in a circle',
    minimum: 2,
    maximum: 100000,
    default: 10,
    why: 'The same as for the other clusters.',
  },
  most: {
    type: 'integer',
    title: 'Circles kept, the fullest first',
    minimum: 1,
    maximum: 10000,
    default: 100,
    why: 'STAC keeps 25 of 400 circles that hardly overlap; here every place lies in some fifteen, so that 25 would be one street.',
  },
  outline: { ...outlineParameter, default: 'ellipse', why: 'STAC draws ellipses.' },
} as const

const card: MethodCard<typeof parameters> = {
  id: 'searchCircles',
  version: '1.0.0',
  title: 'Fullest circles, joined where they overlap (STAC)',
  answers: 'Which circles of a given size hold the most incidents, and what do they make when joined?',
  references: [
    'Block, C. R. (1995) STAC hot-spot areas. In Crime Analysis through Computer Mapping, PERF, Washington.',
    'Levine, N. (2015) CrimeStat IV, chapter 8: Hot Spot Analysis of Points, II. National Institute of Justice.',
  ],
  formula: [
    'Incidents are counted in circles of the radius around centres on a fixed lattice; the fullest are kept.',
    'Circles that share an incident are joined; each cluster is drawn as the outline or the standard deviational ellipse of its incidents.',
  ].join('\n'),
  notShown: [
    'Whether chance would fill a circle as much.',
    'Shapes other than round: a street is cut into circles.',
  ],
  assumptions: [
    'Nothing is tested: the fullest circles are shown whether or not chance would make as full ones.',
    'Only as many circles as asked for are kept: a place just below the last of them is not shown.',
    'An ellipse takes in land where nothing happened, and leaves out some incidents of its cluster.',
  ],
  compares: [
    'STAC takes 20 by 20 circles over the map in view, so its answer moves with the map; here the centres are fixed on the National Grid and cover all.',
    'STAC doubles the search radius for its circles in some releases; here a circle has the radius stated.',
  ],
  caveats: {
    ...placeCaveatWords,
    'no-cluster': 'No circle holds enough incidents.',
    'circles-left-out': 'More circles held enough incidents than were kept.',
  },
  parameters,
  summary: {
    clusters: `${clusterRowWords}; circles joined in it`,
    incidents: 'Incidents with a place',
    places: 'Different places',
    clustered: 'Incidents in clusters',
    shareClustered: 'Share of incidents in clusters',
    spacing: 'Distance between centres, m',
    fullCircles: 'Circles with enough incidents',
    circles: 'Circles kept: centre, incidents, cluster, outline',
  },
  columns: [...clusterColumns],
  needs: ['place'],
}

export interface SearchCirclesSummary {
  readonly clusters: readonly (ClusterRow & { readonly circles: number })[]
  readonly incidents: number
  readonly places: number
  readonly clustered: number
  readonly shareClustered: number
  readonly spacing: number
  readonly fullCircles: number
  readonly circles: readonly {
    readonly x: number
    readonly y: number
    readonly count: number
    readonly cluster: number
    readonly rings: Rings
  }[]
}

/**
 * The fullest circles of one size over a fixed lattice, joined where they share an incident (kernel:
 * `circle-labels.ts`). A cluster is every incident in one of its circles.
 *
 * Deterministic; the same whatever the order of the rows. Cost: see `circleLabels`.
 * Errors: E-MTH-FEW, E-MTH-ONE-PLACE, E-MTH-SPACING (centres further apart than a radius: gaps, or so close that
 * there would be millions).
 * @see Levine (2015) CrimeStat IV, chapter 8.
 */
export const searchCircles: Method<typeof parameters, SearchCirclesSummary> = {
  card,
  run(incidents, params, context, control) {
    const { radius, minimum, most } = params
    const spacing = params.spacing > 0 ? params.spacing : radius / 2
    if (spacing > radius || spacing < radius / 20)
      throw new InputError(
        'E-MTH-SPACING',
        `Centres ${spacing} m apart do not go with circles of ${radius} m: between a twentieth of the radius and the radius serves.`,
        { column: 'spacing', cure: 'Give 0 for half the radius.' },
      )
    const places = placesOf(incidents, context, control, 'Search circles', minimum)
    const { x, y, count } = places
    const found = circleLabels(x, y, count, { radius, spacing, minimum, most }, control)
    const { rows, rankOf } = clusterRows(places, found.label, found.clusters, params.outline)
    const circlesIn = new Int32Array(rows.length)
    for (const { cluster } of found.circles) circlesIn[rankOf[cluster] - 1]++
    const clustered = rows.reduce((sum, row) => sum + row.count, 0)
    return {
      summary: {
        clusters: rows.map((row, k) => ({ ...row, circles: circlesIn[k] })),
        incidents: places.row.length,
        places: x.length,
        clustered,
        shareClustered: clustered / places.row.length,
        spacing,
        fullCircles: found.full,
        circles: found.circles.map((circle) => ({
          ...circle,
          cluster: rankOf[circle.cluster],
          rings: [circleRing(circle.x, circle.y, radius)],
        })),
      },
      columns: { row: places.row.slice(), cluster: clusterOfRows(places, found.label, rankOf) },
      caveats: [...places.caveats, ...circleCaveats(found.full, found.circles.length, radius, minimum)],
    }
  },
}

function circleRing(x: number, y: number, radius: number) {
  return ellipseRing({
    n: Number.NaN,
    x,
    y,
    semiMajor: radius,
    semiMinor: radius,
    angle: Number.NaN,
    standardDistance: Number.NaN,
  })
}

function circleCaveats(full: number, kept: number, radius: number, minimum: number): Caveat[] {
  if (full === 0)
    return [caveat('no-cluster', `No circle of ${radius} m holds ${minimum} incidents or more.`)]
  if (kept === full) return []
  return [
    caveat(
      'circles-left-out',
      `${full.toLocaleString('en-GB')} circles hold ${minimum} incidents or more; the ${kept.toLocaleString('en-GB')} fullest are kept. Ask for more circles to see the others.`,
    ),
  ]
}
