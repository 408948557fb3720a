import type { ClauseTest, PlaceTest, RangeTest, TableTest } from './compile-filter.ts'
import { crossings, INSIDE, OUTSIDE, RASTER } from './polygon-test.ts'

/**
 * For the incidents [from, to): `fail[i]` becomes the OR of the bits of every clause that incident `from + i` fails;
 * 0 means it is in the selection. Column by column, so that each loop streams one array. Allocates nothing.
 */
export function failingClauses(
  tests: readonly ClauseTest[],
  from: number,
  to: number,
  fail: Uint8Array,
): void {
  fail.fill(0, 0, to - from)
  for (const test of tests) {
    if (test.kind === 'range') failRange(test, from, to, fail)
    else if (test.kind === 'table') failTable(test, from, to, fail)
    else failPlace(test, from, to, fail)
  }
}

function failRange(test: RangeTest, from: number, to: number, fail: Uint8Array): void {
  const { values, bit, from: low } = test
  const last = test.to - 1
  // The sign of either difference, spread over all bits: no branch to mispredict. Exact while low and last lie within
  // ±2³⁰ (see `period` in compile-filter.ts): of a value outside at least one difference keeps its sign in 32 bits.
  for (let row = from; row < to; row++) {
    const value = values[row]
    fail[row - from] |= (((value - low) | (last - value)) >> 31) & bit
  }
}

function failTable(test: TableTest, from: number, to: number, fail: Uint8Array): void {
  const { codes, shift, fails } = test
  // A look-up instead of a branch: a random pass-or-fail would be mispredicted half the time.
  for (let row = from; row < to; row++) fail[row - from] |= fails[codes[row] + shift]
}

function failPlace(test: PlaceTest, from: number, to: number, fail: Uint8Array): void {
  const { x, y, bit, polygon } = test
  const { raster, columnsPerMetre, stripsPerMetre } = polygon
  const [west, south, east, north] = polygon.box
  for (let row = from; row < to; row++) {
    const px = x[row]
    const py = y[row]
    // Written so that NaN (no place) fails.
    if (!(px >= west && px < east && py >= south && py < north)) {
      fail[row - from] |= bit
      continue
    }
    const strip = Math.min(RASTER - 1, Math.floor((py - south) * stripsPerMetre))
    const column = Math.min(RASTER - 1, Math.floor((px - west) * columnsPerMetre))
    const square = raster[strip * RASTER + column]
    if (square === INSIDE) continue
    if (square === OUTSIDE || crossings(polygon, strip, px, py) === 0) fail[row - from] |= bit
  }
}
