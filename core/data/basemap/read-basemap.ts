import { closeSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { InputError } from '#core/contract/problem.ts'
import type { Basemap } from './basemap.ts'
import { openGeoJsonBasemap } from './read-geojson-basemap.ts'
import { openMbtiles } from './read-mbtiles.ts'

/**
 * Opens a basemap file: GeoJSON or MBTiles with vector tiles. The caller closes it.
 *
 * @param options.file Name to use in sentences; the file's own name when absent.
 * @throws InputError E-MAP-001 PMTiles, E-MAP-002 raster tiles, E-MAP-003 nothing to draw, and those of
 *   `openForeignDatabase` and `readGeoJson`
 */
export function openBasemap(path: string, options: { readonly file?: string | undefined } = {}): Basemap {
  const file = options.file ?? basename(path)
  const head = readHead(path)
  if (head.startsWith('PMTiles') || /\.pmtiles$/i.test(file))
    throw new InputError(
      'E-MAP-001',
      `${file} is a PMTiles file, which this version does not read. Nothing was added.`,
      { file, cure: 'Use the same map as MBTiles with vector tiles, or a GeoJSON file.' },
    )
  if (head.startsWith('SQLite format 3') || /\.mbtiles$/i.test(file)) return openMbtiles(path, file)
  return openGeoJsonBasemap(path, file)
}

function readHead(path: string): string {
  const head = Buffer.alloc(16)
  const handle = openSync(path, 'r')
  try {
    return head.toString('latin1', 0, readSync(handle, head))
  } finally {
    closeSync(handle)
  }
}
