/**
 * A fixed lattice of small hexagons (100 m sides, pointy-top, odd rows moved right) on which the force, its districts,
 * beats and LSOA-like areas are grown. Three hexagons meet at every corner, so any set of them has a clean edge.
 */
export const lattice = { west: 551_000, south: 413_000, columns: 340, rows: 392, side: 100 } as const

const WIDTH = Math.sqrt(3) * lattice.side
const STEP = 1.5 * lattice.side

export const hexCount = lattice.columns * lattice.rows

export function hexX(hex: number): number {
  const row = Math.floor(hex / lattice.columns)
  return lattice.west + ((hex % lattice.columns) + (row & 1) / 2) * WIDTH
}

export function hexY(hex: number): number {
  return lattice.south + Math.floor(hex / lattice.columns) * STEP
}

/** The hexagon a point lies in, -1 off the lattice. */
export function hexAt(x: number, y: number): number {
  const near = Math.round((y - lattice.south) / STEP)
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (let row = near - 1; row <= near + 1; row++) {
    if (row < 0 || row >= lattice.rows) continue
    const column = Math.round((x - lattice.west) / WIDTH - (row & 1) / 2)
    if (column < 0 || column >= lattice.columns) continue
    const hex = row * lattice.columns + column
    const distance = (hexX(hex) - x) ** 2 + (hexY(hex) - y) ** 2
    if (distance < least) {
      least = distance
      best = hex
    }
  }
  return best
}

/** The neighbour across side 0–5 (east, north-east, north-west, west, south-west, south-east), -1 off the lattice. */
export function hexNeighbour(hex: number, side: number): number {
  const row = Math.floor(hex / lattice.columns)
  const column = hex % lattice.columns
  const odd = row & 1
  let c = column
  let r = row
  if (side === 0) c++
  else if (side === 3) c--
  else {
    r += side < 3 ? 1 : -1
    c += side === 1 || side === 5 ? odd : odd - 1
  }
  return c < 0 || r < 0 || c >= lattice.columns || r >= lattice.rows ? -1 : r * lattice.columns + c
}

/**
 * Number of a hexagon's corner, the same from each of the three hexagons that share it. Corner k is the end of side k
 * going anticlockwise (0: north-east, 1: north, 2: north-west, 3: south-west, 4: south, 5: south-east).
 */
export function hexCorner(hex: number, corner: number): number {
  const row = Math.floor(hex / lattice.columns)
  const half = 2 * (hex % lattice.columns) + (row & 1)
  const dx = [1, 0, -1, -1, 0, 1][corner]
  const dy = [1, 2, 1, -1, -2, -1][corner]
  return (3 * row + dy + 2) * CORNER_STRIDE + (half + dx + 1)
}

const CORNER_STRIDE = 2 * lattice.columns + 4

export function cornerX(corner: number): number {
  return lattice.west + (((corner % CORNER_STRIDE) - 1) * WIDTH) / 2
}

export function cornerY(corner: number): number {
  return lattice.south + ((Math.floor(corner / CORNER_STRIDE) - 2) * lattice.side) / 2
}
