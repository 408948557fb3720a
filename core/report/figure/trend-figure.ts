/**
 * Monthly counts as bars: the last 12 months dark, the 12 before lighter, earlier ones lightest; the rolling mean as
 * a line. A month the files do not cover is a labelled gap, never a bar of nought, and a month covered in part is
 * an open bar.
 */
import type { MonthTrendSummary } from '#core/contract/results.ts'
import { formatMonth, formatNumber, notKnown } from '../format.ts'
import { axisSteps } from './chart-axis.ts'
import { type DataTable, type Drawing, type DrawingItem, measure, words } from './drawing.ts'
import type { Palette } from './palette.ts'

export interface TrendInput {
  readonly width: number
  readonly height: number
  readonly palette: Palette
  readonly summary: MonthTrendSummary
  /** Months drawn, newest last. */
  readonly months?: number
}

interface Month {
  readonly month: string
  readonly count: number
  readonly coverage: 'present' | 'partial' | 'missing'
  /** Rolling mean per month; NaN where it is not defined. */
  readonly mean: number
  readonly period: 'last' | 'prior' | 'before' | 'after'
}

function monthsOf(summary: MonthTrendSummary, most: number): Month[] {
  const from = Math.max(0, summary.months.length - most)
  const within = (month: string, span: { readonly from: string; readonly to: string }): boolean =>
    month >= span.from.slice(0, 7) && month <= span.to.slice(0, 7)
  return summary.months.slice(from).map((month, i) => ({
    month,
    count: summary.counts[from + i],
    coverage: summary.coverage[from + i],
    mean: summary.rolling12[from + i] / 12,
    period: within(month, summary.last12)
      ? 'last'
      : within(month, summary.prior12)
        ? 'prior'
        : month > summary.last12.to.slice(0, 7)
          ? 'after'
          : 'before',
  }))
}

/** The chart of the last 36 months (or fewer). */
export function trendFigure(input: TrendInput): Drawing {
  const { width, height, palette, summary } = input
  const months = monthsOf(summary, input.months ?? 36)
  const left = 28
  const top = 16
  const bottom = height - 25
  const room = width - left - 2
  const pitch = room / Math.max(1, months.length)
  let largest = 0
  for (const { count, mean, coverage } of months) {
    if (coverage !== 'missing' && count > largest) largest = count
    if (mean > largest) largest = mean
  }
  const steps = axisSteps(largest, 4)
  const upper = steps[steps.length - 1]
  const yOf = (value: number): number => bottom - (value / upper) * (bottom - top)
  const items: DrawingItem[] = []
  for (const step of steps) {
    items.push({
      kind: 'line',
      points: [left, yOf(step), width, yOf(step)],
      stroke: step === 0 ? palette.muted : palette.rule,
      strokeWidth: step === 0 ? 0.8 : 0.4,
    })
    items.push(label(left - 4, yOf(step) + 2.4, formatNumber(step), 'end', palette))
  }
  items.push(...bandItems(months, left, pitch, bottom, top, palette))
  months.forEach((month, i) => {
    items.push(...barItems(month, left + i * pitch, pitch, yOf, bottom, top, palette))
  })
  items.push(...meanItems(months, left, pitch, yOf, palette))
  items.push(...monthAxis(months, left, pitch, bottom, palette))
  items.push(...keyItems(months, left, height, palette))
  return { width, height, items, alt: altText(months, summary), table: trendTable(months) }
}

function label(
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end',
  palette: Palette,
): DrawingItem {
  return { kind: 'text', x, y, text, size: 7, weight: 'regular', fill: palette.muted, anchor }
}

function barItems(
  month: Month,
  x: number,
  pitch: number,
  yOf: (value: number) => number,
  bottom: number,
  top: number,
  palette: Palette,
): DrawingItem[] {
  const gap = Math.min(2, pitch * 0.18)
  const bar = { kind: 'rect' as const, x: x + gap / 2, width: pitch - gap }
  if (month.coverage === 'missing' || !Number.isFinite(month.count)) {
    const items: DrawingItem[] = [{ ...bar, y: top, height: bottom - top, fill: palette.faint }]
    items.push({
      kind: 'text',
      x: x + pitch / 2 + 2.2,
      y: bottom - 4,
      text: 'no data',
      size: Math.min(6.5, pitch * 0.8),
      weight: 'regular',
      fill: palette.muted,
      anchor: 'start',
      rotate: -90,
    })
    return items
  }
  const y = yOf(month.count)
  const fill =
    month.period === 'last' ? palette.accent : month.period === 'prior' ? palette.second : palette.third
  if (month.coverage === 'partial')
    return [
      {
        ...bar,
        x: bar.x + 0.4,
        width: bar.width - 0.8,
        y,
        height: bottom - y,
        stroke: fill,
        strokeWidth: 0.9,
      },
      label(x + pitch / 2, y - 2, 'part', 'middle', palette),
    ]
  return month.count > 0 ? [{ ...bar, y, height: bottom - y, fill }] : []
}

/** Brackets over the two periods that are compared. */
function bandItems(
  months: readonly Month[],
  left: number,
  pitch: number,
  bottom: number,
  top: number,
  palette: Palette,
): DrawingItem[] {
  const items: DrawingItem[] = []
  for (const period of ['prior', 'last'] as const) {
    const first = months.findIndex((month) => month.period === period)
    if (first < 0) continue
    let last = first
    while (last + 1 < months.length && months[last + 1].period === period) last++
    const from = left + first * pitch + 1
    const to = left + (last + 1) * pitch - 1
    const colour = period === 'last' ? palette.accent : palette.second
    items.push({ kind: 'line', points: [from, top - 5, to, top - 5], stroke: colour, strokeWidth: 1.6 })
    items.push({
      kind: 'line',
      points: [from - 1, top - 5, from - 1, bottom],
      stroke: palette.rule,
      strokeWidth: 0.4,
      dash: [1.5, 1.5],
    })
    items.push({
      kind: 'text',
      x: (from + to) / 2,
      y: top - 8,
      text: period === 'last' ? 'Last 12 months' : '12 months before',
      size: 7,
      weight: 'semibold',
      fill: palette.ink,
      anchor: 'middle',
    })
  }
  return items
}

function meanItems(
  months: readonly Month[],
  left: number,
  pitch: number,
  yOf: (value: number) => number,
  palette: Palette,
): DrawingItem[] {
  const items: DrawingItem[] = []
  let points: number[] = []
  const finish = (): void => {
    if (points.length >= 4) {
      items.push({ kind: 'line', points, stroke: palette.casing, strokeWidth: 3, opacity: 0.8 })
      items.push({ kind: 'line', points, stroke: palette.outline, strokeWidth: 1.2 })
    }
    points = []
  }
  months.forEach(({ mean }, i) => {
    if (Number.isFinite(mean)) points.push(left + (i + 0.5) * pitch, yOf(mean))
    else finish()
  })
  finish()
  return items
}

function monthAxis(
  months: readonly Month[],
  left: number,
  pitch: number,
  bottom: number,
  palette: Palette,
): DrawingItem[] {
  const items: DrawingItem[] = []
  months.forEach(({ month }, i) => {
    const number = Number(month.slice(5, 7))
    if (number % 3 !== 1) return
    const x = left + (i + 0.5) * pitch
    items.push({
      kind: 'line',
      points: [x, bottom, x, bottom + 2.5],
      stroke: palette.muted,
      strokeWidth: 0.6,
    })
    items.push(label(x, bottom + 9.5, formatMonth(month, true), 'middle', palette))
  })
  return items
}

function keyItems(months: readonly Month[], left: number, height: number, palette: Palette): DrawingItem[] {
  const y = height - 4
  const items: DrawingItem[] = []
  let x = left
  if (months.filter(({ mean }) => Number.isFinite(mean)).length > 1) {
    items.push({
      kind: 'line',
      points: [x, y - 2.4, x + 12, y - 2.4],
      stroke: palette.outline,
      strokeWidth: 1.2,
    })
    items.push(label(x + 15, y, 'Mean of the 12 months to that month', 'start', palette))
    x += 150
  }
  if (months.some(({ coverage }) => coverage === 'missing')) {
    items.push({
      kind: 'rect',
      x,
      y: y - 6,
      width: 7,
      height: 7,
      fill: palette.faint,
      stroke: palette.rule,
      strokeWidth: 0.4,
    })
    items.push(label(x + 11, y, 'Month not in the files', 'start', palette))
    x += 95
  }
  if (months.some(({ coverage }) => coverage === 'partial'))
    items.push(label(x, y, 'Open bar marked “part”: month covered in part', 'start', palette))
  return items
}

function altText(months: readonly Month[], summary: MonthTrendSummary): string {
  const missing = months.filter(({ coverage }) => coverage === 'missing').length
  const span = months.length
    ? `${formatMonth(months[0].month)} to ${formatMonth(months[months.length - 1].month)}`
    : 'no months'
  return (
    `Bar chart of incidents by month, ${span}. Last 12 months: ${formatNumber(summary.last12.count)}; ` +
    `12 months before: ${formatNumber(summary.prior12.count)}.` +
    (missing ? ` ${missing} of the months are not in the files and are shown as gaps.` : '')
  )
}

function trendTable(months: readonly Month[]): DataTable {
  return {
    columns: [
      { title: 'Month', align: 'left', share: 2 },
      { title: 'Incidents', align: 'right', share: 1 },
      { title: 'Mean of 12 months', align: 'right', share: 1 },
      { title: 'Coverage', align: 'left', share: 1 },
    ],
    rows: months.map(({ month, count, coverage, mean }) => [
      words(formatMonth(month)),
      coverage === 'missing'
        ? measure(Number.NaN, notKnown, 'incidents')
        : measure(count, formatNumber(count), 'incidents'),
      measure(mean, formatNumber(mean, 1), 'incidents a month'),
      words(coverage),
    ]),
  }
}
