/** When it happened and when it was reported: three columns of wall-clock minutes and how good the first one is. */

import { dateOf, minutesOf } from '#core/analysis/support/wall-clock.ts'
import type { Reading } from '#core/contract/dataset.ts'
import { NO_TIME } from '#core/contract/incident.ts'
import type { FieldBlock } from '../csv/field-block.ts'
import { sameBytes } from '../csv/hash-bytes.ts'
import { createTimeReader, MINUTE, MONTH, NONE, type TimeReader } from '../fields/read-time.ts'
import { limits } from '../limits.ts'

export interface TimesBuilder {
  readonly occurredFrom: Int32Array
  readonly occurredTo: Int32Array
  readonly reportedAt: Int32Array
  readonly timePrecision: Uint8Array
  /** Counted over the import: what the manifest warns of. */
  readonly seen: { gap: number; overlap: number; midnight: number; timed: number; reversed: number }
  begin(reading: Reading, wholeMonths: boolean): void
  take(
    block: FieldBlock,
    columns: {
      readonly from: readonly number[]
      readonly to: readonly number[]
      readonly reported: readonly number[]
    },
    rows: Int32Array,
    from: number,
    to: number,
    at: number,
  ): void
}

export function createTimes(
  onIssue: (blockRow: number, column: number, code: string, repaired: boolean) => void,
): TimesBuilder {
  const occurredFrom = new Int32Array(limits.segmentRows)
  const occurredTo = new Int32Array(limits.segmentRows)
  const reportedAt = new Int32Array(limits.segmentRows)
  const timePrecision = new Uint8Array(limits.segmentRows)
  const seen = { gap: 0, overlap: 0, midnight: 0, timed: 0, reversed: 0 }
  let reader: TimeReader = createTimeReader({})
  let months = false

  /** One column of the block. `main` is the time of occurrence: only its quality is kept. */
  function column(
    block: FieldBlock,
    columns: readonly number[],
    rows: Int32Array,
    from: number,
    to: number,
    at: number,
    out: Int32Array,
    main: boolean,
  ): void {
    const { bytes, view, starts, ends } = block
    const [dateColumn, timeColumn] = columns
    let lastStart = 0
    let lastLength = -1
    // The last value was a plain one, of which nothing is to be listed or counted.
    let plain = false
    for (let k = from; k < to; k++) {
      const field = rows[k] * block.columns + dateColumn
      const start = starts[field]
      const length = ends[field] - start
      const row = at + k - from
      if (timeColumn !== undefined) {
        const time = rows[k] * block.columns + timeColumn
        reader.readPair(bytes, start, start + length, starts[time], ends[time])
        plain = false
      } else if (length === lastLength && sameBytes(view, start, view, lastStart, length)) {
        if (plain) {
          out[row] = out[row - 1]
          if (main) timePrecision[row] = timePrecision[row - 1]
          continue
        }
      } else {
        reader.read(bytes, start, start + length)
        lastStart = start
        lastLength = length
        plain =
          reader.fault === '' && reader.repair === '' && reader.change === '' && reader.precision !== MINUTE
      }
      let minutes = reader.minutes
      let precision = reader.precision
      if (months && precision < MONTH) {
        const { year, month } = dateOf(minutes)
        minutes = minutesOf(year, month, 1)
        precision = MONTH
      }
      out[row] = minutes
      if (reader.fault !== '')
        onIssue(
          rows[k],
          reader.fault === 'E-DATE-006' ? (timeColumn ?? dateColumn) : dateColumn,
          reader.fault,
          false,
        )
      else if (reader.repair !== '') onIssue(rows[k], dateColumn, reader.repair, true)
      if (reader.change === 'gap') seen.gap++
      else if (reader.change === 'overlap') seen.overlap++
      if (!main) continue
      timePrecision[row] = precision
      if (precision === MINUTE) {
        seen.timed++
        if (reader.midnight) seen.midnight++
      }
    }
  }

  return {
    occurredFrom,
    occurredTo,
    reportedAt,
    timePrecision,
    seen,
    begin(reading, wholeMonths) {
      reader = createTimeReader(reading)
      months = wholeMonths
    },
    take(block, columns, rows, from, to, at) {
      const end = at + to - from
      if (columns.from.length > 0) column(block, columns.from, rows, from, to, at, occurredFrom, true)
      else {
        occurredFrom.fill(NO_TIME, at, end)
        timePrecision.fill(NONE, at, end)
      }
      if (columns.to.length > 0) {
        column(block, columns.to, rows, from, to, at, occurredTo, false)
        for (let row = at; row < end; row++)
          if (occurredTo[row] !== NO_TIME && occurredTo[row] < occurredFrom[row]) seen.reversed++
      } else occurredTo.fill(NO_TIME, at, end)
      if (columns.reported.length > 0) column(block, columns.reported, rows, from, to, at, reportedAt, false)
      else reportedAt.fill(NO_TIME, at, end)
    },
  }
}
