/** Whether a pair of columns holds longitude and latitude or eastings and northings, and which way round. */

export interface CoordinateEvidence {
  pairs: number
  degrees: number
  metres: number
  /** Pairs that make sense in Great Britain only with x and y exchanged. */
  swapped: number
  /** Pairs that lie in Great Britain as they stand. */
  upright: number
  /** Values with a comma inside the number, e.g. -1,2141. */
  comma: string
}

export function newCoordinateEvidence(): CoordinateEvidence {
  return { pairs: 0, degrees: 0, metres: 0, swapped: 0, upright: 0, comma: '' }
}

/** Adds one pair; commas are read as decimal commas here, because only the order of magnitude matters. */
export function weighCoordinates(evidence: CoordinateEvidence, xText: string, yText: string): void {
  for (const text of [xText, yText]) if (/^\s*[-+]?\d+,\d+\s*$/.test(text)) evidence.comma ||= text.trim()
  const x = numberOf(xText)
  const y = numberOf(yText)
  if (Number.isNaN(x) || Number.isNaN(y) || (x === 0 && y === 0)) return
  evidence.pairs++
  if (Math.abs(x) <= 180 && Math.abs(y) <= 180) {
    evidence.degrees++
    if (inBritain(x, y)) evidence.upright++
    else if (inBritain(y, x)) evidence.swapped++
    return
  }
  evidence.metres++
  // Northings beyond 700 km lie in the north of Scotland; eastings never do. Elsewhere the numbers cannot tell.
  if (x > 700_000 && x <= 1_300_000 && y >= 0 && y <= 700_000) evidence.swapped++
  else evidence.upright++
}

export function addCoordinateEvidence(into: CoordinateEvidence, more: CoordinateEvidence): void {
  into.pairs += more.pairs
  into.degrees += more.degrees
  into.metres += more.metres
  into.swapped += more.swapped
  into.upright += more.upright
  into.comma ||= more.comma
}

export function coordinatesOf(evidence: CoordinateEvidence): 'bng' | 'wgs84' | undefined {
  if (evidence.pairs === 0) return undefined
  return evidence.degrees > evidence.metres ? 'wgs84' : 'bng'
}

/** True when nine pairs in ten only fit exchanged. */
export function axesSwapped(evidence: CoordinateEvidence): boolean {
  return evidence.swapped > 0 && evidence.swapped >= 9 * evidence.upright
}

export function inBritain(longitude: number, latitude: number): boolean {
  return longitude >= -9.5 && longitude <= 2.5 && latitude >= 49 && latitude <= 61.5
}

function numberOf(text: string): number {
  const trimmed = text.trim().replace(',', '.')
  return /^[-+]?\d+(\.\d*)?$/.test(trimmed) ? Number(trimmed) : Number.NaN
}
