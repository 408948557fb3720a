/**
 * The pack as plain data: pages of blocks. Drivers turn it into bytes; none of them works anything out. Every number
 * a reader can see stands in a `Cell`, so that the figures file can list it.
 */
import type { Rings } from '#core/contract/geometry.ts'
import type { Provenance } from '#core/contract/provenance.ts'
import type { Cell, DataTable, Drawing } from '../figure/drawing.ts'

/** A number inside a sentence. */
export interface NamedNumber {
  readonly label: string
  readonly cell: Cell
}

/** Words with the numbers in them. */
export interface Sentence {
  readonly text: string
  readonly numbers: readonly NamedNumber[]
}

export interface Heading {
  readonly kind: 'heading'
  readonly level: 1 | 2
  readonly text: string
  /** Rank in a disc before it. */
  readonly rank?: string
  /** The title of the whole pack. */
  readonly large?: boolean
  /** Small line above it. */
  readonly over?: string
}

export interface Paragraph extends Sentence {
  readonly kind: 'paragraph'
  readonly id: string
  readonly style: 'headline' | 'lead' | 'body' | 'small'
  readonly provenance?: Provenance
}

export interface KeyFacts {
  readonly kind: 'keyFacts'
  readonly id: string
  readonly facts: readonly { readonly label: string; readonly cell: Cell; readonly note: Sentence }[]
  readonly provenance: Provenance
}

export interface FigureBlock {
  readonly kind: 'figure'
  readonly id: string
  readonly title: string
  readonly drawing: Drawing
  readonly provenance: Provenance
}

export interface TableBlock {
  readonly kind: 'table'
  readonly id: string
  readonly title: string
  readonly table: DataTable
  /** Column whose cells name their row. */
  readonly rowHeader: number
  /** Lines a cell may take before it is cut with an ellipsis. */
  readonly lines: number
  readonly provenance?: Provenance
}

/** A framed note: handling, or why a block has nothing to show. */
export interface Notice {
  readonly kind: 'notice'
  readonly title: string
  readonly text: string
}

/** Rows of name and words, as on a cover. */
export interface Particulars {
  readonly kind: 'particulars'
  readonly id: string
  /** Smaller type, for a page of reference. */
  readonly compact?: boolean
  readonly rows: readonly { readonly name: string; readonly cell: Cell }[]
}

export interface BulletList {
  readonly kind: 'list'
  readonly items: readonly string[]
}

export interface Columns {
  readonly kind: 'columns'
  /** Share of the width the left column takes. */
  readonly share: number
  readonly left: readonly Block[]
  readonly right: readonly Block[]
}

export interface Space {
  readonly kind: 'space'
  readonly height: number
}

export type Block =
  | Heading
  | Paragraph
  | KeyFacts
  | FigureBlock
  | TableBlock
  | Notice
  | Particulars
  | BulletList
  | Columns
  | Space

export interface Page {
  readonly id: string
  /** Name in the bookmarks, the foot of the page and the figures file. */
  readonly name: string
  readonly blocks: readonly Block[]
}

/** A hotspot as the map files carry it. */
export interface ModelHotspot {
  readonly id: string
  readonly rank: number
  readonly name: string
  readonly area: string
  /** National Grid metres. */
  readonly rings: Rings
  readonly x: number
  readonly y: number
  readonly numbers: Readonly<Record<string, number>>
}

export interface PageModel {
  readonly title: string
  readonly force: string
  readonly author: string
  readonly product: string
  /** As printed at the head and foot of every page. */
  readonly marking: string
  readonly asAt: string
  readonly subject: string
  readonly language: 'en-GB'
  readonly pages: readonly Page[]
  readonly hotspots: readonly ModelHotspot[]
  /** Written beside or into the pack as `provenance.json`. */
  readonly provenance: Readonly<Record<string, unknown>>
}
