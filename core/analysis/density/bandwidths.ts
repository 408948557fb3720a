import type { Caveat } from '#core/contract/caveat.ts'
import type { Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { methodInParts } from '../support/shared-work.ts'
import {
  beginCriteria,
  type CriteriaPart,
  type CriteriaState,
  type Curve,
  criteriaPart,
  finishCriteria,
  SAMPLE,
} from './bandwidth-criteria.ts'
import { bandwidthRules } from './bandwidth-rules.ts'
import { type BandwidthRule, bandwidthRuleOptions } from './choose-bandwidth.ts'
import { bandwidthPerDeviation, kernelNamed, kernelOptions } from './kernels.ts'
import { locatedPlaces, sharedPlaces } from './located-sample.ts'

/** One rule and what it says. */
export interface BandwidthRow {
  readonly rule: BandwidthRule
  readonly title: string
  /** Bandwidth of the kernel asked for, metres; NaN where the rule finds none. */
  readonly bandwidth: number
  /** Standard deviation of the kernel on each axis, metres. */
  readonly deviation: number
  readonly recommended: 'yes' | 'no'
  readonly why: string
}

export interface BandwidthsSummary {
  readonly kernel: string
  readonly rows: readonly BandwidthRow[]
  /** Every bandwidth tried by the two criteria, with its value, highest best; as tried, on the sample. */
  readonly curves: readonly {
    readonly rule: BandwidthRule
    readonly bandwidth: number
    readonly deviation: number
    readonly value: number
  }[]
  readonly incidents: number
  readonly sampled: number
  /** Share of the incidents whose place another one has too. */
  readonly shareAtSharedPlaces: number
}

const parameters = {
  kernel: {
    type: 'choice',
    title: 'Kernel',
    options: kernelOptions,
    default: 'quartic',
    why: 'The kernel the bandwidth is for; a Gaussian and a quartic as smooth have different bandwidths.',
  },
} as const

/** Fewer places than this say nothing of a bandwidth. */
const LEAST_PLACES = 10
/** Where more incidents than this share their place, cross-validation answers to the map points. */
const MOST_SHARED = 0.1
/** Cross-validation of fewer places is too unsteady to recommend. */
const LEAST_FOR_VALIDATION = 50

interface BandwidthsState extends CriteriaState {
  readonly silverman: number
  readonly scott: number
  readonly shared: number
}

/**
 * Which bandwidth to smooth with: four answers, side by side.
 *
 * Silverman σ = 0.9·min(sd, IQR/1.34)·n^(−1/5) and Scott σ = sd·n^(−1/6), per axis, averaged over both. Likelihood
 * cross-validation: the σ of a Gaussian with the highest Σ log λ₋ᵢ(xᵢ), of 33 tried from 4 × Silverman's down by
 * factors of 2^(1/4), refined by a parabola over log σ. Berman and Diggle: the σ = r/2 with the least estimated mean
 * square error M(r) of a disc of radius r, r in 255 steps up to an eighth of the shorter side or half of √(1000/(πλ)).
 * Neither is corrected at the boundary. Of more than 5,000 incidents a seeded sample of 5,000 is tried and the best σ
 * multiplied by (5000/n)^(1/6). The kernel's bandwidth is σ times √8 (quartic), √6 (Epanechnikov), √(20/3)
 * (triangular), 2 (uniform), 1 (Gaussian).
 *
 * NaN where a criterion is best at the end of what is tried. Recommended: likelihood cross-validation where it has an
 * answer, 50 incidents or more, and no more than 10% of them share a place with another; else Silverman's.
 *
 * Deterministic, on any number of workers. Cost: at most 25 million pairs at about 40 ns; O(n) besides.
 * Errors: E-MTH-FEW (under 10 located incidents), E-MTH-BANDWIDTH (all at one place).
 * @see Berman and Diggle (1989) JRSS B 51; Loader (1999) Local Regression and Likelihood; Marron (1987) Econometric
 * Reviews 6. Oracle: spatstat bw.ppl, bw.diggle, bw.scott; R bw.nrd0.
 */
export const bandwidths = methodInParts<typeof parameters, BandwidthsSummary, BandwidthsState, CriteriaPart>(
  {
    id: 'bandwidths',
    version: '1.0.0',
    title: 'Bandwidths to choose from',
    answers: 'How wide should a density surface of these incidents smooth?',
    references: [
      'Silverman, B. W. (1986) Density Estimation for Statistics and Data Analysis, eq. 3.31.',
      'Scott, D. W. (1992) Multivariate Density Estimation. Wiley.',
      'Berman, M. and Diggle, P. J. (1989) Estimating weighted integrals of the second-order intensity of a spatial point process. Journal of the Royal Statistical Society B 51, 81–92.',
      'Loader, C. (1999) Local Regression and Likelihood. Springer.',
      'Marron, J. S. (1987) Partitioned cross-validation. Econometric Reviews 6, 271–283.',
    ],
    formula:
      'Silverman 0.9·min(sd, IQR/1.34)·n^(−1/5); Scott sd·n^(−1/6), both averaged over the axes; likelihood: highest Σ log λ₋ᵢ(xᵢ); Berman and Diggle: least M(r) = (1/λ − 2K(r))/πr² + ∫A(r, t) dK(t)/(πr²)².',
    assumptions: [
      'The two rules of thumb assume one broad heap of incidents; over a whole force area with several towns they draw too wide.',
      'The two criteria assume that places are exact and incidents independent of each other.',
      'Nothing is corrected at the boundary, and offences weigh the same.',
    ],
    notShown: [
      'A best bandwidth for looking at is not a best one for predicting; try several and see what stays.',
    ],
    compares: [
      'spatstat: bw.ppl with edge = FALSE, shortcut = TRUE takes the best of what it tries, here refined between them; bw.diggle with correction = "none" (its default corrects K at the boundary); bw.scott, averaged over both axes.',
      'sfhotspot takes as radius of its quartic 4 × 1.06·min(sd, IQR/1.34)·n^(−1/5), the rule of MASS, of the eastings alone.',
      'spatstat and R give the standard deviation of the kernel; QGIS, ArcGIS and CrimeStat take a quartic’s radius, which is √8 = 2.83 times as long.',
    ],
    caveats: {
      'bandwidth-none': 'A criterion has no best bandwidth.',
      'bandwidth-sample': 'The criteria were tried on a sample.',
      'shared-places': 'Many incidents share their place: the criteria answer to the map points.',
      'few-incidents': 'Fewer than 50 incidents.',
      unlocated: 'Incidents without coordinates were left out.',
    },
    parameters,
    summary: {
      kernel: 'Kernel the bandwidths are for',
      rows: 'One row a rule: bandwidth and standard deviation (m), whether recommended, and why',
      curves: 'The criteria at every bandwidth tried, highest best',
      incidents: 'Incidents with a place',
      sampled: 'Incidents the criteria were tried on',
      shareAtSharedPlaces: 'Share of the incidents whose place another one has too',
    },
    columns: [],
    needs: ['place'],
  },
  {
    begin(incidents) {
      const { x, y } = locatedPlaces(incidents.x, incidents.y, incidents.mask)
      if (x.length < LEAST_PLACES)
        throw new InputError(
          'E-MTH-FEW',
          `A bandwidth needs at least ${LEAST_PLACES} incidents with a place; ${x.length} are selected.`,
          { cure: 'Select more incidents, or give the bandwidth yourself.' },
        )
      const { silverman, scott } = bandwidthRules(x, y)
      if (!(scott > 0))
        throw new InputError(
          'E-MTH-BANDWIDTH',
          'No bandwidth can be worked out: all incidents are at one place.',
          { cure: 'Select other incidents, or give the bandwidth yourself.' },
        )
      const state = { ...beginCriteria(x, y), silverman, scott, shared: sharedPlaces(x, y) / x.length }
      return { state, parts: state.parts }
    },
    part: criteriaPart,
    finish(state, parts, incidents, params) {
      const { likelihood, diggle } = finishCriteria(state, parts)
      const found = {
        silverman: state.silverman,
        scott: state.scott,
        likelihood: likelihood.best,
        diggle: diggle.best,
      }
      const factor = bandwidthPerDeviation(kernelNamed(params.kernel))
      const { recommended, why } = recommend(state, found.likelihood)
      return {
        summary: {
          kernel: params.kernel,
          rows: bandwidthRuleOptions.map(({ value, title }) => ({
            rule: value,
            title,
            bandwidth: found[value] * factor,
            deviation: found[value],
            recommended: value === recommended ? 'yes' : 'no',
            why: value === recommended ? why : '',
          })),
          curves: [...curveRows('likelihood', likelihood, factor), ...curveRows('diggle', diggle, factor)],
          incidents: state.of,
          sampled: state.x.length,
          shareAtSharedPlaces: state.shared,
        },
        columns: {},
        caveats: caveatsOf(state, found, incidents),
      }
    },
  },
)

function curveRows(rule: BandwidthRule, { deviations, values }: Curve, factor: number) {
  return Array.from(deviations, (deviation, k) => ({
    rule,
    bandwidth: deviation * factor,
    deviation,
    value: values[k],
  }))
}

function recommend(
  state: BandwidthsState,
  likelihood: number,
): { readonly recommended: BandwidthRule; readonly why: string } {
  const silverman = (why: string) => ({ recommended: 'silverman' as const, why })
  if (state.shared > MOST_SHARED)
    return silverman('Many incidents share their place, which cross-validation takes for clusters.')
  if (state.of < LEAST_FOR_VALIDATION) return silverman('There are too few incidents for cross-validation.')
  if (!(likelihood > 0)) return silverman('Cross-validation finds no best bandwidth.')
  return {
    recommended: 'likelihood',
    why: 'Places are distinct and incidents many: the bandwidth that foretells each incident best from the others.',
  }
}

function caveatsOf(
  state: BandwidthsState,
  found: Readonly<Record<BandwidthRule, number>>,
  incidents: Incidents,
): Caveat[] {
  const caveats: Caveat[] = []
  const without = bandwidthRuleOptions.filter(({ value }) => !(found[value] > 0))
  if (without.length > 0)
    caveats.push(
      caveat(
        'bandwidth-none',
        `No best bandwidth by ${without.map(({ title }) => title).join(' and by ')}: the criterion is best at the end of what was tried.`,
      ),
    )
  if (state.of > SAMPLE)
    caveats.push(
      caveat(
        'bandwidth-sample',
        `The two criteria were tried on a random ${SAMPLE.toLocaleString('en-GB')} of ${state.of.toLocaleString('en-GB')} incidents and their answer shrunk to the whole number.`,
      ),
    )
  if (state.shared > MOST_SHARED)
    caveats.push(
      caveat(
        'shared-places',
        `${(100 * state.shared).toFixed(1)}% of the incidents share their place with another, as at public map points: the two criteria then answer to the points, not to where it happened.`,
      ),
    )
  if (state.of < LEAST_FOR_VALIDATION)
    caveats.push(
      caveat('few-incidents', `${state.of} incidents have a place: every bandwidth here is unsteady.`),
    )
  let selected = 0
  for (let i = 0; i < incidents.length; i++) selected += incidents.mask[i]
  if (selected > state.of)
    caveats.push(
      caveat(
        'unlocated',
        `${(selected - state.of).toLocaleString('en-GB')} of ${selected.toLocaleString('en-GB')} incidents have no coordinates and are left out.`,
      ),
    )
  return caveats
}
