import type { Box } from '#core/contract/geometry.ts'
import type { BasemapFeature } from '#core/contract/layer.ts'

export interface BasemapInfo {
  readonly format: 'geojson' | 'mbtiles'
  readonly name: string
  /** Attribution the file carries, empty when it carries none. */
  readonly source: string
  /** Features of a GeoJSON file; tiles of a tile set. */
  readonly features: number
  /** Degrees. */
  readonly box: Box
  /** What was left out or is doubtful. */
  readonly warnings: readonly string[]
}

export interface Basemap {
  readonly info: BasemapInfo
  /**
   * What to draw inside `box` (degrees) at a scale, at most 200,000 corners; sentences about what was left out are added
   * to `notes`. Degrees, nothing clipped.
   */
  features(box: Box, metresPerPixel: number, notes?: string[]): BasemapFeature[]
  /** Lets go of the file. */
  close(): void
}

/** Whether any corner's box meets the asked one. */
export function meets(parts: BasemapFeature['parts'], [west, south, east, north]: Box): boolean {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const part of parts)
    for (let i = 0; i < part.length; i += 2) {
      if (part[i] < w) w = part[i]
      if (part[i] > e) e = part[i]
      if (part[i + 1] < s) s = part[i + 1]
      if (part[i + 1] > n) n = part[i + 1]
    }
  return w <= east && e >= west && s <= north && n >= south
}
