/** Tables: column titles, rows with thin rules, numbers to the right, long words cut or wrapped. */
import type { Cell } from '../figure/drawing.ts'
import { paper } from '../figure/palette.ts'
import type { TableBlock } from '../pack/page-model.ts'
import type { PdfSurface, StructElement } from './pdf-document.ts'
import { styles } from './pdf-style.ts'
import { drawLines, type TextStyle, wrapText } from './pdf-text.ts'

const pad = 3
const rowPad = 3.8

interface Column {
  readonly x: number
  readonly width: number
  readonly right: boolean
}

function columnsOf(block: TableBlock, x: number, width: number): Column[] {
  const whole = block.table.columns.reduce((total, { share }) => total + share, 0)
  let left = x
  return block.table.columns.map(({ share, align }) => {
    const column = { x: left, width: (share / whole) * width, right: align === 'right' }
    left += column.width
    return column
  })
}

function isHash(cell: Cell): boolean {
  return /^[0-9a-f]{64}$/.test(cell.text)
}

function cellStyle(cell: Cell, strong: boolean): TextStyle {
  return isHash(cell) ? styles.hash : strong ? styles.cellStrong : styles.cell
}

function cellLines(surface: PdfSurface, block: TableBlock, cell: Cell, c: number, width: number): string[] {
  const style = cellStyle(cell, c === block.rowHeader)
  return wrapText(surface, cell.text, width - 2 * pad, style, block.lines)
}

export function headHeight(surface: PdfSurface, block: TableBlock, width: number): number {
  const lines = columnsOf(block, 0, width).map(
    (column, c) =>
      wrapText(surface, block.table.columns[c].title, column.width - 2 * pad, styles.columnTitle, 2).length,
  )
  return Math.max(1, ...lines) * styles.columnTitle.leading + 5
}

export function rowHeight(surface: PdfSurface, block: TableBlock, r: number, width: number): number {
  const columns = columnsOf(block, 0, width)
  let most = 0
  block.table.rows[r].forEach((cell, c) => {
    const lines = cellLines(surface, block, cell, c, columns[c].width)
    most = Math.max(most, lines.length * cellStyle(cell, false).leading)
  })
  return most + rowPad
}

export function tableHeight(surface: PdfSurface, block: TableBlock, width: number): number {
  let height = headHeight(surface, block, width)
  for (let r = 0; r < block.table.rows.length; r++) height += rowHeight(surface, block, r, width)
  return height + 1
}

/** Opens the table in the tags. Rows are added by `drawHead` and `drawRow`. */
export function openTable(surface: PdfSurface, parent: StructElement): StructElement {
  const table = surface.struct('Table', {})
  parent.add(table)
  return table
}

export function drawTable(
  surface: PdfSurface,
  parent: StructElement,
  block: TableBlock,
  x: number,
  y: number,
  width: number,
): void {
  const table = openTable(surface, parent)
  let top = y + drawHead(surface, table, block, x, y, width)
  for (let r = 0; r < block.table.rows.length; r++) top += drawRow(surface, table, block, r, x, top, width)
}

/** Column titles; `table` is null where they are repeated on a further sheet, and then they are not tagged again. */
export function drawHead(
  surface: PdfSurface,
  table: StructElement | null,
  block: TableBlock,
  x: number,
  y: number,
  width: number,
): number {
  const height = headHeight(surface, block, width)
  const columns = columnsOf(block, x, width)
  const draw = (c: number): void => {
    const column = columns[c]
    const lines = wrapText(
      surface,
      block.table.columns[c].title,
      column.width - 2 * pad,
      styles.columnTitle,
      2,
    )
    const top = y + height - 3.5 - lines.length * styles.columnTitle.leading
    place(surface, lines, column, top, styles.columnTitle)
  }
  if (table) {
    const row = surface.struct('TR', {})
    table.add(row)
    columns.forEach((_, c) => {
      row.add(surface.struct('TH', { scope: 'Column' }, () => draw(c)))
    })
  }
  surface.markContent('Artifact', table ? { type: 'Layout' } : { type: 'Pagination' })
  if (!table) for (let c = 0; c < columns.length; c++) draw(c)
  surface.moveTo(x, y + height - 1).lineTo(x + width, y + height - 1)
  surface.lineWidth(0.9).strokeColor(paper.muted).stroke()
  surface.endMarkedContent()
  return height
}

export function drawRow(
  surface: PdfSurface,
  table: StructElement,
  block: TableBlock,
  r: number,
  x: number,
  y: number,
  width: number,
): number {
  const height = rowHeight(surface, block, r, width)
  const columns = columnsOf(block, x, width)
  const row = surface.struct('TR', {})
  table.add(row)
  block.table.rows[r].forEach((cell, c) => {
    const header = c === block.rowHeader
    row.add(
      surface.struct(header ? 'TH' : 'TD', header ? { scope: 'Row' } : {}, () => {
        const lines = cellLines(surface, block, cell, c, columns[c].width)
        place(surface, lines, columns[c], y + 1.4, cellStyle(cell, header))
      }),
    )
  })
  surface.markContent('Artifact', { type: 'Layout' })
  surface.moveTo(x, y + height).lineTo(x + width, y + height)
  surface.lineWidth(0.4).strokeColor(paper.rule).stroke()
  surface.endMarkedContent()
  return height
}

function place(
  surface: PdfSurface,
  lines: readonly string[],
  column: Column,
  y: number,
  style: TextStyle,
): void {
  const x = column.right ? column.x + column.width - pad : column.x + pad
  drawLines(surface, lines, x, y, style, column.right ? 'end' : 'start')
}
