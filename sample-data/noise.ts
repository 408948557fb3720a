import { hashUnit } from './random.ts'

/** Smooth noise in [-1, 1] over the plane: values at whole points, eased between. Bends coasts, roads and streets. */
export function noise(seed: number, x: number, y: number): number {
  const i = Math.floor(x)
  const j = Math.floor(y)
  const u = ease(x - i)
  const v = ease(y - j)
  const south = mix(hashUnit(seed, i, j), hashUnit(seed, i + 1, j), u)
  const north = mix(hashUnit(seed, i, j + 1), hashUnit(seed, i + 1, j + 1), u)
  return 2 * mix(south, north, v) - 1
}

function ease(t: number): number {
  return t * t * (3 - 2 * t)
}

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t
}
