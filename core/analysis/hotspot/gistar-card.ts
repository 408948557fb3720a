import type { MethodCard } from '#core/contract/method.ts'
import { localCaveatWords } from '../autocorrelation/local-caveats.ts'
import { adjustmentParameter, testParameters, unitParameters } from '../autocorrelation/unit-parameters.ts'
import { unitCaveats } from '../autocorrelation/units.ts'

const parameters = {
  ...unitParameters,
  includeSelf: {
    type: 'switch',
    title: 'A place counts among its own neighbours (Gi*)',
    default: true,
    why: 'A hotspot is a place with its surroundings; without itself (Gi) only the surroundings are tested.',
  },
  inference: {
    type: 'choice',
    title: 'Where p comes from',
    options: [
      { value: 'normal', title: 'The normal distribution' },
      { value: 'permutation', title: 'Permutations' },
    ],
    default: 'normal',
    why: 'Exact arithmetic, equal to the peers; permutations are better where incidents are few.',
  },
  ...testParameters,
  adjustment: adjustmentParameter,
} as const

export const gistarCard: MethodCard<typeof parameters> = {
  id: 'gistar',
  version: '1.1.0',
  title: 'Hot and cold cells (Getis–Ord Gi*)',
  answers:
    'Which cells or areas, with their neighbours, hold more or fewer incidents than chance would put there?',
  references: [
    'Getis, A. and Ord, J. K. (1992) Geographical Analysis 24, 189–206.',
    'Ord, J. K. and Getis, A. (1995) Geographical Analysis 27, 286–306.',
    'Anselin, L. (1995) Geographical Analysis 27, 93–115 (conditional permutation).',
    'Benjamini, Y. and Hochberg, Y. (1995) Journal of the Royal Statistical Society B 57, 289–300.',
  ],
  formula: [
    'Gi*: z_i = (Σ_j w_ij x_j − W_i·x̄) / (s·√((n·W_i − W_i²)/(n − 1))), w binary, the place itself in, W_i = Σ_j w_ij, s² = Σ(x − x̄)²/n over all n places.',
    'Gi: the same without the place, mean and variance over the other n − 1.',
    'p two-sided from the normal distribution, or (r + 1)/(permutations + 1), twice the smaller tail; q adjusts over all places tested.',
  ].join('\n'),
  notShown: [
    'Why a place is hot, or who is there.',
    'That a place is hotter than another hot one: classes say how sure, not how many.',
    'Change: a place can be hot in both years and falling.',
  ],
  assumptions: [
    'Values could have fallen in any cell of the study area: empty cells count, and so does farmland.',
    'The normal distribution describes the sum over a neighbourhood; where incidents are few it is rough.',
    'Permutations hold the values and each place’s own value fixed and put the others anywhere: a map with any clustering at all has places that pass.',
    'A hot cell is a place with many incidents; it says nothing of why, or of who is there.',
  ],
  compares: [
    'Equal to spdep localG with self included; esda in its row-standardised form gives other, wrong values.',
    'ArcGIS adjusts by false discovery rate as here; sfhotspot does not adjust unless asked.',
    'Permutation p is two-sided, ties count on both sides: esda’s default is one-sided, about half of it. spdep localG_perm draws with putting back and lets the place’s own share of Gi* vary; here it stays.',
  ],
  caveats: {
    ...unitCaveats,
    ...localCaveatWords,
    'gistar-undefined': 'All places hold the same, or have all others for neighbours: nothing can be tested.',
    'gistar-sparse': 'Fewer than one incident is expected per neighbourhood: p values are rough.',
    'gistar-few-cells': 'Fewer than 30 places were tested: p values are rough.',
    'gistar-unadjusted': 'No allowance was made for testing many places.',
  },
  parameters,
  summary: {
    units: 'Cells or areas',
    grid: 'The grid: shape, side, origin, columns and rows (cells)',
    areas: 'The areas with their results (areas)',
    tested: 'Places tested',
    mean: 'Mean of a place',
    deviation: 'Standard deviation of a place (divisor n)',
    neighbours: 'Mean number of neighbours',
    distanceBand: 'Distance band used, m',
    inference: 'Where p comes from',
    adjustment: 'Allowance for testing many places',
    hot: 'Hot places at 99, 95 and 90 %, each counted once',
    cold: 'Cold places at 99, 95 and 90 %, each counted once',
  },
  columns: [
    { name: 'cell', title: 'Cell (cells)', type: 'int32' },
    { name: 'code', title: 'Area (areas)', type: 'utf8' },
    { name: 'x', title: 'Easting of the centre', unit: 'm', type: 'float64' },
    { name: 'y', title: 'Northing of the centre', unit: 'm', type: 'float64' },
    { name: 'count', title: 'Incidents', type: 'uint32' },
    { name: 'value', title: 'Value compared', type: 'float64' },
    { name: 'z', title: 'Gi* z', type: 'float64' },
    { name: 'pValue', title: 'p', type: 'float64' },
    { name: 'qValue', title: 'Adjusted p', type: 'float64' },
    {
      name: 'gistarClass',
      title: 'Class',
      type: 'int8',
      words: {
        '3': 'hot, 99 %',
        '2': 'hot, 95 %',
        '1': 'hot, 90 %',
        '0': 'not significant',
        '-1': 'cold, 90 %',
        '-2': 'cold, 95 %',
        '-3': 'cold, 99 %',
      },
    },
  ],
  needs: ['place'],
}
