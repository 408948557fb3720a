/** Which character separates the fields. */
import { InputError } from '#core/contract/problem.ts'
import { sampleRecords } from '../csv/sample-records.ts'

export type Delimiter = ',' | ';' | '\t' | '|'

export interface DelimiterGuess {
  readonly delimiter: Delimiter
  /** Others that fit as well; not empty means the analyst must say. */
  readonly rivals: readonly Delimiter[]
}

const candidates: readonly Delimiter[] = [',', ';', '\t', '|']

/**
 * A separator fits when it cuts the first row into several fields and nine in ten of the next hundred rows into as
 * many. When none fits, the one that cuts the first row into most fields is taken: its rows will then be reported.
 */
export function sniffDelimiter(head: Uint8Array, whole: boolean, file: string): DelimiterGuess {
  const fitting: Delimiter[] = []
  let fallback: Delimiter = ','
  let most = 1
  let problem: InputError | undefined
  for (const delimiter of candidates) {
    let records: string[][]
    try {
      records = sampleRecords(head, delimiter.charCodeAt(0), 1, 100, whole, file)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problem ??= error
      continue
    }
    const width = records[0]?.length ?? 0
    if (width > most) {
      most = width
      fallback = delimiter
    }
    const same = records.filter((record) => record.length === width).length
    if (width > 1 && same >= 0.9 * records.length) fitting.push(delimiter)
  }
  if (fitting.length === 0) {
    // No separator leads to rows at all: the reason found with the first one is the one to tell.
    if (problem && most === 1) throw problem
    return { delimiter: fallback, rivals: [] }
  }
  return { delimiter: fitting[0], rivals: fitting.slice(1) }
}
