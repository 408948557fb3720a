import type { MethodCard } from '#core/contract/method.ts'
import { placesCaveats } from './lay-places.ts'
import { periodCaveats } from './periods.ts'
import { bufferParameters, placeParameters } from './place-parameters.ts'

export const parameters = {
  ...placeParameters,
  ...bufferParameters,
  baseFrom: {
    type: 'date',
    title: 'Base: first day',
    default: '',
    why: 'The period whose rates the plan is built on.',
  },
  baseTo: { type: 'date', title: 'Base: day after the last', default: '', why: 'Half-open.' },
  followDays: {
    type: 'integer',
    title: 'Days the work will be watched (0 = as long as the base)',
    unit: 'days',
    minimum: 0,
    maximum: 3650,
    default: 0,
    why: 'Equal lengths are the usual plan.',
  },
  patrolShare: {
    type: 'number',
    title: 'Share of spots patrolled each day, crossover',
    unit: '%',
    minimum: 1,
    maximum: 99,
    default: 50,
    why: 'Half and half sees most with the same number of days.',
  },
  dispersion: {
    type: 'number',
    title: 'Variation of counts (1 = Poisson)',
    minimum: 1,
    maximum: 100,
    default: 1,
    why: 'The best case; difference in differences and the series tell what it is in the data.',
  },
  alpha: {
    type: 'number',
    title: 'Alpha (two-sided)',
    minimum: 0.001,
    maximum: 0.5,
    default: 0.1,
    why: 'As the weighted displacement difference.',
  },
  power: {
    type: 'number',
    title: 'Chance that a true fall is seen',
    minimum: 0.5,
    maximum: 0.99,
    default: 0.8,
    why: 'The usual demand: four of five true effects are seen.',
  },
  simulations: {
    type: 'integer',
    title: 'Studies drawn to check',
    minimum: 200,
    maximum: 100_000,
    default: 4000,
    why: 'Gives the power to within 1.3 percentage points.',
  },
  seed: {
    type: 'integer',
    title: 'Seed',
    minimum: 0,
    maximum: 4294967295,
    default: 1,
    why: 'The same seed gives the same check.',
  },
} as const

export const detectableEffectCard: MethodCard<typeof parameters> = {
  id: 'detectableEffect',
  version: '1.0.0',
  title: 'Smallest change that could be seen',
  answers: 'Before the work: how large would its effect have to be, to be told from chance?',
  references: [
    'Wheeler, A. P. and Ratcliffe, J. H. (2018). A simple weighted displacement difference test to evaluate place based crime interventions. Crime Science 7, article 11.',
    'Hinkle, J. C., Weisburd, D., Famega, C. and Ready, J. (2013). The problem is not just sample size. Evaluation Review 37, 213–238.',
  ],
  formula:
    'Smallest fall r with Φ(|estimate(r)|/√(φ·variance(r)) − z(1 − α/2)) ≥ power. Weighted displacement difference: estimate r·T, variance Σ count/w². Difference in differences: log ratio of four counts, variance Σ 1/count. Crossover: log ratio of two, variance Σ 1/count. φ = dispersion.',
  assumptions: [
    'Rates stay as they were in the base period in all places but for the work.',
    'The fall is the same everywhere; surroundings do not change.',
    'Counts vary as stated; where they vary more, only larger effects are seen.',
  ],
  notShown: ['That there will be an effect, or how large it will be.'],
  compares: [
    'Normal approximation, checked by drawing studies with a seed; where the two differ, believe the drawn ones.',
  ],
  caveats: {
    ...placesCaveats,
    ...periodCaveats,
    'not-detectable': 'Not even a fall to nothing would be seen.',
    'base-few': 'Fewer than 20 incidents in treated places: the base rate itself is uncertain.',
    'approximation-off': 'Drawn studies disagree with the approximation.',
  },
  parameters,
  summary: {
    sentence: 'What could be seen, and what that does not mean',
    rows: 'Each design: counts expected, smallest fall seen, power and false alarms of drawn studies',
    baseDays: 'Days of the base',
    followDays: 'Days after',
    alpha: 'Alpha',
    power: 'Power asked for',
    dispersion: 'Dispersion assumed',
    simulations: 'Studies drawn',
  },
  columns: [
    { name: 'design', title: 'Design', type: 'utf8' },
    { name: 'smallestFallPercent', title: 'Smallest fall seen', unit: '%', type: 'float64' },
    { name: 'simulatedPower', title: 'Power of drawn studies', type: 'float64' },
    { name: 'falseAlarms', title: 'False alarms of drawn studies', type: 'float64' },
  ],
  needs: ['place', 'month'],
}
