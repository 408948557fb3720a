/** Type and measures of the printed page: one family, three weights, one accent, a grid of 511 points. */
import { paper } from '../figure/palette.ts'
import type { TextStyle } from './pdf-text.ts'

export const page = { left: 42, right: 42, top: 44, bottom: 792, width: 511.28 } as const

function style(
  size: number,
  leading: number,
  weight: TextStyle['weight'] = 'regular',
  colour: string = paper.ink,
): TextStyle {
  return { size, leading, weight, colour }
}

export const styles = {
  marking: style(9.5, 12, 'bold'),
  foot: style(7.5, 10, 'regular', paper.muted),
  over: style(8.5, 12, 'semibold', paper.accent),
  heading1: style(19, 23, 'bold'),
  heading2: style(11, 15, 'semibold'),
  block: style(9.5, 13, 'semibold'),
  blockId: style(7, 13, 'regular', paper.muted),
  title: style(28, 33, 'bold'),
  headline: style(17, 22, 'semibold', paper.accent),
  lead: style(13, 18, 'regular', paper.muted),
  body: style(10, 13.6),
  small: style(8, 10.4, 'regular', paper.muted),
  fact: style(16, 20, 'bold'),
  factLabel: style(7.5, 10, 'semibold', paper.muted),
  factNote: style(7.5, 9.5, 'regular', paper.muted),
  cell: style(8.5, 10.6),
  cellStrong: style(8.5, 10.6, 'semibold'),
  columnTitle: style(7.5, 9.5, 'semibold', paper.muted),
  hash: style(6.2, 8.2, 'regular', paper.muted),
  name: style(9.5, 13, 'semibold', paper.muted),
  value: style(10, 13),
  nameCompact: style(8.5, 11, 'semibold', paper.muted),
  valueCompact: style(8.5, 11),
} as const
