import { cellArea, cellToLatLng, latLngToCell } from 'h3-js'
import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { tallyUnits, unitCaveats } from './unit-caveats.ts'
import { insideStudyArea } from './units.ts'

/** H3 cells that hold an incident. */
export interface H3Units {
  readonly unitOf: Int32Array
  /** Index of each cell, in order of index. */
  readonly cells: readonly string[]
  /** Mean place of the incidents, metres: the centre of the cell is in degrees only. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly longitude: Float64Array
  readonly latitude: Float64Array
  readonly areaKm2: Float64Array
  readonly caveats: readonly Caveat[]
}

/**
 * The H3 cell of each incident of the mask, from its longitude and latitude. Only cells with an incident are known:
 * which empty ones lie in the study area would take its outline in degrees. Areas are those of the sphere, cell by cell.
 *
 * @param resolution 0 (largest) to 15
 * @throws InputError E-MTH-DEGREES (no longitude and latitude)
 * Cost: 2 µs an incident; places that come again are looked up once.
 * @see Brodsky, I. (2018) H3: Uber's hexagonal hierarchical spatial index; h3-js.
 */
export function h3Units(
  incidents: Incidents,
  mask: Uint8Array,
  resolution: number,
  context: Context,
  control: Control,
): H3Units {
  const { longitude, latitude, x, y, length } = incidents
  if (longitude === undefined || latitude === undefined)
    throw new InputError(
      'E-MTH-DEGREES',
      'H3 cells need longitude and latitude, and the data hold neither.',
      {
        column: 'units',
        cure: 'Count by cells of a grid on the National Grid instead.',
      },
    )
  const inside = insideStudyArea(x, y, context, control, mask)
  const numberOf = new Map<string, number>()
  const firstRow = new Map<number, number>()
  const met: string[] = []
  const unitOf = new Int32Array(length).fill(-1)
  for (let i = 0; i < length; i++) {
    if ((i & 0xfff) === 0) control.tick(i / length, 'Finding H3 cells')
    if (mask[i] === 0 || inside[i] === 0 || !(Number.isFinite(longitude[i]) && Number.isFinite(latitude[i])))
      continue
    const earlier = firstRow.get(longitude[i])
    if (earlier !== undefined && latitude[earlier] === latitude[i]) {
      unitOf[i] = unitOf[earlier]
      continue
    }
    firstRow.set(longitude[i], i)
    const cell = latLngToCell(latitude[i], longitude[i], resolution)
    let unit = numberOf.get(cell)
    if (unit === undefined) {
      unit = met.push(cell) - 1
      numberOf.set(cell, unit)
    }
    unitOf[i] = unit
  }
  const cells = met.toSorted()
  const place = new Int32Array(met.length)
  cells.forEach((cell, k) => {
    place[numberOf.get(cell)!] = k
  })
  const sumX = new Float64Array(cells.length)
  const sumY = new Float64Array(cells.length)
  const times = new Float64Array(cells.length)
  for (let i = 0; i < length; i++) {
    if (unitOf[i] < 0) continue
    const unit = place[unitOf[i]]
    unitOf[i] = unit
    sumX[unit] += x[i]
    sumY[unit] += y[i]
    times[unit]++
  }
  const centres = cells.map((cell) => cellToLatLng(cell))
  const caveats = unitCaveats(tallyUnits(incidents, mask, unitOf), 'the H3 cells of the study area')
  caveats.push(
    caveat(
      'h3-occupied',
      `Only the ${cells.length.toLocaleString('en-GB')} H3 cells with at least one incident are listed; empty ones are not counted.`,
    ),
  )
  return {
    unitOf,
    cells,
    x: sumX.map((sum, k) => sum / times[k]),
    y: sumY.map((sum, k) => sum / times[k]),
    longitude: Float64Array.from(centres, ([, degrees]) => degrees),
    latitude: Float64Array.from(centres, ([degrees]) => degrees),
    areaKm2: Float64Array.from(cells, (cell) => cellArea(cell, 'km2')),
    caveats,
  }
}
