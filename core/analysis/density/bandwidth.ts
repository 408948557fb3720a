import { InputError } from '#core/contract/problem.ts'
import type { Kernel } from './density-band.ts'

/** A quartic of support radius √8·σ has the standard deviation σ on each axis. */
const QUARTIC_RADIUS = Math.sqrt(8)

/**
 * Bandwidth by the robust rule of Silverman (1986, eq. 3.31): per axis σ = 0.9·min(sd, IQR/1.34)·n^(−1/5), the mean of
 * both axes; a gaussian takes it as its standard deviation, a quartic of the same standard deviation has the radius
 * √8·σ. sd has n − 1 below; quartiles are those of R's type 7. An axis whose quartiles coincide goes by its sd.
 *
 * @param x eastings and `y` northings in metres; `mask` 1 = in; places without coordinates are left out
 * @returns metres, unrounded
 * @throws InputError E-MTH-BANDWIDTH when there are fewer than two places, or all are one
 * Cost: sorts both axes, O(n log n); 16 bytes an incident.
 */
export function bandwidthByRule(x: Float64Array, y: Float64Array, mask: Uint8Array, kernel: Kernel): number {
  let n = 0
  for (let i = 0; i < x.length; i++) if (mask[i] !== 0 && Number.isFinite(x[i]) && Number.isFinite(y[i])) n++
  const easting = new Float64Array(n)
  const northing = new Float64Array(n)
  let at = 0
  for (let i = 0; i < x.length; i++)
    if (mask[i] !== 0 && Number.isFinite(x[i]) && Number.isFinite(y[i])) {
      easting[at] = x[i]
      northing[at++] = y[i]
    }
  const sigma = n < 2 ? 0 : (spread(easting.sort()) + spread(northing.sort())) / 2
  if (!(sigma > 0))
    throw new InputError(
      'E-MTH-BANDWIDTH',
      'No bandwidth can be worked out: fewer than two different places are selected.',
      { cure: 'Give the bandwidth in metres, or select more incidents.' },
    )
  const deviation = 0.9 * sigma * n ** -0.2
  return kernel === 'gaussian' ? deviation : QUARTIC_RADIUS * deviation
}

/** min(sd, IQR/1.34) of sorted values. */
function spread(sorted: Float64Array): number {
  const n = sorted.length
  let mean = 0
  for (let i = 0; i < n; i++) mean += (sorted[i] - mean) / (i + 1)
  let squares = 0
  for (let i = 0; i < n; i++) squares += (sorted[i] - mean) * (sorted[i] - mean)
  const sd = Math.sqrt(squares / (n - 1))
  const robust = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34
  return robust > 0 ? Math.min(sd, robust) : sd
}

function quantile(sorted: Float64Array, p: number): number {
  const h = (sorted.length - 1) * p
  const low = Math.floor(h)
  const high = Math.min(sorted.length - 1, low + 1)
  return sorted[low] + (h - low) * (sorted[high] - sorted[low])
}
