import type { MethodCard } from '#core/contract/method.ts'
import { localCaveatWords } from './local-caveats.ts'
import { adjustmentParameter, testParameters, unitParameters } from './unit-parameters.ts'
import { unitCaveats } from './units.ts'

const parameters = {
  ...unitParameters,
  weights: {
    type: 'choice',
    title: 'Weight of a neighbour',
    options: [
      { value: 'row', title: 'An equal share (the mean of the neighbours)' },
      { value: 'binary', title: 'One each (the sum of the neighbours)' },
    ],
    default: 'row',
    why: 'Compares a place with the mean of its neighbours, however many it has.',
  },
  inference: {
    type: 'choice',
    title: 'Where p comes from',
    options: [
      { value: 'permutation', title: 'Permutations, the place’s own value held' },
      { value: 'conditional', title: 'Normal distribution, the place’s own value held' },
      { value: 'total', title: 'Normal distribution, all values anywhere' },
    ],
    default: 'conditional',
    why: 'The default of spdep since 1.2, exact arithmetic; permutations are better where values are skew, and counts are.',
  },
  ...testParameters,
  adjustment: adjustmentParameter,
  level: {
    type: 'number',
    title: 'Adjusted p at most',
    minimum: 0.0001,
    maximum: 0.5,
    default: 0.05,
    why: 'One in twenty of the places named may be named by chance.',
  },
} as const

export const localMoranCard: MethodCard<typeof parameters> = {
  id: 'localMoran',
  version: '1.0.0',
  title: 'Clusters and outliers (local Moran’s I)',
  answers:
    'Which places are like their neighbours, high among high or low among low, and which stand out from them?',
  references: [
    'Anselin, L. (1995) Local indicators of spatial association. Geographical Analysis 27, 93–115.',
    'Sokal, R. R., Oden, N. L. and Thomson, B. A. (1998) Geographical Analysis 30, 331–354.',
    'Benjamini, Y. and Hochberg, Y. (1995) Journal of the Royal Statistical Society B 57, 289–300.',
  ],
  formula: [
    'I_i = (x_i − x̄)/m · Σ_j w_ij (x_j − x̄), m = Σ(x − x̄)²/n.',
    'z from the mean and variance of I_i over all arrangements, the value of the place kept (conditional) or not (total).',
    'High or low: the place against x̄; its neighbours against x̄ on the other side.',
  ].join('\n'),
  notShown: [
    'Which of two neighbours is the cause.',
    'Counts that are high for their population: high is against the mean of all places.',
  ],
  assumptions: [
    'Values could have fallen in any cell of the study area: empty cells count, and so does farmland.',
    'The normal distribution is rough for skew values, and incident counts are skew: compare with permutations.',
    'High and low are against the mean of all places; where most are empty a single incident is high.',
  ],
  compares: [
    'z equals spdep localmoran 1.2.7, conditional (its default) and total; older spdep and GeoDa texts print the total.',
    'Quadrants are those of PySAL (both sides against the mean), by name: PySAL numbers HH 1, LH 2, LL 3, HL 4, GeoDa LL 2, LH 3.',
    'esda and GeoDa print a one-sided permutation p, about half of the two-sided one here. ArcGIS calls HH, LL, HL, LH the same, by permutation with its own allowance.',
    'A place without neighbours is NaN here, 0 in spdep.',
  ],
  caveats: {
    ...unitCaveats,
    ...localCaveatWords,
    'local-undefined': 'All places hold the same, or have all others for neighbours: nothing can be tested.',
    'local-skew': 'Most places are empty: high means one incident, and the normal distribution is rough.',
    'local-few': 'Fewer than 30 places were tested: p values are rough.',
    'local-unadjusted': 'No allowance was made for testing many places.',
  },
  parameters,
  summary: {
    units: 'Cells or areas',
    grid: 'The grid: shape, side, origin, columns and rows (cells)',
    areas: 'The areas with their results (areas)',
    tested: 'Places tested',
    mean: 'Mean of a place',
    neighbours: 'Mean number of neighbours',
    distanceBand: 'Distance band used, m',
    inference: 'Where p comes from',
    adjustment: 'Allowance for testing many places',
    quadrants: 'Places of each kind: all, and those that pass',
  },
  columns: [
    { name: 'cell', title: 'Cell (cells)', type: 'int32' },
    { name: 'code', title: 'Area (areas)', type: 'utf8' },
    { name: 'x', title: 'Easting of the centre', unit: 'm', type: 'float64' },
    { name: 'y', title: 'Northing of the centre', unit: 'm', type: 'float64' },
    { name: 'count', title: 'Incidents', type: 'uint32' },
    { name: 'value', title: 'Value compared', type: 'float64' },
    { name: 'localMoran', title: 'Local Moran’s I', type: 'float64' },
    { name: 'z', title: 'z', type: 'float64' },
    { name: 'pValue', title: 'p', type: 'float64' },
    { name: 'qValue', title: 'Adjusted p', type: 'float64' },
    { name: 'quadrant', title: 'Quadrant (place, neighbours)', type: 'utf8' },
    { name: 'cluster', title: 'Cluster or outlier that passes', type: 'utf8' },
  ],
  needs: ['place'],
}
