import type { MethodCard } from '#core/contract/method.ts'
import { testParameters, unitParameters } from './unit-parameters.ts'
import { unitCaveats } from './units.ts'

const parameters = {
  ...unitParameters,
  weights: {
    type: 'choice',
    title: 'Weight of a neighbour (I and C)',
    options: [
      { value: 'row', title: 'An equal share (the mean of the neighbours)' },
      { value: 'binary', title: 'One each (the sum of the neighbours)' },
    ],
    default: 'row',
    why: 'Every place then weighs the same in the whole, however many neighbours it has.',
  },
  permuted: {
    type: 'switch',
    title: 'Find p by permutation as well',
    default: true,
    why: 'Incident counts are skew, and the normal distribution is then rough.',
  },
  ...testParameters,
  permutations: {
    ...testParameters.permutations,
    default: 999,
    why: '999 permutations give a two-sided p as small as 0.002, which is enough for one figure.',
  },
} as const

export const globalAutocorrelationCard: MethodCard<typeof parameters> = {
  id: 'globalAutocorrelation',
  version: '1.0.0',
  title: 'Clustering of the whole map (Moran’s I, Geary’s C, general G)',
  answers: 'Over the whole map, are places like their neighbours more than chance would make them?',
  references: [
    'Moran, P. A. P. (1950) Biometrika 37, 17–23.',
    'Geary, R. C. (1954) The Incorporated Statistician 5, 115–145.',
    'Cliff, A. D. and Ord, J. K. (1981) Spatial Processes. Pion, London.',
    'Getis, A. and Ord, J. K. (1992) Geographical Analysis 24, 189–206.',
  ],
  formula: [
    'Moran I = (n/S0)·Σ_ij w_ij (x_i − x̄)(x_j − x̄)/Σ(x − x̄)².',
    'Geary C = ((n − 1)/(2·S0))·Σ_ij w_ij (x_i − x_j)²/Σ(x − x̄)².',
    'General G = Σ_ij w_ij x_i x_j/Σ_{i≠j} x_i x_j.',
    'S0 = Σ w_ij; mean and variance under randomisation or normality; p from the normal distribution or by permutation.',
  ].join('\n'),
  notShown: [
    'Where the clusters are: one figure speaks for the whole map.',
    'How strong clustering is between maps with other cells or neighbours.',
  ],
  assumptions: [
    'Values could have fallen in any cell of the study area: empty cells count, and so does farmland. Much empty land alone makes a map look clustered.',
    'One figure for the whole map: it does not say where.',
    'The answer depends on the size of the cells and on who is a neighbour: compare only what has the same of both.',
  ],
  compares: [
    'Equal to spdep moran.test, geary.test and globalG.test (1.2.7). spdep counts the sign of Geary’s z the other way round: there positive means alike, here positive means C above 1, unlike.',
    'Places without a neighbour are left out altogether; spdep leaves them in the mean.',
    'Two-sided p unless asked otherwise; the default of spdep is one-sided.',
    'General G takes weights of one each whatever is chosen, as Getis and Ord define it.',
  ],
  caveats: {
    ...unitCaveats,
    'global-undefined': 'All places hold the same, or have all others for neighbours: nothing can be tested.',
    'global-few': 'Fewer than 30 places were compared: p values are rough.',
    'no-neighbours': 'Some places have no neighbour and were left out.',
  },
  parameters,
  summary: {
    units: 'Cells or areas',
    grid: 'The grid: shape, side, origin, columns and rows (cells)',
    compared: 'Places compared',
    neighbours: 'Mean number of neighbours',
    distanceBand: 'Distance band used, m',
    alternative: 'What p is the chance of',
    permutations: 'Permutations made',
    statistics:
      'Each statistic: value, expected by chance, z and p under randomisation, normality, permutation',
  },
  columns: [],
  needs: ['place'],
}
