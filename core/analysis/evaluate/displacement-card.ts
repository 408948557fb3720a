import type { MethodCard } from '#core/contract/method.ts'
import { beforeAfterParameters } from './before-after.ts'
import { placesCaveats } from './lay-places.ts'
import { periodCaveats } from './periods.ts'
import { placeParameters } from './place-parameters.ts'

export const parameters = {
  ...placeParameters,
  control: { ...placeParameters.control, required: false },
  ...beforeAfterParameters,
  bands: {
    type: 'numbers',
    title: 'Outer edges of the bands around treated places',
    unit: 'm',
    minimum: 1,
    maximum: 10_000,
    increasing: true,
    default: [100, 200, 400],
    why: 'Crime that moves moves a short way first; each band is about as wide as all before it.',
  },
  alpha: {
    type: 'number',
    title: 'Alpha (0.1 gives a 90 % interval)',
    minimum: 0.001,
    maximum: 0.5,
    default: 0.1,
    why: 'As for the weighted displacement difference.',
  },
} as const

export const displacementCard: MethodCard<typeof parameters> = {
  id: 'displacement',
  version: '1.0.0',
  title: 'Displacement and diffusion by distance',
  answers: 'Did incidents rise or fall near the treated places, and how far out?',
  references: [
    'Bowers, K. J. and Johnson, S. D. (2003). Measuring the geographical displacement and diffusion of benefit effects of crime prevention activity. Journal of Quantitative Criminology 19, 275–301.',
    'Guerette, R. T. (2009). Analyzing crime displacement and diffusion. POP Guides, Problem-Solving Tools 10.',
  ],
  formula:
    'Per band: ratio = (after/before)/(Ca/Cb), or per day without comparison places; interval exact (conditional) without, log ± z·√Σ 1/count with comparison. WDQ = (Da/Ca − Db/Cb)/(Ra/Ca − Rb/Cb).',
  assumptions: [
    'Without the work, the bands would have changed as the comparison places did.',
    'Crime that moves stays near: what moved further, in time or to another offence, is not seen.',
    'Counts vary as Poisson counts do.',
  ],
  notShown: [
    'That a rise nearby is the same offenders: it shows where, not who.',
    'That no rise means no displacement: few incidents hide a small one.',
  ],
  compares: [
    'Bands are half-open, [from, to) metres to the nearest edge of a treated place, without ground of treated or comparison places.',
    'WDQ as the POP Center’s worksheet; undefined with a count of 0 in the comparison, where others add a constant.',
  ],
  caveats: {
    ...placesCaveats,
    ...periodCaveats,
    'no-control': 'No comparison places: bands are compared with themselves alone.',
    'counts-few': 'Some counts are too small for the interval.',
    'quotient-undefined': 'The displacement quotient is undefined, or is not to be read.',
  },
  parameters,
  summary: {
    sentence: 'What was found, and what it does not show',
    rows: 'Treated places, comparison places and each band: area, counts, ratio with interval, quotient',
    all: 'All bands together',
    alpha: 'Alpha of the intervals',
  },
  columns: [
    { name: 'zone', title: 'Zone', type: 'utf8' },
    { name: 'before', title: 'Before', type: 'float64' },
    { name: 'after', title: 'After', type: 'float64' },
    { name: 'ratio', title: 'Ratio', type: 'float64' },
    { name: 'low', title: 'Low', type: 'float64' },
    { name: 'high', title: 'High', type: 'float64' },
  ],
  needs: ['place', 'month'],
}
