import type { MethodCard } from '#core/contract/method.ts'
import { placesCaveats } from './lay-places.ts'
import { periodCaveats } from './periods.ts'
import { stepParameter } from './slices.ts'

export const parameters = {
  treated: {
    type: 'layer',
    title: 'Places (empty: all of the selection)',
    geometry: 'area',
    required: false,
    default: '',
    why: 'A change that came everywhere at once, such as a new order, has no places.',
  },
  from: {
    type: 'date',
    title: 'First day',
    default: '',
    why: 'Take at least two years before the change, or season and trend cannot be told apart.',
  },
  change: {
    type: 'date',
    title: 'Day of the change',
    default: '',
    why: 'Fixed in advance; a date chosen by looking at the series will always show a change.',
  },
  to: { type: 'date', title: 'Day after the last', default: '', why: 'Half-open.' },
  step: stepParameter,
  season: {
    type: 'choice',
    title: 'Season',
    options: [
      { value: 'harmonics', title: 'Waves of a year' },
      { value: 'months', title: 'An effect of each calendar month' },
      { value: 'none', title: 'None' },
    ],
    default: 'harmonics',
    why: 'Two waves follow most seasons of violence with four numbers instead of eleven.',
  },
  harmonics: {
    type: 'integer',
    title: 'Waves',
    minimum: 1,
    maximum: 5,
    default: 2,
    why: 'One wave for the year, one for the half year.',
  },
  errors: {
    type: 'choice',
    title: 'Errors',
    options: [
      { value: 'newey-west', title: 'Allow for one step going with the next (Newey–West)' },
      { value: 'quasi', title: 'Allow for more variation than Poisson (quasi-Poisson)' },
    ],
    default: 'newey-west',
    why: 'Months that go together make intervals look too narrow.',
  },
  lag: {
    type: 'integer',
    title: 'Steps that go together (0 = by length of the series)',
    minimum: 0,
    maximum: 60,
    default: 0,
    why: 'Newey and West’s rule: 4·(n/100)^(2/9), rounded down.',
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

export const interruptedSeriesCard: MethodCard<typeof parameters> = {
  id: 'interruptedSeries',
  version: '1.0.0',
  title: 'Level and slope before and after a date (interrupted time series)',
  answers: 'Did the level or the slope of a series change at a given date, beyond trend and season?',
  references: [
    'Bernal, J. L., Cummins, S. and Gasparrini, A. (2017). Interrupted time series regression for the evaluation of public health interventions. International Journal of Epidemiology 46, 348–355.',
    'Newey, W. K. and West, K. D. (1987). A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent covariance matrix. Econometrica 55, 703–708.',
  ],
  formula:
    'log μ = a + b·t + level·[t ≥ change] + slope·max(0, t − change) + season + log days; Poisson mean, errors Newey–West or quasi-Poisson, intervals by t with n − k degrees of freedom.',
  assumptions: [
    'Without the change, trend and season would have gone on as before.',
    'Nothing else, such as recording or the weather, changed at the same time.',
    'The date of the change was fixed before the series was seen.',
  ],
  notShown: [
    'What caused the change: without comparison places a change everywhere looks the same.',
    'How many crimes were prevented: the line that goes on is a supposition, not a count.',
  ],
  compares: [
    'Coefficients as R glm (poisson or quasipoisson); quasi errors as summary.glm; Newey–West as sandwich NeweyWest with prewhite = FALSE and the same lag.',
    'sandwich prewhitens and chooses its lag from the data unless told otherwise; statsmodels HAC equals ours.',
  ],
  caveats: {
    ...placesCaveats,
    ...periodCaveats,
    'series-short': 'Fewer than 12 steps before or 6 after, or less than two years before with a season.',
    'counts-few': 'Fewer than 5 incidents a step on average.',
    autocorrelated: 'One step goes with the next.',
    'days-left-over': 'Days that fill no whole week are not used.',
    'no-comparison': 'There is no comparison: what changed everywhere is counted too.',
  },
  parameters,
  summary: {
    sentence: 'What was found, with its interval, and what it does not show',
    steps: 'Steps before and after',
    level: 'Change of level at the date, ratio with interval',
    slope: 'Change of slope, ratio a step with interval',
    dispersion: 'Variation of the counts in units of Poisson’s',
    autocorrelation: 'Correlation of each step’s residual with the one before',
    lag: 'Steps taken to go together; 0 for quasi-Poisson',
    alpha: 'Alpha of the intervals',
  },
  columns: [
    { name: 'step', title: 'Step, first day', type: 'utf8' },
    { name: 'count', title: 'Incidents', type: 'float64' },
    { name: 'fitted', title: 'Fitted', type: 'float64' },
    { name: 'carriedOn', title: 'Had trend and season gone on', type: 'float64' },
  ],
  needs: ['month'],
}
