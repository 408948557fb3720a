/**
 * The gamma function and the gamma distribution with scale 1, to about 1e-13 relative in both tails down to the
 * smallest numbers there are. Densities are put together from Loader's deviance parts, in which the large terms have
 * cancelled on paper; a power times an exponential over a gamma function would lose a digit for every tenfold.
 *
 * @see Loader, C. (2000) Fast and accurate computation of binomial probabilities; Didonato and Morris (1986) ACM
 *      Transactions on Mathematical Software 12, 377–393. Checked against R's lgamma, dgamma, pgamma and qgamma.
 */
import { rootOf } from './root.ts'

const HALF_LOG_2PI = 0.9189385332046727
/** 1 − Euler's constant. */
const ONE_LESS_EULER = 0.42278433509846713
const EPSILON = 1.1e-16
/** Quantiles below the smallest normal number are 0. */
const SMALLEST = 2.3e-308

/** ζ(k) − 1 for k = 2 … 41: Σ n^−k from 2, small n last. */
const ZETA_LESS_1 = Float64Array.from({ length: 40 }, (_, at) => {
  const k = at + 2
  const far = 1000
  // Euler and Maclaurin for the terms from `far` on.
  let sum = far ** (1 - k) / (k - 1) + far ** -k / 2 + (k * far ** (-k - 1)) / 12
  for (let n = far - 1; n >= 2; n--) sum += n ** -k
  return sum
})

/** ln Γ(2 + a) for |a| ≤ ½, accurate also where it is near 0. */
function logGammaBy2(a: number): number {
  let sum = 0
  for (let at = 39; at >= 0; at--) sum = sum * -a + ZETA_LESS_1[at] / (at + 2)
  return a * ONE_LESS_EULER + a * a * sum
}

/** ln Γ(1 + a) for |a| ≤ ½. */
function logGammaBy1(a: number): number {
  return logGammaBy2(a) - Math.log1p(a)
}

/** ln Γ(x) − [(x − ½)·ln x − x + ½·ln 2π], x > 0: the error of Stirling's formula. */
export function stirlingRest(x: number): number {
  if (x < 10) return logGamma(x) - ((x - 0.5) * Math.log(x) - x + HALF_LOG_2PI)
  const r = 1 / (x * x)
  return (
    (1 / 12 -
      r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360 - r / 156)))))) /
    x
  )
}

/** ln Γ(x), x > 0; NaN otherwise, Infinity at Infinity. */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  if (x >= 10) return x === Infinity ? Infinity : (x - 0.5) * Math.log(x) - x + HALF_LOG_2PI + stirlingRest(x)
  if (x < 0.5) return logGammaBy1(x) - Math.log(x)
  if (x < 1.5) return logGammaBy1(x - 1)
  let product = 1
  let rest = x
  while (rest > 2.5) {
    rest -= 1
    product *= rest
  }
  return logGammaBy2(rest - 2) + Math.log(product)
}

/** x·ln(x/m) + m − x without cancellation, x ≥ 0, m > 0: half the deviance of a Poisson count x of mean m. */
export function halfDeviance(x: number, m: number): number {
  if (x === 0) return m
  const v = (x - m) / (x + m)
  if (Math.abs(v) > 0.5) return x * Math.log(x / m) + m - x
  let sum = (x - m) * v
  let power = 2 * x * v
  for (let j = 1; j < 100; j++) {
    power *= v * v
    const next = sum + power / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}

/** m^x·e^−m / Γ(x + 1), x ≥ 0 and not always whole, m > 0. */
export function poissonTerm(x: number, m: number): number {
  if (x === 0) return Math.exp(-m)
  // Below the smallest x that has a Stirling form of use, the plain formula has nothing to cancel.
  if (x < 0.5 && m < 10) return Math.exp(x * Math.log(m) - m - logGammaBy1(x))
  return Math.exp(-stirlingRest(x) - halfDeviance(x, m)) / Math.sqrt(2 * Math.PI * x)
}

/** Density at x > 0 of the gamma distribution with this shape and scale 1. */
export function gammaDensity(x: number, shape: number): number {
  if (!(x >= 0 && shape > 0)) return Number.NaN
  return x === 0 ? (shape < 1 ? Infinity : shape === 1 ? 1 : 0) : (poissonTerm(shape, x) * shape) / x
}

/**
 * P(shape, x), the regularised lower incomplete gamma function: P(X ≤ x) of the gamma distribution with scale 1.
 * NaN for shape ≤ 0 or x < 0. Cost: about 6·√shape terms near x = shape, fewer elsewhere.
 */
export function gammaLowerTail(x: number, shape: number): number {
  if (!(x >= 0 && shape > 0)) return Number.NaN
  if (x === 0) return 0
  if (x === Infinity) return 1
  return x <= Math.max(1, shape) ? lowerSeries(x, shape) : 1 - upperFraction(x, shape)
}

/** Q(shape, x) = 1 − P(shape, x), accurate where it is small. */
export function gammaUpperTail(x: number, shape: number): number {
  if (!(x >= 0 && shape > 0)) return Number.NaN
  if (x === 0) return 1
  if (x === Infinity) return 0
  if (x > Math.max(1, shape)) return upperFraction(x, shape)
  return x <= 1 && shape < 1 ? upperOfSmall(x, shape) : 1 - lowerSeries(x, shape)
}

/** The x with P(shape, x) = p. NaN outside [0, 1]. */
export function gammaQuantile(p: number, shape: number): number {
  return quantile(p, 1 - p, shape)
}

/** The x with Q(shape, x) = q: exact for small q, where 1 − q would lose it. */
export function gammaUpperQuantile(q: number, shape: number): number {
  return quantile(1 - q, q, shape)
}

function quantile(p: number, q: number, shape: number): number {
  if (!(p >= 0 && q >= 0 && shape > 0)) return Number.NaN
  if (p === 0) return 0
  if (q === 0) return Infinity
  const start = Math.log(shape)
  const x = Math.exp(
    p <= q
      ? rootOf((u) => Math.log(gammaLowerTail(Math.exp(u), shape)) - Math.log(p), start)
      : rootOf((u) => Math.log(q) - Math.log(gammaUpperTail(Math.exp(u), shape)), start),
  )
  return x < SMALLEST ? 0 : x
}

/** Σ x^k / ((a + 1)…(a + k)) times the leading term: all positive. */
function lowerSeries(x: number, a: number): number {
  let sum = 1
  let term = 1
  for (let k = 1; term > EPSILON * sum; k++) {
    term *= x / (a + k)
    sum += term
  }
  return poissonTerm(a, x) * sum
}

/** Q for x ≤ 1 and a < 1, where P may be so near 1 that 1 − P has no digit left. */
function upperOfSmall(x: number, a: number): number {
  let sum = 0
  let power = 1
  for (let n = 1; n < 60; n++) {
    power *= -x / n
    const term = (a * power) / (a + n)
    sum += term
    if (Math.abs(term) < EPSILON * Math.abs(sum)) break
  }
  const leading = Math.expm1(a * Math.log(x) - (a <= 0.5 ? logGammaBy1(a) : logGammaBy2(a - 1)))
  return -(sum + leading + sum * leading)
}

/** Continued fraction of Q for x > a, by Lentz's rule. */
function upperFraction(x: number, a: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let i = 1; i < 1e8; i++) {
    const an = i * (a - i)
    b += 2
    d = an * d + b
    c = b + an / c
    if (d === 0) d = 1e-300
    if (c === 0) c = 1e-300
    d = 1 / d
    const step = c * d
    h *= step
    if (Math.abs(step - 1) < EPSILON * 2) break
  }
  return poissonTerm(a, x) * a * h
}
