import type { MethodCard } from '#core/contract/method.ts'
import { placeCaveatWords } from './places.ts'

const parameters = {
  value: {
    type: 'choice',
    title: 'What weighs',
    options: [
      { value: 'count', title: 'Incidents' },
      { value: 'harm', title: 'Harm' },
    ],
    default: 'count',
    why: 'Counts need no table of weights.',
  },
  by: {
    type: 'choice',
    title: 'Separately for each',
    options: [
      { value: 'none', title: 'All together' },
      { value: 'offence', title: 'Offence' },
      { value: 'locationType', title: 'Type of location' },
      { value: 'offenceGroup', title: 'Group of offences' },
      { value: 'force', title: 'Force' },
    ],
    default: 'none',
    why: 'One centre for all is the first thing to see.',
  },
  fewest: {
    type: 'integer',
    title: 'Fewest incidents of a group',
    minimum: 3,
    maximum: 100000,
    default: 10,
    why: 'Below ten the ellipse of a group is an accident of a few incidents.',
  },
  correction: {
    type: 'choice',
    title: 'Size of the ellipse',
    options: [
      { value: 'crimestat', title: 'CrimeStat (√2, divisor n − 2)' },
      { value: 'plain', title: 'Plain standard deviations (divisor n)' },
    ],
    default: 'crimestat',
    why: 'The plain ellipse is too small by √2: in CrimeStat’s size it holds some 63 % of a bell-shaped scatter.',
  },
} as const

export const centreAndSpreadCard: MethodCard<typeof parameters> = {
  id: 'centreAndSpread',
  version: '1.0.0',
  title: 'Centre and spread',
  answers: 'Where is the middle of the incidents, how far do they spread, and in which direction?',
  references: [
    'Lefever, D. W. (1926) American Journal of Sociology 32, 88–94.',
    'Yuill, R. S. (1971) The standard deviational ellipse. Geografiska Annaler B 53, 28–39.',
    'Levine, N. (2015) CrimeStat IV, chapter 4: Spatial Distribution. National Institute of Justice.',
  ],
  formula: [
    'Mean centre (Σw·x/Σw, Σw·y/Σw); median centre: the medians of x and of y; centre of least distance: the place with the smallest Σw·distance.',
    'Standard distance √(Σ((x − x̄)² + (y − ȳ)²)/(n − 2)).',
    'Ellipse: angle and axes of the covariance about the mean centre, with √2 and n − 2 as CrimeStat.',
  ].join('\n'),
  notShown: [
    'Where to go: the centre of two towns lies in the fields between.',
    'How many incidents lie inside the ellipse: it is a summary of spread, not an area of risk.',
  ],
  assumptions: [
    'One middle and one spread: of two towns the middle is the field between them.',
    'A centre is a figure, not a place to send anyone.',
  ],
  compares: [
    'The ellipse equals CrimeStat’s and that of pointpats; older tools, and ArcGIS before 10, draw the plain one. Angles are of the long axis, clockwise from north.',
    'The median centre is the crossing of the two medians; the centre of least distance is what ArcGIS calls the median centre.',
    'Harm as weight is scaled to the number of incidents before n − 2 is taken off: the unit of harm does not matter.',
  ],
  caveats: {
    ...placeCaveatWords,
    'groups-left-out': 'Groups with too few incidents, or all at one place, were left out.',
    'no-group': 'Some incidents hold no word to be grouped by.',
  },
  parameters,
  summary: {
    groups:
      'Each group: incidents, places, mean centre, median centre, centre of least distance (m), standard distance, half axes (m) and angle of the ellipse, areas (km²), ellipse',
    incidents: 'Incidents with a place',
    weight: 'What weighs',
    correction: 'Size of the ellipse',
  },
  columns: [],
  needs: ['place'],
}
