import type { Caveat } from '#core/contract/caveat.ts'
import type { Box } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { InputError } from '#core/contract/problem.ts'
import { cellName } from '../space/cell-name.ts'
import { cellWidth, cellX, cellY, gridOver, rowStep } from '../space/grid.ts'
import { boxOfPlaces, layStudyGrid } from '../space/study-grid.ts'
import { caveat } from '../support/caveats.ts'
import { methodInParts, sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import { type ChosenOnGrid, countOnGrid } from './count-on-grid.ts'
import { gridShiftCard } from './grid-shift-card.ts'

export interface GridShiftSummary {
  readonly grid: GridSpec
  readonly incidents: number
  readonly chosen: number
  readonly positions: number
  readonly meanShare: number
  readonly steady: number
  readonly unsteady: number
  readonly sizes: readonly {
    readonly cellSize: number
    readonly grids: number
    readonly top: number
    readonly meanShare: number
  }[]
}

/** One grid to try. */
interface Variant {
  readonly size: number
  readonly originX: number
  readonly originY: number
  readonly top: number
}

interface State {
  readonly grid: GridSpec
  readonly box: Box
  readonly x: Float64Array
  readonly y: Float64Array
  readonly chosenOf: Int32Array
  /** Cells chosen, fullest first, and their incidents. */
  readonly cells: readonly number[]
  readonly counts: readonly number[]
  readonly variants: readonly Variant[]
  readonly caveats: readonly Caveat[]
}

/**
 * How the fullest cells fare when the grid is moved, and when its cells are smaller or larger.
 *
 * Positions: the origin moves by (i/k)·a + (j/k)·b, a and b the two steps from a cell to its neighbours, so that the
 * positions fill one cell evenly; (0, 0) is where the cells were chosen and is not counted. A chosen cell stays when
 * at least half of its incidents lie in top cells of the moved grid. Cells of another size: every position, and a top
 * of N·(size/other)² cells, rounded, at least 1: the same ground.
 *
 * Deterministic. Cost: about 0.1 µs per incident and grid. Errors: those of the grid, E-MTH-FEW (no incident).
 */
export const gridShift = methodInParts<
  typeof gridShiftCard.parameters,
  GridShiftSummary,
  State,
  ChosenOnGrid
>(gridShiftCard, {
  begin(incidents, params, context, control) {
    const study = layStudyGrid(incidents, incidents.mask, params, context, control)
    const { grid, counts, cellOf } = study
    const occupied = study.cells.filter((cell) => counts[cell] > 0)
    if (occupied.length === 0)
      throw new InputError(
        'E-MTH-FEW',
        'No incident of the selection lies in the study area: no cell can be chosen.',
        {
          cure: 'Choose a wider selection, or check the study area.',
        },
      )
    const ordered = occupied.sort((a, b) => counts[b] - counts[a] || a - b)
    const cells = Array.from(ordered.subarray(0, params.top))
    const numberOf = new Map(cells.map((cell, k) => [cell, k]))
    const x = sharedFloat64(study.counted)
    const y = sharedFloat64(study.counted)
    const chosenOf = sharedInt32(study.counted)
    const inside = new Uint8Array(incidents.length)
    let at = 0
    for (let i = 0; i < incidents.length; i++) {
      if (cellOf[i] < 0) continue
      inside[i] = 1
      x[at] = incidents.x[i]
      y[at] = incidents.y[i]
      chosenOf[at++] = numberOf.get(cellOf[i]) ?? -1
    }
    const own = cells.map((cell) => counts[cell])
    const next = ordered.length > cells.length ? counts[ordered[cells.length]] : 0
    const state: State = {
      grid,
      box: boxOfPlaces(incidents, inside),
      x,
      y,
      chosenOf,
      cells,
      counts: own,
      variants: variantsOf(
        grid,
        params.originX,
        params.originY,
        params.shifts,
        params.sizeChange,
        params.top,
      ),
      caveats: [...study.caveats, ...chosenCaveats(own, next)],
    }
    return { state, parts: state.variants.length }
  },

  part(state, index, control) {
    const { size, originX, originY, top } = state.variants[index]
    const grid = gridOver(state.box, state.grid.shape, size, originX, originY)
    return countOnGrid(grid, state.x, state.y, state.chosenOf, state.cells.length, top, control)
  },

  finish(state, parts) {
    const { grid, cells, variants } = state
    const moved = parts.filter((_, k) => variants[k].size === grid.size)
    const resized = parts.filter((_, k) => variants[k].size !== grid.size)
    const share = Float64Array.from(cells, (_, k) => shareThatStays(moved, k))
    const unsteady = share.filter((each) => each < 0.5).length
    const caveats = [...state.caveats]
    if (unsteady > 0)
      caveats.push(
        caveat(
          'shift-unsteady',
          `${unsteady} of the ${cells.length} chosen cells stay in fewer than half of the positions: they owe their place to where the grid lies. Look at the ground around them before they are chosen.`,
        ),
      )
    const ranks = (k: number): Float64Array => Float64Array.from(moved, ({ rank }) => rank[k]).sort()
    return {
      summary: {
        grid,
        incidents: state.x.length,
        chosen: cells.length,
        positions: moved.length,
        meanShare: mean(share),
        steady: share.filter((each) => each >= 0.8).length,
        unsteady,
        sizes: [...new Set(variants.map(({ size }) => size))]
          .sort((a, b) => a - b)
          .map((size) => {
            const those = parts.filter((_, k) => variants[k].size === size)
            return {
              cellSize: size,
              grids: those.length,
              top: variants.find((variant) => variant.size === size)!.top,
              meanShare: mean(Float64Array.from(cells, (_, k) => shareThatStays(those, k))),
            }
          }),
      },
      columns: {
        unit: cells.map((cell) => cellName(grid, cell)),
        cell: Int32Array.from(cells),
        x: Float64Array.from(cells, (cell) => cellX(grid, cell)),
        y: Float64Array.from(cells, (cell) => cellY(grid, cell)),
        rank: Int32Array.from(cells, (_, k) => k + 1),
        count: Uint32Array.from(state.counts),
        share,
        covered: Float64Array.from(cells, (_, k) =>
          mean(Float64Array.from(moved, ({ covered }) => covered[k])),
        ),
        rankMedian: Float64Array.from(cells, (_, k) => medianOfSorted(ranks(k))),
        rankWorst: Float64Array.from(cells, (_, k) => ranks(k)[moved.length - 1]),
        shareOtherSizes: Float64Array.from(cells, (_, k) => shareThatStays(resized, k)),
      },
      caveats,
    }
  },
})

/** The grid in its other positions, then with smaller and with larger cells in every position. */
function variantsOf(
  grid: GridSpec,
  originX: number,
  originY: number,
  shifts: number,
  sizeChange: number,
  top: number,
): Variant[] {
  const sizes = sizeChange > 0 ? [1, 1 - sizeChange / 100, 1 + sizeChange / 100] : [1]
  const found: Variant[] = []
  for (const factor of sizes) {
    const size = grid.size * factor
    const width = cellWidth({ shape: grid.shape, size })
    const step = rowStep({ shape: grid.shape, size })
    // To the right-hand neighbour, and to the one above: for hexagons half a width along.
    const along = grid.shape === 'hexagon' ? width / 2 : 0
    for (let j = 0; j < shifts; j++)
      for (let i = 0; i < shifts; i++) {
        if (factor === 1 && i === 0 && j === 0) continue
        found.push({
          size,
          originX: originX + (i / shifts) * width + (j / shifts) * along,
          originY: originY + (j / shifts) * step,
          top: factor === 1 ? top : Math.max(1, Math.round(top / (factor * factor))),
        })
      }
  }
  return found
}

/** NaN without grids. */
function shareThatStays(grids: readonly ChosenOnGrid[], chosen: number): number {
  let stays = 0
  for (const { covered } of grids) if (covered[chosen] >= 0.5) stays++
  return grids.length > 0 ? stays / grids.length : Number.NaN
}

function chosenCaveats(counts: readonly number[], next: number): Caveat[] {
  const caveats: Caveat[] = []
  const last = counts[counts.length - 1]
  if (next === last)
    caveats.push(
      caveat(
        'shift-tie',
        `More cells hold ${last} incidents, as many as the last of the ${counts.length} chosen: which of them was chosen is arbitrary.`,
      ),
    )
  if (last < 5)
    caveats.push(
      caveat(
        'shift-few',
        `The last of the ${counts.length} chosen cells holds ${last} incident${last === 1 ? '' : 's'}: so few move in and out of the top with any shift of the grid. Choose fewer cells, larger ones or a longer period.`,
      ),
    )
  return caveats
}

function medianOfSorted(sorted: Float64Array): number {
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

function mean(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return values.length > 0 ? sum / values.length : Number.NaN
}
