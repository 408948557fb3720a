import Flatbush from 'flatbush'
import type { Position } from '#core/contract/geometry.ts'
import type { Control } from '#core/contract/method.ts'

/** The lines of a layer as straight pieces, with an index over their boxes. */
export interface SegmentIndex {
  readonly lines: number
  /** x1, y1, x2, y2 of each piece, and the line it belongs to. */
  readonly pieces: Float64Array
  readonly lineOf: Int32Array
  readonly boxes: Flatbush | null
  /** Metres, one per line. */
  readonly length: Float64Array
}

/** Indexes lines of one or more parts each; a part of fewer than two points has no pieces. */
export function indexSegments(lines: readonly (readonly (readonly Position[])[])[]): SegmentIndex {
  let many = 0
  for (const parts of lines) for (const part of parts) many += Math.max(0, part.length - 1)
  const pieces = new Float64Array(4 * many)
  const lineOf = new Int32Array(many)
  const length = new Float64Array(lines.length)
  const boxes = many > 0 ? new Flatbush(many) : null
  let at = 0
  lines.forEach((parts, line) => {
    for (const part of parts)
      for (let k = 1; k < part.length; k++) {
        const [x1, y1] = part[k - 1]
        const [x2, y2] = part[k]
        pieces.set([x1, y1, x2, y2], 4 * at)
        lineOf[at++] = line
        length[line] += Math.hypot(x2 - x1, y2 - y1)
        boxes!.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2))
      }
  })
  boxes?.finish()
  return { lines: lines.length, pieces, lineOf, boxes, length }
}

/**
 * The nearest line of each place, at most `limit` metres away (that far is in); −1 for none, for places without
 * coordinates and where `mask` is 0. Of lines at the same distance, such as those that meet at the corner a place is
 * nearest to, the first of the list.
 *
 * Cost: a few µs a place; places that come again, as published points do, are looked up once.
 */
export function nearestSegments(
  index: SegmentIndex,
  x: Float64Array,
  y: Float64Array,
  mask: Uint8Array,
  limit: number,
  control: Control,
): Int32Array {
  const found = new Int32Array(x.length).fill(-1)
  const { pieces, lineOf, boxes } = index
  if (boxes === null) return found
  const firstRow = new Map<number, number>()
  let px = 0
  let py = 0
  let nearest = Infinity
  let line = -1
  // Called for every piece whose box is in reach; keeps none, so that no list is made.
  const consider = (piece: number): boolean => {
    const at = 4 * piece
    const square = squareToPiece(px, py, pieces[at], pieces[at + 1], pieces[at + 2], pieces[at + 3])
    if (square < nearest || (square === nearest && lineOf[piece] < line)) {
      nearest = square
      line = lineOf[piece]
    }
    return false
  }
  for (let i = 0; i < x.length; i++) {
    if ((i & 0x3ff) === 0) control.tick(i / x.length, 'Finding the nearest street')
    if (mask[i] === 0 || !(Number.isFinite(x[i]) && Number.isFinite(y[i]))) continue
    const earlier = firstRow.get(x[i])
    if (earlier !== undefined && y[earlier] === y[i]) {
      found[i] = found[earlier]
      continue
    }
    px = x[i]
    py = y[i]
    nearest = Infinity
    line = -1
    boxes.search(px - limit, py - limit, px + limit, py + limit, consider)
    found[i] = nearest <= limit * limit ? line : -1
    firstRow.set(x[i], i)
  }
  return found
}

/** Square of the distance to a straight piece; its ends are taken as they are, so that pieces that meet tie. */
function squareToPiece(px: number, py: number, x1: number, y1: number, x2: number, y2: number): number {
  const dx = x2 - x1
  const dy = y2 - y1
  const whole = dx * dx + dy * dy
  const t = whole > 0 ? ((px - x1) * dx + (py - y1) * dy) / whole : 0
  const ax = t <= 0 ? x1 : t >= 1 ? x2 : x1 + t * dx
  const ay = t <= 0 ? y1 : t >= 1 ? y2 : y1 + t * dy
  return (px - ax) * (px - ax) + (py - ay) * (py - ay)
}

/** The place half way along the longest part of a line; NaN where it has no length. */
export function middleOfLine(parts: readonly (readonly Position[])[]): Position {
  let longest: readonly Position[] = []
  let most = 0
  for (const part of parts) {
    const length = lengthOf(part)
    if (length > most) {
      most = length
      longest = part
    }
  }
  let left = most / 2
  for (let k = 1; k < longest.length; k++) {
    const [x1, y1] = longest[k - 1]
    const [x2, y2] = longest[k]
    const piece = Math.hypot(x2 - x1, y2 - y1)
    if (piece > 0 && left <= piece) return [x1 + (left / piece) * (x2 - x1), y1 + (left / piece) * (y2 - y1)]
    left -= piece
  }
  return longest.length > 0 ? longest[longest.length - 1] : [Number.NaN, Number.NaN]
}

function lengthOf(part: readonly Position[]): number {
  let length = 0
  for (let k = 1; k < part.length; k++)
    length += Math.hypot(part[k][0] - part[k - 1][0], part[k][1] - part[k - 1][1])
  return length
}
