/** The seam for formats: a driver turns the page model into the bytes of one file. More formats are more drivers. */
import type { PageModel } from '../pack/page-model.ts'

/** What a driver cannot make itself; report reads no files. */
export interface PackResources {
  /** Source Sans 3 as TrueType. */
  readonly fonts: {
    readonly regular: Uint8Array
    readonly semibold: Uint8Array
    readonly bold: Uint8Array
  }
  /** National Grid metres to WGS 84: longitude, latitude in degrees; NaN outside the grid. */
  readonly toDegrees: (easting: number, northing: number) => readonly [number, number]
}

export interface PackDriver {
  readonly id: string
  readonly extension: string
  readonly mediaType: string
  /** The same model and resources give the same bytes. */
  write(model: PageModel, resources: PackResources): Promise<Uint8Array>
}
