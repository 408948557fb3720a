const CELL = 250

/** Distance in metres from a place to the nearest of some lines, `Infinity` beyond `reach`. */
export type DistanceToLines = (x: number, y: number) => number

/** Lines are flat `x0 y0 x1 y1 …` in metres. `reach` is at most 250 m: one ring of buckets is searched. */
export function indexLines(lines: readonly (readonly number[])[]): DistanceToLines {
  const buckets = new Map<number, number[]>()
  for (const line of lines) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const length = Math.hypot(line[i + 2] - line[i], line[i + 3] - line[i + 1])
      const pieces = Math.max(1, Math.ceil(length / 60))
      for (let p = 0; p < pieces; p++) {
        const t = (p + 0.5) / pieces
        const key = keyOf(
          line[i] + t * (line[i + 2] - line[i]),
          line[i + 1] + t * (line[i + 3] - line[i + 1]),
        )
        let bucket = buckets.get(key)
        if (!bucket) {
          bucket = []
          buckets.set(key, bucket)
        }
        const n = bucket.length
        if (n === 0 || bucket[n - 4] !== line[i] || bucket[n - 3] !== line[i + 1]) {
          bucket.push(line[i], line[i + 1], line[i + 2], line[i + 3])
        }
      }
    }
  }
  return (x, y) => {
    let least = Number.POSITIVE_INFINITY
    for (let dy = -CELL; dy <= CELL; dy += CELL) {
      for (let dx = -CELL; dx <= CELL; dx += CELL) {
        const bucket = buckets.get(keyOf(x + dx, y + dy))
        if (!bucket) continue
        for (let i = 0; i < bucket.length; i += 4) {
          least = Math.min(least, toSegment(x, y, bucket[i], bucket[i + 1], bucket[i + 2], bucket[i + 3]))
        }
      }
    }
    return least
  }
}

function keyOf(x: number, y: number): number {
  return Math.floor(y / CELL) * 100_000 + Math.floor(x / CELL)
}

function toSegment(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const dx = x1 - x0
  const dy = y1 - y0
  const squared = dx * dx + dy * dy
  const t = squared > 0 ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / squared)) : 0
  return Math.hypot(x0 + t * dx - x, y0 + t * dy - y)
}
