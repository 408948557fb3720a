/**
 * Local Moran's I. z_i = x_i − x̄, m₂ = Σz²/n, lag_i = Σ_j w_ij z_j, W_i = Σ_j w_ij, W²_i = Σ_j w_ij²:
 *   I_i = z_i·lag_i / m₂
 * conditional (the place keeps its value, Sokal 1998):
 *   E = −z_i²·W_i/((n − 1)·m₂),  V = (z_i/m₂)²·(n/(n − 2))·(W²_i − W_i²/(n − 1))·(m₂ − z_i²/(n − 1))
 * total (all values fall anywhere, Anselin 1995), b₂ = (Σz⁴/n)/m₂²:
 *   E = −W_i/(n − 1),  V = W²_i·(n − b₂)/(n − 1) + (W_i² − W²_i)·(2b₂ − n)/((n − 1)(n − 2)) − E²
 *
 * Weights: 1/number of neighbours (`byRow`), or 1. NaN where undefined: no neighbour, all values equal, no variance.
 *
 * @see Anselin (1995) Geographical Analysis 27, 93–115; Sokal, Oden and Thomson (1998) Geographical Analysis 30, 331–354.
 * Equal to spdep `localmoran` (1.2.7).
 */
import type { NeighbourSums } from '../hotspot/gistar-values.ts'

export interface LocalMoran {
  readonly i: Float64Array
  readonly z: Float64Array
  /** The place against the mean, then its neighbours against it: HH, LH, LL, HL; '' where undefined. */
  readonly quadrant: string[]
}

export function localMoranValues(
  values: ArrayLike<number>,
  { degree, sum }: NeighbourSums,
  byRow: boolean,
  conditional: boolean,
): LocalMoran {
  const n = values.length
  let mean = 0
  let varies = false
  for (let k = 0; k < n; k++) {
    mean += values[k]
    if (values[k] !== values[0]) varies = true
  }
  mean /= n
  let m2 = 0
  let m4 = 0
  for (let k = 0; k < n; k++) {
    const square = (values[k] - mean) ** 2
    m2 += square / n
    m4 += (square * square) / n
  }
  const b2 = m4 / (m2 * m2)
  const i = new Float64Array(n).fill(Number.NaN)
  const z = new Float64Array(n).fill(Number.NaN)
  const quadrant = new Array<string>(n).fill('')
  if (!varies || n < 3) return { i, z, quadrant }
  for (let k = 0; k < n; k++) {
    if (degree[k] === 0) continue
    const own = values[k] - mean
    const total = sum[k] - degree[k] * mean
    const lag = byRow ? total / degree[k] : total
    const w = byRow ? 1 : degree[k]
    const w2 = byRow ? 1 / degree[k] : degree[k]
    i[k] = (own * lag) / m2
    // As pysal: exactly at the mean is low.
    quadrant[k] = `${own > 0 ? 'H' : 'L'}${lag > 0 ? 'H' : 'L'}`
    const expected = conditional ? -(own * own * w) / ((n - 1) * m2) : -w / (n - 1)
    const variance = conditional
      ? (own / m2) ** 2 * (n / (n - 2)) * (w2 - (w * w) / (n - 1)) * (m2 - (own * own) / (n - 1))
      : (w2 * (n - b2)) / (n - 1) + ((w * w - w2) * (2 * b2 - n)) / ((n - 1) * (n - 2)) - expected * expected
    // With all others for neighbours the lag is fixed, and the variance no more than rounding.
    if (variance > 0 && degree[k] < n - 1) z[k] = (i[k] - expected) / Math.sqrt(variance)
  }
  return { i, z, quadrant }
}
