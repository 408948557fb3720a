import type { MethodCard } from '#core/contract/method.ts'
import { beforeAfterParameters } from './before-after.ts'
import { placesCaveats } from './lay-places.ts'
import { periodCaveats } from './periods.ts'
import { bufferParameters, placeParameters } from './place-parameters.ts'

export const parameters = {
  ...placeParameters,
  ...bufferParameters,
  ...beforeAfterParameters,
  areaWeights: {
    type: 'choice',
    title: 'Allowance for the size of the places',
    options: [
      { value: 'none', title: 'None: counts as they are' },
      { value: 'matched', title: 'Comparison scaled to treated, surroundings to surroundings' },
      { value: 'treated', title: 'Every zone per area of the treated places' },
    ],
    default: 'none',
    why: 'Comparison places should be alike in number of incidents; scaling by area cannot mend a poor match.',
  },
  alpha: {
    type: 'number',
    title: 'Alpha (0.1 gives a 90 % interval)',
    minimum: 0.001,
    maximum: 0.5,
    default: 0.1,
    why: 'The default of Wheeler and Ratcliffe’s own program.',
  },
} as const

export const weightedDisplacementCard: MethodCard<typeof parameters> = {
  id: 'weightedDisplacement',
  version: '1.0.0',
  title: 'Before and after against comparison places (weighted displacement difference)',
  answers: 'Did the treated places and their surroundings change by more than comparison places did?',
  references: [
    'Wheeler, A. P. and Ratcliffe, J. H. (2018). A simple weighted displacement difference test to evaluate place based crime interventions. Crime Science 7, article 11.',
    'Bowers, K. J. and Johnson, S. D. (2003). Measuring the geographical displacement and diffusion of benefit effects of crime prevention activity. Journal of Quantitative Criminology 19, 275–301.',
    'Guerette, R. T. (2009). Analyzing crime displacement and diffusion. POP Guides, Problem-Solving Tools 10, Appendix B.',
  ],
  formula:
    'WDD = (ΔT − ΔC) + (ΔDT − ΔDC), Δ = after/w − before/w; variance Σ count/w²; interval WDD ± z·√variance. Harm: Σ weight·WDD over offences, variance Σ (weight·SE)². WDQ = (Da/Ca − Db/Cb)/(Ra/Ca − Rb/Cb).',
  assumptions: [
    'Counts vary as Poisson counts do; where incidents come in series, the true interval is wider.',
    'Without the work, treated places would have changed by as many incidents as the comparison places.',
    'Treated places were not chosen because of a passing peak: such places fall by themselves.',
    'An incident counts at the beginning of the time in which it may have happened.',
    'Nothing else, such as recording, changed in one group of places alone.',
  ],
  notShown: [
    'How many crimes were prevented: the comparison stands in for what nobody saw.',
    'What caused the difference, or what would happen elsewhere.',
  ],
  compares: [
    'Equal to ptools wdd with the same counts and weights. There the user gives the weights; here unequal periods are always scaled to the length of the period after.',
    'Harm: the variance is Σ weight²·SE², as crimepy and ptools.',
    'No constant is added to a count of 0: the quotient is then blank.',
  ],
  caveats: {
    ...placesCaveats,
    ...periodCaveats,
    'no-surroundings': 'No surroundings of the treated places were given.',
    'no-control-surroundings': 'No surroundings of the comparison places were given.',
    'unlike-size': 'Comparison places held many more or fewer incidents than the treated places.',
    'counts-few': 'Some counts are too small for the interval.',
    'quotient-undefined': 'The displacement quotient is undefined, or is not to be read.',
    'no-weights': 'Harm was not compared.',
    'harm-unweighted': 'Some offences have no harm weight and are left out of harm.',
    'harm-by-group': 'Some incidents have only the weight of their sub-group.',
    'periods-unequal': 'The periods differ in length and were scaled.',
  },
  parameters,
  summary: {
    sentence: 'What was found, with its interval, and what it does not show',
    alpha: 'Alpha of the intervals',
    beforeDays: 'Days before',
    afterDays: 'Days after',
    zones: 'Counts, area and weights of each zone',
    local: 'Difference in the treated places alone',
    displacement: 'Difference in the surroundings',
    total: 'Both together: the weighted displacement difference',
    quotient: 'Gross effect, net effect, displacement quotient and total net effect',
    harm: 'The weighted displacement difference in harm',
  },
  columns: [
    { name: 'zone', title: 'Zone', type: 'utf8' },
    { name: 'before', title: 'Before', type: 'float64' },
    { name: 'after', title: 'After', type: 'float64' },
  ],
  needs: ['place', 'month'],
}
