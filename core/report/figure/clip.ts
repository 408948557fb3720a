/**
 * Cutting lines and areas to a rectangle, so that nothing a map draws leaves its frame: then no driver needs a
 * clipping feature, and a pack carries only the ink that shows.
 *
 * Lines: Liang and Barsky, ACM Transactions on Graphics 1984. Areas: Sutherland and Hodgman, CACM 1974.
 */

export interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The parts of a line (x0 y0 x1 y1 …) inside the frame; points with NaN break the line. */
export function clipLine(points: readonly number[], frame: Frame): number[][] {
  const parts: number[][] = []
  let part: number[] = []
  const finish = (): void => {
    if (part.length >= 4) parts.push(part)
    part = []
  }
  for (let i = 2; i + 1 < points.length; i += 2) {
    const ax = points[i - 2]
    const ay = points[i - 1]
    const bx = points[i]
    const by = points[i + 1]
    const span = insideSpan(ax, ay, bx, by, frame)
    if (!span) {
      finish()
      continue
    }
    const [enter, leave] = span
    if (part.length === 0) part.push(ax + (bx - ax) * enter, ay + (by - ay) * enter)
    part.push(ax + (bx - ax) * leave, ay + (by - ay) * leave)
    if (leave < 1) finish()
  }
  finish()
  return parts
}

/** Where a segment is inside the frame, as shares of its length; null when it is not, or not finite. */
function insideSpan(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  frame: Frame,
): readonly [number, number] | null {
  if (!Number.isFinite(ax + ay + bx + by)) return null
  const dx = bx - ax
  const dy = by - ay
  const steps = [-dx, dx, -dy, dy]
  const room = [ax - frame.x, frame.x + frame.width - ax, ay - frame.y, frame.y + frame.height - ay]
  let enter = 0
  let leave = 1
  for (let k = 0; k < 4; k++) {
    const step = steps[k]
    if (step === 0) {
      if (room[k] < 0) return null
      continue
    }
    const at = room[k] / step
    if (step < 0) enter = Math.max(enter, at)
    else leave = Math.min(leave, at)
  }
  return enter <= leave ? [enter, leave] : null
}

/** A closed ring (x0 y0 x1 y1 …) cut to the frame; empty when nothing is left. */
export function clipRing(ring: readonly number[], frame: Frame): number[] {
  let points = ring.slice()
  const right = frame.x + frame.width
  const bottom = frame.y + frame.height
  points = keepSide(points, 0, frame.x, 1)
  points = keepSide(points, 0, right, -1)
  points = keepSide(points, 1, frame.y, 1)
  points = keepSide(points, 1, bottom, -1)
  return points.length >= 6 ? points : []
}

/** The part of a ring on one side of an upright (`axis` 0) or level (`axis` 1) line. */
function keepSide(points: readonly number[], axis: 0 | 1, limit: number, side: 1 | -1): number[] {
  const out: number[] = []
  const length = points.length
  for (let i = 0; i < length; i += 2) {
    const j = (i + 2) % length
    const ax = points[i]
    const ay = points[i + 1]
    const bx = points[j]
    const by = points[j + 1]
    const a = (axis === 0 ? ax : ay) - limit
    const b = (axis === 0 ? bx : by) - limit
    const aIn = a * side >= 0
    const bIn = b * side >= 0
    if (aIn) out.push(ax, ay)
    if (aIn !== bIn) {
      const t = a / (a - b)
      // The cut coordinate is set, not computed, so that it lies on the edge to the last bit.
      out.push(axis === 0 ? limit : ax + (bx - ax) * t, axis === 1 ? limit : ay + (by - ay) * t)
    }
  }
  return out
}

/** Drops points nearer than `tolerance` to the one kept before, keeping the ends. */
export function thinLine(points: readonly number[], tolerance: number): number[] {
  if (points.length <= 4) return points.slice()
  const out = [points[0], points[1]]
  for (let i = 2; i + 3 < points.length; i += 2) {
    const dx = points[i] - out[out.length - 2]
    const dy = points[i + 1] - out[out.length - 1]
    if (dx * dx + dy * dy >= tolerance * tolerance) out.push(points[i], points[i + 1])
  }
  out.push(points[points.length - 2], points[points.length - 1])
  return out
}
