import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Context, Control, Incidents, LayerShape } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { placeKey, placeKeys } from '../place/place-keys.ts'
import { caveat } from '../support/caveats.ts'
import { cellName } from './cell-name.ts'
import { cellArea, cellX, cellY } from './grid.ts'
import { locateAreas, ringsArea } from './polygon.ts'
import { centreOfRings } from './ring-centre.ts'
import { type GridChoice, layStudyGrid } from './study-grid.ts'
import { tallyUnits, unitCaveats } from './unit-caveats.ts'

export interface UnitChoice extends GridChoice {
  readonly units: string
}

/** What incidents are counted by: cells, areas or places. */
export interface Units {
  readonly kind: 'cells' | 'areas' | 'places'
  /** Unit of each incident; −1 when masked out, without a place, or in no unit. */
  readonly unitOf: Int32Array
  readonly count: number
  /** Centre of each unit, metres; NaN for a place known by its address key alone. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Null for places, which have no area. */
  readonly areaKm2: Float64Array | null
  readonly grid: GridSpec | null
  /** Number of the cell of each unit of a grid; null for areas and places. */
  readonly cell: Int32Array | null
  /** Shape of each unit of a layer; null otherwise. */
  readonly shapes: readonly LayerShape[] | null
  readonly label: (unit: number) => string
  /** One of the units, and several, in words. */
  readonly words: readonly [string, string]
  readonly caveats: readonly Caveat[]
}

/**
 * Tells incidents off to units.
 *
 * `cells`: the cells of a grid whose centre is inside the study area, those without an incident too. `areas`: the
 * shapes of the layer (with a study area: those whose centre is inside it), empty ones too; where shapes overlap the
 * first holds the incident. `places`: address keys, else location text with coordinates to the metre; only those
 * with an incident are known.
 *
 * @param mask 1 = in; may be other than `incidents.mask`, such as two selections together
 * @throws InputError E-MTH-LAYER (areas without a layer), E-MTH-UNITS (nothing to count by), and those of the grid
 * Cost: about 30 ns an incident for cells, 1 µs for areas, 0.4 µs for places.
 */
export function unitsOf(
  incidents: Incidents,
  mask: Uint8Array,
  choice: UnitChoice,
  context: Context,
  control: Control,
): Units {
  if (choice.units === 'areas') return areaUnits(incidents, mask, context, control)
  if (choice.units === 'places') return placeUnits(incidents, mask, context, control)
  const study = layStudyGrid(incidents, mask, choice, context, control)
  const { grid, cells } = study
  const unitOfCell = new Int32Array(study.counts.length).fill(-1)
  const x = new Float64Array(cells.length)
  const y = new Float64Array(cells.length)
  for (let unit = 0; unit < cells.length; unit++) {
    unitOfCell[cells[unit]] = unit
    x[unit] = cellX(grid, cells[unit])
    y[unit] = cellY(grid, cells[unit])
  }
  const unitOf = new Int32Array(incidents.length)
  for (let i = 0; i < unitOf.length; i++) unitOf[i] = study.cellOf[i] < 0 ? -1 : unitOfCell[study.cellOf[i]]
  return {
    kind: 'cells',
    unitOf,
    count: cells.length,
    x,
    y,
    areaKm2: new Float64Array(cells.length).fill(cellArea(grid) / 1e6),
    grid,
    cell: cells,
    shapes: null,
    label: (unit) => cellName(grid, cells[unit]),
    words: ['cell', 'cells'],
    caveats: study.caveats,
  }
}

function areaUnits(incidents: Incidents, mask: Uint8Array, context: Context, control: Control): Units {
  const layer = context.layers?.areas
  if (layer === undefined)
    throw new InputError('E-MTH-LAYER', 'Counting by areas needs a layer of areas, and none was given.', {
      column: 'areas',
      cure: 'Choose the layer to count by, or count by cells of a grid.',
    })
  // A shape without ground, such as a point kept by mistake, has neither a centre nor a rate per km².
  const drawn = layer.shapes.filter(({ rings }) => rings !== undefined && ringsArea(rings) > 0)
  const centres = drawn.map(({ rings }) => centreOfRings(rings!))
  const inside = insideStudyArea(
    Float64Array.from(centres, ([x]) => x),
    Float64Array.from(centres, ([, y]) => y),
    context,
    control,
  )
  const shapes = drawn.filter((_, k) => inside[k] === 1)
  const kept = centres.filter((_, k) => inside[k] === 1)
  if (shapes.length === 0)
    throw new InputError('E-MTH-UNITS', `No area of “${layer.name}” has its centre in the study area.`, {
      column: 'areas',
      cure: 'Choose another layer, or check that the boundary of the study area is the one you mean.',
    })
  const areas = shapes.map(({ rings }) => ({ rings: rings! }))
  const unitOf = locateAreas(areas, incidents.x, incidents.y, mask, control)
  const caveats = unitCaveats(tallyUnits(incidents, mask, unitOf), `the areas of “${layer.name}”`)
  const left = drawn.length - shapes.length
  if (left > 0)
    caveats.push(
      caveat(
        'units-outside',
        `${left.toLocaleString('en-GB')} of ${drawn.length.toLocaleString('en-GB')} areas of “${layer.name}” have their centre outside the study area and are left out.`,
      ),
    )
  return {
    kind: 'areas',
    unitOf,
    count: shapes.length,
    x: Float64Array.from(kept, ([x]) => x),
    y: Float64Array.from(kept, ([, y]) => y),
    areaKm2: Float64Array.from(shapes, ({ rings }) => ringsArea(rings!) / 1e6),
    grid: null,
    cell: null,
    shapes,
    label: (unit) => shapes[unit].code || shapes[unit].name,
    words: ['area', 'areas'],
    caveats,
  }
}

function placeUnits(incidents: Incidents, mask: Uint8Array, context: Context, control: Control): Units {
  const { x, y } = incidents
  const within = insideStudyArea(x, y, context, control, mask)
  const asked = mask.slice()
  // An address key without coordinates is a place all the same: only what is known to lie outside is left out.
  for (let i = 0; i < asked.length; i++)
    if (asked[i] === 1 && within[i] === 0 && Number.isFinite(x[i]) && Number.isFinite(y[i])) asked[i] = 0
  const { placeOf, places, firstRow, areaOnly } = placeKeys(incidents, asked, control)
  const tally = tallyUnits(incidents, mask, placeOf)
  // What stands at the centre of an area is at no place; it is told as such, not as lying outside.
  const caveats = unitCaveats(
    { ...tally, outside: tally.outside - areaOnly, unlocated: tally.unlocated + areaOnly },
    'the places of the study area',
  )
  caveats.push(
    caveat(
      'places-occupied',
      `Only the ${places.toLocaleString('en-GB')} places with at least one incident are known; addresses where nothing happened are not counted.`,
    ),
  )
  return {
    kind: 'places',
    unitOf: placeOf,
    count: places,
    x: Float64Array.from(firstRow, (row) => x[row]),
    y: Float64Array.from(firstRow, (row) => y[row]),
    areaKm2: null,
    grid: null,
    cell: null,
    shapes: null,
    label: (unit) => placeKey(incidents, firstRow[unit]),
    words: ['place', 'places'],
    caveats,
  }
}

/** 1 where a place lies in the study area, or there is none to lie in. */
export function insideStudyArea(
  x: Float64Array,
  y: Float64Array,
  context: Context,
  control: Control,
  mask?: Uint8Array,
): Uint8Array {
  if (context.studyArea === undefined) return new Uint8Array(x.length).fill(1)
  const area = locateAreas(context.studyArea.areas, x, y, mask, control)
  return Uint8Array.from(area, (index) => (index >= 0 ? 1 : 0))
}
