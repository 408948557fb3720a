import type { MethodCard } from '#core/contract/method.ts'
import { dateSplitCaveats, dateSplitParameters } from '../accuracy/split-by-date.ts'
import { unitCaveatCards } from '../space/unit-caveats.ts'
import { unitColumnCards, unitParameters } from '../space/unit-parameters.ts'

export const spptParameters = {
  ...unitParameters,
  other: {
    type: 'selection',
    title: 'Compare the selection with',
    required: false,
    default: null,
    why: 'Another offence, another force’s records; when not given, the selection is compared with itself before and after a date.',
  },
  ...dateSplitParameters,
  test: {
    type: 'choice',
    title: 'How a unit is tested',
    options: [
      { value: 'bootstrap', title: 'Bootstrap of both patterns' },
      { value: 'subsample', title: 'Part of the second pattern (the first sppt)' },
      { value: 'chi-square', title: 'Chi-square, times (N − 1)/N' },
      { value: 'fisher', title: 'Fisher’s exact test' },
    ],
    default: 'bootstrap',
    why: 'The answer then does not depend on which pattern is taken as the base.',
  },
  adjustment: {
    type: 'choice',
    title: 'Allowance for testing many units (chi-square and Fisher)',
    options: [
      { value: 'BY', title: 'False discovery rate under any dependence (Benjamini–Yekutieli)' },
      { value: 'BH', title: 'False discovery rate (Benjamini–Hochberg)' },
      { value: 'none', title: 'None' },
    ],
    default: 'BY',
    why: 'Shares add up to one, so units are not independent of each other.',
  },
  level: {
    type: 'number',
    title: 'Level',
    unit: '%',
    minimum: 50,
    maximum: 99.9,
    default: 95,
    why: 'The usual one.',
  },
  samples: {
    type: 'integer',
    title: 'Samples drawn (bootstrap and part)',
    minimum: 40,
    maximum: 9999,
    default: 200,
    why: 'That of sppt: the 6th and the 195th are the ends of the interval.',
  },
  part: {
    type: 'number',
    title: 'Part of the second pattern that is drawn',
    unit: '%',
    minimum: 50,
    maximum: 99,
    default: 85,
    why: 'The share of records that has to be placed for a pattern to be trusted (Ratcliffe 2004).',
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

export const spptCard: MethodCard<typeof spptParameters> = {
  id: 'sppt',
  version: '1.0.0',
  title: 'Are two patterns the same',
  answers: 'In how many units is the share of incidents the same in both patterns, and where does it differ?',
  references: [
    'Andresen, M. A. (2009) Testing for similarity in area-based spatial patterns. Applied Geography 29, 333–345.',
    'Wheeler, A. P., Steenbeek, W. and Andresen, M. A. (2018) Testing for similarity in area-based spatial patterns: alternative methods to Andresen’s spatial point pattern test. Transactions in GIS 22, 760–774.',
    'Campbell, I. (2007) Chi-squared and Fisher–Irwin tests of two-by-two tables with small sample recommendations. Statistics in Medicine 26, 3661–3675.',
  ],
  formula:
    'Per unit, share of the second pattern less share of the first. Bootstrap: both drawn again in full, similar when 0 lies in the middle 95 % of the differences. Part: 85 % of the second drawn, similar when the share of the first lies in the middle 95 % of its shares. Tests: similar when the adjusted p is at least 0.05. S = similar units / units; robust S leaves out units with no incident in either.',
  assumptions: [
    'Incidents are independent of each other; repeats at one address make differences look surer than they are.',
    'Shares are compared, not counts: a pattern that doubles everywhere is the same pattern.',
  ],
  notShown: [
    'How large differences are where they are not found: with few incidents nearly every unit is similar, because nothing could be told apart.',
  ],
  compares: [
    'sppt_boot of R draws from one stream, so that S differs a little when the patterns change places; here it does not.',
    'S of the first sppt (part) does depend on which pattern is the base.',
    'crimepy’s chi-square is with Yates’ correction, sppt’s and this one without.',
  ],
  caveats: {
    ...unitCaveatCards,
    ...dateSplitCaveats,
    'sppt-overlap': 'Some incidents are in both patterns, which are then not independent.',
    'sppt-empty': 'More than half of the units hold no incident of either pattern: read the robust S.',
    'sppt-few':
      'A pattern holds fewer than five incidents per occupied unit: most differences cannot be seen.',
    'sppt-base': 'S of this test depends on which pattern is the base.',
    'sppt-unadjusted': 'No allowance was made for testing many units.',
  },
  parameters: spptParameters,
  summary: {
    grid: 'The grid, when counted by cells',
    base: 'The first pattern',
    test: 'The second pattern',
    baseIncidents: 'Incidents of the first pattern',
    testIncidents: 'Incidents of the second pattern',
    units: 'Units',
    occupied: 'Units with an incident of either',
    s: 'S: share of all units that are similar',
    robustS: 'Robust S: share of the units with an incident that are similar',
    higher: 'Units whose share is higher in the second pattern',
    lower: 'Units whose share is lower in the second pattern',
  },
  columns: [
    ...unitColumnCards,
    { name: 'baseCount', title: 'Incidents of the first', type: 'uint32' },
    { name: 'testCount', title: 'Incidents of the second', type: 'uint32' },
    { name: 'baseShare', title: 'Share of the first', type: 'float64' },
    { name: 'testShare', title: 'Share of the second', type: 'float64' },
    { name: 'difference', title: 'Second less first', type: 'float64' },
    {
      name: 'low',
      title: 'Low end (of the difference; of the share of the second, for part)',
      type: 'float64',
    },
    { name: 'high', title: 'High end', type: 'float64' },
    { name: 'pValue', title: 'p (two-sided)', type: 'float64' },
    { name: 'qValue', title: 'Adjusted p', type: 'float64' },
    {
      name: 'outcome',
      title: 'Difference of shares',
      type: 'int8',
      words: { '1': 'higher in the second', '0': 'similar', '-1': 'lower in the second' },
    },
  ],
  needs: ['place'],
}
