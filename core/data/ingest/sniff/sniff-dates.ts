/** Whether 03/04/2025 is in March or in April, as far as the values themselves tell. */

export interface DateEvidence {
  /** Values whose first, or second, number cannot be a month. */
  dayFirst: number
  monthFirst: number
  /** Values that can be read both ways. */
  open: number
  /** Plain serial numbers of Excel and counts of seconds, with one example each. */
  excelSerial: string
  epoch: string
}

export function newDateEvidence(): DateEvidence {
  return { dayFirst: 0, monthFirst: 0, open: 0, excelSerial: '', epoch: '' }
}

/** Adds one value of a date column to the evidence. */
export function weighDate(evidence: DateEvidence, value: string): void {
  const text = value.trim()
  const parts = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?!\d)/.exec(text)
  if (parts) {
    const first = Number(parts[1])
    const second = Number(parts[2])
    if (first > 12 && second <= 12) evidence.dayFirst++
    else if (second > 12 && first <= 12) evidence.monthFirst++
    // The same day either way tells nothing and does no harm.
    else if (first <= 12 && second <= 12 && first !== second) evidence.open++
  } else if (/^\d{5}(\.\d+)?$/.test(text)) evidence.excelSerial ||= text
  else if (/^(\d{10}|\d{13})$/.test(text)) evidence.epoch ||= text
}

export function addDateEvidence(into: DateEvidence, more: DateEvidence): void {
  into.dayFirst += more.dayFirst
  into.monthFirst += more.monthFirst
  into.open += more.open
  into.excelSerial ||= more.excelSerial
  into.epoch ||= more.epoch
}

/** 'ask' when there are such dates but the values do not settle it, or contradict each other. */
export function dateOrderOf(evidence: DateEvidence): 'day-first' | 'month-first' | 'ask' | undefined {
  if (evidence.dayFirst > 0 && evidence.monthFirst === 0) return 'day-first'
  if (evidence.monthFirst > 0 && evidence.dayFirst === 0) return 'month-first'
  return evidence.dayFirst + evidence.monthFirst + evidence.open > 0 ? 'ask' : undefined
}
