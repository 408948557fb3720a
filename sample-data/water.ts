import { type Blob, insideBlob } from './blob.ts'
import { indexLines } from './line-index.ts'
import { rounded } from './line-shapes.ts'
import { riverNames } from './names.ts'
import { noise } from './noise.ts'
import { edgeRadius, middle } from './outline.ts'

/** A river drawn as its middle line with the half width at each point, metres. */
export interface River {
  readonly name: string
  readonly line: readonly number[]
  readonly halfWidth: readonly number[]
}

export interface Water {
  readonly rivers: readonly River[]
  readonly lakes: readonly Blob[]
  /** Whether a place is wet or within `margin` metres of water. */
  readonly wet: (x: number, y: number, margin: number) => boolean
}

/** Two rivers, through the city and through the north town, and four lakes. */
export function drawWater(seed: number): Water {
  const mouth = -0.12
  const sea = edgeRadius(seed, mouth) + 2_500
  const main = meander(
    [
      551_500,
      449_500,
      560_000,
      446_500,
      568_000,
      446_000,
      575_500,
      443_600,
      581_500,
      442_900,
      586_000,
      441_700,
      590_500,
      441_100,
      595_500,
      440_900,
      middle.x + sea * Math.cos(mouth),
      middle.y + sea * Math.sin(mouth),
    ],
    seed + 31,
  )
  const joins = nearestPoint(main, 577_500, 443_300)
  const side = meander(
    [577_200, 460_900, 576_000, 457_400, 573_000, 455_100, 573_300, 452_000, 574_300, 448_000, ...joins],
    seed + 32,
  )
  const rivers = [
    { name: riverNames[0], line: main, halfWidth: widths(main, 10, 55, 230) },
    { name: riverNames[1], line: side, halfWidth: widths(side, 5, 10, 16) },
  ]
  const lakes: Blob[] = [
    { name: 'North Mere', x: 580_800, y: 456_300, radius: 620, roughness: 0.45, seed: seed + 41 },
    { name: 'Otter Pool', x: 579_300, y: 430_300, radius: 430, roughness: 0.5, seed: seed + 42 },
    { name: 'Long Water', x: 565_600, y: 441_000, radius: 520, roughness: 0.5, seed: seed + 43 },
    { name: 'Heron Lake', x: 590_900, y: 437_000, radius: 240, roughness: 0.4, seed: seed + 44 },
  ]
  const distance = rivers.map((river) => indexLines([river.line]))
  const wet = (x: number, y: number, margin: number) =>
    rivers.some((river, r) => {
      const away = distance[r](x, y)
      return away < Number.POSITIVE_INFINITY && away < widthNear(river, x, y) + margin
    }) || lakes.some((lake) => insideBlob(lake, x, y, margin))
  return { rivers, lakes, wet }
}

/** The river's banks as one ring, not closed. */
export function riverRing(river: River): number[] {
  const { line, halfWidth } = river
  const n = line.length / 2
  const ring = new Array<number>(4 * n)
  for (let i = 0; i < n; i++) {
    const a = Math.max(0, i - 1)
    const b = Math.min(n - 1, i + 1)
    const dx = line[2 * b] - line[2 * a]
    const dy = line[2 * b + 1] - line[2 * a + 1]
    const scale = halfWidth[i] / Math.hypot(dx, dy)
    ring[2 * i] = line[2 * i] + dy * scale
    ring[2 * i + 1] = line[2 * i + 1] - dx * scale
    ring[4 * n - 2 - 2 * i] = line[2 * i] - dy * scale
    ring[4 * n - 1 - 2 * i] = line[2 * i + 1] + dx * scale
  }
  return ring
}

function meander(points: readonly number[], seed: number): number[] {
  const smooth = rounded(points, 5)
  for (let i = 2; i + 3 < smooth.length; i += 2) {
    const x = smooth[i]
    const y = smooth[i + 1]
    smooth[i] += 260 * noise(seed, x / 1500, y / 1500)
    smooth[i + 1] += 380 * noise(seed + 5, x / 1500, y / 1500)
  }
  return rounded(smooth, 1)
}

/** Widens from the source to 70 % of the way, then to the mouth. */
function widths(line: readonly number[], source: number, city: number, mouth: number): number[] {
  const n = line.length / 2
  const out: number[] = []
  for (let i = 0; i < n; i++) {
    const t = i / (n - 1)
    out.push(
      t < 0.72 ? source + ((city - source) * t) / 0.72 : city + (mouth - city) * ((t - 0.72) / 0.28) ** 2,
    )
  }
  return out
}

function widthNear(river: River, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY
  let width = 0
  for (let i = 0; i < river.halfWidth.length; i++) {
    const away = (river.line[2 * i] - x) ** 2 + (river.line[2 * i + 1] - y) ** 2
    if (away < least) {
      least = away
      width = river.halfWidth[i]
    }
  }
  return width
}

function nearestPoint(line: readonly number[], x: number, y: number): [number, number] {
  let best: [number, number] = [line[0], line[1]]
  for (let i = 0; i < line.length; i += 2) {
    if (Math.hypot(line[i] - x, line[i + 1] - y) < Math.hypot(best[0] - x, best[1] - y))
      best = [line[i], line[i + 1]]
  }
  return best
}
