/** Scale bar, north arrow and legend: what turns a picture of streets into a map. */
import type { DrawingItem } from './drawing.ts'
import type { MapFrame } from './map-frame.ts'
import type { Taken } from './map-labels.ts'
import type { Palette } from './palette.ts'
import { textWidth } from './text-width.ts'

/** The longest of 1, 2 or 5 × 10ⁿ metres that fits in `metres`. */
export function roundLength(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres))
  const lead = metres / power
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power
}

function lengthText(metres: number): string {
  return metres >= 1000 ? `${metres / 1000} km` : `${metres} m`
}

/** Scale bar bottom left. Speaks for its rectangle in `taken`. */
export function scaleBar(map: MapFrame, palette: Palette, taken: Taken[]): DrawingItem[] {
  const metres = roundLength(map.frame.width * 0.3 * map.metresPerPoint)
  const length = metres / map.metresPerPoint
  const { frame } = map
  const left = frame.x + 9
  const base = frame.y + frame.height - 8
  const end = lengthText(metres)
  const right = left + length + textWidth(end, 7) / 2 + 4
  taken.push([frame.x + 3, base - 17, right + 2, frame.y + frame.height])
  const number = (x: number, text: string): DrawingItem => ({
    kind: 'text',
    x,
    y: base - 7,
    text,
    size: 7,
    weight: 'regular',
    fill: palette.ink,
    anchor: 'middle',
  })
  return [
    {
      kind: 'rect',
      x: frame.x + 3,
      y: base - 16,
      width: right - frame.x - 1,
      height: 21,
      fill: palette.ground,
    },
    {
      kind: 'rect',
      x: left,
      y: base - 4,
      width: length,
      height: 4,
      fill: palette.ground,
      stroke: palette.ink,
      strokeWidth: 0.6,
    },
    { kind: 'rect', x: left, y: base - 4, width: length / 2, height: 4, fill: palette.ink },
    number(left, '0'),
    number(left + length, end),
  ]
}

/** Grid north, top right. */
export function northArrow(map: MapFrame, palette: Palette, taken: Taken[]): DrawingItem[] {
  const x = map.frame.x + map.frame.width - 13
  const y = map.frame.y + 7
  taken.push([x - 10, map.frame.y, x + 13, y + 30])
  return [
    { kind: 'rect', x: x - 8, y: y - 4, width: 16, height: 31, fill: palette.ground, radius: 2 },
    {
      kind: 'path',
      rings: [[x, y, x + 4.5, y + 14, x, y + 11, x - 4.5, y + 14]],
      fill: palette.ink,
    },
    {
      kind: 'text',
      x,
      y: y + 23.5,
      text: 'N',
      size: 8,
      weight: 'semibold',
      fill: palette.ink,
      anchor: 'middle',
    },
  ]
}

export interface LegendEntry {
  readonly mark: 'area' | 'outline' | 'line' | 'number' | 'letter'
  readonly colour: string
  readonly text: string
}

/** Legend entries in a row from (x, y), wrapped at `width`; the row pitch is 11 points. */
export function legend(
  entries: readonly LegendEntry[],
  x: number,
  y: number,
  width: number,
  palette: Palette,
): { readonly items: DrawingItem[]; readonly height: number } {
  const items: DrawingItem[] = []
  const size = 7
  let left = x
  let row = 0
  for (const entry of entries) {
    const need = 14 + textWidth(entry.text, size)
    if (left > x && left + need > x + width) {
      left = x
      row++
    }
    const middle = y + row * 11 + 5
    items.push(...mark(entry, left, middle, palette))
    items.push({
      kind: 'text',
      x: left + 13,
      y: middle + 2.4,
      text: entry.text,
      size,
      weight: 'regular',
      fill: palette.ink,
      anchor: 'start',
    })
    left += need + 10
  }
  return { items, height: entries.length ? (row + 1) * 11 : 0 }
}

function mark(entry: LegendEntry, x: number, middle: number, palette: Palette): DrawingItem[] {
  const box = { kind: 'rect' as const, x, y: middle - 3.5, width: 10, height: 7 }
  if (entry.mark === 'area') return [{ ...box, fill: entry.colour, stroke: palette.rule, strokeWidth: 0.4 }]
  if (entry.mark === 'outline') return [{ ...box, stroke: entry.colour, strokeWidth: 1.8 }]
  if (entry.mark === 'line')
    return [
      {
        kind: 'line',
        points: [x, middle, x + 10, middle],
        stroke: entry.colour,
        strokeWidth: 1.3,
      },
    ]
  return roundMark(x + 5, middle, 4.4, entry.mark === 'number' ? '1' : 'A', entry.mark === 'letter', palette)
}

/** A numbered or lettered disc; letters are dark on white so that the two never read alike in black and white. */
export function roundMark(
  x: number,
  y: number,
  radius: number,
  text: string,
  open: boolean,
  palette: Palette,
): DrawingItem[] {
  const size = radius * (text.length > 1 ? 1.1 : 1.25)
  return [
    {
      kind: 'circle',
      x,
      y,
      radius,
      fill: open ? palette.ground : palette.accent,
      stroke: open ? palette.ink : palette.casing,
      strokeWidth: 0.9,
    },
    {
      kind: 'text',
      x,
      y: y + size * 0.33,
      text,
      size,
      weight: 'bold',
      fill: open ? palette.ink : palette.onAccent,
      anchor: 'middle',
    },
  ]
}
