/** Each block of a page: how high it is, and how it is drawn and tagged at a place. Tables that may break are apart. */
import { paper } from '../figure/palette.ts'
import type { Block, Columns, Heading, KeyFacts, Notice, Paragraph } from '../pack/page-model.ts'
import { artifact } from './pdf-artifact.ts'
import type { PdfSurface, StructElement } from './pdf-document.ts'
import { drawDrawing } from './pdf-drawing.ts'
import { drawList, drawParticulars, listItemHeight, particularHeight } from './pdf-lists.ts'
import { styles } from './pdf-style.ts'
import { drawTable, tableHeight } from './pdf-table.ts'
import { cutText, drawLine, drawLines, type TextStyle, wrapText } from './pdf-text.ts'

/** Room after each kind of block. */
const after: Readonly<Record<Block['kind'], number>> = {
  heading: 3,
  paragraph: 5,
  keyFacts: 7,
  figure: 7,
  table: 8,
  notice: 8,
  particulars: 8,
  list: 7,
  columns: 0,
  space: 0,
}

/** Columns stand this far apart. */
const gutter = 22
const titleHeight = 15

export function gapAfter(block: Block): number {
  return after[block.kind]
}

export function blockHeight(surface: PdfSurface, block: Block, width: number): number {
  return bareHeight(surface, block, width) + after[block.kind]
}

function bareHeight(surface: PdfSurface, block: Block, width: number): number {
  switch (block.kind) {
    case 'heading':
      return headingHeight(surface, block, width)
    case 'paragraph': {
      const style = paragraphStyle(block)
      return wrapText(surface, block.text, width, style).length * style.leading
    }
    case 'keyFacts':
      return 48
    case 'figure':
      return titleHeight + block.drawing.height
    case 'table':
      return titleHeight + tableHeight(surface, block, width)
    case 'notice':
      return (
        titleHeight + wrapText(surface, block.text, width - 16, styles.body).length * styles.body.leading + 10
      )
    case 'particulars':
      return block.rows.reduce(
        (total, row) => total + particularHeight(surface, block, row.cell.text, width),
        0,
      )
    case 'list':
      return block.items.reduce((total, item) => total + listItemHeight(surface, item, width), 0)
    case 'columns': {
      const [left, right] = columnWidths(block, width)
      return Math.max(stackHeight(surface, block.left, left), stackHeight(surface, block.right, right))
    }
    case 'space':
      return block.height
  }
}

function stackHeight(surface: PdfSurface, blocks: readonly Block[], width: number): number {
  return blocks.reduce((total, block) => total + blockHeight(surface, block, width), 0)
}

function columnWidths(block: Columns, width: number): readonly [number, number] {
  const left = (width - gutter) * block.share
  return [left, width - gutter - left]
}

/** Draws a block whole at (x, y) and adds its tags to `parent`. */
export function drawBlock(
  surface: PdfSurface,
  parent: StructElement,
  block: Block,
  x: number,
  y: number,
  width: number,
): void {
  switch (block.kind) {
    case 'heading':
      drawHeading(surface, parent, block, x, y, width)
      return
    case 'paragraph':
      parent.add(
        surface.struct('P', {}, () => {
          const style = paragraphStyle(block)
          drawLines(surface, wrapText(surface, block.text, width, style), x, y, style)
        }),
      )
      return
    case 'keyFacts':
      drawFacts(surface, parent, block, x, y, width)
      return
    case 'figure':
      blockTitle(surface, parent, block.title, block.id, x, y, width)
      parent.add(
        surface.struct(
          'Figure',
          {
            alt: block.drawing.alt,
            placement: 'Block',
            bbox: [x, y + titleHeight, x + block.drawing.width, y + titleHeight + block.drawing.height],
          },
          () => drawDrawing(surface, block.drawing, x, y + titleHeight),
        ),
      )
      return
    case 'table':
      blockTitle(surface, parent, block.title, block.id, x, y, width)
      drawTable(surface, parent, block, x, y + titleHeight, width)
      return
    case 'notice':
      drawNotice(surface, parent, block, x, y, width)
      return
    case 'particulars':
      drawParticulars(surface, parent, block, x, y, width)
      return
    case 'list':
      drawList(surface, parent, block.items, x, y, width)
      return
    case 'columns': {
      const [left, right] = columnWidths(block, width)
      drawStack(surface, parent, block.left, x, y, left)
      drawStack(surface, parent, block.right, x + left + gutter, y, right)
      return
    }
    case 'space':
      return
  }
}

function drawStack(
  surface: PdfSurface,
  parent: StructElement,
  blocks: readonly Block[],
  x: number,
  y: number,
  width: number,
): void {
  for (const block of blocks) {
    drawBlock(surface, parent, block, x, y, width)
    y += blockHeight(surface, block, width)
  }
}

function paragraphStyle(block: Paragraph): TextStyle {
  return styles[block.style]
}

const rankRoom = 30

function headingStyle(block: Heading): TextStyle {
  if (block.large) return styles.title
  return block.level === 1 ? styles.heading1 : styles.heading2
}

function headingHeight(surface: PdfSurface, block: Heading, width: number): number {
  const style = headingStyle(block)
  const room = width - (block.rank ? rankRoom : 0)
  return (
    (block.over ? styles.over.leading : 0) +
    wrapText(surface, block.text, room, style, 3).length * style.leading
  )
}

function drawHeading(
  surface: PdfSurface,
  parent: StructElement,
  block: Heading,
  x: number,
  y: number,
  width: number,
): void {
  const style = headingStyle(block)
  const indent = block.rank ? rankRoom : 0
  let top = y
  if (block.large)
    artifact(surface, () =>
      surface
        .rect(x, y - 16, 56, 4)
        .fillColor(paper.accent)
        .fill(),
    )
  if (block.over) {
    const over = block.over
    parent.add(
      surface.struct('P', {}, () => {
        drawLines(surface, [cutText(surface, over, width, styles.over)], x, y, styles.over)
      }),
    )
    top += styles.over.leading
  }
  if (block.rank)
    artifact(surface, () =>
      surface
        .circle(x + 11, top + 12, 11)
        .fillColor(paper.accent)
        .fill(),
    )
  parent.add(
    surface.struct(`H${block.level}`, {}, () => {
      if (block.rank)
        drawLine(
          surface,
          block.rank,
          x + 11,
          top + 16,
          { ...styles.block, size: 12, weight: 'bold', colour: paper.onAccent },
          'middle',
        )
      drawLines(surface, wrapText(surface, block.text, width - indent, style, 3), x + indent, top, style)
    }),
  )
}

/** Title of a figure or table with its number at the right. */
export function blockTitle(
  surface: PdfSurface,
  parent: StructElement,
  title: string,
  id: string,
  x: number,
  y: number,
  width: number,
): void {
  artifact(surface, () => {
    surface.moveTo(x, y + 0.5).lineTo(x + width, y + 0.5)
    surface.lineWidth(0.7).strokeColor(paper.rule).stroke()
  })
  parent.add(
    surface.struct('H2', {}, () => {
      drawLine(surface, `${cutText(surface, title, width - 28, styles.block)} `, x, y + 11, styles.block)
      drawLine(surface, id, x + width, y + 11, styles.blockId, 'end')
    }),
  )
}

function drawFacts(
  surface: PdfSurface,
  parent: StructElement,
  block: KeyFacts,
  x: number,
  y: number,
  width: number,
): void {
  const pitch = width / block.facts.length
  const list = surface.struct('L', {})
  parent.add(list)
  artifact(surface, () => {
    surface.rect(x, y, width, 46).fillColor(paper.faint).fill()
    for (let i = 1; i < block.facts.length; i++)
      surface
        .moveTo(x + i * pitch, y + 7)
        .lineTo(x + i * pitch, y + 39)
        .lineWidth(0.6)
        .strokeColor(paper.rule)
        .stroke()
  })
  block.facts.forEach(({ label, cell, note }, i) => {
    const left = x + i * pitch + 8
    const room = pitch - 12
    const item = surface.struct('LI', {})
    list.add(item)
    item.add(
      surface.struct('LBody', {}, () => {
        drawLines(
          surface,
          [`${cutText(surface, label, room, styles.factLabel)} `],
          left,
          y + 4,
          styles.factLabel,
        )
        const long =
          surface.font(styles.fact.weight).fontSize(styles.fact.size).widthOfString(cell.text) > room
        const style = long ? { ...styles.fact, size: 10.5 } : styles.fact
        drawLine(surface, `${cutText(surface, cell.text, room, style)} `, left, y + 29, style)
        drawLines(
          surface,
          [cutText(surface, note.text, room, styles.factNote)],
          left,
          y + 33,
          styles.factNote,
        )
      }),
    )
  })
}

function drawNotice(
  surface: PdfSurface,
  parent: StructElement,
  block: Notice,
  x: number,
  y: number,
  width: number,
): void {
  const lines = wrapText(surface, block.text, width - 16, styles.body)
  const height = titleHeight + lines.length * styles.body.leading + 8
  artifact(surface, () => {
    surface.rect(x, y, width, height).fillColor(paper.faint).fill()
    surface.rect(x, y, 3, height).fillColor(paper.accent).fill()
  })
  parent.add(surface.struct('H2', {}, () => drawLine(surface, block.title, x + 11, y + 13.5, styles.block)))
  parent.add(
    surface.struct('P', {}, () => drawLines(surface, lines, x + 11, y + titleHeight + 2, styles.body)),
  )
}
