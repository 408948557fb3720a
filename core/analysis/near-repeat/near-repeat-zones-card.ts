import type { MethodCard } from '#core/contract/method.ts'
import { gridParameters } from '../space/grid-parameters.ts'
import { studyGridCaveats } from '../space/study-grid.ts'
import { bandParameters } from './band-parameters.ts'
import { datedPlacesCaveats } from './dated-places.ts'

const parameters = {
  ...gridParameters,
  cellSize: { ...gridParameters.cellSize, default: 100, why: 'A near repeat reaches a street or two.' },
  asOf: {
    type: 'date',
    title: 'Day the risk is for (blank: the day after the last incident)',
    default: '',
    why: 'Only incidents before it count.',
  },
  lookback: {
    type: 'integer',
    title: 'Days back that count',
    unit: 'days',
    minimum: 1,
    maximum: 730,
    default: 56,
    why: 'After eight weeks with a half-life of two the risk is down to a sixteenth.',
  },
  halfLife: {
    type: 'number',
    title: 'Days in which the risk halves',
    unit: 'days',
    minimum: 0.5,
    maximum: 365,
    default: 14,
    why: 'Two weeks is usual for burglary; take the median days of the near-repeat labels for your own.',
  },
  reach: {
    type: 'number',
    title: 'How far an incident reaches',
    unit: 'm',
    minimum: 25,
    maximum: 5000,
    default: 400,
    why: 'The last of the usual bands of the Knox test.',
  },
  halfDistance: {
    type: 'number',
    title: 'Metres in which the risk halves',
    unit: 'm',
    minimum: 5,
    maximum: 5000,
    default: 100,
    why: 'One street; take the median distance of the near-repeat labels for your own.',
  },
  combine: {
    type: 'choice',
    title: 'Several incidents near one cell',
    options: [
      { value: 'sum', title: 'Add up' },
      { value: 'maximum', title: 'Take the largest' },
    ],
    default: 'sum',
    why: 'Two incidents say more than one.',
  },
  topShare: {
    type: 'number',
    title: 'Share of the area to mark',
    unit: '%',
    minimum: 0.1,
    maximum: 50,
    default: 2,
    why: 'About what patrols can cover.',
  },
  testWeeks: {
    type: 'integer',
    title: 'Weeks of its own back-test',
    minimum: 0,
    maximum: 104,
    default: 8,
    why: 'Two months show whether the zones hit more than the places that are always busy.',
  },
  dateUsed: bandParameters.dateUsed,
} as const

/** What is known of the method without running it. */
export const nearRepeatZonesCard: MethodCard<typeof parameters> = {
  id: 'nearRepeatZones',
  version: '1.0.0',
  title: 'Near-repeat risk zones',
  answers:
    'Where is the risk raised for now by recent incidents nearby, and did such zones hit in past weeks?',
  references: [
    'Bowers, K. J., Johnson, S. D. and Pease, K. (2004). Prospective hot-spotting: the future of crime mapping? British Journal of Criminology 44, 641–658.',
    'Esri. Calculate prediction zones. Crime Analysis toolbox.',
    'Chainey, S., Tompson, L. and Uhlig, S. (2008). The utility of hotspot mapping for predicting spatial patterns of crime. Security Journal 21, 4–28 (PAI).',
  ],
  formula:
    'risk(cell) = Σ (or largest) of 2^(−age/half-life)·2^(−distance/half-distance) over incidents at most so many days old and so many metres from the centre. Back-test: for each past week, risk at its beginning from what was known then; hit rate = share of the week’s incidents in the top share of cells; PAI = hit rate / share of area.',
  assumptions: [
    'Incidents raise the risk nearby for a while (see whether the Knox test says so here).',
    'The records of a week were all known at its end; late reports would have been missing at the time.',
  ],
  notShown: [
    'Any person: it marks ground for a few days, not people, and is no ground to stop anyone.',
    'A chance of crime: risk is a ranking number, in incidents faded by age and distance.',
  ],
  compares: [
    'ArcGIS “cumulative” is the sum here; its old “maximum” adds where it should replace.',
    'Ties at the edge of the top share count by chance, not in row order.',
    'PredictCode’s prospective hotspots weigh by 1/((1 + d)(1 + t)) in whole cells and weeks.',
  ],
  caveats: {
    ...datedPlacesCaveats,
    'no-study-area': studyGridCaveats['no-study-area'],
    'outside-study-area': studyGridCaveats['outside-study-area'],
    'zones-no-recent': 'No incident is recent enough: there is no risk to show.',
    'zones-few-tested': 'The back-test holds fewer than 30 incidents.',
    'zones-weeks-skipped':
      'Weeks were left out of the back-test: no earlier data, or months that the files do not cover.',
    'zones-no-better': 'In the back-test the zones hit no more than the places that are always busy.',
    'zones-stale': 'The day asked for is more than a week after the last incident held.',
    'zones-missing-months': 'Months that the files do not cover lie in the days that count.',
  },
  parameters,
  summary: {
    grid: 'The grid: shape, side, origin, columns and rows',
    asOf: 'Day the risk is for',
    used: 'Incidents that count towards it',
    cells: 'Cells of the study area',
    marked: 'Cells marked',
    zones:
      'Marked cells that touch, joined: rank, cells, km², recent incidents in them, risk, place, outline',
    hitRate: 'Back-test: share of incidents in the marked cells',
    hitRateLow: 'Back-test: lower end of the 95% interval',
    hitRateHigh: 'Back-test: upper end of the 95% interval',
    pai: 'Back-test: hit rate over share of area',
    hitRateBusy: 'Back-test: the same share for as many cells that are always busiest',
    hitRateBest: 'Back-test: the same share for the best cells known only afterwards',
    tested: 'Back-test: incidents',
    weeks: 'Back-test week by week',
  },
  columns: [
    { name: 'cell', title: 'Cell', type: 'int32' },
    { name: 'x', title: 'Easting of the centre', unit: 'm', type: 'float64' },
    { name: 'y', title: 'Northing of the centre', unit: 'm', type: 'float64' },
    { name: 'risk', title: 'Risk', unit: 'faded incidents', type: 'float64' },
    { name: 'rank', title: 'Rank', type: 'int32' },
    { name: 'recent', title: 'Recent incidents', type: 'uint32' },
    { name: 'zone', title: 'Zone (0: not marked)', type: 'int32' },
  ],
  needs: ['place', 'month'],
}
