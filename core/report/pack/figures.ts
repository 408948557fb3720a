/** Every number of a pack, one by one: the list behind the figures file and behind checking a pack. */
import type { Provenance } from '#core/contract/provenance.ts'
import type { Cell, DataTable } from '../figure/drawing.ts'
import type { Block, Page, PageModel } from './page-model.ts'

export interface PackFigure {
  /** Block, then row and column or number within it: 'T1.3.4', 'K2.1'. The same pack input gives the same ids. */
  readonly id: string
  readonly page: string
  readonly pageName: string
  readonly label: string
  /** NaN where not known. Shares are of one, not of a hundred. */
  readonly value: number
  readonly unit: string
  /** As it stands on the page, or would. */
  readonly shown: string
  /** `printed` as words on the page, or `drawn` as a bar, a shade or a mark. */
  readonly how: 'printed' | 'drawn'
  readonly method: string
  readonly methodVersion: string
}

/** The numbers of every page in reading order. */
export function packFigures(model: PageModel): PackFigure[] {
  const figures: PackFigure[] = []
  for (const page of model.pages) for (const block of page.blocks) addBlock(figures, page, block)
  return figures
}

function addBlock(figures: PackFigure[], page: Page, block: Block): void {
  const add = (
    id: string,
    label: string,
    cell: Cell,
    how: PackFigure['how'],
    provenance?: Provenance,
  ): void => {
    if (cell.value === null) return
    figures.push({
      id,
      page: page.id,
      pageName: page.name,
      label,
      value: cell.value,
      unit: cell.unit,
      shown: cell.text,
      how,
      method: provenance?.method.id ?? '',
      methodVersion: provenance?.method.version ?? '',
    })
  }
  const addTable = (
    id: string,
    title: string,
    table: DataTable,
    rowHeader: number,
    how: PackFigure['how'],
    provenance?: Provenance,
  ): void => {
    table.rows.forEach((row, r) => {
      row.forEach((cell, c) => {
        const label = `${title}: ${row[rowHeader].text}: ${table.columns[c].title}`
        add(`${id}.${r + 1}.${c + 1}`, label, cell, how, provenance)
      })
    })
  }
  switch (block.kind) {
    case 'paragraph':
      block.numbers.forEach(({ label, cell }, i) => {
        add(`${block.id}.${i + 1}`, label, cell, 'printed', block.provenance)
      })
      return
    case 'keyFacts':
      block.facts.forEach(({ label, cell, note }, i) => {
        add(`${block.id}.${i + 1}`, label, cell, 'printed', block.provenance)
        note.numbers.forEach((number, j) => {
          add(`${block.id}.${i + 1}.${j + 1}`, number.label, number.cell, 'printed', block.provenance)
        })
      })
      return
    case 'particulars':
      block.rows.forEach(({ name, cell }, i) => {
        add(`${block.id}.${i + 1}`, name, cell, 'printed')
      })
      return
    case 'figure':
      addTable(block.id, block.title, block.drawing.table, 0, 'drawn', block.provenance)
      return
    case 'table':
      addTable(block.id, block.title, block.table, block.rowHeader, 'printed', block.provenance)
      return
    case 'columns':
      for (const inner of block.left) addBlock(figures, page, inner)
      for (const inner of block.right) addBlock(figures, page, inner)
      return
    default:
      return
  }
}
