import { pointInRings, ringsArea, ringsBox, signedArea } from '#core/analysis/space/polygon.ts'
import type { Position } from '#core/contract/geometry.ts'
import { hasCrossing } from './has-crossing.ts'
import type { OutlineNote } from './outline-notes.ts'

type Ring = readonly Position[]

/**
 * Polygons as a file gives them → rings whose even-odd fill is the same area: closing and repeated corners dropped,
 * rings without area dropped, holes outside their polygon dropped, parts inside another part dropped. What was done is
 * told to `note`; crossing lines are told and kept, because cutting them is the owner's decision.
 */
export function cleanOutline(
  polygons: readonly (readonly Ring[])[],
  note: (kind: OutlineNote) => void,
): Position[][] {
  const cleaned: Position[][][] = []
  for (const polygon of polygons) {
    const rings: Position[][] = []
    for (let r = 0; r < polygon.length; r++) {
      const ring = openRing(polygon[r], note)
      if (ring.length < 3 || signedArea(ring) === 0) {
        note('degenerate')
        // Holes of a polygon that has no outer ring are holes in nothing.
        if (r === 0) break
        continue
      }
      if (r > 0 && !mostlyInside(ring, [rings[0]])) note('strayHole')
      else rings.push(ring)
    }
    if (rings.length > 0) cleaned.push(rings)
  }
  const parts = withoutNested(cleaned, note)
  const rings = parts.flat()
  if (hasCrossing(rings)) note('crossing')
  return rings
}

/** Without repeated neighbours and without the closing corner. */
function openRing(ring: Ring, note: (kind: OutlineNote) => void): Position[] {
  const corners: Position[] = []
  for (const position of ring) {
    const last = corners[corners.length - 1]
    if (!last || last[0] !== position[0] || last[1] !== position[1]) corners.push(position)
  }
  const [first, last] = [corners[0], corners[corners.length - 1]]
  if (corners.length > 1 && first[0] === last[0] && first[1] === last[1]) corners.pop()
  else if (ring.length > 1) note('unclosed')
  return corners
}

/** Even-odd filling would turn a part inside another part, or drawn twice, into a hole. */
function withoutNested(parts: Position[][][], note: (kind: OutlineNote) => void): Position[][][] {
  if (parts.length < 2) return parts
  const sum = parts.reduce((total, rings) => total + ringsArea(rings), 0)
  const filled = ringsArea(parts.flat())
  const seen = new Set<string>()
  const distinct = parts.filter((rings) => {
    const key = `${ringsBox([rings[0]]).join()} ${signedArea(rings[0])}`
    if (seen.has(key)) note('nested')
    return !seen.has(key) && seen.add(key)
  })
  if (Math.abs(sum - filled) <= 1e-9 * sum && distinct.length === parts.length) return parts
  return distinct.filter((rings, k) => {
    const nested = distinct.some(
      (other, j) => j !== k && boxHolds(other[0], rings[0]) && mostlyInside(rings[0], other),
    )
    if (nested) note('nested')
    return !nested
  })
}

function boxHolds(outer: Ring, inner: Ring): boolean {
  const [west, south, east, north] = ringsBox([outer])
  const box = ringsBox([inner])
  return box[0] >= west && box[1] >= south && box[2] <= east && box[3] <= north
}

/** By the majority of the edges' midpoints: rings may rightly touch at corners. */
function mostlyInside(ring: Ring, rings: readonly Ring[]): boolean {
  let votes = 0
  let previous = ring[ring.length - 1]
  for (const point of ring) {
    votes += pointInRings(rings, (previous[0] + point[0]) / 2, (previous[1] + point[1]) / 2) ? 1 : -1
    previous = point
  }
  return votes > 0
}
