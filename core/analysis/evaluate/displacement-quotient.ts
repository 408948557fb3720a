import type { Counts } from './weighted-difference.ts'

export interface DisplacementFigures {
  /** Rb − Ra: negative when the treated places rose. */
  readonly grossEffect: number
  /** Rb/Cb − Ra/Ca. */
  readonly netEffect: number
  /** Ra/Ca − Rb/Cb: negative when treated places fared better. */
  readonly successMeasure: number
  /** Da/Ca − Db/Cb: positive when the surroundings fared worse. */
  readonly bufferMeasure: number
  /** NaN where a ratio is undefined or the success measure is not negative. */
  readonly quotient: number
  readonly totalNetEffect: number
  /** The quotient in plain words. */
  readonly reading: string
}

/**
 * Weighted displacement quotient and net effects of the POP Center, R treated, C comparison, D around treated, b and
 * a before and after:
 *
 *     WDQ = (Da/Ca − Db/Cb) / (Ra/Ca − Rb/Cb)
 *     TNE = [Rb·(Ca/Cb) − Ra] + [Db·(Ca/Cb) − Da]
 *
 * Undefined where a comparison count is 0 (no constant is added), and not read unless the treated places fared better
 * than the comparison: NaN then, with the reason in `reading`. Ratios of counts in one period need no time weights;
 * the gross effect is of the counts as given.
 *
 * @see Bowers and Johnson (2003) Journal of Quantitative Criminology 19, 275–301; Guerette (2009) POP Guide 10, App. B.
 */
export function displacementQuotient({ treated, control, treatedBuffer }: Counts): DisplacementFigures {
  const [rb, ra] = treated
  const [cb, ca] = control
  const [db, da] = treatedBuffer ?? [Number.NaN, Number.NaN]
  const defined = cb > 0 && ca > 0
  const ratio = (a: number, b: number): number => (b > 0 ? a / b : Number.NaN)
  const successMeasure = ratio(ra, ca) - ratio(rb, cb)
  const bufferMeasure = ratio(da, ca) - ratio(db, cb)
  const quotient = successMeasure < 0 ? bufferMeasure / successMeasure : Number.NaN
  return {
    grossEffect: rb - ra,
    netEffect: -successMeasure,
    successMeasure,
    bufferMeasure,
    quotient,
    totalNetEffect: defined ? rb * (ca / cb) - ra + (db * (ca / cb) - da) : Number.NaN,
    reading: readingOf(defined, successMeasure, quotient, treatedBuffer !== undefined),
  }
}

function readingOf(defined: boolean, success: number, quotient: number, buffered: boolean): string {
  if (!defined) return 'Undefined: the comparison places had no incident in one of the periods.'
  if (!(success < 0))
    return 'Not read: the treated places did not fare better than the comparison places, so there is nothing to displace.'
  if (!buffered) return 'Not computed: no surroundings of the treated places were given.'
  if (quotient > 1)
    return 'Surroundings gained more than the treated places themselves (diffusion of benefit).'
  if (quotient > 0) return 'Surroundings gained too, less than the treated places (diffusion of benefit).'
  if (quotient === 0) return 'No sign of displacement or diffusion.'
  if (quotient >= -1)
    return 'Surroundings fared worse, by less than the treated places gained (some displacement).'
  return 'Surroundings fared worse by more than the treated places gained (displacement outweighs the gain).'
}
