import type { MethodCard } from '#core/contract/method.ts'
import { clusterColumns, clusterRowWords, outlineParameter } from './cluster-rows.ts'
import { placeCaveatWords } from './places.ts'

const parameters = {
  threshold: {
    type: 'choice',
    title: 'Threshold distance',
    options: [
      { value: 'random', title: 'Mean nearest-neighbour distance of random places (CrimeStat)' },
      { value: 'chance', title: 'Distance within which the stated share of random places has another' },
      { value: 'fixed', title: 'The distance stated' },
    ],
    default: 'random',
    why: 'As CrimeStat has it: closer than random places would be on average.',
  },
  probability: {
    type: 'number',
    title: 'Probability (random and chance)',
    minimum: 0.00001,
    maximum: 0.999,
    default: 0.5,
    why: 'At a half the CrimeStat threshold is the mean distance itself.',
  },
  distance: {
    type: 'number',
    title: 'Fixed distance',
    unit: 'm',
    minimum: 0,
    maximum: 20000,
    default: 150,
    why: 'A distance that stays the same from month to month makes months comparable.',
  },
  minimum: {
    type: 'integer',
    title: 'Fewest incidents in a cluster',
    minimum: 2,
    maximum: 100000,
    default: 10,
    why: 'The default of CrimeStat.',
  },
  orders: {
    type: 'integer',
    title: 'Orders at most',
    minimum: 1,
    maximum: 10,
    default: 3,
    why: 'Clusters, clusters of clusters, and clusters of those: street, quarter, town.',
  },
  minimumHigher: {
    type: 'integer',
    title: 'Fewest clusters in a cluster of a higher order',
    minimum: 2,
    maximum: 1000,
    default: 2,
    why: 'Two are the fewest that make a cluster of clusters.',
  },
  areaKm2: {
    type: 'number',
    title: 'Area for the random distance (0 = the study area)',
    unit: 'km²',
    minimum: 0,
    maximum: 300000,
    default: 0,
    why: 'Random places are as far apart as the area is large: it must be where incidents could be.',
  },
  simulations: {
    type: 'integer',
    title: 'Random maps to compare with',
    minimum: 0,
    maximum: 9999,
    default: 99,
    why: '99 give a p as small as 0.01.',
  },
  seed: {
    type: 'integer',
    title: 'Seed of the random maps',
    minimum: 0,
    maximum: 2147483647,
    default: 1,
    why: 'The same seed gives the same answer on every machine.',
  },
  outline: outlineParameter,
} as const

export const nearestNeighbourCard: MethodCard<typeof parameters> = {
  id: 'nearestNeighbourClusters',
  version: '1.0.0',
  title: 'Nearest-neighbour clusters, order by order (Nnh)',
  answers:
    'Which groups of incidents lie closer together than random places would, and which groups of groups?',
  references: [
    'Levine, N. (2015) CrimeStat IV, chapter 7: Hot Spot Analysis of Points, I. National Institute of Justice.',
    'Clark, P. J. and Evans, F. C. (1954) Ecology 35, 445–453.',
  ],
  formula: [
    'Threshold: 0.5·√(A/N), the mean distance to the nearest of N random places in an area A, moved by the chosen probability; or a distance given.',
    'First order: incidents within the threshold of one another, at least the minimum; higher orders: the same of the centres of clusters.',
    'Random maps with as many places give the number of clusters that chance makes.',
  ].join('\n'),
  notShown: [
    'How many incidents a cluster should have for its population.',
    'Which of its clusters are real, where a random map has nearly as many.',
  ],
  assumptions: [
    'Random places could be anywhere in the area, fields and water too: people are not, so almost any town has more clusters than a random map.',
    'The threshold falls with the number of incidents: maps of different months have different thresholds unless it is fixed.',
    'Clusters are round: each is what lies within the threshold of one incident.',
  ],
  compares: [
    'The rule is CrimeStat’s as its manual describes it; CrimeStat itself was not run. Its order among equal seeds is not published; here the seed further west, then further south, comes first.',
    'CrimeStat’s probability acts through the standard error of the mean distance, which is tiny for thousands of incidents: there it hardly moves the threshold. The choice “chance” does what the name suggests.',
    'Outlines and ellipses of higher orders are of all their incidents; CrimeStat takes the centres of the clusters.',
    'Random maps fill the study area itself; CrimeStat fills a rectangle of its size.',
  ],
  caveats: {
    ...placeCaveatWords,
    'no-cluster': 'No cluster has enough incidents.',
    'area-of-box': 'No study area: the rectangle around the incidents stands in for it.',
    'coincident-null': 'Many incidents share places; on random maps none do.',
    'not-simulated': 'Random maps were not made.',
  },
  parameters,
  summary: {
    clusters: `${clusterRowWords}; order, and number in it; clusters of the order below; cluster of the order above (0 for none)`,
    orders: 'Each order: threshold (m), what was grouped, clusters',
    incidents: 'Incidents with a place',
    places: 'Different places',
    clustered: 'Incidents in clusters of the first order',
    shareClustered: 'Share of incidents in them',
    areaKm2: 'Area taken for the random distance, km²',
    threshold: 'Threshold of the first order, m',
    simulated:
      'Random maps: how many, clusters on them (mean, 95th percentile, most), incidents in the largest cluster (95th percentile), p of as many clusters, p of as large a cluster',
  },
  columns: [...clusterColumns],
  needs: ['place'],
}
