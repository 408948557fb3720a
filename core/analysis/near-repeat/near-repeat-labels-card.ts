import type { MethodCard } from '#core/contract/method.ts'
import { bandParameters } from './band-parameters.ts'
import { datedPlacesCaveats } from './dated-places.ts'

const parameters = {
  ...bandParameters,
  spatialBands: {
    ...bandParameters.spatialBands,
    default: [50, 100, 200],
    why: 'The Knox test shows how far a near repeat reaches; wider bands join everything to one chain.',
  },
  temporalBands: {
    ...bandParameters.temporalBands,
    default: [7, 14],
    why: 'The Knox test shows how long a near repeat takes; two weeks is usual for burglary.',
  },
  top: {
    type: 'integer',
    title: 'Chains listed',
    minimum: 1,
    maximum: 1000,
    default: 20,
    why: 'One page of a briefing.',
  },
} as const

/** What is known of the method without running it. */
export const nearRepeatLabelsCard: MethodCard<typeof parameters> = {
  id: 'nearRepeatLabels',
  version: '1.0.0',
  title: 'Repeats, near repeats and chains',
  answers: 'Which incidents began a run, which followed at the same place or nearby, and which stand alone?',
  references: [
    'Esri. Repeat and near repeat classification. Crime Analysis toolbox.',
    'Haberman, C. P. and Ratcliffe, J. H. (2012). The predictive policing challenges of near repeat armed street robberies. Policing 6, 151–166 (chains).',
  ],
  formula:
    'An incident with an earlier one in reach (distance under the last distance break, days apart under the last time break) is a repeat where one of those is at the same place, else a near repeat. One without, that has a later one in reach, is an originator. The rest are unrelated. A chain is all that is linked, directly or through others.',
  assumptions: [
    'On one day the earlier time comes first; an incident with a day only stands at the start of its day; what is still equal goes west to east, then south to north. So every chain has an originator.',
    'A label says near and soon, not that one caused the other: in a busy place many are near by chance (see the Knox test).',
  ],
  notShown: ['Who did it. Chains are not series of one offender.'],
  compares: [
    'ArcGIS names nearest by straight distance and gives no band to a value on the last break; its same-day pairs can be near repeats of each other with no originator. Here bands are [a, b) and one of two always comes first.',
    'ArcGIS prints the median link as half-distance and half-life, as here.',
  ],
  caveats: {
    ...datedPlacesCaveats,
    'chain-percolates': 'One chain holds more than a quarter of all incidents: the reach is too wide here.',
    'no-links': 'No incident is in reach of another.',
    'same-day-order': 'Some linked pairs are on one day without a time: their order is by rule.',
  },
  parameters,
  summary: {
    labels: 'Incidents and share by label',
    links: 'Links by band of distance and days to the nearest earlier incident',
    chains:
      'Largest chains: incidents, first and last day, days between, centre, width, whether still active',
    incidents: 'Incidents with a place and a day',
    chainCount: 'Chains of two or more',
    inChains: 'Incidents in chains',
    shareInChains: 'Share of incidents in chains',
    medianDistance: 'Median distance of a link, m',
    medianDays: 'Median days of a link',
  },
  columns: [
    { name: 'row', title: 'Incident', type: 'int32' },
    { name: 'label', title: 'Label', type: 'utf8' },
    { name: 'chain', title: 'Chain (0: none)', type: 'int32' },
    { name: 'linkRow', title: 'Nearest earlier incident (−1: none)', type: 'int32' },
    { name: 'linkDistance', title: 'Distance to it', unit: 'm', type: 'float64' },
    { name: 'linkDays', title: 'Days since it', unit: 'days', type: 'float64' },
    { name: 'spatialBand', title: 'Distance band', type: 'utf8' },
    { name: 'temporalBand', title: 'Time band', type: 'utf8' },
  ],
  needs: ['place', 'month'],
}
