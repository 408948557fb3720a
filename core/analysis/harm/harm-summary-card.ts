import type { MethodCard } from '#core/contract/method.ts'

export const parameters = {
  proactive: {
    type: 'words',
    title: 'Offences found by police work, reported apart',
    column: 'offence',
    default: [],
    why: 'The Cambridge index leaves out offences that rise with police activity (possession, traffic); which they are is for the force to say.',
  },
} as const

export const harmSummaryCard: MethodCard<typeof parameters> = {
  id: 'harmSummary',
  version: '1.0.0',
  title: 'Harm: total, by offence and by month, and how well the weights fit',
  answers: 'How much harm do these incidents stand for, and how many of them could be weighed?',
  references: [
    'Sherman, L., Neyroud, P. W. and Neyroud, E. (2016). The Cambridge Crime Harm Index: measuring total harm from crime based on sentencing guidelines. Policing 10, 171–183.',
    'Office for National Statistics (2016). Research outputs: developing a Crime Severity Score for England and Wales.',
  ],
  formula:
    'harm = Σ weight; weight of an incident: by Home Office code or classification, else by offence, else by sub-group. Coverage = weighed / incidents, each way apart.',
  assumptions: [
    'Every incident of one code carries the same harm, whatever happened.',
    'One table in one version weighs the whole series: versions are never mixed.',
    'An incident counts in the month it happened in (or began), not the one it was recorded in.',
  ],
  notShown: [
    'Harm to one victim or done by one person: a weight is the law’s starting point, not an experience.',
    'Harm of incidents without a weight: it is not 0, it is unknown.',
  ],
  compares: [
    'Σ count × weight, as the Cambridge index and the Crime Severity Score before division by population.',
    'Most tools give offences without a weight 0; here they are left out and counted.',
  ],
  caveats: {
    'harm-unweighted': 'Some offences have no harm weight and are left out of harm.',
    'harm-by-group': 'Some incidents have only the weight of their sub-group.',
    'weights-small': 'The largest weight is too small for a published table.',
    'few-carry-most': 'A handful of incidents carries most of the harm.',
    'months-missing': 'Months no file covers are blank.',
    'months-partial': 'Months covered in part: their harm is too low.',
    undated: 'Incidents without a date are in no month.',
    'none-selected': 'No incident is selected.',
  },
  parameters,
  summary: {
    table: 'The table of weights and its version',
    unit: 'Unit of the weights',
    incidents: 'Incidents selected, without those reported apart',
    harm: 'Harm of those with a weight',
    meanHarm: 'Harm of an incident with a weight, on average',
    coverage: 'Incidents weighed by code, by offence, by sub-group and not at all, with shares',
    offences: 'Offences with count, weights, harm and share of harm, most harm first',
    apart: 'Offences found by police work: incidents and harm, not in the totals',
  },
  columns: [
    { name: 'month', title: 'Month', type: 'utf8' },
    { name: 'count', title: 'Incidents', type: 'float64' },
    { name: 'weighed', title: 'Weighed', type: 'float64' },
    { name: 'harm', title: 'Harm', type: 'float64' },
  ],
  needs: ['offence'],
}
