import { BitmapLayer } from '@deck.gl/layers'
import type { GridSpec } from '#core/contract/grid.ts'
import { classOf, colourIndex } from '../breaks.ts'
import type { Rgba } from '../colours.ts'
import { degreesOf } from '../screen-grid.ts'

export interface SurfaceData {
  readonly grid: GridSpec
  readonly density: ArrayLike<number>
  readonly levels: readonly number[]
}

const side = 48

/** A surface as pictures of 48 × 48 cells: each has its own corners in degrees, so that none drifts off the grid. */
export function densityLayers(data: SurfaceData, colours: readonly Rgba[]): BitmapLayer[] {
  const { columns, rows } = data.grid
  const layers: BitmapLayer[] = []
  for (let row = 0; row < rows; row += side)
    for (let column = 0; column < columns; column += side) {
      const layer = tile(
        data,
        colours,
        column,
        row,
        Math.min(side, columns - column),
        Math.min(side, rows - row),
      )
      if (layer) layers.push(layer)
    }
  return layers
}

function tile(
  { grid, density, levels }: SurfaceData,
  colours: readonly Rgba[],
  column: number,
  row: number,
  width: number,
  height: number,
): BitmapLayer | null {
  const pixels = new Uint8ClampedArray(width * height * 4)
  let drawn = false
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = density[(row + y) * grid.columns + column + x]
      const at = Number.isFinite(value) ? classOf(value, levels) : -1
      if (at < 0) continue
      const colour = colours[colourIndex(at, levels.length, colours.length)]
      // Pictures run from the top down, the grid from the south up.
      const to = ((height - 1 - y) * width + x) * 4
      pixels.set(colour, to)
      drawn = true
    }
  if (!drawn) return null
  const west = grid.originX + column * grid.size
  const south = grid.originY + row * grid.size
  const corner = (x: number, y: number) =>
    [...degreesOf(west + x * grid.size, south + y * grid.size)] as [number, number]
  return new BitmapLayer({
    id: `density-${column}-${row}`,
    image: new ImageData(pixels, width, height),
    bounds: [corner(0, 0), corner(0, height), corner(width, height), corner(width, 0)],
    textureParameters: { minFilter: 'nearest', magFilter: 'nearest' },
  })
}
