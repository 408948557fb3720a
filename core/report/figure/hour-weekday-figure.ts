/**
 * Hour by weekday as 168 squares, darkest where most happens, the best windows framed and numbered. Weights are
 * aoristic: an offence known only to lie between two times is spread over the hours between.
 */
import type { HourWeekdaySummary, TimeWindow } from '#core/contract/results.ts'
import { formatHour, formatNumber, formatShare, weekdayNames } from '../format.ts'
import { type DataTable, type Drawing, type DrawingItem, measure, words } from './drawing.ts'
import type { Palette } from './palette.ts'

export interface HourWeekdayInput {
  readonly width: number
  readonly height: number
  readonly palette: Palette
  readonly summary: HourWeekdaySummary
}

/** 'Friday 20:00–02:00', with the day it ends on when that is another one. */
export function windowText(window: TimeWindow): string {
  const day = weekdayNames[window.day] ?? ''
  return `${day} ${formatHour(window.fromHour)}–${formatHour(window.toHour)}`
}

/** Step 0–4 of a weight in fifths of the largest; −1 for none. */
function stepOf(weight: number, largest: number): number {
  if (!(weight > 0) || !(largest > 0)) return -1
  return Math.min(4, Math.floor((weight / largest) * 5))
}

/** The chart. A weight that is not a number is left white with a dot. Needs 168 weights. */
export function hourWeekdayFigure(input: HourWeekdayInput): Drawing {
  const { width, height, palette, summary } = input
  const left = 26
  const top = 13
  const legendHeight = 15
  const cellWidth = (width - left) / 24
  const cellHeight = (height - top - legendHeight) / 7
  const largest = summary.weights.reduce((most, weight) => (weight > most ? weight : most), 0)
  const items: DrawingItem[] = []
  const text = (x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end'): DrawingItem => ({
    kind: 'text',
    x,
    y,
    text: words,
    size: 7,
    weight: 'regular',
    fill: palette.muted,
    anchor,
  })
  for (let hour = 0; hour <= 24; hour += 3) {
    const anchor = hour === 24 ? 'end' : hour === 0 ? 'start' : 'middle'
    items.push(text(left + hour * cellWidth, top - 4.5, String(hour).padStart(2, '0'), anchor))
  }
  for (let day = 0; day < 7; day++) {
    const y = top + day * cellHeight
    items.push(text(0, y + cellHeight / 2 + 2.4, weekdayNames[day].slice(0, 3), 'start'))
    for (let hour = 0; hour < 24; hour++) {
      const weight = summary.weights[day * 24 + hour]
      const step = stepOf(weight, largest)
      const x = left + hour * cellWidth
      items.push({
        kind: 'rect',
        x: x + 0.3,
        y: y + 0.3,
        width: cellWidth - 0.6,
        height: cellHeight - 0.6,
        fill: step < 0 ? palette.faint : palette.steps[step],
      })
      if (!Number.isFinite(weight))
        items.push({
          kind: 'circle',
          x: x + cellWidth / 2,
          y: y + cellHeight / 2,
          radius: 0.8,
          fill: palette.muted,
        })
    }
  }
  items.push(...windowItems(summary.windows, left, top, cellWidth, cellHeight, palette))
  items.push(...scaleItems(largest, left, height, palette))
  return { width, height, items, alt: altText(summary), table: hoursTable(summary) }
}

/** A frame per window; one that passes midnight goes on at the start of the next day. */
function windowItems(
  windows: readonly TimeWindow[],
  left: number,
  top: number,
  cellWidth: number,
  cellHeight: number,
  palette: Palette,
): DrawingItem[] {
  const items: DrawingItem[] = []
  windows.forEach((window, index) => {
    const parts = [[window.day, window.fromHour, Math.min(24, window.toHour)] as const]
    if (window.toHour > 24) parts.push([(window.day + 1) % 7, 0, window.toHour - 24])
    for (const [day, from, to] of parts) {
      const box = {
        kind: 'rect' as const,
        x: left + from * cellWidth,
        y: top + day * cellHeight,
        width: (to - from) * cellWidth,
        height: cellHeight,
      }
      items.push({ ...box, stroke: palette.casing, strokeWidth: 2.6 })
      items.push({ ...box, stroke: palette.outline, strokeWidth: 1.3 })
    }
    const x = left + (window.fromHour + Math.min(24, window.toHour)) * 0.5 * cellWidth
    const y = top + (window.day + 0.5) * cellHeight
    const radius = Math.min(5, cellHeight * 0.46)
    items.push({
      kind: 'circle',
      x,
      y,
      radius,
      fill: palette.ground,
      stroke: palette.outline,
      strokeWidth: 0.7,
    })
    items.push({
      kind: 'text',
      x,
      y: y + radius * 0.5,
      text: String(index + 1),
      size: radius * 1.45,
      weight: 'bold',
      fill: palette.ink,
      anchor: 'middle',
    })
  })
  return items
}

function scaleItems(largest: number, left: number, height: number, palette: Palette): DrawingItem[] {
  const items: DrawingItem[] = []
  const y = height - 8
  const swatch = 13
  const label = (x: number, text: string): DrawingItem => ({
    kind: 'text',
    x,
    y: y + 5.6,
    text,
    size: 7,
    weight: 'regular',
    fill: palette.muted,
    anchor: 'start',
  })
  items.push(label(left, '0'))
  for (let step = 0; step < 5; step++)
    items.push({
      kind: 'rect',
      x: left + 7 + step * swatch,
      y,
      width: swatch,
      height: 6.5,
      fill: palette.steps[step],
    })
  items.push(label(left + 10 + 5 * swatch, `${formatNumber(largest, 1)} incidents in the hour`))
  return items
}

function altText(summary: HourWeekdaySummary): string {
  const top = summary.windows
    .map((window, i) => `${i + 1}, ${windowText(window)}, ${formatShare(window.share)}`)
    .join('; ')
  return `Chart of incidents by hour of the day and day of the week, ${formatNumber(summary.used)} incidents with usable times. Busiest windows: ${top || 'none found'}.`
}

function hoursTable(summary: HourWeekdaySummary): DataTable {
  return {
    columns: [
      { title: 'Hour', align: 'left', share: 2 },
      ...weekdayNames.map((title) => ({ title, align: 'right' as const, share: 1 })),
    ],
    rows: Array.from({ length: 24 }, (_, hour) => [
      words(`${formatHour(hour)}–${formatHour(hour + 1)}`),
      ...weekdayNames.map((_, day) => {
        const weight = summary.weights[day * 24 + hour]
        return measure(weight, formatNumber(weight, 2), 'incidents (aoristic)')
      }),
    ]),
  }
}
