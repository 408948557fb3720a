import { poissonUpperTail } from '../support/distributions/poisson.ts'
import { type Bands, bandOf } from './bands.ts'

/** Knox tables with their open bands: rows of distance bands, columns of time bands, row by row. */
export interface KnoxTables {
  readonly rows: number
  readonly columns: number
  /** The data, then each permutation. */
  readonly tables: readonly Float64Array[]
  /** Pairs in each distance band and in each time band, whatever the other; all pairs. */
  readonly rowSums: Float64Array
  readonly columnSums: Float64Array
  readonly pairs: number
}

/**
 * Adds the bands beyond the last break to counts of the finite ones: how many pairs lie in a band of distance, or of
 * time, does not change when dates are exchanged, so what is not in the finite bands is beyond.
 *
 * @param counts finite tables one after another, `pairsOfBand` pairs in each finite distance band
 */
export function completeTables(
  counts: readonly Float64Array[],
  pairsOfBand: Float64Array,
  day: Uint16Array,
  span: number,
  spatial: Bands,
  temporal: Bands,
): KnoxTables {
  const rows = spatial.finite + 1
  const columns = temporal.finite + 1
  const pairs = (day.length * (day.length - 1)) / 2
  const columnSums = pairsByDays(day, span, temporal, pairs)
  const rowSums = new Float64Array(rows)
  rowSums.set(pairsOfBand)
  rowSums[rows - 1] = pairs - pairsOfBand.reduce((sum, each) => sum + each, 0)
  const size = spatial.finite * temporal.finite
  const tables: Float64Array[] = []
  for (const held of counts)
    for (let at = 0; at < held.length; at += size) {
      const table = new Float64Array(rows * columns)
      for (let r = 0; r < rows; r++) table[r * columns + columns - 1] = rowSums[r]
      for (let c = 0; c < columns - 1; c++) {
        let within = 0
        for (let r = 0; r < rows - 1; r++) {
          const count = held[at + r * temporal.finite + c]
          table[r * columns + c] = count
          table[r * columns + columns - 1] -= count
          within += count
        }
        table[(rows - 1) * columns + c] = columnSums[c] - within
        table[rows * columns - 1] -= columnSums[c] - within
      }
      tables.push(table)
    }
  return { rows, columns, tables, rowSums, columnSums, pairs }
}

/** Pairs of incidents in each band of days apart, from how many there are on each day. */
function pairsByDays(day: Uint16Array, span: number, temporal: Bands, pairs: number): Float64Array {
  const perDay = new Float64Array(span + 1)
  for (let k = 0; k < day.length; k++) perDay[day[k]]++
  const sums = new Float64Array(temporal.finite + 1)
  sums[temporal.finite] = pairs
  for (let apart = 0; apart <= span; apart++) {
    const band = bandOf(temporal, apart)
    if (band === temporal.finite) break
    let sum = 0
    if (apart === 0) for (let d = 0; d <= span; d++) sum += (perDay[d] * (perDay[d] - 1)) / 2
    else for (let d = 0; d + apart <= span; d++) sum += perDay[d] * perDay[d + apart]
    sums[band] += sum
    sums[temporal.finite] -= sum
  }
  return sums
}

/** A band of pairs this share of all pairs or more is too many for rare, independent pairs. */
const RARE = 0.01

/** What the permutations say of each band, in the order of the tables. */
export interface KnoxFigures {
  readonly observed: Float64Array
  readonly expectedMean: Float64Array
  readonly expectedMedian: Float64Array
  readonly expectedMargins: Float64Array
  readonly ratioMean: Float64Array
  readonly ratioMedian: Float64Array
  readonly pValue: Float64Array
  readonly poissonP: Float64Array
}

/**
 * Expected, ratio and p of each band. NaN: ratios where nothing is expected; mean, median and p without permutations;
 * what follows from the margins when dates were exchanged within groups; the Poisson p where pairs are not rare.
 */
export function knoxFigures(
  { tables, rowSums, columnSums, pairs, columns }: KnoxTables,
  restricted: boolean,
): KnoxFigures {
  const [observed, ...permuted] = tables
  const size = observed.length
  const blank = (): Float64Array => new Float64Array(size).fill(Number.NaN)
  const figures = {
    observed,
    expectedMean: blank(),
    expectedMedian: blank(),
    expectedMargins: blank(),
    ratioMean: blank(),
    ratioMedian: blank(),
    pValue: blank(),
    poissonP: blank(),
  }
  const values = new Float64Array(permuted.length)
  for (let cell = 0; cell < size; cell++) {
    if (!restricted) {
      const expected = (rowSums[Math.floor(cell / columns)] * columnSums[cell % columns]) / pairs
      figures.expectedMargins[cell] = expected
      if (expected > 0 && expected < RARE * pairs)
        figures.poissonP[cell] = poissonUpperTail(observed[cell], expected)
    }
    if (permuted.length === 0) continue
    let sum = 0
    let reached = 0
    for (let k = 0; k < permuted.length; k++) {
      values[k] = permuted[k][cell]
      sum += values[k]
      if (values[k] >= observed[cell]) reached++
    }
    const mean = sum / permuted.length
    const median = medianOf(values.toSorted())
    figures.expectedMean[cell] = mean
    figures.expectedMedian[cell] = median
    figures.ratioMean[cell] = mean > 0 ? observed[cell] / mean : Number.NaN
    figures.ratioMedian[cell] = median > 0 ? observed[cell] / median : Number.NaN
    figures.pValue[cell] = (reached + 1) / (permuted.length + 1)
  }
  return figures
}

function medianOf(sorted: Float64Array): number {
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
