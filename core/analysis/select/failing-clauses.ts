import type { ClauseTest, PlaceTest, RangeTest, TableTest } from './compile-filter.ts'

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
  const { values, bit } = test
  const low = test.from
  const high = test.to
  for (let row = from; row < to; row++) {
    const value = values[row]
    if (value < low || value >= high) fail[row - from] |= bit
  }
}

function failTable(test: TableTest, from: number, to: number, fail: Uint8Array): void {
  const { codes, shift, fails } = test
  // A look-up instead of a branch: a random pass-or-fail would be mispredicted half the time.
  for (let row = from; row < to; row++) fail[row - from] |= fails[codes[row] + shift]
}

function failPlace(test: PlaceTest, from: number, to: number, fail: Uint8Array): void {
  const { x, y, bit, polygon } = test
  const { start, edges, ends, perMetre } = polygon
  const [west, south, east, north] = polygon.box
  const last = polygon.strips - 1
  for (let row = from; row < to; row++) {
    const px = x[row]
    const py = y[row]
    // Written so that NaN (no place) fails.
    if (!(px >= west && px < east && py >= south && py < north)) {
      fail[row - from] |= bit
      continue
    }
    const strip = Math.min(last, Math.floor((py - south) * perMetre))
    let crossings = 0
    for (let at = start[strip]; at < start[strip + 1]; at++) {
      const edge = edges[at]
      const y0 = ends[edge + 1]
      const y1 = ends[edge + 3]
      if (py < y0 || py >= y1) continue
      const x0 = ends[edge]
      // `leftOfEdge` of space/polygon.ts, written out: the same sum, so the same answer to the last bit.
      if ((ends[edge + 2] - x0) * (py - y0) - (px - x0) * (y1 - y0) > 0) crossings ^= 1
    }
    if (crossings === 0) fail[row - from] |= bit
  }
}
