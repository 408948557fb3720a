import type { MethodCard } from '#core/contract/method.ts'
import { KNIFE_ELIGIBLE, KNIFE_POSSESSION } from './knife-codes.ts'
import { KNIFE_TERMS, NOT_KNIVES } from './knife-in-text.ts'

export const parameters = {
  textColumn: {
    type: 'text',
    title: 'Column with the words to search (empty: none)',
    default: '',
    why: 'Only a column kept as words can be searched here; a long free text is kept apart and is not.',
  },
  finalColumn: {
    type: 'text',
    title: 'Column with the reviewed decision, yes or no (empty: none)',
    default: '',
    why: 'The decision of whoever reviewed it stands above both other flags.',
  },
  eligible: {
    type: 'words',
    title: 'Codes of offences that can be knife-enabled',
    column: 'offenceCode',
    default: KNIFE_ELIGIBLE,
    why: 'The seven offences of the national definition; have the Force Crime Registrar confirm the codes.',
  },
  possession: {
    type: 'words',
    title: 'Codes of possession, counted apart',
    column: 'offenceCode',
    default: KNIFE_POSSESSION,
    why: 'Possession is a series of its own and is not knife-enabled.',
  },
  terms: {
    type: 'words',
    title: 'Words of a knife or sharp instrument',
    default: KNIFE_TERMS,
    why: 'Plain words; * stands for any ending.',
  },
  notKnives: {
    type: 'words',
    title: 'Words that hold one and are no weapon',
    default: NOT_KNIVES,
    why: 'A stab vest or a stabbing pain is no knife.',
  },
} as const

export const knifeFlagsCard: MethodCard<typeof parameters> = {
  id: 'knifeFlags',
  version: '1.0.0',
  title: 'Knife flags: officer, text, eligible offence, and where they disagree',
  answers: 'How many incidents are knife-enabled by each flag, and which should be looked at again?',
  references: [
    'Home Office (2026). Police National Computer proxy for knife-enabled offenders: the definition and the seven offences.',
    'Office for National Statistics. Police recorded offences involving knives or sharp instruments: methodology changes.',
  ],
  formula:
    'Eligible: the Home Office code is on the list. Text: a term stands in the text, is not denied within four words before it, and is no listed other thing. To review: eligible, and officer and text disagree, or the officer’s flag is not recorded and the text has a term.',
  assumptions: [
    'A knife or sharp instrument used to injure or to threaten counts, also where it was believed present and not seen.',
    'The officer’s flag is shown as it was recorded; nothing here changes it.',
    'The rules for text are ours: the national classifier (NDQIS) is not public, and will differ.',
  ],
  notShown: [
    'A final number: that needs the reviewed decision, which is shown beside the flags where it is held.',
    'Possession as knife-enabled crime: it is counted apart.',
  ],
  compares: ['No peer is public; NDQIS uses its own dictionary and more of the record.'],
  caveats: {
    'no-officer-flag': 'The data hold no knife flag.',
    'officer-unknown': 'The officer’s flag is not recorded for some incidents.',
    'no-codes': 'The data hold no Home Office code: eligibility is unknown.',
    'code-unknown': 'Some incidents have no code.',
    'no-text': 'No text was searched.',
    'not-reviewed': 'No reviewed decision is held.',
    'flag-elsewhere': 'Some flags are on offences that cannot carry one.',
  },
  parameters,
  summary: {
    counts: 'Incidents and eligible incidents by each flag; blank where it is not held',
    possession: 'Incidents of possession, apart',
    disagreement: 'Eligible incidents by officer’s flag and text',
    kinds: 'Eligible incidents whose text has a term, by what was done',
    toReview: 'Incidents to look at again',
  },
  columns: [
    { name: 'row', title: 'Incident', type: 'int32' },
    { name: 'officer', title: 'Officer’s flag', type: 'utf8' },
    { name: 'text', title: 'Text', type: 'utf8' },
    { name: 'kind', title: 'What was done', type: 'utf8' },
    { name: 'final', title: 'Reviewed', type: 'utf8' },
    { name: 'code', title: 'Code', type: 'utf8' },
    { name: 'context', title: 'Words', type: 'utf8' },
  ],
  needs: [],
}
