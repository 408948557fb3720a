/**
 * The standard deviation with the highest value of a criterion. NaN when the highest is the first or the last tried,
 * for then there is no best one, only a direction. With `refined` the top of the parabola through it and its two
 * neighbours, over log σ. Values that are not finite are passed over.
 */
export function bestDeviation(deviations: Float64Array, values: Float64Array, refined: boolean): number {
  let best = -1
  for (let k = 0; k < values.length; k++)
    if (Number.isFinite(values[k]) && (best < 0 || values[k] > values[best])) best = k
  if (best <= 0 || best === values.length - 1) return Number.NaN
  const at = Math.log(deviations[best])
  const left = Math.log(deviations[best - 1]) - at
  const right = Math.log(deviations[best + 1]) - at
  const down = values[best - 1] - values[best]
  const up = values[best + 1] - values[best]
  if (!refined) return deviations[best]
  // Beyond the range of a criterion its neighbour may be without a value.
  if (!(Number.isFinite(down) && Number.isFinite(up))) return deviations[best]
  const slope = (up / right) * -left + (down / left) * right
  const bend = (up / right - down / left) / (right - left)
  const shift = bend < 0 ? -slope / (right - left) / (2 * bend) : 0
  return Math.exp(at + shift)
}
