import { InputError } from '#core/contract/problem.ts'

/** Bands of distance or of days, and a last one beyond them. */
export interface Bands {
  /** Lower and upper edge of each band; the last band has no upper edge (NaN). */
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Says the interval that was used: “100 to under 200 m”. */
  readonly labels: readonly string[]
  /** Bands with an upper edge. */
  readonly finite: number
  readonly closed: 'left' | 'right'
  /** For `bandOf`: upper edges of the finite bands. */
  readonly edges: readonly number[]
}

/**
 * Bands between breaks. From the first of them on nothing is left out: a first break above 0 is the upper edge of a
 * band that begins at 0.
 *
 * @param closed `left` for [a, b), `right` for (a, b] with 0 in the first band
 * @param samePlace when given, a band of its own for what lies nearer than this many metres (0: at exactly the same place)
 * @throws InputError E-NRP-BANDS
 */
export function bandsOf(
  breaks: readonly number[],
  unit: string,
  closed: 'left' | 'right',
  samePlace: number | null = null,
): Bands {
  const uppers = breaks.filter((edge) => edge > 0)
  const start = samePlace ?? 0
  if (uppers.length === 0 || !uppers.every((edge, k) => edge > (k === 0 ? start : uppers[k - 1])))
    throw new InputError(
      'E-NRP-BANDS',
      uppers.length === 0
        ? 'Bands need at least one break above 0.'
        : `Breaks must rise, and the first must be above ${start} ${unit}.`,
      { cure: `Give breaks such as 100, 200, 400 (${unit}).` },
    )
  const edges = samePlace === null ? uppers : [nearestEdge(samePlace, closed), ...uppers]
  const lowers = samePlace === null ? [0, ...uppers] : [0, samePlace, ...uppers]
  return {
    from: lowers,
    to: [...lowers.slice(1), Number.NaN],
    labels: lowers.map((from, k) => {
      if (samePlace !== null && k === 0) return samePlaceLabel(samePlace, unit, closed)
      return label(from, lowers[k + 1], unit, closed, k === 0)
    }),
    finite: edges.length,
    closed,
    edges,
  }
}

/** Number of the band; `bands.finite` beyond them all. */
export function bandOf(bands: Bands, value: number): number {
  const { edges, closed } = bands
  for (let k = 0; k < edges.length; k++)
    if (closed === 'left' ? value < edges[k] : value <= edges[k]) return k
  return edges.length
}

/** Band of each whole number of days 0 … span. */
export function bandOfDays(bands: Bands, span: number): Uint8Array {
  return Uint8Array.from({ length: span + 1 }, (_, days) => bandOf(bands, days))
}

/** Below the smallest number above 0 lies only 0. */
function nearestEdge(samePlace: number, closed: 'left' | 'right'): number {
  return samePlace === 0 && closed === 'left' ? Number.MIN_VALUE : samePlace
}

function samePlaceLabel(samePlace: number, unit: string, closed: 'left' | 'right'): string {
  if (samePlace === 0) return 'Same place'
  return closed === 'left'
    ? `Same place (under ${samePlace} ${unit})`
    : `Same place (up to ${samePlace} ${unit})`
}

function label(
  from: number,
  to: number | undefined,
  unit: string,
  closed: 'left' | 'right',
  first: boolean,
): string {
  if (closed === 'left') {
    const begins = from === 0 && !first ? 'over 0' : `${from}`
    return to === undefined ? `${from} ${unit} or more` : `${begins} to under ${to} ${unit}`
  }
  if (to === undefined) return `over ${from} ${unit}`
  return `${first ? '' : 'over '}${from} to ${to} ${unit}`
}
