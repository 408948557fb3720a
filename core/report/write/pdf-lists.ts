/** Names with their values, and bulleted lists. */
import { paper } from '../figure/palette.ts'
import type { Particulars } from '../pack/page-model.ts'
import { artifact } from './pdf-artifact.ts'
import type { PdfSurface, StructElement } from './pdf-document.ts'
import { styles } from './pdf-style.ts'
import { drawLines, type TextStyle, wrapText } from './pdf-text.ts'

const nameRoom = 118

/** Lines one value may take; longer ones are in `provenance.json` in full. */
const mostLines = 12

function particularStyles(block: Particulars): {
  readonly name: TextStyle
  readonly value: TextStyle
  readonly pad: number
} {
  return block.compact
    ? { name: styles.nameCompact, value: styles.valueCompact, pad: 3 }
    : { name: styles.name, value: styles.value, pad: 5 }
}

export function particularHeight(
  surface: PdfSurface,
  block: Particulars,
  text: string,
  width: number,
): number {
  const { value, pad } = particularStyles(block)
  return wrapText(surface, text, width - nameRoom, value, mostLines).length * value.leading + pad
}

export function drawParticulars(
  surface: PdfSurface,
  parent: StructElement,
  block: Particulars,
  x: number,
  y: number,
  width: number,
): void {
  const style = particularStyles(block)
  const table = surface.struct('Table', {})
  parent.add(table)
  let top = y
  for (const { name, cell } of block.rows) {
    const row = surface.struct('TR', {})
    table.add(row)
    const at = top
    artifact(surface, () => {
      surface
        .moveTo(x, at)
        .lineTo(x + width, at)
        .lineWidth(0.5)
        .strokeColor(paper.rule)
        .stroke()
    })
    row.add(
      surface.struct('TH', { scope: 'Row' }, () => {
        drawLines(surface, [name], x, at + style.pad / 2, style.name)
      }),
    )
    row.add(
      surface.struct('TD', {}, () => {
        const lines = wrapText(surface, cell.text, width - nameRoom, style.value, mostLines)
        drawLines(surface, lines, x + nameRoom, at + style.pad / 2, style.value)
      }),
    )
    top += particularHeight(surface, block, cell.text, width)
  }
}

export function listItemHeight(surface: PdfSurface, item: string, width: number): number {
  return wrapText(surface, item, width - 12, styles.body).length * styles.body.leading + 3
}

export function drawList(
  surface: PdfSurface,
  parent: StructElement,
  items: readonly string[],
  x: number,
  y: number,
  width: number,
): void {
  const list = surface.struct('L', {})
  parent.add(list)
  let top = y
  for (const text of items) {
    const item = surface.struct('LI', {})
    list.add(item)
    const at = top
    item.add(
      surface.struct('Lbl', {}, () => {
        drawLines(surface, ['•'], x, at, styles.body)
      }),
    )
    item.add(
      surface.struct('LBody', {}, () => {
        drawLines(surface, wrapText(surface, text, width - 12, styles.body), x + 12, at, styles.body)
      }),
    )
    top += listItemHeight(surface, text, width)
  }
}
