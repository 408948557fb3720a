import { negativeBinomialProbability } from '../support/distributions/negative-binomial.ts'
import { poissonProbability } from '../support/distributions/poisson.ts'
import { type Random, randomUnit } from '../support/random.ts'

/**
 * Draws counts with a given mean and variance mean × dispersion: Poisson for a dispersion of 1, negative binomial of
 * size mean/(dispersion − 1) above. By its table of probabilities, exact to 1e-12.
 *
 * @param dispersion at least 1
 */
export function countSampler(mean: number, dispersion: number): (random: Random) => number {
  if (!(mean > 0)) return () => 0
  const deviation = Math.sqrt(mean * dispersion)
  const first = Math.max(0, Math.floor(mean - 12 * deviation))
  const last = Math.ceil(mean + 12 * deviation + 40 * dispersion)
  const below = new Float64Array(last - first + 1)
  let sum = 0
  for (let k = first; k <= last; k++) {
    sum +=
      dispersion > 1
        ? negativeBinomialProbability(k, mean, mean / (dispersion - 1))
        : poissonProbability(k, mean)
    below[k - first] = sum
  }
  return (random) => {
    const u = randomUnit(random) * sum
    let low = 0
    let high = below.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (below[middle] > u) high = middle
      else low = middle + 1
    }
    return first + low
  }
}
