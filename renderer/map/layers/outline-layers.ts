import { PathLayer, TextLayer } from '@deck.gl/layers'
import type { Rings } from '#core/contract/geometry.ts'
import type { MapPalette } from '../colours.ts'
import { placedLabels } from './label-layer.ts'

export interface MapHotspot {
  readonly id: string
  readonly rank: number
  readonly name: string
  /** Degrees. */
  readonly rings: Rings
  readonly centre: readonly [number, number]
}

interface Line {
  readonly id: string
  readonly path: [number, number][]
}

function closed(ring: Rings[number]): [number, number][] {
  const path = ring.map(([x, y]) => [x, y] as [number, number])
  if (path.length) path.push(path[0])
  return path
}

/** Areas of a boundary layer as thin lines. */
export function boundaryLayer(
  id: string,
  areas: readonly { readonly rings: Rings }[],
  palette: MapPalette,
  strong: boolean,
  pickable = false,
) {
  const data: Line[] = areas.flatMap((area) => area.rings.map((ring) => ({ id, path: closed(ring) })))
  return new PathLayer<Line>({
    id: `boundary-${id}`,
    data,
    getPath: (held) => held.path,
    getColor: [palette.boundary[0], palette.boundary[1], palette.boundary[2], strong ? 230 : 120],
    getWidth: strong ? 1.6 : 1,
    widthUnits: 'pixels',
    jointRounded: true,
    pickable,
  })
}

/** Outlines of the ranked hotspots with their rank, the chosen one in the accent colour. */
export function hotspotLayers(
  hotspots: readonly MapHotspot[],
  chosen: string | null,
  palette: MapPalette,
  zoom: number,
) {
  const rgb = (colour: readonly number[]) => [...colour] as [number, number, number, number]
  const ordered = [...hotspots].sort((a, b) => Number(a.id === chosen) - Number(b.id === chosen))
  const data: Line[] = ordered.flatMap((held) =>
    held.rings.map((ring) => ({ id: held.id, path: closed(ring) })),
  )
  const outline = (id: string, width: number, casing: boolean) =>
    new PathLayer<Line>({
      id,
      data,
      getPath: (held) => held.path,
      getColor: (held) => rgb(casing ? palette.halo : held.id === chosen ? palette.accent : palette.ink),
      getWidth: (held) => width + (held.id === chosen ? 1.6 : 0),
      widthUnits: 'pixels',
      jointRounded: true,
      pickable: !casing,
      updateTriggers: { getColor: [chosen, casing], getWidth: chosen },
    })
  return [
    outline('hotspot-casing', 4.5, true),
    outline('hotspot-outline', 2, false),
    new TextLayer<MapHotspot>({
      id: 'hotspot-rank',
      data: apart(hotspots, chosen, zoom),
      getPosition: (held) => [...held.centre] as [number, number],
      getText: (held) => String(held.rank),
      getColor: rgb(palette.halo),
      getBackgroundColor: (held) => rgb(held.id === chosen ? palette.accent : palette.ink),
      background: true,
      backgroundPadding: [5, 3, 5, 2],
      backgroundBorderRadius: 8,
      getSize: 12,
      fontWeight: 700,
      fontFamily: 'system-ui, "Segoe UI", sans-serif',
      characterSet: '0123456789',
      pickable: true,
      updateTriggers: { getBackgroundColor: chosen },
    }),
  ]
}

/** Rank labels that do not cover one another, the chosen one and the higher ranks first; outlines are always drawn. */
function apart(hotspots: readonly MapHotspot[], chosen: string | null, zoom: number): MapHotspot[] {
  const labels = hotspots.map((held) => ({
    text: held.id,
    longitude: held.centre[0],
    latitude: held.centre[1],
    weight: held.id === chosen ? 1 : -held.rank,
  }))
  const shown = new Set(placedLabels(labels, zoom, () => 13).map((label) => label.text))
  return hotspots.filter((held) => shown.has(held.id))
}
