import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { ContextLayer } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { areaOfCells } from '../space/area-of-cells.ts'
import { centreOfArea } from '../space/centre-of-area.ts'
import { cellArea, cellOf } from '../space/grid.ts'
import { ringsArea, ringsBox } from '../space/polygon.ts'
import { caveat } from '../support/caveats.ts'
import { sharedFloat64 } from '../support/shared-work.ts'

/** A population spread over the cells of a grid. */
export interface PopulationCells {
  /** People (or homes, …) in each cell; 0 outside the layer. */
  readonly people: Float64Array
  /** 1 where an area with a known population holds the cell; shared between workers. */
  readonly covered: Uint8Array
  readonly caveats: readonly Caveat[]
}

/** Caveat codes of `spreadPopulation`, for cards. */
export const populationCaveatCodes = {
  'population-unknown': 'Areas without a number in the column were left out, with the incidents in them.',
  'population-small':
    'Some areas hold no centre of a cell; their population is put in the cell of their own centre.',
} as const

/**
 * Spreads a column of a layer of areas evenly over the cells whose centres each area holds, so that they add up to its
 * number. An area without a cell centre gives its number to the cell of its own centre. An area that reaches beyond
 * the grid gives each of its cells its number times the cell's share of the area's extent.
 *
 * @throws InputError E-MTH-COLUMN (no such column), E-MTH-POPULATION (a negative number, or nothing above 0)
 */
export function spreadPopulation(grid: GridSpec, layer: ContextLayer, column: string): PopulationCells {
  const names = new Set(layer.shapes.flatMap(({ numbers }) => Object.keys(numbers)))
  if (!names.has(column))
    throw new InputError(
      'E-MTH-COLUMN',
      column === ''
        ? 'No column of the layer is named as the population.'
        : `The layer “${layer.name}” has no column of numbers called “${column}”.`,
      {
        column: 'populationColumn',
        cure:
          names.size > 0
            ? `Columns of numbers are: ${[...names].join(', ')}.`
            : 'Choose a layer with numbers.',
      },
    )
  const areas = layer.shapes.map(({ rings = [] }) => ({ rings }))
  const areaOf = areaOfCells(grid, areas)
  const cells = new Int32Array(areas.length)
  for (const area of areaOf) if (area >= 0) cells[area]++
  const each = new Float64Array(areas.length)
  const people = sharedFloat64(areaOf.length)
  let [unknown, small] = [0, 0]
  layer.shapes.forEach(({ name, numbers }, area) => {
    const value = numbers[column]
    if (value < 0)
      throw new InputError(
        'E-MTH-POPULATION',
        `“${column}” of ${name} is ${value}: a population is at least 0.`,
        { column: 'populationColumn', cure: 'Choose a column of counts.' },
      )
    if (!Number.isFinite(value)) {
      unknown++
      each[area] = Number.NaN
      return
    }
    const { rings } = areas[area]
    if (!isWithin(grid, rings)) each[area] = (value * cellArea(grid)) / ringsArea(rings)
    else if (cells[area] > 0) each[area] = value / cells[area]
    else {
      const cell = cellOf(grid, ...centreOfArea(rings))
      if (cell >= 0) people[cell] += value
      small++
    }
  })
  const covered = new Uint8Array(new SharedArrayBuffer(areaOf.length))
  let total = 0
  for (let cell = 0; cell < areaOf.length; cell++) {
    const area = areaOf[cell]
    if (area >= 0 && each[area] >= 0) {
      people[cell] += each[area]
      covered[cell] = 1
    }
    total += people[cell]
  }
  if (!(total > 0))
    throw new InputError('E-MTH-POPULATION', `“${column}” holds nobody in the study area.`, {
      column: 'populationColumn',
      cure: 'Choose another column, or a layer of this area.',
    })
  const caveats: Caveat[] = []
  if (unknown > 0)
    caveats.push(
      caveat(
        'population-unknown',
        `${unknown.toLocaleString('en-GB')} of ${areas.length.toLocaleString('en-GB')} areas have no number in “${column}”: they and the incidents in them are left out.`,
      ),
    )
  if (small > 0)
    caveats.push(
      caveat(
        'population-small',
        `${small.toLocaleString('en-GB')} of ${areas.length.toLocaleString('en-GB')} areas hold no centre of a cell: their number is put in the cell of their own centre. Choose smaller cells.`,
      ),
    )
  return { people, covered, caveats }
}

function isWithin(grid: GridSpec, rings: Parameters<typeof ringsBox>[0]): boolean {
  const [west, south, east, north] = ringsBox(rings)
  return (
    west >= grid.originX &&
    south >= grid.originY &&
    east <= grid.originX + grid.columns * grid.size &&
    north <= grid.originY + grid.rows * grid.size
  )
}
