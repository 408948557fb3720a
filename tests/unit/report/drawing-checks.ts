/** What must hold of every drawing: finite numbers, and nothing outside its frame. */
import type { Drawing } from '#core/report/figure/drawing.ts'
import { textWidth } from '#core/report/figure/text-width.ts'

/** Faults found, in words; none for a sound drawing. */
export function drawingFaults(drawing: Drawing): string[] {
  const faults: string[] = []
  const point = (what: string, x: number, y: number, slack: number): void => {
    if (!Number.isFinite(x + y)) faults.push(`${what} is not finite`)
    else if (x < -slack || y < -slack || x > drawing.width + slack || y > drawing.height + slack)
      faults.push(
        `${what} at ${x.toFixed(1)}, ${y.toFixed(1)} is outside ${drawing.width} × ${drawing.height}`,
      )
  }
  const points = (what: string, flat: readonly number[]): void => {
    for (let i = 0; i < flat.length; i += 2) point(what, flat[i], flat[i + 1], 1)
  }
  for (const item of drawing.items)
    switch (item.kind) {
      case 'rect':
        if (!(item.width >= 0 && item.height >= 0)) faults.push('rect of negative size')
        point('rect', item.x, item.y, 1)
        point('rect', item.x + item.width, item.y + item.height, 1)
        break
      case 'circle':
        point('circle', item.x - item.radius, item.y - item.radius, 1)
        point('circle', item.x + item.radius, item.y + item.radius, 1)
        break
      case 'line':
        points('line', item.points)
        break
      case 'path':
        for (const ring of item.rings) points('path', ring)
        break
      case 'text': {
        const width = textWidth(item.text, item.size, item.weight)
        const from = item.anchor === 'start' ? 0 : item.anchor === 'middle' ? -width / 2 : -width
        const turn = ((item.rotate ?? 0) * Math.PI) / 180
        for (const along of [from, from + width])
          point(`“${item.text}”`, item.x + along * Math.cos(turn), item.y + along * Math.sin(turn), 2)
      }
    }
  return faults
}
