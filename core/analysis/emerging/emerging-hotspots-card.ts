import type { MethodCard } from '#core/contract/method.ts'
import { gridParameters } from '../space/grid-parameters.ts'
import { studyGridCaveats } from '../space/study-grid.ts'
import { timeStepCaveatCodes } from './time-step-caveats.ts'
import { stepOptions } from './time-steps.ts'

/** Settings of `emergingHotspots`. */
export const emergingParameters = {
  ...gridParameters,
  step: {
    type: 'choice',
    title: 'Time step',
    options: stepOptions,
    default: 'month',
    why: 'Public data hold the month; with days known, four weeks make steps of equal length.',
  },
  tested: {
    type: 'choice',
    title: 'Cells tested',
    options: [
      { value: 'all', title: 'All cells of the study area' },
      { value: 'occupied', title: 'Cells with at least one incident in the period' },
    ],
    default: 'all',
    why: 'Empty cells are part of what is usual; ArcGIS without a mask takes occupied ones only.',
  },
  distanceBand: {
    type: 'number',
    title: 'Distance band (0 = one ring of neighbours)',
    unit: 'm',
    minimum: 0,
    maximum: 20000,
    default: 0,
    why: 'The cells that touch a cell are the smallest neighbourhood that can show a cluster.',
  },
  earlierSteps: {
    type: 'integer',
    title: 'Steps before that count as neighbours',
    minimum: 0,
    maximum: 12,
    default: 1,
    why: 'The step before steadies a short step; more would hide what is new.',
  },
  adjustment: {
    type: 'choice',
    title: 'Allowance for testing many cells and steps',
    options: [
      { value: 'BH', title: 'False discovery rate (Benjamini–Hochberg)' },
      { value: 'BY', title: 'False discovery rate under any dependence (Benjamini–Yekutieli)' },
      { value: 'none', title: 'None' },
    ],
    default: 'BH',
    why: 'Tens of thousands of bins are tested: without an allowance one in twenty is “significant” by chance alone.',
  },
  level: {
    type: 'number',
    title: 'A bin is hot or cold up to this adjusted p',
    minimum: 0.0001,
    maximum: 0.2,
    default: 0.05,
    why: 'The usual level.',
  },
  trendLevel: {
    type: 'number',
    title: 'A trend is one up to this p',
    minimum: 0.0001,
    maximum: 0.2,
    default: 0.05,
    why: 'The usual level; each cell is one test of its own.',
  },
} as const

export const emergingHotspotsCard: MethodCard<typeof emergingParameters> = {
  id: 'emergingHotspots',
  version: '1.0.0',
  title: 'Emerging hotspots',
  answers: 'Which hot and cold cells are new, growing, always there, fading, or on and off?',
  references: [
    'Ord, J. K. and Getis, A. (1995) Local spatial autocorrelation statistics. Geographical Analysis 27, 286–306.',
    'Mann, H. B. (1945) Nonparametric tests against trend. Econometrica 13, 245–259.',
    'Kendall, M. G. (1975) Rank Correlation Methods. Griffin, London.',
    'Benjamini, Y. and Hochberg, Y. (1995) Controlling the false discovery rate. Journal of the Royal Statistical Society B 57, 289–300.',
  ],
  formula:
    'z of Gi* for each cell and step, over its neighbours in this and the step before, mean and variance of the whole cube; Mann–Kendall on the z of a cell; the first rule that holds names its class: new, consecutive, intensifying, persistent, diminishing, historical, oscillating, sporadic.',
  assumptions: [
    'Recording was the same all through: a new recording rule makes hot cells new.',
    'The mean is that of the whole cube: when the whole force falls, early steps are hotter everywhere. Look at the overall trend first.',
    'The step before is a neighbour, so that the z of one step carries over to the next, and a trend shows a little too easily.',
    '“Persistent” and “historical” ask for 90 % of the steps. Persistent does not ask that the last step is hot; look at the last z.',
  ],
  notShown: [
    'How many incidents: a cell is hot against the others. Look at the count.',
    'What comes next: a pattern named is not a forecast.',
  ],
  compares: [
    'Names follow ArcGIS. Its definitions overlap; here the first that holds, in the order given, is the class, and hot and cold steps are never counted together (sfdep counts cold steps as hot for intensifying).',
    'ArcGIS tests occupied cells only unless given a mask; sfdep uses permutation p at 0.01, one-tailed, unadjusted.',
    'The plain view has sfhotspot’s words. sfhotspot tests each period by itself and unadjusted, counts one more period as recent than it divides by, and also names cold spots; here the bins of the cube are used, recent steps are divided by their own number, and hot cells alone are named.',
    'A month no file covers is a gap here; in ArcGIS and sfhotspot it is a step of zeros, or left out with a warning.',
  ],
  caveats: {
    ...studyGridCaveats,
    ...timeStepCaveatCodes,
    'emerging-undefined': 'Every cell and step holds the same: nothing can be tested.',
    'emerging-sparse': 'Fewer than one incident is expected per neighbourhood: p values are rough.',
    'emerging-unadjusted': 'No allowance was made for testing many cells and steps.',
    'in-gaps': 'Incidents in steps the files do not hold whole were left out.',
    'last-step-missing': 'The last step is a gap; “last” means the latest that is held.',
  },
  parameters: emergingParameters,
  summary: {
    grid: 'The grid: shape, side, origin, columns and rows',
    from: 'First day of the first step',
    to: 'Last day of the last step',
    tested: 'Cells tested',
    steps: 'Time steps',
    gaps: 'Steps that are gaps',
    incidents: 'Incidents counted',
    mean: 'Mean of a bin',
    deviation: 'Standard deviation of a bin (divisor n)',
    distanceBand: 'Distance band used, m',
    adjustment: 'Allowance for testing many bins',
    hotBins: 'Hot bins',
    coldBins: 'Cold bins',
    overallZ: 'Mann–Kendall z of all incidents together',
    overallP: 'Its p',
    overallSlope: 'Median change of all incidents together per step',
    classes: 'Cells of each class, hot and cold',
    noPattern: 'Cells of no class',
    plain: 'Cells of each word of the plain view',
  },
  columns: [
    { name: 'cell', title: 'Cell', type: 'int32' },
    { name: 'x', title: 'Easting of the centre', unit: 'm', type: 'float64' },
    { name: 'y', title: 'Northing of the centre', unit: 'm', type: 'float64' },
    { name: 'count', title: 'Incidents', type: 'uint32' },
    {
      name: 'emergingClass',
      title:
        'Class: 1 new, 2 consecutive, 3 intensifying, 4 persistent, 5 diminishing, 6 historical, 7 oscillating, 8 sporadic; cold negative; 0 none',
      type: 'int8',
    },
    {
      name: 'plainClass',
      title: 'Plain view: 0 none, 1 persistent, 2 emerging, 3 former, 4 intermittent',
      type: 'uint8',
    },
    { name: 'hotSteps', title: 'Hot steps', type: 'int32' },
    { name: 'coldSteps', title: 'Cold steps', type: 'int32' },
    { name: 'lastZ', title: 'Gi* z of the last step held', type: 'float64' },
    { name: 'trendZ', title: 'Mann–Kendall z', type: 'float64' },
    { name: 'trendP', title: 'Its p', type: 'float64' },
  ],
  needs: ['place', 'month'],
}
