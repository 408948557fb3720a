import { textField } from './figures-csv.ts'

/**
 * A list of incidents as CSV (RFC 4180, CRLF) for a spreadsheet, piece by piece: first the marking and where it comes
 * from, as lines that start with #, then the headings, then the rows. Text that a spreadsheet would take for a formula
 * is preceded by an apostrophe; what is not recorded is an empty field.
 */
export function incidentsHead(head: readonly string[], titles: readonly string[]): string {
  // A mark at the start tells a spreadsheet that the bytes are UTF-8.
  const lines = [...head.map((line) => textField(`# ${line}`)), titles.map(textField).join(',')]
  return `\ufeff${lines.join('\r\n')}\r\n`
}

export function incidentsRow(cells: readonly (string | number | null)[]): string {
  let line = ''
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]
    if (at > 0) line += ','
    if (cell === null) continue
    line += typeof cell === 'number' ? String(cell) : textField(cell)
  }
  return `${line}\r\n`
}
