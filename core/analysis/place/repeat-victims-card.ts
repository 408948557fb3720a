import type { MethodCard } from '#core/contract/method.ts'
import { repeatLocationsCard } from './repeat-locations-card.ts'

const { limits, halfLife, top, minimum } = repeatLocationsCard.parameters

const parameters = {
  column: {
    type: 'text',
    title: 'Column with the victim’s reference',
    default: 'victimRef',
    why: 'The name a force extract is mapped to.',
  },
  notPeople: {
    type: 'words',
    title: 'References that stand for nobody',
    default: [
      'unknown',
      'not known',
      'not recorded',
      'none',
      'n/a',
      'na',
      '-',
      '0',
      'regina',
      'crown',
      'state',
    ],
    why: 'A placeholder would be the most repeated victim of the force.',
  },
  list: {
    type: 'switch',
    title: 'List the victims’ references',
    default: false,
    why: 'Shares and times need no names; a list is for those who protect victims.',
  },
  top: { ...top, title: 'Victims listed' },
  minimum: { ...minimum, why: 'Twice is a repeat in police recording.' },
  halfLife,
  limits,
} as const

/** What is known of the method without running it. */
export const repeatVictimsCard: MethodCard<typeof parameters> = {
  id: 'repeatVictims',
  version: '1.0.0',
  title: 'Repeat victims',
  answers: 'How much of it falls on the same victims, and how soon again?',
  references: repeatLocationsCard.references,
  formula:
    'Share of incidents on repeat victims = incidents of victims with two or more / incidents with a reference. Chance of a next one within t days = 1 − Π (1 − next ones after u days / incidents watched u days or more), u up to t.',
  assumptions: [
    'One reference is one victim, and one victim has one reference; where a force records one person twice repeats are missed.',
    'A business counts like a person unless its reference is left out.',
    'Reports are not victimisations: many are never reported, and reporting differs by offence.',
  ],
  notShown: ['Who will be a victim next: it counts what was recorded, and scores nobody.'],
  compares: [
    'The Crime Survey counts what victims tell, with a cap on series; recorded repeats are fewer.',
    'The chance of a next one equals survfit of R’s survival.',
  ],
  caveats: {
    'victim-unknown': 'Incidents without a victim reference are left out.',
    'victim-nobody': 'Incidents with a placeholder for a reference are left out.',
    'victims-named': 'The result lists references of victims.',
    'not-a-year': 'The period is not twelve months, the usual time for a repeat.',
    'timing-not-held': 'No incident has a day: the time to the next one cannot be told.',
    'timing-part': 'Incidents without a day, or after the period, are not in the time to the next one.',
    'no-weights': 'No table of harm weights is loaded: harm is blank.',
    'harm-unweighted': 'Some offences have no harm weight and are left out of harm.',
    'none-selected': 'No incident is selected.',
  },
  parameters,
  summary: {
    rows: 'Victims, when a list was asked for: reference, incidents, harm, first and last date, recency',
    distribution: 'Victims with 1, 2, 3 and 4 or more incidents (as places), the incidents and their harm',
    timeToRepeat: repeatLocationsCard.summary.timeToRepeat,
    victims: 'Victims',
    repeatVictims: 'Victims with two or more',
    shareRepeatVictims: 'Share of victims with two or more',
    incidents: 'Incidents with a victim',
    shareOfIncidents: 'Share of incidents on repeat victims',
    shareOfHarm: 'Share of harm on repeat victims',
    withoutReference: 'Incidents left out: no reference',
    leftOut: 'Incidents left out: a placeholder',
  },
  columns: [
    { name: 'victim', title: 'Victim reference', type: 'utf8' },
    { name: 'count', title: 'Incidents', type: 'uint32' },
    { name: 'harm', title: 'Harm', type: 'float64' },
    { name: 'first', title: 'First', type: 'utf8' },
    { name: 'last', title: 'Last', type: 'utf8' },
    { name: 'recency', title: 'Recency', type: 'float64' },
  ],
  reads: ['victimRef'],
  needs: [],
}
