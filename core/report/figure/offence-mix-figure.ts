/** Offences side by side: incidents on the left, share of harm on the right, so that the rare and grave show. */
import type { OffenceMixSummary } from '#core/contract/results.ts'
import { formatNumber, formatShare, formatWeight } from '../format.ts'
import { type DataTable, type Drawing, type DrawingItem, measure, words } from './drawing.ts'
import type { Palette } from './palette.ts'
import { fitText } from './text-width.ts'

export interface OffenceMixInput {
  readonly width: number
  readonly height: number
  readonly palette: Palette
  readonly summary: OffenceMixSummary
  /** Unit of the weights ('days'); absent: no weights are loaded and harm is not drawn. */
  readonly harmUnit?: string
  /** Rows drawn; the rest are added up as "Other offences". */
  readonly most?: number
}

interface MixRow {
  readonly offence: string
  readonly count: number
  readonly share: number
  readonly harm: number
  readonly shareOfHarm: number
}

/**
 * The offences that matter most by count or by harm, in order of count, the rest as one row, so that the rows always
 * add up to the whole and the rare and grave are not lost among the rest.
 */
export function mixRows(summary: OffenceMixSummary, most: number): MixRow[] {
  const rows = [...summary.rows].sort((a, b) => b.count - a.count || (a.offence < b.offence ? -1 : 1))
  if (rows.length <= most) return rows
  const weightOf = (row: MixRow): number => Math.max(row.share, row.shareOfHarm > 0 ? row.shareOfHarm : 0)
  const chosen = new Set([...rows].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, most - 1))
  const kept: MixRow[] = rows.filter((row) => chosen.has(row))
  const rest = rows.filter((row) => !chosen.has(row))
  const sum = (pick: (row: MixRow) => number): number => rest.reduce((total, row) => total + pick(row), 0)
  kept.push({
    offence: `Other offences (${rest.length})`,
    count: sum((row) => row.count),
    share: sum((row) => row.share),
    harm: sum((row) => row.harm),
    shareOfHarm: sum((row) => row.shareOfHarm),
  })
  return kept
}

/** The chart. An offence without a weight says so; it is never drawn as no harm. */
export function offenceMixFigure(input: OffenceMixInput): Drawing {
  const { width, height, palette, summary, harmUnit } = input
  const rows = mixRows(summary, input.most ?? 7)
  const withHarm = harmUnit !== undefined
  const names = width * (withHarm ? 0.36 : 0.42)
  const gutter = 10
  const panel = withHarm ? (width - names - 2 * gutter) / 2 : width - names - gutter
  const top = 14
  const pitch = Math.min(18, (height - top - 2) / Math.max(1, rows.length))
  const bar = Math.min(10, pitch * 0.62)
  const valueRoom = withHarm ? 38 : 74
  const largest = rows.reduce((most, row) => Math.max(most, row.count), 0)
  const largestHarm = rows.reduce((most, row) => (row.shareOfHarm > most ? row.shareOfHarm : most), 0)
  const items: DrawingItem[] = []
  const countLeft = names + gutter
  const harmLeft = countLeft + panel + gutter
  const text = (x: number, y: number, value: string, strong = false): DrawingItem => ({
    kind: 'text',
    x,
    y,
    text: value,
    size: strong ? 7 : 7.5,
    weight: strong ? 'semibold' : 'regular',
    fill: strong ? palette.muted : palette.ink,
    anchor: 'start',
  })
  items.push(text(0, 7, 'Offence', true), text(countLeft, 7, 'Incidents', true))
  if (withHarm) items.push(text(harmLeft, 7, 'Share of harm here', true))
  rows.forEach((row, i) => {
    const middle = top + i * pitch + pitch / 2
    const base = middle + 2.6
    items.push(text(0, base, fitText(row.offence, names, 7.5)))
    const length = largest > 0 ? (row.count / largest) * (panel - valueRoom) : 0
    items.push({
      kind: 'rect',
      x: countLeft,
      y: middle - bar / 2,
      width: length,
      height: bar,
      fill: palette.accent,
    })
    const share = withHarm ? '' : `  (${formatShare(row.share)})`
    items.push(text(countLeft + length + 4, base, `${formatNumber(row.count)}${share}`))
    if (!withHarm) return
    if (!Number.isFinite(row.shareOfHarm)) {
      items.push(text(harmLeft, base, 'no weight'))
      return
    }
    const reach = largestHarm > 0 ? (row.shareOfHarm / largestHarm) * (panel - valueRoom) : 0
    items.push({
      kind: 'rect',
      x: harmLeft,
      y: middle - bar / 2 + 0.4,
      width: reach,
      height: bar - 0.8,
      fill: palette.third,
      stroke: palette.accent,
      strokeWidth: 0.8,
    })
    items.push(text(harmLeft + reach + 4, base, formatShare(row.shareOfHarm)))
  })
  const end = top + rows.length * pitch
  for (const x of withHarm ? [countLeft, harmLeft] : [countLeft])
    items.push({ kind: 'line', points: [x, top, x, end], stroke: palette.muted, strokeWidth: 0.6 })
  return { width, height, items, alt: altText(rows, withHarm), table: mixTable(rows, harmUnit) }
}

function altText(rows: readonly MixRow[], withHarm: boolean): string {
  const lines = rows
    .slice(0, 4)
    .map(
      (row) =>
        `${row.offence} ${formatNumber(row.count)}${withHarm ? ` (${formatShare(row.shareOfHarm)} of harm)` : ''}`,
    )
  return `Bar chart of the offences in the hotspot, largest first: ${lines.join('; ') || 'none'}.`
}

function mixTable(rows: readonly MixRow[], harmUnit: string | undefined): DataTable {
  return {
    columns: [
      { title: 'Offence', align: 'left', share: 3 },
      { title: 'Incidents', align: 'right', share: 1 },
      { title: 'Share of incidents', align: 'right', share: 1 },
      ...(harmUnit === undefined
        ? []
        : [
            { title: 'Harm', align: 'right' as const, share: 1 },
            { title: 'Share of harm', align: 'right' as const, share: 1 },
          ]),
    ],
    rows: rows.map((row) => [
      words(row.offence),
      measure(row.count, formatNumber(row.count), 'incidents'),
      measure(row.share, formatShare(row.share), 'share of incidents'),
      ...(harmUnit === undefined
        ? []
        : [
            measure(row.harm, formatWeight(row.harm), harmUnit),
            measure(row.shareOfHarm, formatShare(row.shareOfHarm), 'share of harm'),
          ]),
    ]),
  }
}
