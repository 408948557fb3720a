import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { plainCode } from '#core/analysis/support/plain-code.ts'
import { InputError } from '#core/contract/problem.ts'
import type { WeightTable } from '#core/contract/workspace.ts'

/** Larger files are no table of weights: the largest published one has 1,266 rows. */
const SMALL_TABLE = 500_000

const OFFENCE = ['offence', 'offencetitle', 'fulloffencetitle', 'offencedescription']
const CODE = [
  'code',
  'hocode',
  'homeofficecode',
  'offencecode',
  'homeofficeclassification',
  'hoclassification',
  'classification',
]
const GROUP = ['group', 'subgroup', 'offencegroup', 'offencesubgroup', 'prcsubgroup']

/**
 * A harm weight table from CSV. Columns: `weight` (or a title that begins so, or `CCHI score`), and at least one of
 * `offence`, `code` (Home Office code or classification) and `sub-group`, in any order and under their usual titles;
 * more columns are ignored. Weights are the table's own unit (days of starting-point sentence for the Cambridge index).
 * A blank weight leaves the offence without one: it is then left out of harm and counted as such, never taken as 0.
 *
 * A row with a sub-group alone states the weight of that sub-group; of the others the median of its offences is taken.
 * Titles that stand under several codes with different weights are matched by code alone. Rows whose title is marked
 * EXPIRED are left out.
 *
 * @throws InputError E-WGT-001 (no such columns), E-WGT-002 (not a number, with its row), E-WGT-003 (offence or code
 *   twice with different weights), E-WGT-004 (too large)
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
  const titles = header.map((title) => title.toLowerCase().replace(/[^a-z]/g, ''))
  const columnOf = (names: readonly string[]): number => titles.findIndex((title) => names.includes(title))
  const [offenceAt, codeAt, groupAt] = [OFFENCE, CODE, GROUP].map(columnOf)
  const weightAt = titles.findIndex((title) => title.startsWith('weight') || title === 'cchiscore')
  if (weightAt < 0 || (offenceAt < 0 && codeAt < 0 && groupAt < 0))
    throw new InputError(
      'E-WGT-001',
      'The table has no columns called offence (or code, or sub-group) and weight. Nothing was kept.',
      {
        row: 1,
        cure: 'Give the first row these titles and save as CSV.',
      },
    )
  const byOffence = new Map<string, number>()
  const byCode = new Map<string, number>()
  const stated = new Map<string, number>()
  const members = new Map<string, number[]>()
  const ambiguous = new Set<string>()
  rows.forEach((cells, i) => {
    const cell = (at: number): string => (at < 0 ? '' : (cells[at] ?? '').trim())
    const offence = cell(offenceAt)
    const code = plainCode(cell(codeAt))
    const group = cell(groupAt).toLowerCase()
    const written = cell(weightAt)
    if ((offence === '' && code === '' && group === '') || written === '' || /\bEXPIRED\b/.test(offence))
      return
    const weight = Number(written)
    const row = i + 2
    if (!Number.isFinite(weight) || weight < 0)
      throw new InputError(
        'E-WGT-002',
        `The weight of “${offence || code || group}” in row ${row} is not a number. Nothing was kept.`,
        {
          row,
          column: 'weight',
          cure: 'Correct the row, or leave the weight blank.',
        },
      )
    if (code !== '') {
      if (byCode.has(code) && byCode.get(code) !== weight) throw twice(`Code ${code}`, row, 'code')
      byCode.set(code, weight)
    }
    if (offence !== '') {
      // Under different codes one title may have different weights; without codes that is a mistake in the table.
      if (byOffence.has(offence) && (code === '' || byOffence.get(offence) !== weight)) {
        if (code === '') throw twice(`“${offence}”`, row, 'offence')
        ambiguous.add(offence)
      }
      byOffence.set(offence, weight)
    }
    if (group === '') return
    if (offence !== '' || code !== '') members.set(group, [...(members.get(group) ?? []), weight])
    else if (stated.has(group)) throw twice(`Sub-group “${group}”`, row, 'group')
    else stated.set(group, weight)
  })
  for (const offence of ambiguous) byOffence.delete(offence)
  const byGroup = new Map<string, number>()
  for (const [group, weights] of members) byGroup.set(group, medianOf(weights))
  for (const [group, weight] of stated) byGroup.set(group, weight)
  return {
    id: sha256.slice(0, 16),
    ...about,
    sha256,
    byOffence: Object.fromEntries(byOffence),
    ...(byCode.size > 0 && { byCode: Object.fromEntries(byCode) }),
    ...(byGroup.size > 0 && { byGroup: Object.fromEntries(byGroup) }),
  }
}

function twice(what: string, row: number, column: string): InputError {
  return new InputError(
    'E-WGT-003',
    `${what} stands twice in the table (again in row ${row}). Nothing was kept.`,
    { row, column, cure: 'Keep one of the two.' },
  )
}

function medianOf(weights: readonly number[]): number {
  const sorted = [...weights].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
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
