/** Draws a `Drawing` on a page, item by item. */
import type { Drawing, DrawingItem, TextItem } from '../figure/drawing.ts'
import type { PdfSurface } from './pdf-document.ts'
import { drawLine, printable } from './pdf-text.ts'

export function drawDrawing(surface: PdfSurface, drawing: Drawing, x: number, y: number): void {
  surface.save()
  surface.lineJoin('round').lineCap('butt')
  for (const item of drawing.items) drawItem(surface, item, x, y)
  surface.restore()
}

function drawItem(surface: PdfSurface, item: DrawingItem, x: number, y: number): void {
  switch (item.kind) {
    case 'text':
      drawText(surface, item, x, y)
      return
    case 'line':
      surface.save()
      trace(surface, item.points, x, y)
      surface.lineWidth(item.strokeWidth).strokeColor(item.stroke)
      if (item.opacity !== undefined) surface.strokeOpacity(item.opacity)
      if (item.dash) surface.dash(item.dash)
      surface.stroke()
      surface.restore()
      return
    case 'rect':
      if (item.radius) surface.roundedRect(x + item.x, y + item.y, item.width, item.height, item.radius)
      else surface.rect(x + item.x, y + item.y, item.width, item.height)
      paint(surface, item)
      return
    case 'circle':
      surface.circle(x + item.x, y + item.y, item.radius)
      paint(surface, item)
      return
    case 'path':
      surface.save()
      if (item.opacity !== undefined) surface.fillOpacity(item.opacity)
      for (const ring of item.rings) {
        trace(surface, ring, x, y)
        surface.closePath()
      }
      paint(surface, item, 'even-odd')
      surface.restore()
      return
  }
}

function trace(surface: PdfSurface, points: readonly number[], x: number, y: number): void {
  for (let i = 0; i + 1 < points.length; i += 2) {
    if (i === 0) surface.moveTo(x + points[0], y + points[1])
    else surface.lineTo(x + points[i], y + points[i + 1])
  }
}

function paint(
  surface: PdfSurface,
  item: { readonly fill?: string; readonly stroke?: string; readonly strokeWidth?: number },
  rule?: 'even-odd',
): void {
  if (item.stroke) surface.lineWidth(item.strokeWidth ?? 1)
  if (item.fill && item.stroke) surface.fillAndStroke(item.fill, item.stroke, rule)
  else if (item.fill) surface.fillColor(item.fill).fill(rule)
  else if (item.stroke) surface.strokeColor(item.stroke).stroke()
}

function drawText(surface: PdfSurface, item: TextItem, x: number, y: number): void {
  const at = [x + item.x, y + item.y] as const
  const text = printable(item.text)
  const style = { size: item.size, weight: item.weight, colour: item.fill, leading: item.size }
  surface.save()
  if (item.rotate) surface.rotate(item.rotate, { origin: at })
  if (item.halo) {
    surface.font(item.weight).fontSize(item.size)
    const width = surface.widthOfString(text)
    const shift = item.anchor === 'start' ? 0 : item.anchor === 'middle' ? width / 2 : width
    surface.lineWidth(1.8).strokeColor(item.halo).fillColor(item.halo)
    surface.text(text, at[0] - shift, at[1], {
      lineBreak: false,
      baseline: 'alphabetic',
      fill: true,
      stroke: true,
    })
  }
  drawLine(surface, text, at[0], at[1], style, item.anchor)
  surface.restore()
}
