/**
 * Every number of the pack as CSV (RFC 4180, UTF-8 with a byte-order mark so that spreadsheets read it right, CRLF).
 * Numbers stand at full precision and with a point; not known is an empty field beside the words "not known". A text
 * that a spreadsheet would take for a formula is preceded by an apostrophe.
 */
import { packFigures } from '../pack/figures.ts'
import type { PageModel } from '../pack/page-model.ts'
import type { PackDriver } from './driver.ts'
import { utf8 } from './utf8.ts'

const header = [
  'id',
  'page',
  'page_name',
  'label',
  'value',
  'unit',
  'shown_as',
  'printed_or_drawn',
  'method',
  'method_version',
]

/** A field of text: made harmless as a formula, quoted where it must be. */
export function textField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

export function figuresCsv(model: PageModel): Uint8Array {
  const lines = [header.join(',')]
  for (const figure of packFigures(model))
    lines.push(
      [
        textField(figure.id),
        textField(figure.page),
        textField(figure.pageName),
        textField(figure.label),
        Number.isFinite(figure.value) ? String(figure.value) : '',
        textField(figure.unit),
        textField(figure.shown),
        figure.how,
        textField(figure.method),
        textField(figure.methodVersion),
      ].join(','),
    )
  return utf8(`\ufeff${lines.join('\r\n')}\r\n`)
}

export const figuresDriver: PackDriver = {
  id: 'figures',
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  write: async (model) => figuresCsv(model),
}
