import type { Caveat } from '#core/contract/caveat.ts'
import type { Box } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Context, Control, Incidents, Values } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { areaOfCells } from '../space/area-of-cells.ts'
import { cellX, cellY, gridOver } from '../space/grid.ts'
import { ringsBox } from '../space/polygon.ts'
import { boxOfPlaces, studyAreaBox } from '../space/study-grid.ts'
import { caveat } from '../support/caveats.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import { insideCells } from './begin-density.ts'
import { chooseBandwidth } from './choose-bandwidth.ts'
import { type DensityMeasure, dividesByBase } from './compare-densities.ts'
import type { dualDensityParameters } from './dual-density-card.ts'
import { kernelNamed, kernelReach } from './kernels.ts'
import { cutIntoStrips, placesOfRows, type WeightedPlaces } from './place-strips.ts'
import { spreadPopulation } from './population-cells.ts'
import type { NullPlaces } from './relabelling.ts'
import { beginSurface, type SurfaceState } from './surface.ts'
import { kernelCaveats, placeCaveats } from './surface-caveats.ts'

export type DualSettings = Values<typeof dualDensityParameters>

/** What every part needs; plain data, large arrays shared. */
export interface DualState {
  readonly first: SurfaceState
  readonly base: SurfaceState
  /** 1 for each band of the two surfaces that is done. */
  readonly done: Int32Array
  readonly nullPlaces: NullPlaces | null
  readonly permutations: number
  readonly seed: number
  readonly permutationsPerPart: number
  readonly ofPeople: boolean
  readonly caveats: readonly Caveat[]
}

/** Parts the relabellings are cut into: their counts are held for every cell. */
const PERMUTATION_PARTS = 16
const MOST_CELLS_TESTED = 2_000_000

/**
 * @throws InputError E-MTH-BASELINE (not exactly one base), E-MTH-FEW (no incident in reach in one of the two),
 *   E-MTH-OVERLAP (a test of selections that overlap in part), E-MTH-SIZE (a test of more than 2 million cells); those
 *   of `spreadPopulation`, `gridOver` and `chooseBandwidth`
 */
export function beginDual(
  incidents: Incidents,
  settings: DualSettings,
  context: Context,
  control: Control,
): { readonly state: DualState; readonly parts: number } {
  const baseline = context.selections?.baseline
  const layer = context.layers?.population
  if ((baseline === undefined) === (layer === undefined))
    throw new InputError(
      'E-MTH-BASELINE',
      layer === undefined
        ? 'There is nothing to compare with.'
        : 'There is both a population and another selection to compare with.',
      {
        column: layer === undefined ? 'baseline' : 'population',
        cure: 'Choose another selection, or a layer of areas with a population; one of the two.',
      },
    )
  const { x, y, mask } = incidents
  const kernel = kernelNamed(settings.kernel)
  const either = baseline === undefined ? mask : mask.map((bit, i) => bit | baseline[i])
  const bandwidth = chooseBandwidth(x, y, either, settings.bandwidth, settings.rule, kernel, control)
  const reach = kernelReach(kernel, bandwidth)
  const box: Box = context.studyArea
    ? studyAreaBox(context.studyArea)
    : layer !== undefined
      ? ringsBox(layer.shapes.flatMap(({ rings = [] }) => rings))
      : widened(boxOfPlaces(incidents, either), reach)
  const grid = gridOver(box, 'square', settings.cellSize)
  const area = context.studyArea ? insideCells(areaOfCells(grid, context.studyArea.areas)) : null
  const people = layer && spreadPopulation(grid, layer, settings.populationColumn)
  const inside = people ? both(area, people.covered) : area
  const question = {
    grid,
    kernel,
    bandwidth,
    neighbours: 0,
    edge: 'none',
    raw: false,
    inside,
    // Nobody is counted beyond the layer, so no incident may be.
    onlyInside: people !== undefined,
  } as const
  const first = beginSurface(question, { x, y, mask, weights: null }, control)
  const basePlaces = people ? placesOfPeople(grid, people.people) : { x, y, mask: baseline!, weights: null }
  const base = beginSurface(question, basePlaces, control)
  for (const [surface, what] of [
    [first, 'selected'],
    [base, people ? 'of the population' : 'of the other selection'],
  ] as const)
    if (surface.strips.used === 0)
      throw new InputError('E-MTH-FEW', `None ${what} lies in reach of the study area.`, {
        cure: 'Choose incidents with a place in the study area.',
      })
  const measure = settings.measure as DensityMeasure
  const { permutations } = settings
  const overlap = baseline === undefined ? 0 : overlapOf(mask, baseline)
  const nullPlaces =
    permutations === 0 ? null : nullOf(incidents, either, first, base, overlap, people !== undefined, control)
  const stage = first.parts + base.parts
  const permutationsPerPart = Math.max(1, Math.ceil(permutations / PERMUTATION_PARTS))
  return {
    state: {
      first,
      base,
      done: sharedInt32(stage),
      nullPlaces,
      permutations,
      seed: settings.seed,
      permutationsPerPart,
      ofPeople: people !== undefined,
      caveats: [
        ...kernelCaveats(
          { ...settings, adaptive: false, neighbours: 0, minimumBandwidth: 0, edge: 'none', weight: 'count' },
          bandwidth,
          reach,
          context.studyArea !== undefined && !dividesByBase(measure),
        ),
        ...placeCaveats({ ...incidents, mask: either }, null),
        ...(people?.caveats ?? []),
        ...overlapCaveat(overlap),
      ],
    },
    parts: stage + Math.ceil(permutations / permutationsPerPart),
  }
}

function widened([west, south, east, north]: Box, by: number): Box {
  return [west - by, south - by, east + by, north + by]
}

function both(area: Uint8Array | null, covered: Uint8Array): Uint8Array {
  if (area !== null) for (let cell = 0; cell < covered.length; cell++) covered[cell] &= area[cell]
  return covered
}

/** The population as places: the centres of the cells where it is, each with its number. */
function placesOfPeople(grid: GridSpec, people: Float64Array): WeightedPlaces {
  let count = 0
  for (const number of people) if (number > 0) count++
  const places = {
    x: sharedFloat64(count),
    y: sharedFloat64(count),
    mask: new Uint8Array(new SharedArrayBuffer(count)).fill(1),
    weights: { codes: new Uint32Array(new SharedArrayBuffer(4 * count)), weights: sharedFloat64(count) },
  }
  for (let cell = 0, at = 0; cell < people.length; cell++) {
    if (!(people[cell] > 0)) continue
    places.x[at] = cellX(grid, cell)
    places.y[at] = cellY(grid, cell)
    places.weights.codes[at] = at
    places.weights.weights[at++] = people[cell]
  }
  return places
}

function overlapOf(a: Uint8Array, b: Uint8Array): number {
  let count = 0
  for (let i = 0; i < a.length; i++) count += a[i] & b[i]
  return count
}

function overlapCaveat(overlap: number): Caveat[] {
  if (overlap === 0) return []
  return [
    caveat(
      'dual-overlap',
      `${overlap.toLocaleString('en-GB')} incidents are in both selections; the first is compared with a base it is part of.`,
    ),
  ]
}

/** What is drawn from: the population; the base where the first is part of it; both together where they are apart. */
function nullOf(
  { x, y, mask }: Incidents,
  either: Uint8Array,
  first: SurfaceState,
  base: SurfaceState,
  overlap: number,
  ofPeople: boolean,
  control: Control,
): NullPlaces {
  const { grid, kernel, bandwidth } = base
  if (grid.columns * grid.rows > MOST_CELLS_TESTED)
    throw new InputError(
      'E-MTH-SIZE',
      `A test is offered for up to ${MOST_CELLS_TESTED.toLocaleString('en-GB')} cells; the grid has ${(grid.columns * grid.rows).toLocaleString('en-GB')}.`,
      { cure: 'Choose larger cells, a smaller study area, or no test.' },
    )
  let selected = 0
  for (let i = 0; i < mask.length; i++) selected += mask[i]
  if (overlap > 0 && overlap < selected)
    throw new InputError(
      'E-MTH-OVERLAP',
      'The two selections overlap in part: there is no fair way to draw one from the other.',
      { cure: 'Choose selections that are apart, or one that is part of the other, or no test.' },
    )
  const reach = kernelReach(kernel, bandwidth)
  const strips =
    ofPeople || overlap > 0
      ? base.strips
      : cutIntoStrips({ x, y, mask: either, weights: null }, grid, reach, null, false, control).strips
  const list = placesOfRows(strips, 0, grid.rows)
  const places = sharedFloat64(list.places.length)
  places.set(list.places)
  if (list.weight === null) return { places, running: null, draw: first.strips.used }
  const running = sharedFloat64(list.weight.length)
  let sum = 0
  for (let i = 0; i < running.length; i++) {
    sum += list.weight[i]
    running[i] = sum
  }
  return { places, running, draw: first.strips.used }
}
