import { noise } from './noise.ts'

/** A rounded, uneven area: a park, a wood, a lake. Radius in metres, `roughness` its relative unevenness. */
export interface Blob {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly roughness: number
  readonly seed: number
}

function edgeAt(blob: Blob, angle: number): number {
  const bend = noise(blob.seed, 2 + 1.6 * Math.cos(angle), 2 + 1.6 * Math.sin(angle))
  return blob.radius * (1 + blob.roughness * bend)
}

/** Whether a place lies in the blob or within `margin` metres of it. */
export function insideBlob(blob: Blob, x: number, y: number, margin = 0): boolean {
  const dx = x - blob.x
  const dy = y - blob.y
  const distance = Math.hypot(dx, dy)
  if (distance > blob.radius * (1 + blob.roughness) + margin) return false
  return distance <= edgeAt(blob, Math.atan2(dy, dx)) + margin
}

/** Its edge, flat `x0 y0 x1 y1 …`, anticlockwise, not closed. */
export function blobRing(blob: Blob): number[] {
  const ring: number[] = []
  const points = Math.max(16, Math.min(72, Math.round(blob.radius / 12)))
  for (let i = 0; i < points; i++) {
    const angle = (2 * Math.PI * i) / points
    const radius = edgeAt(blob, angle)
    ring.push(blob.x + radius * Math.cos(angle), blob.y + radius * Math.sin(angle))
  }
  return ring
}
