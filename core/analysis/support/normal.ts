/**
 * The standard normal distribution, accurate far into the tail, where z values of hotspots live. Rational
 * approximations of W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of
 * Computation 23 (1969), 631–637, in the form for the normal integral; relative error below 1e-15 up to |z| = 37.5,
 * beyond which the tail is under the smallest normal number.
 */

const CENTRE_P = [
  2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356, 0.06568233791820745,
]
const CENTRE_Q = [47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673]
const MIDDLE_P = [
  0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726,
  6848.190450536283, 11602.65143764735, 9842.714838383978, 1.0765576773720192e-8,
]
const MIDDLE_Q = [
  22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
]
const FAR_P = [
  0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934, 2.9112874951168793e-5,
  0.023073441764940174,
]
const FAR_Q = [
  1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5,
]
const SQRT_1_2PI = 0.3989422804014327
/** Below this the centre formula, up to √32 the middle one. */
const CENTRE = 0.67448975
const MIDDLE = 5.656854249492381

/** P(Z > z). NaN for NaN. */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) return Number.NaN
  const size = Math.abs(z)
  if (size <= CENTRE) return 0.5 - centre(z)
  // Beyond 40 the tail is below the smallest number there is.
  const tail = size <= MIDDLE ? middle(size) : size < 40 ? far(size) : 0
  return z > 0 ? tail : 1 - tail
}

/** P(Z ≤ z). */
export function normalLowerTail(z: number): number {
  return normalUpperTail(-z)
}

/** P(|Z| ≥ |z|): the two-sided p value of z. */
export function normalTwoSided(z: number): number {
  return Math.min(1, 2 * normalUpperTail(Math.abs(z)))
}

/** P(0 < Z ≤ z), negative for negative z. */
function centre(z: number): number {
  const square = z * z
  let top = CENTRE_P[4] * square
  let bottom = square
  for (let i = 0; i < 3; i++) {
    top = (top + CENTRE_P[i]) * square
    bottom = (bottom + CENTRE_Q[i]) * square
  }
  return (z * (top + CENTRE_P[3])) / (bottom + CENTRE_Q[3])
}

function middle(size: number): number {
  let top = MIDDLE_P[8] * size
  let bottom = size
  for (let i = 0; i < 7; i++) {
    top = (top + MIDDLE_P[i]) * size
    bottom = (bottom + MIDDLE_Q[i]) * size
  }
  return bell(size) * ((top + MIDDLE_P[7]) / (bottom + MIDDLE_Q[7]))
}

function far(size: number): number {
  const square = 1 / (size * size)
  let top = FAR_P[5] * square
  let bottom = square
  for (let i = 0; i < 4; i++) {
    top = (top + FAR_P[i]) * square
    bottom = (bottom + FAR_Q[i]) * square
  }
  const series = (square * (top + FAR_P[4])) / (bottom + FAR_Q[4])
  return (bell(size) * (SQRT_1_2PI - series)) / size
}

/** exp(−size²/2), the square split so that its rounding does not reach the exponent. */
function bell(size: number): number {
  const coarse = Math.trunc(size * 16) / 16
  const rest = (size - coarse) * (size + coarse)
  return Math.exp(-coarse * coarse * 0.5) * Math.exp(-rest * 0.5)
}
