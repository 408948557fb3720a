import { closeSync, openSync, readSync } from 'node:fs'
import { InputError } from '#core/contract/problem.ts'
import { geoPackageAreas, mayHoldLines } from '../geopackage/read-geopackage.ts'
import { readShapefiles, type Shapefile } from '../shapefile/read-shapefile.ts'
import { geoJsonAreas } from './geojson-areas.ts'
import type { BoundarySource } from './source-area.ts'

/**
 * Takes a file of shapes apart, by what it is rather than by its name: GeoPackage, zipped shapefile, GeoJSON.
 *
 * @param what what is looked for where a file holds several layers
 * @param layer name of a layer of a GeoPackage or of a shapefile in an archive
 * @throws InputError E-GEO-014 another kind of file; else as the reader of its kind
 */
export function readSource(
  path: string,
  file: string,
  what: 'areas' | 'lines',
  layer?: string,
): BoundarySource {
  const head = Buffer.alloc(16)
  const handle = openSync(path, 'r')
  const length = readSync(handle, head)
  closeSync(handle)
  if (/\.gpkg$/i.test(file) || head.toString('latin1', 0, 15) === 'SQLite format 3')
    return what === 'areas'
      ? geoPackageAreas(path, file, layer)
      : geoPackageAreas(path, file, layer, mayHoldLines, 'lines')
  if (head.toString('latin1', 0, 2) === 'PK') return fromArchive(path, file, what, layer)
  const cure = 'Save the layer as a GeoPackage or as GeoJSON, for instance in QGIS.'
  if (/\.(shp|kmz|tab|mif)$/i.test(file))
    throw new InputError(
      'E-GEO-014',
      `${file} is a part of a shapefile or of a kind this program does not read. Nothing was imported.`,
      { file, cure: 'Zip the .shp, .dbf and .prj together, or save the layer as a GeoPackage.' },
    )
  if (head.subarray(0, length).toString('latin1').replace(/^ï»¿/, '').trimStart().startsWith('<'))
    throw new InputError(
      'E-GEO-014',
      `${file} is KML or another XML file, which this program does not read as boundaries. Nothing was imported.`,
      { file, cure },
    )
  return geoJsonAreas(path, file)
}

/** Areas: the shapefile named, else the first that holds any. Lines: all that hold any, the kind being their name. */
function fromArchive(path: string, file: string, what: 'areas' | 'lines', layer?: string): BoundarySource {
  const { files, sha256 } = readShapefiles(path, file)
  const holds = ({ shapes }: Shapefile): boolean =>
    shapes.some((shape) => (what === 'areas' ? shape.polygons : shape.lines).length > 0)
  const fitting = files.filter((each) => holds(each) && (layer === undefined || each.name === layer))
  if (fitting.length === 0)
    throw new InputError(
      'E-GEO-014',
      `${file} holds no shapefile of ${what}${layer === undefined ? '' : ` called ${layer}`} (it holds ${files.map(({ name }) => name).join(', ')}). Nothing was imported.`,
      { file, cure: `Choose a file with ${what}.` },
    )
  const chosen = what === 'areas' ? fitting.slice(0, 1) : fitting
  const others = fitting.slice(chosen.length).map(({ name }) => name)
  const crs = chosen[0].crs
  const apart = chosen.find((each) => each.crs !== crs)
  if (apart)
    throw new InputError(
      'E-GEO-012',
      `${file}: ${chosen[0].name} is in ${crs}, ${apart.name} in ${apart.crs}. Nothing was imported.`,
      { file, cure: 'Save both in British National Grid, or import them one at a time.' },
    )
  return {
    areas: chosen.flatMap(({ name, shapes }) =>
      what === 'areas'
        ? shapes
        : shapes.map((shape) => ({ ...shape, properties: new Map([...shape.properties, ['layer', name]]) })),
    ),
    crs,
    sha256,
    warnings:
      others.length === 0
        ? []
        : [
            `${file} holds ${fitting.length} shapefiles of areas. Only ${chosen[0].name} was read, not ${others.join(', ')}.`,
          ],
  }
}
