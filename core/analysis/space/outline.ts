import type { Position, Rings } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { cellLattice, latticePoint } from './grid.ts'

/**
 * The outline of a set of cells: the cells dissolved into rings. Edges between two cells of the set vanish; what is
 * left is traced with the cells on the left hand, so outer rings run counter-clockwise and holes clockwise. Where two
 * squares touch at a corner only, the ring turns left there: the two stay separate rings. No ring crosses itself or
 * passes a corner twice.
 *
 * Corners are exactly those of `cellCorners`; corners in the middle of a straight side are left out. Rings start at
 * their lowest, then leftmost corner and come in that order, so the same cells always give the same bytes.
 *
 * @param cells numbers of cells, in any order, repeats ignored
 * @returns rings in metres, not closed; none for no cells
 * Cost: proportional to the number of cells.
 */
export function cellsOutline(grid: GridSpec, cells: readonly number[]): Rings {
  // Lattice corners of hexagons start at −2.
  const stride = 4 * (grid.columns + 2)
  const keyOf = (i: number, j: number): number => (j + 2) * stride + i + 2
  const edges = new Map<number, Set<number>>()
  for (const cell of [...new Set(cells)].sort((a, b) => a - b)) {
    const corners = cellLattice(grid, cell)
    for (let k = 0; k < corners.length; k += 2) {
      const next = (k + 2) % corners.length
      const from = keyOf(corners[k], corners[k + 1])
      const to = keyOf(corners[next], corners[next + 1])
      const opposite = edges.get(to)
      if (opposite?.delete(from)) {
        if (opposite.size === 0) edges.delete(to)
      } else {
        const out = edges.get(from)
        if (out) out.add(to)
        else edges.set(from, new Set([to]))
      }
    }
  }

  const rings: { readonly key: number; readonly ring: readonly Position[] }[] = []
  const starts = [...edges.keys()].sort((a, b) => a - b)
  for (const start of starts) {
    while (edges.has(start)) {
      for (const keys of traceRings(edges, start, stride)) {
        const corners = keys.filter((_, k) => !isStraight(keys, k, stride))
        const lowest = corners.indexOf(Math.min(...corners))
        const ordered = [...corners.slice(lowest), ...corners.slice(0, lowest)]
        rings.push({
          key: ordered[0],
          ring: ordered.map((key) => latticePoint(grid, (key % stride) - 2, Math.floor(key / stride) - 2)),
        })
      }
    }
  }
  return rings.sort((a, b) => a.key - b.key).map(({ ring }) => ring)
}

/**
 * Follows the edges from `start` until it is back, taking them off the list. A corner passed a second time closes a
 * ring of its own: where a hole touches the outer side at a corner, the hole and the outside are told apart there.
 */
function traceRings(edges: Map<number, Set<number>>, start: number, stride: number): number[][] {
  const closed: number[][] = []
  const ring: number[] = []
  const placeOf = new Map<number, number>()
  let previous = -1
  let at = start
  do {
    const passed = placeOf.get(at)
    if (passed !== undefined) {
      const loop = ring.splice(passed)
      for (const key of loop) placeOf.delete(key)
      closed.push(loop)
    }
    placeOf.set(at, ring.length)
    ring.push(at)
    const out = edges.get(at)!
    const next = leftmost(out, previous, at, stride)
    out.delete(next)
    if (out.size === 0) edges.delete(at)
    previous = at
    at = next
  } while (at !== start)
  closed.push(ring)
  return closed
}

/** Of the edges leaving a corner, the one that turns furthest left from the way we came. */
function leftmost(out: Set<number>, previous: number, at: number, stride: number): number {
  const [first] = out
  if (out.size === 1 || previous === -1) return first
  let best = first
  let bestTurn = -Infinity
  for (const candidate of out) {
    const turn = turnAt(previous, at, candidate, stride)
    if (turn > bestTurn) {
      bestTurn = turn
      best = candidate
    }
  }
  return best
}

function isStraight(keys: readonly number[], k: number, stride: number): boolean {
  const previous = keys[(k + keys.length - 1) % keys.length]
  return turnAt(previous, keys[k], keys[(k + 1) % keys.length], stride) === 0
}

/** Positive for a left turn, 0 for straight on, in whole numbers. */
function turnAt(a: number, b: number, c: number, stride: number): number {
  const row = (key: number): number => Math.floor(key / stride)
  const column = (key: number): number => key - row(key) * stride
  return (column(b) - column(a)) * (row(c) - row(b)) - (row(b) - row(a)) * (column(c) - column(b))
}
