import type { MethodCard } from '#core/contract/method.ts'
import { beforeAfterParameters } from './before-after.ts'
import { placesCaveats } from './lay-places.ts'
import { periodCaveats } from './periods.ts'
import { placeParameters } from './place-parameters.ts'
import { stepParameter } from './slices.ts'

export const parameters = {
  ...placeParameters,
  control: { ...placeParameters.control, title: 'Places to draw the comparison from' },
  ...beforeAfterParameters,
  step: stepParameter,
  alpha: {
    type: 'number',
    title: 'Alpha (0.1: central 90 % of the places)',
    minimum: 0.001,
    maximum: 0.5,
    default: 0.1,
    why: 'With the dozen or two places that a force has, a finer range cannot be told.',
  },
} as const

export const comparisonAreasCard: MethodCard<typeof parameters> = {
  id: 'comparisonAreas',
  version: '1.0.0',
  title: 'A weighted comparison that ran alike before (synthetic control)',
  answers: 'Did treated places part from a mixture of other places that had run like them before?',
  references: [
    'Abadie, A., Diamond, A. and Hainmueller, J. (2010). Synthetic control methods for comparative case studies. Journal of the American Statistical Association 105, 493–505.',
    'Ferman, B. and Pinto, C. (2021). Synthetic controls with imperfect pretreatment fit. Quantitative Economics 12, 1197–1221.',
  ],
  formula:
    'Each series as a multiple of its own mean before. Weights w ≥ 0, Σw = 1, minimise Σ (treated − Σ w·place)² before. Effect = Σ treated/Σ mixture − 1 after. Every other place is put in the treated places’ role: p = (1 + number with a ratio of root mean squared error after to before at least as large)/(1 + places), given where there are fewer places than steps before; and the same of the effect itself.',
  assumptions: [
    'Without the work, treated places would have gone on as the mixture does.',
    'The other places were not touched by the work, nor by crime that moved.',
    'Treated places were not chosen because of a passing peak before.',
  ],
  notShown: [
    'How many crimes were prevented: the mixture stands in for what nobody saw.',
    'Anything finer than 1/(places + 1): with nine places p cannot fall under 0.1.',
  ],
  compares: [
    'Synth matches on covariates as well and on levels; here on the series before alone, each as a multiple of its mean, so that places of any size can serve.',
    'Where more places than steps fit equally well, the most even weights are given; others give any of them.',
  ],
  caveats: {
    ...placesCaveats,
    ...periodCaveats,
    'fit-poor': 'The mixture did not run like the treated places before.',
    'few-steps': 'Fewer than 12 steps before: a close fit may be chance.',
    'few-comparisons': 'So few places that p cannot be small.',
    'places-empty': 'Places without incidents before were left out.',
    'effect-undefined': 'The mixture holds nothing after.',
    'more-places-than-steps': 'So many places can follow any series: the fit before shows nothing.',
    'ratio-undefined': 'The fit before is perfect: the ratio of errors has no meaning.',
    'days-left-over': 'Days that fill no whole week are not used.',
  },
  parameters,
  summary: {
    sentence: 'What was found, the range of places where nothing was done, and what it does not show',
    effectPercent: 'Treated places after against the mixture, percent',
    placeboLow: 'Lower end of the same figure in the other places, percent',
    placeboHigh: 'Upper end',
    pValue:
      'Share of places whose error after to error before is at least as large; blank where places outnumber steps',
    effectP: 'Share of places that stood at least as many times above or below their mixture',
    errorBefore: 'Root mean squared error before, in multiples of the mean',
    errorAfter: 'The same after',
    weights: 'Places in the mixture with their weights',
    places: 'Places the comparison was drawn from',
    alpha: 'Alpha of the range',
  },
  columns: [
    { name: 'step', title: 'Step, first day', type: 'utf8' },
    { name: 'after', title: 'After', type: 'uint8' },
    { name: 'treated', title: 'Treated places (mean before = 1)', type: 'float64' },
    { name: 'mixture', title: 'Mixture', type: 'float64' },
  ],
  needs: ['place', 'month'],
}
