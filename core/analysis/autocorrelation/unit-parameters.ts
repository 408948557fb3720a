import { gridParameters } from '../space/grid-parameters.ts'

/** The settings of every method that compares a place with its neighbours. */
export const unitParameters = {
  ...gridParameters,
  areas: {
    type: 'layer',
    title: 'Areas to compare instead of cells',
    geometry: 'area',
    required: false,
    default: '',
    why: 'Cells are all of one size; areas such as wards are not, and are asked for where others decide by them.',
  },
  value: {
    type: 'choice',
    title: 'What is compared',
    options: [
      { value: 'count', title: 'Incidents' },
      { value: 'harm', title: 'Harm' },
      { value: 'rate', title: 'Incidents per 1,000 of a column of the areas' },
    ],
    default: 'count',
    why: 'Counts need no table of weights and no population.',
  },
  denominator: {
    type: 'text',
    title: 'Column of the areas for the rate (a population, a number of homes)',
    default: '',
    why: 'Only the layer knows what it holds; no column is taken without being named.',
  },
  neighbours: {
    type: 'choice',
    title: 'Who is a neighbour',
    options: [
      { value: 'distance', title: 'All within the distance band' },
      { value: 'nearest', title: 'The nearest, as many as stated' },
      { value: 'touching', title: 'All that touch, at a corner or a side' },
      { value: 'sides', title: 'All that share a side' },
    ],
    default: 'distance',
    why: 'One distance for all places, as Getis and Ord, ArcGIS and sfhotspot have it.',
  },
  distanceBand: {
    type: 'number',
    title: 'Distance band (0 = the shortest that serves)',
    unit: 'm',
    minimum: 0,
    maximum: 20000,
    default: 0,
    why: 'For cells the shortest is one ring of neighbours, the smallest neighbourhood that can show a cluster; for areas the one at which each has a neighbour.',
  },
  nearest: {
    type: 'integer',
    title: 'Number of nearest neighbours',
    minimum: 1,
    maximum: 100,
    default: 8,
    why: 'Eight is what ArcGIS takes, and as many as touch a square.',
  },
} as const

/** How p is found, and for how many tests an allowance is made. */
export const testParameters = {
  permutations: {
    type: 'integer',
    title: 'Permutations',
    minimum: 99,
    maximum: 99999,
    default: 9999,
    why: 'A two-sided p is then as small as 0.0002: among thousands of places 0.002 would not pass the allowance for many.',
  },
  seed: {
    type: 'integer',
    title: 'Seed of the permutations',
    minimum: 0,
    maximum: 2147483647,
    default: 1,
    why: 'The same seed gives the same answer on every machine; another seed shows how much p depends on chance.',
  },
  alternative: {
    type: 'choice',
    title: 'What p is the chance of',
    options: [
      { value: 'two-sided', title: 'As far out on either side (twice the smaller tail)' },
      { value: 'greater', title: 'As large or larger' },
      { value: 'less', title: 'As small or smaller' },
    ],
    default: 'two-sided',
    why: 'Both hot and cold are looked for; a one-sided p halves the figure without more evidence.',
  },
} as const

export const adjustmentParameter = {
  type: 'choice',
  title: 'Allowance for testing many places',
  options: [
    { value: 'BH', title: 'False discovery rate (Benjamini–Hochberg)' },
    { value: 'BY', title: 'False discovery rate under any dependence (Benjamini–Yekutieli)' },
    { value: 'none', title: 'None' },
  ],
  default: 'BH',
  why: 'Thousands of places are tested: without an allowance one in twenty is “significant” by chance alone.',
} as const
