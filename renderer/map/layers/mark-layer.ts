import { PathLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers'
import type { Rings } from '#core/contract/geometry.ts'
import type { MapPalette, Rgba } from '../colours.ts'

/** A place that was looked for, degrees. */
export interface Mark {
  readonly title: string
  readonly longitude: number
  readonly latitude: number
  /** Outline of what has a size. */
  readonly rings?: Rings | undefined
}

/** A ring around the place with its name, or the outline of the square it is. */
export function markLayers(mark: Mark, palette: MapPalette) {
  const rgb = (colour: Rgba) => [...colour] as [number, number, number, number]
  const ring = (id: string, radius: number, colour: Rgba, width: number) =>
    new ScatterplotLayer<Mark>({
      id,
      data: [mark],
      getPosition: (held) => [held.longitude, held.latitude],
      filled: false,
      stroked: true,
      getRadius: radius,
      radiusUnits: 'pixels',
      getLineColor: rgb(colour),
      getLineWidth: width,
      lineWidthUnits: 'pixels',
    })
  const outline = mark.rings?.map((held) => [...held, held[0]].map(([x, y]) => [x, y] as [number, number]))
  return [
    ...(outline
      ? [
          new PathLayer<[number, number][]>({
            id: 'mark-square',
            data: outline,
            getPath: (held) => held,
            getColor: rgb(palette.accent),
            getWidth: 2.5,
            widthUnits: 'pixels',
          }),
        ]
      : [ring('mark-casing', 10, palette.halo, 6), ring('mark-ring', 10, palette.accent, 3)]),
    new TextLayer<Mark>({
      id: 'mark-title',
      data: [mark],
      getPosition: (held) => [held.longitude, held.latitude],
      getText: (held) => held.title,
      getPixelOffset: [0, -24],
      getColor: rgb(palette.halo),
      getBackgroundColor: rgb(palette.accent),
      background: true,
      backgroundPadding: [6, 3, 6, 3],
      backgroundBorderRadius: 4,
      getSize: 12,
      fontWeight: 600,
      fontFamily: 'system-ui, "Segoe UI", sans-serif',
      characterSet: 'auto',
    }),
  ]
}
