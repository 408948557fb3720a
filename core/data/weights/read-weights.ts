import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { InputError } from '#core/contract/problem.ts'
import type { WeightTable } from '#core/contract/workspace.ts'

/** Many "Crime Severity" tables in circulation are invented small integers; a real one has homicide in the thousands. */
const SMALL_TABLE = 500_000

/**
 * A harm weight table from CSV: one offence a row, columns `offence` and `weight` (any order, more columns ignored).
 * Weights are the table's own unit (days of starting-point sentence for the Cambridge index). A blank weight leaves
 * the offence without one: it is then left out of harm and counted as such, never taken as 0.
 *
 * @throws InputError E-WGT-001 (no such columns), E-WGT-002 (not a number, with its row), E-WGT-003 (offence twice)
 */
export function readWeights(
  path: string,
  about: { readonly name: string; readonly version: string; readonly unit: string; readonly source: string },
): WeightTable {
  const bytes = readFileSync(path)
  if (bytes.length > SMALL_TABLE)
    throw new InputError(
      'E-WGT-004',
      'This file is too large to be a table of harm weights. Nothing was kept.',
      {
        cure: 'Choose a CSV with the columns offence and weight.',
      },
    )
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const [header = [], ...rows] = rowsOf(new TextDecoder('utf-8').decode(bytes))
  const titles = header.map((title) => title.trim().toLowerCase())
  const offenceAt = titles.findIndex((title) => title === 'offence' || title === 'offence_title')
  const weightAt = titles.findIndex((title) => title.startsWith('weight'))
  if (offenceAt < 0 || weightAt < 0)
    throw new InputError(
      'E-WGT-001',
      'The table has no columns called offence and weight. Nothing was kept.',
      {
        row: 1,
        cure: 'Give the first row these titles and save as CSV.',
      },
    )
  const byOffence = new Map<string, number>()
  rows.forEach((cells, i) => {
    const offence = (cells[offenceAt] ?? '').trim()
    const written = (cells[weightAt] ?? '').trim()
    if (offence === '' || written === '') return
    const weight = Number(written)
    if (!Number.isFinite(weight) || weight < 0)
      throw new InputError(
        'E-WGT-002',
        `The weight of “${offence}” in row ${i + 2} is not a number. Nothing was kept.`,
        {
          row: i + 2,
          column: 'weight',
          cure: 'Correct the row, or leave the weight blank.',
        },
      )
    if (byOffence.has(offence))
      throw new InputError(
        'E-WGT-003',
        `“${offence}” stands twice in the table (again in row ${i + 2}). Nothing was kept.`,
        {
          row: i + 2,
          column: 'offence',
          cure: 'Keep one of the two.',
        },
      )
    byOffence.set(offence, weight)
  })
  return { id: sha256.slice(0, 16), ...about, sha256, byOffence: Object.fromEntries(byOffence) }
}

/** RFC 4180 rows of a short text. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let i = text.startsWith('\uFEFF') ? 1 : 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c !== '"') cell += c
      else if (text[i + 1] === '"') {
        cell += '"'
        i++
      } else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === ',' || c === '\n' || c === '\r') {
      row.push(cell)
      cell = ''
      if (c === ',') continue
      if (c === '\r' && text[i + 1] === '\n') i++
      if (row.some((each) => each !== '')) rows.push(row)
      row = []
    } else cell += c
  }
  row.push(cell)
  if (row.some((each) => each !== '')) rows.push(row)
  return rows
}
