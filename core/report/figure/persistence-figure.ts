/** Count of each year as a small bar with its number on it: is the place hot every year, or was it one bad one? */
import { formatNumber } from '../format.ts'
import { type Drawing, type DrawingItem, measure, words } from './drawing.ts'
import type { Palette } from './palette.ts'
import { fitText } from './text-width.ts'

export interface PersistenceInput {
  readonly width: number
  readonly height: number
  readonly palette: Palette
  /** Newest last. */
  readonly labels: readonly string[]
  readonly counts: readonly number[]
}

/** The chart. A year that is not known stands as words, not as a bar of nought. */
export function persistenceFigure(input: PersistenceInput): Drawing {
  const { width, height, palette, labels, counts } = input
  const top = 10
  const bottom = height - 11
  const pitch = width / Math.max(1, labels.length)
  const bar = Math.min(34, pitch * 0.62)
  const largest = counts.reduce((most, count) => (count > most ? count : most), 0)
  const items: DrawingItem[] = []
  labels.forEach((name, i) => {
    const middle = (i + 0.5) * pitch
    const count = counts[i]
    const known = Number.isFinite(count)
    const tall = known && largest > 0 ? (count / largest) * (bottom - top) : 0
    if (tall > 0)
      items.push({
        kind: 'rect',
        x: middle - bar / 2,
        y: bottom - tall,
        width: bar,
        height: tall,
        fill: i === labels.length - 1 ? palette.accent : palette.second,
      })
    items.push({
      kind: 'text',
      x: middle,
      y: bottom - tall - 3,
      text: fitText(formatNumber(count), pitch, 7.5, 'semibold'),
      size: 7.5,
      weight: 'semibold',
      fill: palette.ink,
      anchor: 'middle',
    })
    items.push({
      kind: 'text',
      x: middle,
      y: height - 2.5,
      text: fitText(name, pitch - 2, 7),
      size: 7,
      weight: 'regular',
      fill: palette.muted,
      anchor: 'middle',
    })
  })
  items.push({ kind: 'line', points: [0, bottom, width, bottom], stroke: palette.muted, strokeWidth: 0.8 })
  const spoken = labels.map((name, i) => `${name}: ${formatNumber(counts[i])}`).join('; ')
  return {
    width,
    height,
    items,
    alt: `Bar chart of incidents in each year. ${spoken || 'No years.'}`,
    table: {
      columns: [
        { title: 'Year', align: 'left', share: 1 },
        { title: 'Incidents', align: 'right', share: 1 },
      ],
      rows: labels.map((name, i) => [words(name), measure(counts[i], formatNumber(counts[i]), 'incidents')]),
    },
  }
}
