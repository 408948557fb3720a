import type { MethodCard } from '#core/contract/method.ts'
import { beforeAfterParameters } from './before-after.ts'
import { placesCaveats } from './lay-places.ts'
import { periodCaveats } from './periods.ts'
import { placeParameters } from './place-parameters.ts'
import { stepParameter } from './slices.ts'

export const parameters = {
  ...placeParameters,
  ...beforeAfterParameters,
  step: stepParameter,
  family: {
    type: 'choice',
    title: 'How counts vary',
    options: [
      { value: 'poisson', title: 'Poisson, with errors that allow for more' },
      { value: 'negative-binomial', title: 'Negative binomial' },
    ],
    default: 'poisson',
    why: 'Poisson with robust errors needs only the mean to be right; the negative binomial needs more.',
  },
  alpha: {
    type: 'number',
    title: 'Alpha (0.05 gives a 95 % interval)',
    minimum: 0.001,
    maximum: 0.5,
    default: 0.05,
    why: 'The usual level.',
  },
} as const

export const differenceInDifferencesCard: MethodCard<typeof parameters> = {
  id: 'differenceInDifferences',
  version: '1.0.0',
  title: 'Before and after in many places (difference in differences)',
  answers: 'By what percentage did treated places change more than comparison places, place by place?',
  references: [
    'Wooldridge, J. M. (2023). Simple approaches to nonlinear difference-in-differences with panel data. The Econometrics Journal 26, C31–C66.',
    'Liang, K.-Y. and Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models. Biometrika 73, 13–22.',
    'Bertrand, M., Duflo, E. and Mullainathan, S. (2004). How much should we trust differences-in-differences estimates? Quarterly Journal of Economics 119, 249–275.',
  ],
  formula:
    'log E[count] = place + step + β·treated·after; effect = exp(β) − 1. Errors go together within a place: variance Σ_g (Σ influence)²·G/(G − 1), interval from t with G − 1 degrees of freedom. Before trend: the same with treated·time over the steps before.',
  assumptions: [
    'Without the work, treated places would have changed by the same percentage as comparison places.',
    'Places are independent of one another: crime that moves from one to another counts twice.',
    'The work began everywhere at once and its effect is one percentage.',
    'Treated places were not chosen because of a passing peak: such places fall by themselves.',
  ],
  notShown: [
    'How many crimes were prevented: the comparison stands in for what nobody saw.',
    'That trends were alike before: a test that finds no difference may only have had too few incidents.',
  ],
  compares: [
    'Coefficient as R glm or MASS glm.nb; standard error as sandwich vcovCL (HC0 with the cluster adjustment).',
    'R prints z tests for such a fit; here t with places − 1 degrees of freedom, which is wider with few places.',
    'Places and steps without any incident are left out; with them R’s answer is the same but does not settle.',
  ],
  caveats: {
    ...placesCaveats,
    ...periodCaveats,
    'places-empty': 'Places without any incident say nothing of a percentage and are left out.',
    'few-places': 'Fewer than 20 places in a group: the interval is rough.',
    'no-interval': 'Fewer than two places in a group: the variation between places cannot be known.',
    'effect-undefined': 'A group has no incident before or after, or the fit did not settle.',
    'trends-differ': 'Treated and comparison places ran differently before.',
    'trend-untested': 'Too few steps before to compare trends.',
    'poisson-enough': 'The counts vary no more than Poisson counts; the fit is Poisson’s.',
    'days-left-over': 'Days that fill no whole week are not used.',
  },
  parameters,
  summary: {
    sentence: 'What was found, with its interval, and what it does not show',
    effectPercent: 'Change of the treated places beyond the comparison, percent',
    low: 'Lower end of the interval, percent',
    high: 'Upper end of the interval, percent',
    pValue: 'Chance of so large a difference if there were none',
    coefficient: 'β, logarithm of the ratio',
    standardError: 'Its standard error, robust to places',
    alpha: 'Alpha of the interval',
    family: 'How counts vary',
    theta: 'Size of the negative binomial; blank for Poisson',
    dispersion: 'Variation of the counts in units of what the model expects',
    places: 'Places that say something, treated and in all',
    trendBefore: 'How much faster treated places rose before, percent a step, with interval and p',
  },
  columns: [
    { name: 'step', title: 'Step, first day', type: 'utf8' },
    { name: 'after', title: 'After', type: 'uint8' },
    { name: 'treated', title: 'Incidents in treated places', type: 'float64' },
    { name: 'comparison', title: 'Incidents in comparison places', type: 'float64' },
  ],
  needs: ['place', 'month'],
}
