import type { Box, Rings } from '#core/contract/geometry.ts'
import type { Frame } from './clip.ts'

/** How metres on the National Grid become points on the page. Both axes share one scale. */
export interface MapFrame {
  readonly frame: Frame
  readonly metresPerPoint: number
  /** What the frame shows, metres. */
  readonly box: Box
  x(easting: number): number
  y(northing: number): number
}

/**
 * Fits a box of metres into a frame of points: the box is centred, grown by `margin` (a share of its size) and
 * widened on one axis to the shape of the frame. A box of no extent is grown to `leastMetres` across.
 */
export function mapFrame(box: Box, frame: Frame, margin = 0.06, leastMetres = 400): MapFrame {
  const [west, south, east, north] = box
  const width = Math.max(east - west, 1) * (1 + 2 * margin)
  const height = Math.max(north - south, 1) * (1 + 2 * margin)
  const metresPerPoint = Math.max(
    width / frame.width,
    height / frame.height,
    leastMetres / Math.min(frame.width, frame.height),
  )
  const middleX = (west + east) / 2
  const middleY = (south + north) / 2
  const left = middleX - (frame.width / 2) * metresPerPoint
  const top = middleY + (frame.height / 2) * metresPerPoint
  return {
    frame,
    metresPerPoint,
    box: [left, top - frame.height * metresPerPoint, left + frame.width * metresPerPoint, top],
    x: (easting) => frame.x + (easting - left) / metresPerPoint,
    y: (northing) => frame.y + (top - northing) / metresPerPoint,
  }
}

/** A ring of metres as x0 y0 x1 y1 … points of the page. */
export function projectRing(map: MapFrame, ring: readonly (readonly [number, number])[]): number[] {
  const out: number[] = []
  for (const [easting, northing] of ring) out.push(map.x(easting), map.y(northing))
  return out
}

/** Flat metres as flat points. */
export function projectFlat(map: MapFrame, flat: readonly number[]): number[] {
  const out: number[] = []
  for (let i = 0; i + 1 < flat.length; i += 2) out.push(map.x(flat[i]), map.y(flat[i + 1]))
  return out
}

/** The box of many areas; null when none has a point. */
export function boxOfRings(areas: readonly Rings[]): Box | null {
  let west = Infinity
  let south = Infinity
  let east = -Infinity
  let north = -Infinity
  for (const rings of areas)
    for (const ring of rings)
      for (const [x, y] of ring) {
        if (x < west) west = x
        if (x > east) east = x
        if (y < south) south = y
        if (y > north) north = y
      }
  return west <= east ? [west, south, east, north] : null
}
