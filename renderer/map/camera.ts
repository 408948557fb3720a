import type { Box } from '#core/contract/geometry.ts'

export interface Camera {
  readonly longitude: number
  readonly latitude: number
  readonly zoom: number
}

/** England and Wales, for a map that holds nothing yet. */
export const homeBox: Box = [-5.7, 50, 1.8, 55.8]

function mercator(latitude: number): number {
  return Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360))
}

/** The camera that shows a box in a window with some room around it, no closer than street level. */
export function cameraFor(box: Box, width: number, height: number, room = 0.86): Camera {
  const [west, south, east, north] = box
  const spanX = Math.max(east - west, 1e-4) / 360
  const spanY = Math.max(mercator(north) - mercator(south), 1e-6) / (2 * Math.PI)
  const zoom = Math.min(
    Math.log2((width * room) / (spanX * 512)),
    Math.log2((height * room) / (spanY * 512)),
    15.5,
  )
  const middle = (mercator(north) + mercator(south)) / 2
  return {
    longitude: (west + east) / 2,
    latitude: ((Math.atan(Math.exp(middle)) - Math.PI / 4) * 360) / Math.PI,
    zoom,
  }
}

/** Metres on the ground for one pixel of the screen. */
export function metresPerPixel({ latitude, zoom }: Camera): number {
  return (40_075_016.686 * Math.cos((latitude * Math.PI) / 180)) / (512 * 2 ** zoom)
}

/** The box a window shows. */
export function boxOf(camera: Camera, width: number, height: number): Box {
  const world = 512 * 2 ** camera.zoom
  const half = (width / 2 / world) * 360
  const middle = mercator(camera.latitude)
  const reach = (height / 2 / world) * 2 * Math.PI
  const back = (y: number) => ((Math.atan(Math.exp(y)) - Math.PI / 4) * 360) / Math.PI
  return [camera.longitude - half, back(middle - reach), camera.longitude + half, back(middle + reach)]
}

/** A round length of at most `most` pixels: its metres and pixels. */
export function scaleBar(camera: Camera, most = 120): { readonly metres: number; readonly pixels: number } {
  const perPixel = metresPerPixel(camera)
  const power = 10 ** Math.floor(Math.log10(perPixel * most))
  const metres = [5, 2, 1].map((step) => step * power).find((step) => step <= perPixel * most) ?? power
  return { metres, pixels: metres / perPixel }
}
