/**
 * Standard deviational ellipse. Σw = n incidents, Sxx, Syy, Sxy the sums of squares and products about the mean
 * centre, λ₁ ≥ λ₂ the eigenvalues of [Sxx Sxy; Sxy Syy]:
 *   half axes √(2λ/(n − 2)) as CrimeStat has them (corrected by √2 and n − 2), or √(λ/n) plain (Lefever 1926).
 * Angle: of the long axis, degrees clockwise from north, 0 ≤ angle < 180.
 *
 * NaN where undefined: CrimeStat's with two incidents or fewer; the angle of a circle or a spot.
 *
 * @see Levine (2015) CrimeStat IV, chapter 4; Yuill (1971) Geografiska Annaler B 53, 28–39.
 */
import type { Position } from '#core/contract/geometry.ts'

export type EllipseRule = 'crimestat' | 'plain'

export interface StandardEllipse {
  readonly n: number
  readonly x: number
  readonly y: number
  /** Metres, half of each axis. */
  readonly semiMajor: number
  readonly semiMinor: number
  readonly angle: number
  /** √(Σw·d²/(n − 2)) or √(Σw·d²/n), metres. */
  readonly standardDistance: number
}

/**
 * @param x eastings and `y` northings, metres
 * @param weight incidents (or harm, scaled so that they add up to the number of incidents) at each place
 * @param places which of them to take; all when left out
 */
export function standardEllipse(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weight: ArrayLike<number>,
  rule: EllipseRule,
  places: ArrayLike<number> = Array.from({ length: x.length }, (_, i) => i),
): StandardEllipse {
  let [n, sumX, sumY] = [0, 0, 0]
  // Relative to the first place: national-grid coordinates squared would cost seven digits.
  const [x0, y0] = places.length > 0 ? [x[places[0]], y[places[0]]] : [Number.NaN, Number.NaN]
  for (let k = 0; k < places.length; k++) {
    const i = places[k]
    n += weight[i]
    sumX += weight[i] * (x[i] - x0)
    sumY += weight[i] * (y[i] - y0)
  }
  const [mx, my] = [sumX / n, sumY / n]
  let [sxx, syy, sxy] = [0, 0, 0]
  for (let k = 0; k < places.length; k++) {
    const i = places[k]
    const dx = x[i] - x0 - mx
    const dy = y[i] - y0 - my
    sxx += weight[i] * dx * dx
    syy += weight[i] * dy * dy
    sxy += weight[i] * dx * dy
  }
  const half = (sxx + syy) / 2
  const apart = Math.hypot((sxx - syy) / 2, sxy)
  const divisor = rule === 'crimestat' ? n - 2 : n
  const scale = divisor > 0 ? (rule === 'crimestat' ? 2 : 1) / divisor : Number.NaN
  // Direction of the long axis from east, counter-clockwise, turned to clockwise from north.
  const fromEast = (Math.atan2(2 * sxy, sxx - syy) / 2) * (180 / Math.PI)
  return {
    n,
    x: x0 + mx,
    y: y0 + my,
    semiMajor: Math.sqrt(scale * (half + apart)),
    semiMinor: Math.sqrt(scale * Math.max(0, half - apart)),
    angle: apart > 1e-12 * half ? (((90 - fromEast) % 180) + 180) % 180 : Number.NaN,
    standardDistance: divisor > 0 ? Math.sqrt((sxx + syy) / divisor) : Number.NaN,
  }
}

/** Corners of the ellipse, counter-clockwise, not closed, metres; none where it has no extent. */
export function ellipseRing(
  { x, y, semiMajor, semiMinor, angle }: StandardEllipse,
  corners = 48,
): Position[] {
  if (!(semiMajor > 0 && semiMinor > 0)) return []
  const turn = ((90 - (Number.isNaN(angle) ? 0 : angle)) * Math.PI) / 180
  return Array.from({ length: corners }, (_, k): Position => {
    const at = (2 * Math.PI * k) / corners
    const along = semiMajor * Math.cos(at)
    const across = semiMinor * Math.sin(at)
    return [
      x + along * Math.cos(turn) - across * Math.sin(turn),
      y + along * Math.sin(turn) + across * Math.cos(turn),
    ]
  })
}
