import { fromNationalGrid, type ShiftTable } from '#core/analysis/space/national-grid.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { openOutput, type WrittenFile } from './output-file.ts'

export interface Shape {
  readonly type: 'Polygon' | 'MultiPolygon' | 'LineString' | 'Point'
  readonly properties: Readonly<Record<string, string | number>>
  /** Rings, one line or one point, flat `x0 y0 …` in National Grid metres; rings not closed. */
  readonly parts: readonly (readonly number[])[]
}

/** Writes shapes as GeoJSON in WGS 84, seven decimals (about a centimetre), one feature to a line. */
export function writeGeojson(folder: string, name: string, shapes: Iterable<Shape>): WrittenFile {
  const table = loadOstn15()
  const file = openOutput(folder, name)
  file.write('{"type":"FeatureCollection","features":[')
  let first = true
  for (const shape of shapes) {
    const geometry = { type: shape.type, coordinates: '' }
    const coordinates = coordinatesOf(shape, table)
    const head = JSON.stringify({ type: 'Feature', properties: shape.properties, geometry }).slice(0, -4)
    file.write(`${first ? '\n' : ',\n'}${head}${coordinates}}}`)
    first = false
  }
  file.write('\n]}\n')
  return file.close()
}

function coordinatesOf(shape: Shape, table: ShiftTable): string {
  if (shape.type === 'Point') return pairs(shape.parts[0], table)[0]
  if (shape.type === 'LineString') return `[${pairs(shape.parts[0], table).join(',')}]`
  const rings = shape.parts.map((part) => {
    const points = pairs(part, table)
    return `[${points.join(',')},${points[0]}]`
  })
  return shape.type === 'Polygon' ? `[${rings.join(',')}]` : `[${rings.map((ring) => `[${ring}]`).join(',')}]`
}

function pairs(part: readonly number[], table: ShiftTable): string[] {
  const out = [0, 0]
  const points: string[] = []
  for (let i = 0; i < part.length; i += 2) {
    fromNationalGrid(table, part[i], part[i + 1], out)
    points.push(`[${Number(out[0].toFixed(7))},${Number(out[1].toFixed(7))}]`)
  }
  return points
}
