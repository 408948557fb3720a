import type { Caveat } from '#core/contract/caveat.ts'
import type { Box } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Context, Control, Incidents, StudyArea } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import type { HarmOfIncidents } from '../support/harm.ts'
import { areaOfCells } from './area-of-cells.ts'
import { cellArea, gridOver, locateCells } from './grid.ts'
import { hullOfCells } from './hull-of-cells.ts'
import { ringsBox } from './polygon.ts'

/** A grid over the study area with the incidents told off to its cells. */
export interface StudyGrid {
  readonly grid: GridSpec
  /** Numbers of the cells inside the study area, ascending: those a method counts, tests or ranks. */
  readonly cells: Int32Array
  /** 1 per cell of the grid that is inside. */
  readonly inside: Uint8Array
  /** Index into `studyArea.areas` per cell of the grid, −1 for none; null without a study area. */
  readonly areaIndex: Int32Array | null
  /** Cell of each incident; −1 when masked out, without a place, or not in a cell inside. */
  readonly cellOf: Int32Array
  /** Incidents per cell of the grid; 0 in cells outside. */
  readonly counts: Uint32Array
  /** Incidents in the cells, with a place outside them, and without a place. */
  readonly counted: number
  readonly outside: number
  readonly unlocated: number
  /** Area of the cells, km². */
  readonly areaKm2: number
  readonly caveats: readonly Caveat[]
}

export interface GridChoice {
  readonly shape: string
  readonly cellSize: number
  readonly originX: number
  readonly originY: number
}

/** Rows handled between two calls of `tick`: well under 10 ms. */
export const ROWS_PER_TICK = 1 << 17

/**
 * Lays the grid over the study area and counts the incidents of the mask in each cell. A cell is inside when its
 * centre is inside. Without a study area the cells inside the convex outline of the occupied cells are taken, and a
 * caveat says so.
 *
 * @param mask 1 = in; may be narrower than `incidents.mask`
 * @throws InputError E-GRID-BOX, E-GRID-SIZE, E-GRID-EMPTY (no cell centre inside the study area)
 * Cost: about 30 ns an incident and a few ns a cell; 4 bytes an incident, 13 bytes a cell.
 */
export function layStudyGrid(
  incidents: Incidents,
  mask: Uint8Array,
  choice: GridChoice,
  context: Context,
  control: Control,
): StudyGrid {
  const { studyArea } = context
  const { length, x, y, precision } = incidents
  const box = studyArea ? studyAreaBox(studyArea) : boxOfPlaces(incidents, mask)
  const shape = choice.shape === 'square' ? 'square' : 'hexagon'
  const grid = gridOver(box, shape, choice.cellSize, choice.originX, choice.originY)
  const areaIndex = studyArea ? areaOfCells(grid, studyArea.areas) : null
  const within = areaIndex && insideOf(areaIndex)
  const cellOf = new Int32Array(length)
  const counts = new Uint32Array(grid.columns * grid.rows)
  const told: PlaceTally = { selected: 0, outside: 0, unlocated: 0, snapped: 0, areaOnly: 0 }
  for (let from = 0; from < length; from += ROWS_PER_TICK) {
    const to = Math.min(length, from + ROWS_PER_TICK)
    locateCells(grid, x, y, mask, cellOf, from, to)
    for (let i = from; i < to; i++) {
      if (mask[i] === 0) continue
      told.selected++
      if (precision[i] === SNAPPED) told.snapped++
      else if (precision[i] === AREA_ONLY) told.areaOnly++
      const cell = cellOf[i]
      if (cell >= 0 && (within === null || within[cell] === 1)) counts[cell]++
      else {
        cellOf[i] = -1
        if (x[i] - x[i] === 0 && y[i] - y[i] === 0) told.outside++
        else told.unlocated++
      }
    }
    control.tick(to / length, 'Counting incidents in cells')
  }

  const inside = within ?? insideHull(grid, counts)
  let cellCount = 0
  for (let cell = 0; cell < inside.length; cell++) cellCount += inside[cell]
  if (cellCount === 0)
    throw new InputError(
      'E-GRID-EMPTY',
      `No cell of ${choice.cellSize} m has its centre in the study area.`,
      {
        cure: 'Choose a smaller cell, or check that the boundary is the one you mean.',
      },
    )
  const cells = new Int32Array(cellCount)
  for (let cell = 0, at = 0; cell < inside.length; cell++) if (inside[cell] === 1) cells[at++] = cell

  return {
    grid,
    cells,
    inside,
    areaIndex,
    cellOf,
    counts,
    counted: told.selected - told.outside - told.unlocated,
    outside: told.outside,
    unlocated: told.unlocated,
    areaKm2: (cellCount * cellArea(grid)) / 1e6,
    caveats: placeCaveats(told, studyArea),
  }
}

/**
 * Harm per cell of the grid, and how many of the counted incidents have no weight (left out of the sum, never 0
 * by default). Summed in the order of the rows, so the same data give the same bytes.
 */
export function harmPerCell(
  cellOf: Int32Array,
  harm: HarmOfIncidents,
  cells: number,
  control: Control,
): { readonly harm: Float64Array; readonly unweighted: number } {
  const sums = new Float64Array(cells)
  const { codes, weights } = harm
  let unweighted = 0
  for (let i = 0; i < cellOf.length; i++) {
    if ((i & (ROWS_PER_TICK - 1)) === 0) control.tick(i / cellOf.length, 'Adding up harm')
    if (cellOf[i] < 0) continue
    const weight = weights[codes[i]]
    if (weight >= 0) sums[cellOf[i]] += weight
    else unweighted++
  }
  return { harm: sums, unweighted }
}

/** Box of a study area in metres. */
export function studyAreaBox(studyArea: StudyArea): Box {
  return ringsBox(studyArea.areas.flatMap(({ rings }) => rings))
}

/** Box of the places of the mask; reversed (so that `gridOver` refuses) when there is none. */
export function boxOfPlaces(incidents: Incidents, mask: Uint8Array): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  const { x, y } = incidents
  for (let i = 0; i < incidents.length; i++) {
    if (mask[i] === 0 || !(Number.isFinite(x[i]) && Number.isFinite(y[i]))) continue
    if (x[i] < west) west = x[i]
    if (x[i] > east) east = x[i]
    if (y[i] < south) south = y[i]
    if (y[i] > north) north = y[i]
  }
  return [west, south, east, north]
}

function insideOf(areaIndex: Int32Array): Uint8Array {
  const inside = new Uint8Array(areaIndex.length)
  for (let cell = 0; cell < inside.length; cell++) inside[cell] = areaIndex[cell] >= 0 ? 1 : 0
  return inside
}

/** The occupied cells and those whose centre their outline holds. */
function insideHull(grid: GridSpec, counts: Uint32Array): Uint8Array {
  const hull = hullOfCells(grid, counts)
  const inside = insideOf(areaOfCells(grid, hull.length < 3 ? [] : [{ rings: [hull] }]))
  for (let cell = 0; cell < inside.length; cell++) if (counts[cell] > 0) inside[cell] = 1
  return inside
}

/** Index of `snapped` and of `area` in `precisions`. */
const SNAPPED = 1
const AREA_ONLY = 2

/** Caveat codes of `layStudyGrid`, for the cards of the methods that use it. */
export const studyGridCaveats = {
  'no-study-area': 'No boundary of the study area is loaded; the outline of the incidents stands in for it.',
  'outside-study-area': 'Incidents with a place outside the study area were left out.',
  unlocated: 'Incidents without coordinates were left out.',
  snapped: 'Places are public map points, not where it happened.',
  'area-places': 'Some places are the centre of an area, not where it happened.',
} as const

interface PlaceTally {
  selected: number
  outside: number
  unlocated: number
  snapped: number
  areaOnly: number
}

function placeCaveats(tally: PlaceTally, studyArea: StudyArea | undefined): Caveat[] {
  const { selected, outside, unlocated, snapped, areaOnly } = tally
  const told = (count: number): string =>
    `${count.toLocaleString('en-GB')} of ${selected.toLocaleString('en-GB')} incidents`
  const caveats: Caveat[] = []
  if (studyArea === undefined)
    caveats.push(
      caveat(
        'no-study-area',
        'No boundary of the study area is loaded: the outline drawn around the occupied cells is taken instead, and shares of area are shares of that outline.',
      ),
    )
  if (outside > 0)
    caveats.push(
      caveat(
        'outside-study-area',
        `${told(outside)} lie outside ${studyArea?.name ?? 'the area'}, or in a cell whose centre does, and are not counted.`,
      ),
    )
  if (unlocated > 0)
    caveats.push(caveat('unlocated', `${told(unlocated)} have no coordinates and are not counted.`))
  if (snapped > 0)
    caveats.push(
      caveat(
        'snapped',
        `${told(snapped)} are placed at public map points, not where it happened: do not send patrols by this map alone.`,
      ),
    )
  if (areaOnly > 0)
    caveats.push(
      caveat('area-places', `${told(areaOnly)} are placed at the centre of an area, not where it happened.`),
    )
  return caveats
}
