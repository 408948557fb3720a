import { fromNationalGrid, toNationalGrid } from '#core/analysis/space/national-grid.ts'
import type { Position } from '#core/contract/geometry.ts'
import { InputError } from '#core/contract/problem.ts'
import type { FoundPlace } from '#core/contract/routes.ts'
import { findPosition, type TypedPosition } from '#core/data/basemap/find-position.ts'
import { type PlaceMatch, searchPlaces } from '#core/data/basemap/search-places.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { json } from '../answer.ts'
import type { Services } from '../core.ts'
import { ringsToDegrees } from '../layers.ts'
import type { Routes } from '../router.ts'

const MOST = 50
const LONGEST = 100

/** Finds what was typed: a position on the National Grid or in degrees, then places of every places layer. */
export function placeRoutes({ store, layers }: Services): Routes {
  return {
    'GET /places': ({ query }) => {
      const typed = (query.get('q') ?? '').trim().slice(0, LONGEST)
      const limit = Number(query.get('limit') ?? 8)
      if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
        throw new InputError('E-REQ-LIMIT', `Between 1 and ${MOST} places can be asked for.`, { status: 400 })
      const position = findPosition(typed, metresOf)
      const found = position ? [atPosition(position)] : []
      if (typed.length < 2) return json({ found })
      const near = nearOf(query.get('near'))
      const matches = store
        .layers()
        .filter((layer) => layer.kind === 'places')
        .flatMap((layer) => {
          const index = layers.placeIndex(layer.id)
          return searchPlaces(index, typed, near, limit).map((match) => ({ layer, index, match }))
        })
        .sort((a, b) => better(a.match, b.match))
        .slice(0, limit - found.length)
      for (const { layer, index, match } of matches) {
        const { row } = match
        const [easting, northing] = [index.x[row], index.y[row]]
        const [longitude, latitude] = degreesOf(easting, northing)
        found.push({
          title: index.name(row),
          kind: index.kinds[index.kind[row]],
          within: index.withins[index.within[row]],
          layer: layer.name,
          easting,
          northing,
          longitude,
          latitude,
        })
      }
      return json({ found })
    },
  }
}

function better(a: PlaceMatch, b: PlaceMatch): number {
  return a.fit - b.fit || a.rank - b.rank || a.distance - b.distance
}

function atPosition({ title, kind, easting, northing, size }: TypedPosition): FoundPlace {
  const [x, y] = [easting + size / 2, northing + size / 2]
  const [longitude, latitude] = degreesOf(x, y)
  const place = {
    title,
    kind,
    within: sideText(size),
    layer: '',
    easting: x,
    northing: y,
    longitude,
    latitude,
  }
  if (size === 0) return place
  const [east, north] = [easting + size, northing + size]
  return {
    ...place,
    rings: ringsToDegrees([
      [
        [easting, northing],
        [east, northing],
        [east, north],
        [easting, north],
      ],
    ]),
  }
}

function sideText(size: number): string {
  if (size === 0) return ''
  return `square of ${size >= 1000 ? `${size / 1000} km` : `${size} m`}`
}

function nearOf(text: string | null): Position | null {
  const [longitude, latitude] = (text ?? '').split(',').map(Number)
  return text && Number.isFinite(longitude) && Number.isFinite(latitude)
    ? metresOf(longitude, latitude)
    : null
}

function metresOf(longitude: number, latitude: number): Position {
  const out = [0, 0]
  toNationalGrid(loadOstn15(), longitude, latitude, out)
  return [out[0], out[1]]
}

function degreesOf(easting: number, northing: number): Position {
  const out = [0, 0]
  fromNationalGrid(loadOstn15(), easting, northing, out)
  return [out[0], out[1]]
}
