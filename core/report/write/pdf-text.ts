/** Setting words: lines are broken, cut and placed here, by the font's own measure, never by the PDF library. */
import type { Anchor, Weight } from '../figure/drawing.ts'
import type { PdfSurface } from './pdf-document.ts'

export interface TextStyle {
  readonly size: number
  readonly weight: Weight
  readonly colour: string
  /** Distance of baselines. */
  readonly leading: number
}

/** Control characters and half characters have no shape on paper. */
export function printable(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}|\p{Cs}/gu, '')
    .trim()
}

export function widthOf(surface: PdfSurface, text: string, style: TextStyle): number {
  return surface.font(style.weight).fontSize(style.size).widthOfString(text)
}

/**
 * Words broken to lines no wider than `width`; a word wider than a line is broken where it must. After `most` lines
 * the rest is cut with an ellipsis.
 */
export function wrapText(
  surface: PdfSurface,
  text: string,
  width: number,
  style: TextStyle,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const lines: string[] = []
  let line = ''
  for (let word of printable(text).split(' ')) {
    const joined = line ? `${line} ${word}` : word
    if (widthOf(surface, joined, style) <= width) {
      line = joined
      continue
    }
    if (line) lines.push(line)
    while (widthOf(surface, word, style) > width && word.length > 1) {
      let fits = 1
      while (fits < word.length && widthOf(surface, word.slice(0, fits + 1), style) <= width) fits++
      lines.push(word.slice(0, fits))
      word = word.slice(fits)
    }
    line = word
  }
  if (line || lines.length === 0) lines.push(line)
  if (lines.length <= most) return lines
  const kept = lines.slice(0, most)
  kept[most - 1] = cutText(surface, `${kept[most - 1]} ${lines[most]}`, width, style)
  return kept
}

/** `text` with an ellipsis where it would pass `width`. */
export function cutText(surface: PdfSurface, text: string, width: number, style: TextStyle): string {
  const clean = printable(text)
  if (widthOf(surface, clean, style) <= width) return clean
  const letters = Array.from(clean)
  let kept = letters.length - 1
  while (kept > 0 && widthOf(surface, `${letters.slice(0, kept).join('').trimEnd()}…`, style) > width) kept--
  return `${letters.slice(0, kept).join('').trimEnd()}…`
}

/** One line with its baseline at `y`. */
export function drawLine(
  surface: PdfSurface,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
  anchor: Anchor = 'start',
): void {
  if (!text) return
  const shift = anchor === 'start' ? 0 : widthOf(surface, text, style) * (anchor === 'end' ? 1 : 0.5)
  surface.font(style.weight).fontSize(style.size).fillColor(style.colour)
  surface.text(text, x - shift, y, { lineBreak: false, baseline: 'alphabetic' })
}

/** Lines from the top `y` down; gives back the height used. A space ends each line so that words stay apart. */
export function drawLines(
  surface: PdfSurface,
  lines: readonly string[],
  x: number,
  y: number,
  style: TextStyle,
  anchor: Anchor = 'start',
): number {
  lines.forEach((line, i) => {
    const text = i + 1 < lines.length && anchor === 'start' ? `${line} ` : line
    drawLine(surface, text, x, y + i * style.leading + style.leading * 0.74, style, anchor)
  })
  return lines.length * style.leading
}
