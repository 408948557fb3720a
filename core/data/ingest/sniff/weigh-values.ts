/** What the values of one file say about the order of day and month and about its coordinates. */
import { fieldText } from '../csv/field-block.ts'
import { createTokeniser } from '../csv/tokenise.ts'
import type { Layout } from '../layout.ts'
import { limits } from '../limits.ts'
import { readHead } from '../sources/read-head.ts'
import { decodeHead, type Survey } from '../survey.ts'
import { type CoordinateEvidence, newCoordinateEvidence, weighCoordinates } from './sniff-coordinates.ts'
import { type DateEvidence, newDateEvidence, weighDate } from './sniff-dates.ts'

export interface Evidence {
  readonly dates: DateEvidence
  readonly coordinates: CoordinateEvidence
}

/** Weighs the first 20,000 rows, or 8 MB of them, whichever is less; of a known format, whose rows are alike, 256 kB. */
export async function weighValues(survey: Survey, layout: Layout): Promise<Evidence> {
  const evidence: Evidence = { dates: newDateEvidence(), coordinates: newCoordinateEvidence() }
  const dateColumns = [layout.from[0], layout.to[0], layout.reported[0]].filter(
    (column) => column !== undefined,
  )
  if (dateColumns.length === 0 && layout.x < 0) return evidence
  const raw = await readHead(survey.source, survey.builtIn ? limits.firstLook : limits.surveyBytes)
  const head = decodeHead(raw, survey.encoding)
  let rows = 0
  const tokeniser = createTokeniser({
    delimiter: survey.delimiter.charCodeAt(0),
    columns: layout.names.length,
    firstRow: survey.header ? 0 : 1,
    file: survey.source.name,
    onBlock(block) {
      for (let r = 0; r < block.rows && rows < limits.surveyRows; r++) {
        if (block.rowNumbers[r] === 0 || block.fieldCounts[r] !== layout.names.length) continue
        rows++
        for (const column of dateColumns) weighDate(evidence.dates, fieldText(block, r, column))
        if (layout.x >= 0)
          weighCoordinates(evidence.coordinates, fieldText(block, r, layout.x), fieldText(block, r, layout.y))
      }
    },
  })
  const step = 1 << 18
  for (let at = 0; at < head.length && rows < limits.surveyRows; at += step)
    tokeniser.push(head.subarray(at, at + step))
  if (raw.whole && rows < limits.surveyRows) tokeniser.end()
  return evidence
}
