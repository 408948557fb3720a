import { TextLayer } from '@deck.gl/layers'
import type { MapPalette } from '../colours.ts'

export interface Label {
  readonly text: string
  readonly longitude: number
  readonly latitude: number
  /** Larger places first. */
  readonly weight: number
}

/** Labels that do not cover one another at a zoom, the weightier first. Widths are those of the label font. */
export function placedLabels(
  labels: readonly Label[],
  zoom: number,
  halfWidth = (text: string) => text.length * 3.6 + 6,
): Label[] {
  const world = 512 * 2 ** zoom
  const taken: { x: number; y: number; half: number }[] = []
  const placed: Label[] = []
  for (const label of [...labels].sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1))) {
    const phi = (label.latitude * Math.PI) / 180
    const x = ((label.longitude + 180) / 360) * world
    const y = (0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI)) * world
    const half = halfWidth(label.text)
    if (taken.some((held) => Math.abs(held.x - x) < held.half + half && Math.abs(held.y - y) < 18)) continue
    taken.push({ x, y, half })
    placed.push(label)
  }
  return placed
}

export function labelLayer(labels: readonly Label[], palette: MapPalette) {
  return new TextLayer<Label>({
    id: 'labels',
    data: labels as Label[],
    getPosition: (held) => [held.longitude, held.latitude],
    getText: (held) => held.text,
    getColor: [...palette.label] as [number, number, number, number],
    getSize: 12,
    fontFamily: 'system-ui, "Segoe UI", sans-serif',
    fontWeight: 600,
    characterSet: 'auto',
    fontSettings: { sdf: true, radius: 8, buffer: 6 },
    outlineWidth: 4,
    outlineColor: [...palette.halo] as [number, number, number, number],
  })
}
