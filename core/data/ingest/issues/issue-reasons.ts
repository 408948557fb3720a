/** Every reason a row is not taken, put right or left without a field: in words, and with the cure. */
import type { RowIssue } from '#core/contract/dataset.ts'

export interface IssueReason {
  readonly action: RowIssue['action']
  readonly reason: string
  readonly cure: string
}

export const issueReasons: Readonly<Record<string, IssueReason>> = {
  'E-CSV-006': {
    action: 'repaired',
    reason: 'A quotation mark stood inside a value; it was kept as part of the value.',
    cure: 'Double quotation marks inside values when exporting.',
  },
  'E-CSV-007': {
    action: 'rejected',
    reason: 'The row has more or fewer values than the header has names.',
    cure: 'Correct the row in the source, often an unquoted separator in a text.',
  },
  'E-CSV-008': {
    action: 'rejected',
    reason: 'The row is blank in every column that is used.',
    cure: 'None needed if the source has blank rows; otherwise check the mapping.',
  },
  'E-DUP-001': {
    action: 'rejected',
    reason: 'An earlier row has the same reference, and later ones were to be dropped.',
    cure: 'Switch off “drop repeated references” to keep them.',
  },
  'E-DATE-001': {
    action: 'blanked',
    reason: 'The date does not exist in the calendar, for example 31/02 or 29/02 outside a leap year.',
    cure: 'Correct the date in the source, or check the order of day and month.',
  },
  'E-DATE-002': {
    action: 'blanked',
    reason: 'The value cannot be read as a date.',
    cure: 'Write dates as YYYY-MM-DD HH:MM, or check the mapping.',
  },
  'E-DATE-003': {
    action: 'repaired',
    reason: 'The year has two digits; 00–49 was read as 2000–2049, 50–99 as 1950–1999.',
    cure: 'Export years with four digits.',
  },
  'E-DATE-004': {
    action: 'blanked',
    reason:
      'The year lies before 1910 or after 2099, usually a placeholder such as 01/01/1900 or 31/12/9999.',
    cure: 'Correct the date in the source, or leave it blank there.',
  },
  'E-DATE-005': {
    action: 'repaired',
    reason: 'The time 24:00 was read as 00:00 of the next day.',
    cure: 'None needed.',
  },
  'E-DATE-006': {
    action: 'blanked',
    reason: 'The time of day cannot be read; the date was kept without a time.',
    cure: 'Write times as HH:MM.',
  },
  'E-DATE-007': {
    action: 'blanked',
    reason: 'The date can be read day-first or month-first, and the order was not given.',
    cure: 'Give the order of day and month.',
  },
  'E-GEO-001': {
    action: 'blanked',
    reason: 'Both coordinates are zero, which stands for “not located”.',
    cure: 'Locate the incident in the source.',
  },
  'E-GEO-003': {
    action: 'blanked',
    reason: 'A coordinate is not a number.',
    cure: 'Correct it in the source, or check the mapping and the decimal sign.',
  },
  'E-GEO-004': {
    action: 'blanked',
    reason: 'The coordinates fit Great Britain only when exchanged.',
    cure: 'Exchange x and y in the mapping if it concerns the whole file.',
  },
  'E-GEO-005': {
    action: 'blanked',
    reason: 'The coordinates are of the other kind: National Grid metres among degrees, or the reverse.',
    cure: 'Choose the right coordinate system, or split the file.',
  },
  'E-GEO-006': {
    action: 'blanked',
    reason: 'The place lies outside Great Britain’s National Grid.',
    cure: 'Correct it in the source.',
  },
  'E-GEO-007': {
    action: 'blanked',
    reason: 'Only one of the two coordinates is there.',
    cure: 'Complete the pair in the source.',
  },
  'E-GEO-008': {
    action: 'blanked',
    reason: 'Longitude or latitude lies outside its range (±180, ±90).',
    cure: 'Correct it in the source, or choose the right coordinate system.',
  },
  'E-FLAG-001': {
    action: 'blanked',
    reason: 'The value is neither yes nor no; the flag is taken as not recorded.',
    cure: 'Use Y and N, or 1 and 0.',
  },
  'E-TXT-001': {
    action: 'repaired',
    reason: 'A spreadsheet had turned the age range 10-17 into a date; it was put back.',
    cure: 'None needed.',
  },
}
