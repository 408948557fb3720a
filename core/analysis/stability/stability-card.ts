import type { MethodCard } from '#core/contract/method.ts'
import { unitCaveatCards } from '../space/unit-caveats.ts'
import { unitColumnCards, unitParameters } from '../space/unit-parameters.ts'

export const stabilityParameters = {
  ...unitParameters,
  periodMonths: {
    type: 'integer',
    title: 'Length of a period',
    unit: 'months',
    minimum: 1,
    maximum: 60,
    default: 12,
    why: 'Whole years, so that the season is not mistaken for change.',
  },
  periods: {
    type: 'integer',
    title: 'Periods at most',
    minimum: 2,
    maximum: 60,
    default: 5,
    why: 'Enough to tell a lasting place from a passing one; places older than that were other places.',
  },
  topShare: {
    type: 'number',
    title: 'Share of the units that is the top',
    unit: '%',
    minimum: 0.01,
    maximum: 50,
    default: 5,
    why: 'In most towns about half of all incidents happen in some five per cent of places.',
  },
  topUnits: {
    type: 'integer',
    title: 'Units in the list that is compared',
    minimum: 1,
    maximum: 100_000,
    default: 20,
    why: 'About as many as a force patrols.',
  },
  rboP: {
    type: 'number',
    title: 'Weight of the top (p of rank-biased overlap)',
    minimum: 0.5,
    maximum: 0.99,
    default: 0.9,
    why: 'The first ten units carry some 86 % of the weight: those that are acted on.',
  },
} as const

export const stabilityCard: MethodCard<typeof stabilityParameters> = {
  id: 'stability',
  version: '1.0.0',
  title: 'Do the same places stay full',
  answers: 'Are the fullest places of one year the fullest of the next, or do they move about?',
  references: [
    'Weisburd, D., Bushway, S., Lum, C. and Yang, S.-M. (2004) Trajectories of crime at places. Criminology 42, 283–321.',
    'Webber, W., Moffat, A. and Zobel, J. (2010) A similarity measure for indefinite rankings. ACM Transactions on Information Systems 28(4), 20.',
    'Corsi, M. and Urbano, J. (2024) The treatment of ties in rank-biased overlap. SIGIR 2024.',
    'College of Policing. Serious violence hot spots policing guide: hot spots are stable in time.',
  ],
  formula:
    'Spearman: Pearson of mean ranks. Rank-biased overlap: equation 32 of Webber, extrapolated, the mean over orders of ties. F1 = 2·both/(a + b), Jaccard = both/(a + b − both) of the top lists, both the mean over choices among ties at the cut. Cosine of the two rows of counts. Top: units with fewer than ⌈x % of the units⌉ above them, and at least one incident.',
  assumptions: [
    'Recording was the same in all periods.',
    'A period is whole: one with a month the files do not hold is left out.',
  ],
  notShown: [
    'Whether a change is more than chance: units with few incidents change places from year to year though nothing changed. The share expected by chance is that of periods that had nothing to do with each other.',
  ],
  compares: [
    'Spearman over all units, empty ones too, is that of safer-streets; many cells empty in both periods push it up, so it is also given over the units that ever held an incident.',
    'Tools that break ties by row order give other overlaps from the same data; here ties are averaged.',
  ],
  caveats: {
    ...unitCaveatCards,
    undated: 'Incidents without a date were left out.',
    'months-missing': 'A period with a month the files do not hold was left out, or one is held in part.',
    'stability-two': 'Only two periods: one comparison.',
    'stability-few': 'A period holds fewer than 50 incidents: ranks are mostly chance.',
    'stability-ties': 'Ties make the top larger than was asked for.',
  },
  parameters: stabilityParameters,
  summary: {
    grid: 'The grid, when counted by cells',
    units: 'Units',
    occupied: 'Units with an incident in any period',
    periods: 'Each period: incidents, units in the top, and the share of incidents they hold',
    pairs:
      'Each pair of periods: Spearman, rank-biased overlap, Jaccard and F1 of the top lists, cosine, and the share of the earlier top that is in the later',
    persistence: 'Units in the top in 1, 2, … of the periods, and the share of all incidents they hold',
    alwaysTop: 'Units in the top in every period',
    alwaysTopShare: 'Their share of the units that were in the top in the first period',
    alwaysTopByChance:
      'Units that would be in the top in every period if periods had nothing to do with each other',
    meanSpearman: 'Mean Spearman of periods that follow one another',
    meanOverlap: 'Mean rank-biased overlap of periods that follow one another',
  },
  columns: [
    ...unitColumnCards,
    { name: 'count', title: 'Incidents in all periods', type: 'uint32' },
    { name: 'first', title: 'Incidents in the first period', type: 'uint32' },
    { name: 'last', title: 'Incidents in the last period', type: 'uint32' },
    { name: 'periodsInTop', title: 'Periods in the top', type: 'uint8' },
  ],
  needs: ['place', 'month'],
}
