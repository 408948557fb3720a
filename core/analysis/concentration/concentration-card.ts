import type { MethodCard } from '#core/contract/method.ts'
import { unitCaveatCards } from '../space/unit-caveats.ts'
import { unitParameters } from '../space/unit-parameters.ts'

export const concentrationParameters = {
  ...unitParameters,
  allPlaces: {
    type: 'integer',
    title: 'Places there are in all, quiet ones too (0 = only those with an incident)',
    minimum: 0,
    maximum: 50_000_000,
    default: 0,
    why: 'The data know only places where something happened; the number of addresses or segments has to come from outside.',
  },
  shares: {
    type: 'numbers',
    title: 'Shares of the incidents to find the units of',
    unit: '%',
    minimum: 1,
    maximum: 100,
    increasing: true,
    default: [25, 50, 80],
    why: 'The shares in which the law of crime concentration is stated, and the 80 of 80/20.',
  },
  tops: {
    type: 'numbers',
    title: 'Shares of the units to find the incidents of',
    unit: '%',
    minimum: 0.01,
    maximum: 100,
    increasing: true,
    default: [0.5, 1, 2, 5, 10, 20],
    why: 'A few per cent is what can be patrolled; 20 is the 20 of 80/20.',
  },
  chanceBy: {
    type: 'choice',
    title: 'Chance puts incidents',
    options: [
      { value: 'unit', title: 'In every unit alike' },
      { value: 'area', title: 'In proportion to area' },
    ],
    default: 'unit',
    why: 'Cells are equal, so the two are one; for areas of different size, proportion to area is offered.',
  },
  bootstraps: {
    type: 'integer',
    title: 'Bootstrap samples for the intervals',
    minimum: 0,
    maximum: 9999,
    default: 499,
    why: 'Enough for the second digit of an interval; 0 leaves intervals out.',
  },
  simulations: {
    type: 'integer',
    title: 'Simulations of chance',
    minimum: 0,
    maximum: 9999,
    default: 199,
    why: 'Enough for a 95 % band and for p down to 0.005; 0 leaves the band out.',
  },
  seed: {
    type: 'integer',
    title: 'Seed',
    minimum: 0,
    maximum: 4294967295,
    default: 1,
    why: 'The same seed gives the same answer on any machine.',
  },
} as const

export const concentrationCard: MethodCard<typeof concentrationParameters> = {
  id: 'concentration',
  version: '1.0.0',
  title: 'How concentrated incidents are',
  answers: 'In how few places do half of all incidents happen, and is that more than chance would heap up?',
  references: [
    'Weisburd, D. (2015) The law of crime concentration and the criminology of place. Criminology 53, 133–157.',
    'Bernasco, W. and Steenbeek, W. (2017) More places than crimes. Journal of Quantitative Criminology 33, 451–467.',
    'Efron, B. (1987) Better bootstrap confidence intervals. Journal of the American Statistical Association 82, 171–185.',
    'Mohler, G., Brantingham, P. J., Carter, J. and Short, M. B. (2019) Reducing bias in estimates for the law of crime concentration. Journal of Quantitative Criminology 35, 747–765.',
  ],
  formula:
    'Units from the fullest down, L(k) the share of incidents in the first k of N; C incidents. G = 2·(area under L) − 1. Generalised G′ = max(1, N/C)·(G − 1) + 1; without bias G′·m/(m − 1), m = min(N, C). Beyond chance: (G − G₀)/(1 − 1/N − G₀), G₀ the Gini of Poisson counts of mean C/N.',
  assumptions: [
    'Units are those of the study area, quiet ones too (places: see the number of places in all).',
    'Intervals treat units as drawn from many like them; neighbours that rise and fall together make them too narrow.',
    'Chance puts each incident in a unit on its own; the number of incidents is held fixed.',
  ],
  notShown: [
    'Whether the same units stay full: see stability. With few incidents the fullest units change from year to year by chance.',
  ],
  compares: [
    'lorenzgini takes its interval (BCa) by resampling units, as here; its default is the generalised Gini without bias.',
    'safer-streets states it in areas under the curve, (A − A₀)/(A_max − A₀): the same number, as long as its A₀ is that of exact Poisson counts, as here.',
  ],
  caveats: {
    ...unitCaveatCards,
    'concentration-sparse':
      'There are fewer incidents than units: a plain Gini looks concentrated by chance.',
    'concentration-few': 'Fewer than 30 units or 50 incidents: intervals are rough.',
    'concentration-chance': 'The concentration is within what chance alone makes.',
    'concentration-all-places': 'The number of places in all is one that was given, not counted.',
  },
  parameters: concentrationParameters,
  summary: {
    grid: 'The grid, when counted by cells',
    units: 'Units',
    occupied: 'Units with at least one incident',
    incidents: 'Incidents counted',
    gini: 'Gini',
    giniLow: 'Gini, 95 % low (BCa)',
    giniHigh: 'Gini, 95 % high',
    generalisedGini: 'Generalised Gini',
    unbiasedGini: 'Generalised Gini without bias',
    unbiasedGiniLow: 'Generalised Gini without bias, 95 % low (BCa)',
    unbiasedGiniHigh: 'Generalised Gini without bias, 95 % high',
    chanceGini: 'Gini that chance makes (Poisson)',
    giniBeyondChance: 'Gini beyond chance: 0 = as chance would have it, 1 = all in one unit',
    pValue: 'Share of simulations at least as concentrated (upper tail, (r + 1)/(n + 1))',
    shareRows:
      'For each share of the incidents: the fewest units that hold it, their share of the units, 95 % interval, and what chance makes',
    topRows:
      'For each share of the units, rounded up to whole units: the share of incidents in the fullest of them, 95 % interval, and what chance makes',
  },
  columns: [
    { name: 'units', title: 'Units, fullest first', type: 'float64' },
    { name: 'shareOfUnits', title: 'Share of the units', type: 'float64' },
    { name: 'shareOfIncidents', title: 'Share of the incidents', type: 'float64' },
    { name: 'low', title: 'Share of the incidents, 95 % low', type: 'float64' },
    { name: 'high', title: 'Share of the incidents, 95 % high', type: 'float64' },
    { name: 'chanceLow', title: 'By chance, 95 % low', type: 'float64' },
    { name: 'chanceHigh', title: 'By chance, 95 % high', type: 'float64' },
  ],
  charts: [
    {
      title: 'Share of the incidents in the fullest units',
      x: 'shareOfUnits',
      lines: ['shareOfIncidents', 'chanceHigh'],
      band: ['low', 'high'],
    },
  ],
  needs: ['place'],
}
