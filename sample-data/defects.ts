/** What is deliberately wrong with the extract, so that import has something to report. */
export const defects = {
  malformed: 12,
  duplicates: 15,
  unlocated: 0.015,
  beatCentre: 0.03,
  streetOnly: 0.3,
  noTimes: 0.005,
  reversed: 0.00012,
  noOffenceFlag: 0.008,
} as const

export type RowDefect = 'short' | 'long' | 'footer' | 'duplicate'

/** Which rows (0 … rows − 1) are malformed or repeat the row before them: spread evenly, the same for any seed. */
export function rowDefects(rows: number): ReadonlyMap<number, RowDefect> {
  const at = new Map<number, RowDefect>()
  const kinds = ['short', 'long', 'footer'] as const
  for (let i = 0; i < defects.malformed; i++) {
    at.set(Math.floor(((i + 0.5) / defects.malformed) * rows), kinds[i % 3])
  }
  for (let i = 0; i < defects.duplicates; i++) {
    let row = Math.floor(((i + 0.31) / defects.duplicates) * rows) + 1
    while (at.has(row) || at.has(row - 1)) row++
    at.set(row, 'duplicate')
  }
  return at
}

/** Breaks one good line as an extract breaks: cut off, one comma too many, or a printed page's footer. */
export function spoil(line: string, defect: RowDefect): string {
  if (defect === 'footer') return '*** end of extract page ***\r\n'
  if (defect === 'long') return line.replace('\r\n', ',\r\n')
  // Cut before the first field that may hold a comma: an open quote would swallow the rows that follow.
  return `${line.split(',').slice(0, 5).join(',')}\r\n`
}
