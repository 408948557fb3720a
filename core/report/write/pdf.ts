/**
 * The pack as a PDF: A4, tagged, bookmarked, marked at the head and foot of every sheet, provenance attached. Vector
 * throughout. The same model gives the same bytes.
 */

import { paper } from '../figure/palette.ts'
import type { Block, Page, PageModel, TableBlock } from '../pack/page-model.ts'
import type { PackDriver, PackResources } from './driver.ts'
import { artifact } from './pdf-artifact.ts'
import { blockHeight, blockTitle, drawBlock, gapAfter } from './pdf-blocks.ts'
import { type PdfSurface, pdfSurface, type StructElement, sheet, surfaceBytes } from './pdf-document.ts'
import { page as area, styles } from './pdf-style.ts'
import { drawHead, drawRow, headHeight, openTable, rowHeight } from './pdf-table.ts'
import { cutText, drawLine, wrapText } from './pdf-text.ts'
import { utf8 } from './utf8.ts'

interface Flow {
  readonly surface: PdfSurface
  readonly section: StructElement
  readonly page: Page
  /** Page of each sheet so far, for the foot. */
  readonly sheets: Page[]
  y: number
}

/** Writes the pack. @throws whatever the font data make pdfkit throw: fonts are the caller's. */
export async function writePdf(model: PageModel, fonts: PackResources['fonts']): Promise<Uint8Array> {
  const date = new Date(`${model.asAt}T00:00:00Z`)
  const surface = pdfSurface({
    title: model.title,
    author: model.author || model.force,
    subject: model.subject,
    keywords: model.marking,
    product: model.product,
    language: model.language,
    date,
  })
  surface.registerFont('regular', fonts.regular)
  surface.registerFont('semibold', fonts.semibold)
  surface.registerFont('bold', fonts.bold)
  const root = surface.struct('Document', { title: model.title, lang: model.language })
  surface.addStructure(root)
  const sheets: Page[] = []
  for (const page of model.pages) {
    const section = surface.struct('Sect', { title: page.name })
    root.add(section)
    const flow: Flow = { surface, section, page, sheets, y: area.top }
    newSheet(flow)
    surface.outline.addItem(page.name)
    page.blocks.forEach((block, i) => {
      placeBlock(flow, block, page.blocks[i + 1])
    })
  }
  root.end()
  drawFurniture(surface, model, sheets)
  surface.file(utf8(`${JSON.stringify(model.provenance, null, 2)}\n`), {
    name: 'provenance.json',
    type: 'application/json',
    description: 'Files, filter, parameters and method versions this pack was made from',
    relationship: 'Data',
    creationDate: date,
    modifiedDate: date,
  })
  return surfaceBytes(surface)
}

function newSheet(flow: Flow): void {
  flow.surface.addPage()
  flow.sheets.push(flow.page)
  flow.y = area.top
}

/** A block up to this height is never parted; a longer one goes on in pieces. */
const LONGEST_WHOLE = 540

/** How much of the block under a heading must follow on the same sheet: its beginning, or all of what is not parted. */
function companyOf(surface: PdfSurface, next: Block): number {
  const height = blockHeight(surface, next, area.width)
  return next.kind === 'table' || height > LONGEST_WHOLE ? Math.min(120, height) : height
}

/** A heading goes with the block it stands over. */
function placeBlock(flow: Flow, block: Block, next: Block | undefined): void {
  const { surface, section } = flow
  const height = blockHeight(surface, block, area.width)
  const company = block.kind === 'heading' && next ? companyOf(surface, next) : 0
  const room = area.bottom - flow.y
  if (block.kind === 'table' && height > room) {
    flowTable(flow, block)
    return
  }
  if (height > room && height > LONGEST_WHOLE) {
    const parts = piecesOf(surface, block)
    if (parts.length > 1) {
      for (const part of parts) placeBlock(flow, part, undefined)
      return
    }
  }
  // The gap after a block may hang over the foot of the sheet.
  if (height + company - gapAfter(block) > room && flow.y > area.top) newSheet(flow)
  drawBlock(surface, section, block, area.left, flow.y, area.width)
  flow.y += height
}

/** What is too long for a sheet goes on in pieces: a list by item, particulars by row, a paragraph by lines. */
function piecesOf(surface: PdfSurface, block: Block): Block[] {
  if (block.kind === 'list') return block.items.map((item) => ({ ...block, items: [item] }))
  if (block.kind === 'particulars') return block.rows.map((row) => ({ ...block, rows: [row] }))
  if (block.kind !== 'paragraph') return []
  const lines = wrapText(surface, block.text, area.width, styles[block.style])
  const parts: Block[] = []
  for (let i = 0; i < lines.length; i += 12)
    parts.push({ ...block, text: lines.slice(i, i + 12).join(' '), numbers: [] })
  return parts
}

/** A table row by row over as many sheets as it needs, its column titles at the head of each. */
function flowTable(flow: Flow, block: TableBlock): void {
  const { surface, section } = flow
  const head = headHeight(surface, block, area.width)
  const first = block.table.rows.length ? rowHeight(surface, block, 0, area.width) : 0
  if (flow.y + 15 + head + 2 * first > area.bottom) newSheet(flow)
  blockTitle(surface, section, block.title, block.id, area.left, flow.y, area.width)
  flow.y += 15
  const table = openTable(surface, section)
  flow.y += drawHead(surface, table, block, area.left, flow.y, area.width)
  for (let r = 0; r < block.table.rows.length; r++) {
    if (flow.y + rowHeight(surface, block, r, area.width) > area.bottom) {
      newSheet(flow)
      flow.y += drawHead(surface, null, block, area.left, flow.y, area.width)
    }
    flow.y += drawRow(surface, table, block, r, area.left, flow.y, area.width)
  }
  flow.y += 8
}

/** Marking above and below, force and page name, page x of y: on every sheet, outside the tags. */
function drawFurniture(surface: PdfSurface, model: PageModel, sheets: readonly Page[]): void {
  const middle = sheet.width / 2
  sheets.forEach((page, i) => {
    surface.switchToPage(i)
    artifact(surface, () => {
      const marking = cutText(surface, model.marking, area.width, styles.marking)
      drawLine(surface, marking, middle, 27, styles.marking, 'middle')
      drawLine(surface, marking, middle, sheet.height - 18, styles.marking, 'middle')
      surface.moveTo(area.left, 798).lineTo(area.left + area.width, 798)
      surface.lineWidth(0.5).strokeColor(paper.rule).stroke()
      const side = area.width / 2 - 50
      drawLine(
        surface,
        cutText(surface, `${model.force} · ${model.title}`, side, styles.foot),
        area.left,
        809,
        styles.foot,
      )
      drawLine(surface, cutText(surface, page.name, side - 60, styles.foot), middle + 20, 809, styles.foot)
      drawLine(surface, `Page ${i + 1} of ${sheets.length}`, area.left + area.width, 809, styles.foot, 'end')
    })
  })
}

export const pdfDriver: PackDriver = {
  id: 'pdf',
  extension: 'pdf',
  mediaType: 'application/pdf',
  write: (model, resources) => writePdf(model, resources.fonts),
}
