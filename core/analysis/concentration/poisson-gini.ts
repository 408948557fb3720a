/**
 * Gini coefficient of Poisson counts with this mean: what concentration chance alone makes of incidents that fall
 * anywhere alike. G₀ = e^(−2λ)·(I₀(2λ) + I₁(2λ)), summed as Σ p(k)² + Σ p(k)·p(k + 1). NaN for a mean that is not
 * above 0. Cost: about 20·√λ terms.
 */
export function poissonGini(mean: number): number {
  if (!(mean > 0 && Number.isFinite(mean))) return Number.NaN
  // Relative to the mode, so that nothing underflows; the probabilities are then made to add up to 1.
  const mode = Math.floor(mean)
  const reach = Math.ceil(12 * Math.sqrt(mean) + 40)
  const from = Math.max(0, mode - reach)
  const p = new Float64Array(mode + reach - from + 1)
  p[mode - from] = 1
  for (let k = mode + 1; k <= mode + reach; k++) p[k - from] = (p[k - 1 - from] * mean) / k
  for (let k = mode - 1; k >= from; k--) p[k - from] = (p[k + 1 - from] * (k + 1)) / mean
  let whole = 0
  let sum = 0
  for (let k = 0; k < p.length; k++) {
    whole += p[k]
    sum += p[k] * p[k] + (k + 1 < p.length ? p[k] * p[k + 1] : 0)
  }
  return sum / (whole * whole)
}

/**
 * Concentration beyond chance: (A − A₀)/(A_max − A₀) with A the area under the curve of shares, A₀ that of Poisson
 * counts, A_max = 1 − 0.5/N; the same as (G − G₀)/(1 − 1/N − G₀). 0 = as chance would have it, 1 = all in one unit.
 */
export function giniBeyondChance(gini: number, units: number, total: number): number {
  const chance = poissonGini(total / units)
  const most = 1 - 1 / units - chance
  return most > 0 ? (gini - chance) / most : Number.NaN
}
