/** A drawing as SVG, as plain data for the screen (`toSvg`) or as text for a file (`svgMarkup`). */
import type { Drawing, DrawingItem } from './drawing.ts'

export interface SvgNode {
  readonly tag: 'svg' | 'title' | 'rect' | 'path' | 'circle' | 'text'
  readonly attributes: Readonly<Record<string, string | number>>
  readonly text?: string
  readonly children: readonly SvgNode[]
}

/**
 * The element tree. Numbers have at most two decimals, attributes a fixed order. The alternative text is the title;
 * the numbers are in `drawing.table`, for a table beside the picture.
 */
export function toSvg(drawing: Drawing): SvgNode {
  return {
    tag: 'svg',
    attributes: {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(drawing.width)} ${round(drawing.height)}`,
      role: 'img',
      'font-family': "'Source Sans 3', system-ui, sans-serif",
    },
    children: [
      { tag: 'title', attributes: {}, text: drawing.alt, children: [] },
      ...drawing.items.flatMap(itemNodes),
    ],
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function pointsPath(points: readonly number[], close: boolean): string {
  let path = ''
  for (let i = 0; i + 1 < points.length; i += 2)
    path += `${i === 0 ? 'M' : 'L'}${round(points[i])} ${round(points[i + 1])}`
  return close ? `${path}Z` : path
}

function paint(item: {
  readonly fill?: string
  readonly stroke?: string
  readonly strokeWidth?: number
  readonly opacity?: number
}): Record<string, string | number> {
  return {
    fill: item.fill ?? 'none',
    ...(item.stroke && { stroke: item.stroke, 'stroke-width': item.strokeWidth ?? 1 }),
    ...(item.opacity !== undefined && { opacity: item.opacity }),
  }
}

const weights = { regular: 400, semibold: 600, bold: 700 } as const

function itemNodes(item: DrawingItem): SvgNode[] {
  switch (item.kind) {
    case 'rect': {
      const attributes = {
        x: round(item.x),
        y: round(item.y),
        width: round(item.width),
        height: round(item.height),
        ...(item.radius && { rx: item.radius }),
        ...paint(item),
      }
      return [{ tag: 'rect', attributes, children: [] }]
    }
    case 'circle': {
      const attributes = { cx: round(item.x), cy: round(item.y), r: round(item.radius), ...paint(item) }
      return [{ tag: 'circle', attributes, children: [] }]
    }
    case 'line': {
      const attributes = {
        d: pointsPath(item.points, false),
        ...paint(item),
        'stroke-linejoin': 'round',
        ...(item.dash && { 'stroke-dasharray': item.dash.join(' ') }),
      }
      return [{ tag: 'path', attributes, children: [] }]
    }
    case 'path': {
      const attributes = {
        d: item.rings.map((ring) => pointsPath(ring, true)).join(''),
        'fill-rule': 'evenodd',
        ...paint(item),
      }
      return [{ tag: 'path', attributes, children: [] }]
    }
    case 'text': {
      const turn = item.rotate
        ? { transform: `rotate(${round(item.rotate)} ${round(item.x)} ${round(item.y)})` }
        : {}
      const halo = item.halo
        ? { stroke: item.halo, 'stroke-width': 2, 'paint-order': 'stroke', 'stroke-linejoin': 'round' }
        : {}
      const attributes = {
        x: round(item.x),
        y: round(item.y),
        'font-size': round(item.size),
        'font-weight': weights[item.weight],
        'text-anchor': item.anchor,
        fill: item.fill,
        ...halo,
        ...turn,
      }
      return [{ tag: 'text', attributes, text: item.text, children: [] }]
    }
  }
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

/** The tree as SVG text. */
export function svgMarkup(node: SvgNode): string {
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')
  const inner = escaped(node.text ?? '') + node.children.map(svgMarkup).join('')
  return inner ? `<${node.tag}${attributes}>${inner}</${node.tag}>` : `<${node.tag}${attributes}/>`
}
