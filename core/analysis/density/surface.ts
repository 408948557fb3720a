/**
 * A kernel surface in parts: bands of rows of about equal work over one shared array. With an adaptive bandwidth the
 * first parts look for each incident's neighbours and the bands wait for them. How the work is cut depends on the
 * question alone, and a cell adds its incidents in the order of rows and data, so any number of workers gives the
 * same bytes.
 */
import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import { correctedPlaces } from './corrected-places.ts'
import { bandsOfEqualHeight, bandsOfEqualWork } from './cut-bands.ts'
import { addToBand, type Band } from './density-band.ts'
import { type InsideRuns, insideRuns, type MassProfile, massInside, massProfile } from './edge-mass.ts'
import { awaitFirstStage, markDone } from './first-stage.ts'
import { type Kernel, kernelReach } from './kernels.ts'
import { indexPlaces, neighbourDistances, type PlaceIndex } from './neighbour-distance.ts'
import {
  cutIntoStrips,
  type PlaceStrips,
  type PlacesInOrder,
  placesOfRows,
  placesReaching,
  type WeightedPlaces,
} from './place-strips.ts'

/** `uniform`: divided by the mass at each cell. `diggle`: each incident divided by the mass at its own cell. */
export type EdgeCorrection = 'none' | 'uniform' | 'diggle'

export interface SurfaceQuestion {
  readonly grid: GridSpec
  readonly kernel: Kernel
  /** Metres; with `neighbours` above 0 the least one. */
  readonly bandwidth: number
  /** 0 for the same bandwidth everywhere, else the k of the k-th nearest neighbour. */
  readonly neighbours: number
  readonly edge: EdgeCorrection
  /** Sums of the kernel as a share of its height at the centre, instead of a density per km². */
  readonly raw: boolean
  /** 1 per cell inside the study area; null without one. Cells outside become NaN. */
  readonly inside: Uint8Array | null
  /** Leave out incidents in cells outside; a correction at the boundary always does. */
  readonly onlyInside: boolean
}

/** What every part needs; plain data, large arrays shared. */
export interface SurfaceState extends SurfaceQuestion {
  readonly strips: PlaceStrips
  /** Band b holds the rows [bands[b], bands[b + 1]). */
  readonly bands: Int32Array
  readonly surface: Float64Array
  readonly runs: InsideRuns | null
  readonly profile: MassProfile | null
  readonly adaptive: {
    readonly index: PlaceIndex
    readonly bandwidths: Float64Array
    readonly done: Int32Array
  } | null
  readonly parts: number
}

/** What a band found; NaN where it has no cell inside. */
export interface BandTotals {
  readonly maximum: number
  readonly sum: number
  readonly cells: number
}

const NEIGHBOURS_PER_PART = 20_000

/**
 * @throws InputError E-MTH-EDGE (no study area, or uniform with an adaptive bandwidth), E-MTH-NEIGHBOURS (no more
 *   incidents than neighbours asked for)
 */
export function beginSurface(
  question: SurfaceQuestion,
  places: WeightedPlaces,
  control: Control,
): SurfaceState {
  const { grid, kernel, bandwidth, neighbours, edge, inside } = question
  if (edge !== 'none' && inside === null)
    throw new InputError('E-MTH-EDGE', 'A correction at the boundary needs the boundary of the study area.', {
      cure: 'Load the study area, or choose no correction.',
    })
  if (edge === 'uniform' && neighbours > 0)
    throw new InputError(
      'E-MTH-EDGE',
      'With an adaptive bandwidth a cell has no single kernel to correct by.',
      { cure: "Choose Diggle's correction, which corrects incident by incident, or a fixed bandwidth." },
    )
  const corrected = edge === 'none' ? null : inside
  // An adaptive kernel may reach from anywhere: no incident is too far away.
  const reach = neighbours > 0 ? farthest(places, grid) : kernelReach(kernel, bandwidth)
  const { strips, counts } = cutIntoStrips(
    places,
    grid,
    reach,
    question.onlyInside ? inside : corrected,
    neighbours > 0,
    control,
  )
  const bands = neighbours > 0 ? bandsOfEqualHeight(grid) : bandsOfEqualWork(counts, grid, reach)
  const adaptive = neighbours > 0 ? beginAdaptive(places, strips, neighbours, control) : null
  return {
    ...question,
    strips,
    bands,
    surface: sharedFloat64(grid.columns * grid.rows),
    runs: corrected === null ? null : insideRuns(grid, corrected),
    profile: corrected === null || adaptive !== null ? null : massProfile(kernel, bandwidth, grid.size),
    adaptive,
    parts: bands.length - 1 + (adaptive === null ? 0 : adaptive.done.length),
  }
}

/** Does part `index`: a stretch of neighbours (null), or a band of rows. */
export function surfacePart(state: SurfaceState, index: number, control: Control): BandTotals | null {
  const { adaptive } = state
  if (adaptive === null) return sumBand(state, index, control)
  const first = adaptive.done.length
  const look = (part: number): void => {
    const from = part * NEIGHBOURS_PER_PART
    const to = Math.min(adaptive.index.id.length, from + NEIGHBOURS_PER_PART)
    neighbourDistances(adaptive.index, state.neighbours, from, to, adaptive.bandwidths, control)
    markDone(adaptive.done, part)
  }
  if (index < first) {
    look(index)
    return null
  }
  awaitFirstStage(adaptive.done, look, control)
  return sumBand(state, index - first, control)
}

/** Highest value, sum and number of the cells inside, of all bands in their order. */
export function surfaceTotals(parts: readonly (BandTotals | null)[]): BandTotals {
  let [maximum, sum, cells] = [Number.NaN, 0, 0]
  for (const part of parts) {
    if (part === null || part.cells === 0) continue
    if (!(part.maximum <= maximum)) maximum = part.maximum
    sum += part.sum
    cells += part.cells
  }
  return { maximum, sum, cells }
}

function beginAdaptive(
  places: WeightedPlaces,
  strips: PlaceStrips,
  neighbours: number,
  control: Control,
): NonNullable<SurfaceState['adaptive']> {
  if (strips.used <= neighbours)
    throw new InputError(
      'E-MTH-NEIGHBOURS',
      `An adaptive bandwidth by ${neighbours.toLocaleString('en-GB')} neighbours needs more than that many incidents; there are ${strips.used.toLocaleString('en-GB')}.`,
      { cure: 'Ask for fewer neighbours, select more incidents, or choose a fixed bandwidth.' },
    )
  return {
    index: indexPlaces(places.x, places.y, strips.id!, neighbours, control),
    bandwidths: sharedFloat64(places.x.length),
    done: sharedInt32(Math.ceil(strips.used / NEIGHBOURS_PER_PART)),
  }
}

/** Distance from the grid to the place furthest away from it, metres. */
function farthest(
  { x, y, mask }: WeightedPlaces,
  { originX, originY, size, columns, rows }: GridSpec,
): number {
  let found = 0
  for (let i = 0; i < x.length; i++) {
    if (mask[i] === 0 || !(Number.isFinite(x[i]) && Number.isFinite(y[i]))) continue
    found = Math.max(
      found,
      originX - x[i],
      originY - y[i],
      x[i] - originX - columns * size,
      y[i] - originY - rows * size,
    )
  }
  return found + size
}

function sumBand(state: SurfaceState, band: number, control: Control): BandTotals {
  const { grid, kernel, bandwidth, raw, surface, edge } = state
  const bands = state.bands
  const from = bands[band]
  const to = bands[band + 1]
  const list = placesInReach(state, from, to, control)
  // Summed apart and put in place at the end: a part may be done twice, when another worker seemed lost.
  const own = new Float64Array((to - from) * grid.columns)
  const out: Band = { grid, from, to, out: own }
  const count = list.places.length / 2
  for (let first = 0; first < count; ) {
    const last = endOfChunk(list.bandwidth, bandwidth, kernel, out, first, count)
    addToBand(list, out, kernel, bandwidth, raw, first, last)
    first = last
    control.tick((band + first / count) / (bands.length - 1), 'Adding up the surface')
  }
  const first = from * grid.columns
  if (edge === 'uniform') correctCells(state, own, first, control)
  const totals = closeCells(own, state.inside, first)
  surface.set(own, first)
  return totals
}

/** How many incidents make some milliseconds of work. */
function endOfChunk(
  own: Float64Array | null,
  bandwidth: number,
  kernel: Kernel,
  { grid, from, to }: Band,
  first: number,
  count: number,
): number {
  const reach = kernelReach(kernel, 1) / grid.size
  const visits = (h: number): number =>
    Math.min(to - from, 2 * reach * h + 1) * Math.min(grid.columns, 2 * reach * h + 1) + 8
  if (own === null) return Math.min(count, first + Math.ceil(4e6 / visits(bandwidth)))
  let last = first
  for (let work = 0; last < count && work < 4e6; last++) work += visits(own[last])
  return last
}

/** @param first number of the cell that `own` starts with */
function correctCells(
  { grid, inside, runs, profile }: SurfaceState,
  own: Float64Array,
  first: number,
  control: Control,
): void {
  for (let k = 0; k < own.length; k++) {
    if (k % grid.columns === 0) control.tick(first / inside!.length, 'Correcting at the boundary')
    if (inside![first + k] === 1 && own[k] > 0) own[k] /= massInside(grid, runs!, profile!, first + k)
  }
}

/** Cells outside become NaN; the others are summed, in order. */
function closeCells(own: Float64Array, inside: Uint8Array | null, first: number): BandTotals {
  let maximum = -1
  let sum = 0
  let cells = 0
  for (let k = 0; k < own.length; k++) {
    if (inside !== null && inside[first + k] === 0) {
      own[k] = Number.NaN
      continue
    }
    sum += own[k]
    cells++
    if (own[k] > maximum) maximum = own[k]
  }
  return { maximum: cells > 0 ? maximum : Number.NaN, sum, cells }
}

/** The incidents that reach the rows [from, to), with the weight and bandwidth each has there. */
function placesInReach(state: SurfaceState, from: number, to: number, control: Control): PlacesInOrder {
  const { grid, strips, kernel, bandwidth, adaptive } = state
  const reachOf = kernelReach(kernel, 1) / grid.size
  const list =
    adaptive === null
      ? placesOfRows(strips, from, to)
      : placesReaching(strips, strips.id!, adaptive.bandwidths, bandwidth, reachOf, from, to)
  return state.edge === 'diggle'
    ? correctedPlaces(list, grid, kernel, state.runs!, state.profile, control)
    : list
}
