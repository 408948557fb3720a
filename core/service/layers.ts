import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fromNationalGrid } from '#core/analysis/space/national-grid.ts'
import type { Box, Position, Rings } from '#core/contract/geometry.ts'
import type {
  AreaFeature,
  BasemapFeature,
  LayerInfo,
  LineFeature,
  PlaceFeature,
} from '#core/contract/layer.ts'
import type { LayerShape } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { Basemap } from '#core/data/basemap/basemap.ts'
import { encodePlaces, openPlaceIndex, type PlaceIndex, placesOf } from '#core/data/basemap/place-index.ts'
import { openBasemap } from '#core/data/basemap/read-basemap.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import type { WorkspaceStore } from '#core/data/store/workspace-store.ts'

/** Layers of the workspace, read when first asked for and kept. */
export interface Layers {
  info(id: string): LayerInfo
  /** Id of a layer by its id or, where only one has it, its name. */
  idOf(idOrName: string): string
  /** Areas in EPSG:27700 metres. */
  areas(id: string): readonly AreaFeature[]
  /** Places in EPSG:27700 metres. */
  places(id: string): readonly PlaceFeature[]
  /** The same places, to be searched. */
  placeIndex(id: string): PlaceIndex
  /** Lines in EPSG:27700 metres. */
  lines(id: string): readonly LineFeature[]
  /** The areas, places or lines of a layer as methods see them. */
  shapes(id: string): readonly LayerShape[]
  /** Basemap features within a box of degrees, WGS 84. */
  basemap(id: string, box: Box, metresPerPixel: number): readonly BasemapFeature[]
  forget(id: string): void
}

export function createLayers(store: WorkspaceStore): Layers {
  const areas = new Map<string, readonly AreaFeature[]>()
  const places = new Map<string, readonly PlaceFeature[]>()
  const indexes = new Map<string, PlaceIndex>()
  const lines = new Map<string, readonly LineFeature[]>()
  const basemaps = new Map<string, Basemap>()

  function info(id: string): LayerInfo {
    const found = store.layers().find((layer) => layer.id === id)
    if (!found)
      throw new InputError('E-LAY-001', 'That map layer is not in this workspace.', {
        status: 404,
        cure: 'Add the layer again, or choose another.',
      })
    return found
  }

  function kept<T>(
    cache: Map<string, T>,
    id: string,
    kind: LayerInfo['kind'],
    read: (layer: LayerInfo) => T,
  ): T {
    const known = cache.get(id)
    if (known) return known
    const layer = info(id)
    if (layer.kind !== kind)
      throw new InputError('E-LAY-002', `“${layer.name}” is a ${layer.kind} layer, not a ${kind} layer.`, {
        status: 409,
      })
    const value = read(layer)
    cache.set(id, value)
    return value
  }

  const parsed = <T>(layer: LayerInfo): T => JSON.parse(readFileSync(store.layerFile(layer), 'utf8')) as T

  const areasOf = (id: string) =>
    kept(areas, id, 'boundary', (layer) => parsed<readonly AreaFeature[]>(layer))
  // Workspaces of version 0.1 hold places as JSON.
  const indexOf = (id: string) =>
    kept(indexes, id, 'places', (layer) =>
      openPlaceIndex(
        layer.file.endsWith('.json')
          ? encodePlaces(parsed<readonly PlaceFeature[]>(layer))
          : readFileSync(store.layerFile(layer)),
      ),
    )
  const listOf = (id: string) => kept(places, id, 'places', () => placesOf(indexOf(id)))
  const linesOf = (id: string) => kept(lines, id, 'lines', (layer) => parsed<readonly LineFeature[]>(layer))

  return {
    info,
    idOf(idOrName) {
      const named = store.layers().filter((layer) => layer.name === idOrName)
      return named.length === 1 ? named[0].id : idOrName
    },
    areas: areasOf,
    places: listOf,
    placeIndex: indexOf,
    lines: linesOf,
    shapes(id) {
      const { kind } = info(id)
      if (kind === 'places')
        return listOf(id).map((place, at) => ({ code: String(at + 1), numbers: {}, ...place }))
      if (kind === 'lines') return linesOf(id).map((line) => ({ numbers: {}, ...line }))
      return areasOf(id).map((area) => ({ kind: '', numbers: {}, ...area }))
    },
    basemap: (id, box, metresPerPixel) =>
      kept(basemaps, id, 'basemap', (layer) => openBasemap(store.layerFile(layer))).features(
        box,
        metresPerPixel,
      ),
    forget(id) {
      areas.delete(id)
      places.delete(id)
      indexes.delete(id)
      lines.delete(id)
      basemaps.get(id)?.close()
      basemaps.delete(id)
    },
  }
}

/** Rings in metres as rings in degrees, for the screen and GeoJSON. */
export function ringsToDegrees(rings: Rings): Rings {
  const table = loadOstn15()
  const out = [0, 0]
  return rings.map((ring) =>
    ring.map(([x, y]): Position => {
      fromNationalGrid(table, x, y, out)
      return [out[0], out[1]]
    }),
  )
}

export function layerId(kind: string, sha256: string, name: string): string {
  return createHash('sha256').update(`${kind}\n${sha256}\n${name}`).digest('hex').slice(0, 16)
}
