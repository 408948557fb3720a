import type { MethodCard } from '#core/contract/method.ts'
import { clusterColumns, clusterRowWords, outlineParameter } from './cluster-rows.ts'
import { placeCaveatWords } from './places.ts'

const parameters = {
  radius: {
    type: 'number',
    title: 'Radius',
    unit: 'm',
    minimum: 1,
    maximum: 20000,
    default: 150,
    why: 'About the reach of one officer on foot, and the side of the cells that patrols are planned in.',
  },
  minimum: {
    type: 'integer',
    title: 'Incidents within the radius that make a place dense',
    minimum: 2,
    maximum: 100000,
    default: 10,
    why: 'Ten is what CrimeStat asks of a cluster; the incident itself counts.',
  },
  stability: {
    type: 'switch',
    title: 'Try other radii and say how stable each cluster is',
    default: true,
    why: 'A cluster that is gone with a slightly other radius is the radius’s doing.',
  },
  outline: outlineParameter,
} as const

export const dbscanCard: MethodCard<typeof parameters> = {
  id: 'dbscan',
  version: '1.0.0',
  title: 'Dense clusters of any shape (DBSCAN)',
  answers: 'Where do incidents lie so densely that they hang together, whatever the shape?',
  references: [
    'Ester, M., Kriegel, H.-P., Sander, J. and Xu, X. (1996) Proceedings of KDD 96, 226–231.',
    'Schubert, E., Sander, J., Ester, M., Kriegel, H.-P. and Xu, X. (2017) ACM Transactions on Database Systems 42, article 19.',
  ],
  formula: [
    'A place is dense when at least the minimum of incidents lies within the radius of it, its own counted.',
    'Dense places within the radius of one another are one cluster; other incidents within the radius of a dense place join the nearest.',
    'Stability of a cluster: mean Jaccard similarity to its best match over radii from half to one and a half of that chosen.',
  ].join('\n'),
  notShown: [
    'Whether a cluster is more than chance.',
    'Risk: a cluster of many incidents among many people may be no more than its share.',
  ],
  assumptions: [
    'One density for the whole area: what is dense in a village may be sparse in a town centre.',
    'Nothing is tested: enough incidents anywhere make clusters, by chance too.',
    'A chain of incidents, along a road, is one cluster however long.',
  ],
  compares: [
    'Dense places and the clusters they form equal those of scikit-learn, ArcGIS (defined distance) and R dbscan. An incident at the edge of two clusters goes to the nearer here; in scikit-learn to the one found first, which depends on the order of the rows.',
    'The incident itself counts towards the minimum, as in scikit-learn and R dbscan; some tools do not count it.',
  ],
  caveats: {
    ...placeCaveatWords,
    'no-cluster': 'No place is dense enough.',
    'one-cluster': 'One cluster holds more than half of all incidents: the radius may be too long.',
    unstable: 'Some clusters change much with the radius.',
  },
  parameters,
  summary: {
    clusters: `${clusterRowWords}; stability: how much of it is found again with other radii, 0 to 1`,
    incidents: 'Incidents with a place',
    places: 'Different places',
    clustered: 'Incidents in clusters',
    shareClustered: 'Share of incidents in clusters',
    radius: 'Radius, m',
    minimum: 'Incidents within the radius that make a place dense',
    radii: 'With each radius tried: clusters, incidents in clusters and in the largest',
  },
  columns: [...clusterColumns, { name: 'core', title: 'At a dense place (1), or not (0)', type: 'uint8' }],
  needs: ['place'],
}
