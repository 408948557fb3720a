/** Lines are flat `x0 y0 x1 y1 …` in metres. */

/** Rounds a line's corners by cutting them (Chaikin); the ends stay. */
export function rounded(line: readonly number[], rounds: number): number[] {
  let now = [...line]
  for (let round = 0; round < rounds; round++) {
    const next = [now[0], now[1]]
    for (let i = 0; i + 3 < now.length; i += 2) {
      next.push(0.75 * now[i] + 0.25 * now[i + 2], 0.75 * now[i + 1] + 0.25 * now[i + 3])
      next.push(0.25 * now[i] + 0.75 * now[i + 2], 0.25 * now[i + 1] + 0.75 * now[i + 3])
    }
    next.push(now[now.length - 2], now[now.length - 1])
    now = next
  }
  return now
}

export function lengthOf(line: readonly number[]): number {
  let length = 0
  for (let i = 0; i + 3 < line.length; i += 2)
    length += Math.hypot(line[i + 2] - line[i], line[i + 3] - line[i + 1])
  return length
}

/** Cuts a line into pieces of about `piece` metres that share their ends. */
export function chopped(line: readonly number[], piece: number): number[][] {
  const count = Math.max(1, Math.round(lengthOf(line) / piece))
  const target = lengthOf(line) / count
  const pieces: number[][] = []
  let current = [line[0], line[1]]
  let gone = 0
  for (let i = 2; i + 1 < line.length; i += 2) {
    gone += Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1])
    current.push(line[i], line[i + 1])
    if (gone >= target - 1e-6 && i + 3 < line.length) {
      pieces.push(current)
      current = [line[i], line[i + 1]]
      gone = 0
    }
  }
  if (current.length >= 4) pieces.push(current)
  return pieces
}

/** Leaves out points that lie within `tolerance` of the line through their neighbours kept (Douglas and Peucker). */
export function simplified(line: readonly number[], tolerance: number): number[] {
  const keep = keptPoints(line, tolerance)
  const out: number[] = []
  for (let i = 0; i < keep.length; i++) if (keep[i]) out.push(line[2 * i], line[2 * i + 1])
  return out
}

/** Which points of a line `simplified` keeps. */
export function keptPoints(line: readonly number[], tolerance: number): Uint8Array {
  const n = line.length / 2
  const keep = new Uint8Array(n)
  keep[0] = 1
  keep[n - 1] = 1
  const stack = [0, n - 1]
  while (stack.length > 0) {
    const last = stack.pop()!
    const first = stack.pop()!
    let worst = tolerance
    let at = -1
    for (let i = first + 1; i < last; i++) {
      const off = offLine(line, i, first, last)
      if (off > worst) {
        worst = off
        at = i
      }
    }
    if (at < 0) continue
    keep[at] = 1
    stack.push(first, at, at, last)
  }
  return keep
}

function offLine(line: readonly number[], i: number, first: number, last: number): number {
  const dx = line[2 * last] - line[2 * first]
  const dy = line[2 * last + 1] - line[2 * first + 1]
  const px = line[2 * i] - line[2 * first]
  const py = line[2 * i + 1] - line[2 * first + 1]
  const length = Math.hypot(dx, dy)
  return length > 0 ? Math.abs(dx * py - dy * px) / length : Math.hypot(px, py)
}

/** The point `along` metres from a line's start, `aside` metres to its left, written into `out`. */
export function pointAlong(line: readonly number[], along: number, aside: number, out: number[]): void {
  let left = along
  for (let i = 0; i + 3 < line.length; i += 2) {
    const dx = line[i + 2] - line[i]
    const dy = line[i + 3] - line[i + 1]
    const length = Math.hypot(dx, dy)
    if (left <= length || i + 5 >= line.length) {
      const t = length > 0 ? left / length : 0
      const u = length > 0 ? aside / length : 0
      out[0] = line[i] + t * dx - u * dy
      out[1] = line[i + 1] + t * dy + u * dx
      return
    }
    left -= length
  }
}
