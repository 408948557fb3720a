import type { MethodCard } from '#core/contract/method.ts'
import { unitCaveatCards } from '../space/unit-caveats.ts'
import { unitColumnCards, unitParameters } from '../space/unit-parameters.ts'
import { dateSplitCaveats, dateSplitParameters } from './split-by-date.ts'

export const hotspotAccuracyParameters = {
  ...unitParameters,
  predictor: {
    type: 'choice',
    title: 'Hotspots are chosen by',
    options: [
      { value: 'count', title: 'Incidents of the earlier period' },
      { value: 'neighbours', title: 'Incidents, plus the mean of the neighbouring cells' },
      { value: 'density', title: 'Density at the centre of the cell' },
    ],
    default: 'count',
    why: 'The plainest rule, and hard to beat: every other rule should be shown to be better than it.',
  },
  bandwidth: {
    type: 'number',
    title: 'Bandwidth of the density',
    unit: 'm',
    minimum: 50,
    maximum: 10000,
    default: 500,
    why: 'Reaches the cells around a cell of the usual size; only used when chosen by density.',
  },
  ...dateSplitParameters,
  other: {
    type: 'selection',
    title: 'Choose hotspots from another selection',
    required: false,
    default: null,
    why: 'Say, choose by all violence and score on knife crime. Without a date all of both is taken.',
  },
  shares: {
    type: 'numbers',
    title: 'Shares of the area to score',
    unit: '%',
    minimum: 0.01,
    maximum: 100,
    increasing: true,
    default: [0.5, 1, 2, 5, 10, 20],
    why: 'A force can keep a few per cent of its ground under watch; beyond a fifth every method looks good.',
  },
} as const

export const hotspotAccuracyCard: MethodCard<typeof hotspotAccuracyParameters> = {
  id: 'hotspotAccuracy',
  version: '1.0.0',
  title: 'How well hotspots foretell',
  answers: 'Of the incidents that came later, how many fell in the hotspots chosen beforehand?',
  references: [
    'Chainey, S., Tompson, L. and Uhlig, S. (2008) The utility of hotspot mapping for predicting spatial patterns of crime. Security Journal 21, 4–28.',
    'Hunt, J. (2016) Do crime hot spots move? PhD thesis, American University (prediction efficiency index).',
    'Levine, N. (2008) The “hottest” part of a hotspot. Security Journal 21, 295–302 (recapture rate index).',
    'White, Hunt and Green (2023) Discussion of current crime forecasting indices. National Institute of Justice.',
  ],
  formula:
    'n incidents of the later period in the chosen units, N in all; a their area, A of all. Hit rate n/N; PAI = (n/N)/(a/A); PEI = n / the most that area a could have held; recapture rate index = (n/n₁)/(N/N₁), n₁ and N₁ in the earlier period; relative risk index = (predicted in the chosen / predicted in all)/(n/N).',
  assumptions: [
    'Units are chosen from the earlier period alone; the later one is used for nothing but the score.',
    'Recording and patrol in the chosen units did not change because they were chosen.',
    'All ground of the units counts as area, farmland and water too: a force with much of it has a higher PAI.',
  ],
  notShown: [
    'Whether patrols there would prevent anything: it scores the choice of places, not the work done in them.',
    'Whether one rule is better than another by more than chance: compare the ranges.',
  ],
  compares: [
    'ptools puts tied units in worst-first order; here ties are the mean over random orders, with the worst and the best beside it.',
    'RRI of ptools is predicted over observed as they stand; here predictions are first scaled to the later total. Levine’s RRI is the recapture rate index: two measures share the name.',
  ],
  caveats: {
    ...unitCaveatCards,
    ...dateSplitCaveats,
    'accuracy-few': 'Fewer than 50 incidents were scored: one more or less changes the picture.',
    'accuracy-ties': 'Units with equal predictions stand at a cut: which are chosen is arbitrary.',
    'accuracy-overlap': 'The hotspots were chosen from incidents that were also scored.',
    'accuracy-places': 'Places have no area: shares are of the number of known places.',
  },
  parameters: hotspotAccuracyParameters,
  summary: {
    grid: 'The grid, when counted by cells',
    units: 'Units that could be chosen',
    earlier: 'The earlier period, or selection',
    later: 'The period scored',
    earlierIncidents: 'Incidents the choice was made from',
    laterIncidents: 'Incidents scored',
    areaKm2: 'Area of all units, km²',
    rows: 'For each share of the area: units chosen, hits, hit rate, PAI, PEI and both RRI, with the range that ties allow',
    areaUnderCurve: 'Area under the curve of hit rate over area (0.5 = no better than chance)',
    bestAreaUnderCurve: 'The same, had the later period been known',
  },
  columns: [
    ...unitColumnCards,
    { name: 'predicted', title: 'Predicted, scaled to the later total', type: 'float64' },
    { name: 'observed', title: 'Incidents of the later period', type: 'uint32' },
    { name: 'areaShare', title: 'Share of the area up to here', type: 'float64' },
    { name: 'hitRate', title: 'Hit rate up to here', type: 'float64' },
    { name: 'hitRateLow', title: 'Hit rate, worst order of ties', type: 'float64' },
    { name: 'hitRateHigh', title: 'Hit rate, best order of ties', type: 'float64' },
    { name: 'bestHitRate', title: 'Best possible hit rate', type: 'float64' },
  ],
  charts: [
    {
      title: 'Hit rate against area',
      x: 'areaShare',
      lines: ['hitRate', 'bestHitRate'],
      band: ['hitRateLow', 'hitRateHigh'],
    },
  ],
  needs: ['place'],
}
