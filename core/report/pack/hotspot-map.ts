import type { Box } from '#core/contract/geometry.ts'
import { type Drawing, words } from '../figure/drawing.ts'
import { mapFigure } from '../figure/map-figure.ts'
import { boxOfRings } from '../figure/map-frame.ts'
import { paper } from '../figure/palette.ts'
import { metresCell } from './cells.ts'
import { repeatLetters } from './hotspot-blocks.ts'
import { type MapParts, mapHotspot } from './map-parts.ts'
import type { PackHotspot, PackInput } from './pack-input.ts'

/** Metres of street shown round a hotspot. */
const surround = 160

/** The streets of one hotspot: its outline heaviest, its neighbours numbered, its repeat places lettered. */
export function hotspotMap(
  input: PackInput,
  page: PackHotspot,
  parts: MapParts,
  width: number,
  height: number,
): Drawing {
  const { hotspot, name } = page
  const box = boxOfRings([hotspot.rings]) ?? [hotspot.x, hotspot.y, hotspot.x, hotspot.y]
  const wanted: Box = [box[0] - surround, box[1] - surround, box[2] + surround, box[3] + surround]
  const hotspots = input.hotspots.map((other) => mapHotspot(other, other === page))
  const places = repeatLetters(page).filter(({ x, y }) => Number.isFinite(x + y))
  const legend = [
    { mark: 'outline' as const, colour: paper.outline, text: 'This hotspot' },
    ...(places.length
      ? [{ mark: 'letter' as const, colour: paper.ink, text: 'Repeat place (table below)' }]
      : []),
    ...(input.hotspots.length > 1
      ? [{ mark: 'number' as const, colour: paper.accent, text: 'Other hotspot' }]
      : []),
    ...parts.legend,
  ]
  return mapFigure({
    width,
    height,
    box: wanted,
    palette: paper,
    basemap: page.basemap,
    boundary: parts.boundary,
    shades: parts.shades,
    hotspots,
    places: places.map(({ letter, x, y }) => ({ label: letter, x, y })),
    legend,
    source: parts.source,
    alt: `Street map of hotspot ${hotspot.rank}, ${name}: its outline on the National Grid${places.length ? ` and its ${places.length} most frequent places, lettered as in the table of repeat places` : ''}.`,
    table: {
      columns: [
        { title: 'Mark', align: 'left', share: 2 },
        { title: 'Easting', align: 'right', share: 1 },
        { title: 'Northing', align: 'right', share: 1 },
      ],
      rows: [
        { mark: `Centre of ${name}`, x: hotspot.x, y: hotspot.y },
        ...places.map(({ letter, name: place, x, y }) => ({ mark: `${letter} ${place}`, x, y })),
      ].map(({ mark, x, y }) => [words(mark), metresCell(x), metresCell(y)]),
    },
  })
}
