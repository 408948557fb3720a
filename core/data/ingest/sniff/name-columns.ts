/** The names of the columns, made unique and never empty, and whether the file has them at all. */
import { InputError } from '#core/contract/problem.ts'
import { limits } from '../limits.ts'

export interface ColumnNames {
  readonly names: readonly string[]
  readonly warnings: readonly string[]
}

const DATA_LIKE =
  /^(?:[-+]?\d+(?:[.,]\d+)?|\d{4}-\d{2}(?:-\d{2}.*)?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.*|\d{1,2}:\d{2}.*|[0-9a-f]{64})$/i

/** A first row with a number, a date or a long key among its values is data, not a header. */
export function looksLikeHeader(first: readonly string[]): boolean {
  return !first.some((cell) => DATA_LIKE.test(cell.trim()))
}

/** Trims, fills in empty names as `Column 3` and tells twins apart as `x (2)`. Refuses over 2,000 columns (E-CSV-010). */
export function nameColumns(first: readonly string[], file: string): ColumnNames {
  checkColumnCount(first.length, file)
  const warnings: string[] = []
  const taken = new Set<string>()
  const names = first.map((raw, index) => {
    const plain = raw.replace(/^\ufeff/, '').trim()
    const wanted = plain === '' ? `Column ${index + 1}` : plain
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`
    taken.add(name)
    if (plain === '') warnings.push(`Column ${index + 1} of ${file} has no name; it is called “${name}”.`)
    else if (name !== wanted)
      warnings.push(`“${wanted}” is there twice in ${file}; the second is called “${name}”.`)
    return name
  })
  return { names, warnings }
}

/** Names for a file without a header. */
export function numberColumns(count: number, file: string): ColumnNames {
  checkColumnCount(count, file)
  return {
    names: Array.from({ length: count }, (_, index) => `Column ${index + 1}`),
    warnings: [`${file} has no header row; its columns are numbered.`],
  }
}

function checkColumnCount(count: number, file: string): void {
  if (count > limits.columns)
    throw new InputError(
      'E-CSV-010',
      `${file} has ${count.toLocaleString('en-GB')} columns; at most ${limits.columns.toLocaleString('en-GB')} can be read. Nothing was imported.`,
      { file, cure: 'Export only the columns that are needed.' },
    )
}

/** Spelling-proof form of a column name: `Crime ID`, `crime_id` and `CrimeId` are the same. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
