/**
 * A drawing is plain data: shapes in points from the top left, drawn in order. The paper and the screen draw the
 * same list, so a chart cannot say one thing in the workbench and another in the pack. Every drawing carries the
 * words that stand for it (`alt`) and the numbers it shows (`table`).
 */

export type Anchor = 'start' | 'middle' | 'end'
export type Weight = 'regular' | 'semibold' | 'bold'

export interface RectItem {
  readonly kind: 'rect'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly fill?: string
  readonly stroke?: string
  readonly strokeWidth?: number
  readonly radius?: number
}

export interface LineItem {
  readonly kind: 'line'
  /** x0 y0 x1 y1 … */
  readonly points: readonly number[]
  readonly stroke: string
  readonly strokeWidth: number
  readonly dash?: readonly number[]
  readonly opacity?: number
}

export interface PathItem {
  readonly kind: 'path'
  /** Closed rings, each x0 y0 x1 y1 …, filled by the even-odd rule so that holes stay open. */
  readonly rings: readonly (readonly number[])[]
  readonly fill?: string
  readonly stroke?: string
  readonly strokeWidth?: number
  readonly opacity?: number
}

export interface CircleItem {
  readonly kind: 'circle'
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly fill?: string
  readonly stroke?: string
  readonly strokeWidth?: number
}

export interface TextItem {
  readonly kind: 'text'
  /** `y` is the baseline. */
  readonly x: number
  readonly y: number
  readonly text: string
  readonly size: number
  readonly weight: Weight
  readonly fill: string
  readonly anchor: Anchor
  /** Degrees clockwise about (x, y). */
  readonly rotate?: number
  /** Colour drawn around the letters where they cross other ink. */
  readonly halo?: string
}

export type DrawingItem = RectItem | LineItem | PathItem | CircleItem | TextItem

/** A value with the words that show it. `value` is null for words and NaN for a number that is not known. */
export interface Cell {
  readonly text: string
  readonly value: number | null
  readonly unit: string
}

export interface TableColumn {
  readonly title: string
  readonly align: 'left' | 'right'
  /** Share of the width; columns are as wide as their shares say. */
  readonly share: number
}

export interface DataTable {
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly items: readonly DrawingItem[]
  /** What a reader who cannot see it needs to know. */
  readonly alt: string
  /** Every number it shows. */
  readonly table: DataTable
}

/** Words in a table. */
export function words(text: string): Cell {
  return { text, value: null, unit: '' }
}

/** A number in a table, with the words that show it and its unit. */
export function measure(value: number, text: string, unit: string): Cell {
  return { text, value, unit }
}
