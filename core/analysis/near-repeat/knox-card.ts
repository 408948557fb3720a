import type { MethodCard } from '#core/contract/method.ts'
import { bandParameters, permutationParameters } from './band-parameters.ts'
import { datedPlacesCaveats } from './dated-places.ts'

const parameters = {
  ...bandParameters,
  samePlaceBand: {
    type: 'switch',
    title: 'A band of its own for the same place',
    default: true,
    why: 'A repeat and a near repeat call for different action.',
  },
  within: {
    type: 'choice',
    title: 'Dates are exchanged',
    options: [
      { value: 'all', title: 'Among all incidents' },
      { value: 'quarter', title: 'Among incidents of the same quarter of a year' },
      { value: 'month', title: 'Among incidents of the same month' },
      { value: 'area', title: 'Among incidents of the same area' },
    ],
    default: 'all',
    why: 'The usual test. Within a quarter, a month or an area, where crime was in that time, or when it was in that area, is taken as given.',
  },
  ...permutationParameters,
} as const

/** What is known of the Knox test without running it. */
export const knoxCard: MethodCard<typeof parameters> = {
  id: 'knox',
  version: '1.0.0',
  title: 'Near repeats (Knox test)',
  answers: 'Do incidents follow one another nearby and soon more often than chance would have it?',
  references: [
    'Knox, E. G. (1964). The detection of space-time interactions. Applied Statistics 13, 25–29.',
    'Johnson, S. D. et al. (2007). Space-time patterns of risk: a cross national assessment of residential burglary victimization. Journal of Quantitative Criminology 23, 201–219.',
    'Ratcliffe, J. H. (2009). Near Repeat Calculator (version 1.3). Temple University, Philadelphia.',
    'Steenbeek, W. (2019). NearRepeat: Near Repeat calculation using the Knox test (R package).',
  ],
  formula:
    'observed(s, t) = pairs of incidents whose distance lies in band s and whose days lie apart by band t; expected = mean (or median) of the same count over permutations of the dates over the places; ratio = observed / expected; p = (permutations with a count at least as large + 1) / (permutations + 1).',
  assumptions: [
    'Under the null every date could have gone with every place: places stay, dates are exchanged (within the season or area chosen).',
    'Each incident happened on the day taken for it; time of day is not used.',
    'Where the population, or the reach of the police, moved during the period, ratios above 1 arise without near repeats; exchange dates within a quarter or month to see.',
  ],
  notShown: [
    'Who did it, or that one offender did both: only that incidents lie close.',
    'That any one place will be next.',
  ],
  compares: [
    'Observed tables equal NearRepeat (R) and Near Repeat Calculator 1.3 with Manhattan distance and [a, b); the Calculator labels [7, 14) “8 to 14”.',
    'The Python NearRepeat uses (a, b] and straight distance by default, and the ratio to the median.',
    'Expected numbers differ from any other program by the luck of the permutations; expectedMargins has none.',
    'surveillance and pointpats leave the observed count out of its own Poisson p, P(X > observed); ours is P(X ≥ observed), as the permutation p is.',
    'p is never 0: open_cp divides by the permutations + 1 without counting the data themselves.',
  ],
  caveats: {
    ...datedPlacesCaveats,
    'knox-no-permutations': 'No permutations were asked for: there is no p.',
    'knox-zero-expected': 'Some bands expect no pair: their ratio is undefined.',
    'knox-few-pairs': 'Some bands expect fewer than five pairs: their ratios are rough.',
    'knox-many-tests': 'Several bands are tested at once: use the adjusted p.',
    'knox-restricted': 'Dates were exchanged within groups: expectations from the margins are left out.',
    'knox-one-group': 'Some incidents are alone in their group, so their dates never move.',
  },
  parameters,
  summary: {
    incidents: 'Incidents with a place and a day',
    places: 'Different places',
    firstDay: 'First day',
    lastDay: 'Last day',
    pairs: 'Pairs of incidents',
    permutations: 'Permutations',
    held: 'What the permutations hold fixed',
    distance: 'How distance is measured',
    closed: 'Which edge belongs to a band: left [a, b), right (a, b]',
    adjustment: 'Allowance for testing several bands, in qValue',
    notable: 'Bands with p at most 0.05 and at least 1.2 times the expected pairs, largest ratio first',
  },
  columns: [
    { name: 'spatialBand', title: 'Distance', type: 'utf8' },
    { name: 'temporalBand', title: 'Days apart', type: 'utf8' },
    { name: 'spatialFrom', title: 'Distance from', unit: 'm', type: 'float64' },
    { name: 'spatialTo', title: 'Distance to', unit: 'm', type: 'float64' },
    { name: 'temporalFrom', title: 'Days from', unit: 'days', type: 'float64' },
    { name: 'temporalTo', title: 'Days to', unit: 'days', type: 'float64' },
    { name: 'observed', title: 'Observed pairs', type: 'float64' },
    { name: 'expectedMean', title: 'Expected (mean)', type: 'float64' },
    { name: 'expectedMedian', title: 'Expected (median)', type: 'float64' },
    { name: 'expectedMargins', title: 'Expected (from the margins)', type: 'float64' },
    { name: 'ratioMean', title: 'Observed / mean', type: 'float64' },
    { name: 'ratioMedian', title: 'Observed / median', type: 'float64' },
    { name: 'pValue', title: 'p (upper tail)', type: 'float64' },
    { name: 'qValue', title: 'Adjusted p', type: 'float64' },
    { name: 'poissonP', title: 'p (Poisson)', type: 'float64' },
  ],
  needs: ['place', 'month'],
}
