/**
 * Notices when a publisher changes its list of public map points. data.police.uk moves every incident to a point of a
 * fixed list; when the list is made anew, a street's incidents stand elsewhere from one month to the next, and places
 * and small cells before and after cannot be compared. (Leicestershire: July 2022.)
 *
 * Consecutive months of a force share about a third of the points they use; after a new list almost none. The share
 * (Jaccard index) is estimated from the smallest hashes of each month's points, a bottom-k sketch of fixed size.
 *
 * @see Broder (1997), On the resemblance and containment of documents.
 */
import { monthIndex, monthLabel } from '#core/analysis/support/wall-clock.ts'
import { NO_TIME } from '#core/contract/incident.ts'
import type { PlaceBuilder } from './place-builder.ts'
import type { TimesBuilder } from './times-builder.ts'

const KEPT = 1024
const HELD = 4 * KEPT
/** A month sharing less than this part of the usual share with the month before stands on other points. */
const BREAK = 0.25
/** Fewer months or points than this say nothing. */
const ENOUGH_MONTHS = 4
const ENOUGH_POINTS = 100

interface Sketch {
  hashes: number[]
  limit: number
}

export interface MapPoints {
  add(
    places: PlaceBuilder,
    times: TimesBuilder,
    force: Uint32Array | undefined,
    from: number,
    to: number,
  ): void
  /** One sentence for each force whose points change, naming the month. */
  warnings(forceWords: readonly string[]): string[]
}

export function createMapPoints(): MapPoints {
  const forces = new Map<number, Map<number, Sketch>>()
  return {
    add(places, times, force, from, to) {
      const { easting, northing } = places
      const { occurredFrom } = times
      let lastMinutes = NO_TIME
      let lastForce = -1
      let sketch: Sketch | undefined
      // Published rows are sorted by area, so that the same point often comes again at once.
      let lastX = Number.NaN
      let lastY = Number.NaN
      for (let row = from; row < to; row++) {
        const minutes = occurredFrom[row]
        if (minutes === NO_TIME || Number.isNaN(easting[row])) continue
        const code = force ? force[row] : 0
        if (sketch === undefined || minutes !== lastMinutes || code !== lastForce) {
          sketch = sketchOf(forces, code, monthIndex(minutes))
          lastMinutes = minutes
          lastForce = code
        } else if (easting[row] === lastX && northing[row] === lastY) continue
        lastX = easting[row]
        lastY = northing[row]
        // To the metre; on the National Grid neither is below zero.
        const hash = hashOf((easting[row] + 0.5) | 0, (northing[row] + 0.5) | 0)
        if (hash >= sketch.limit) continue
        sketch.hashes.push(hash)
        if (sketch.hashes.length >= HELD) tidy(sketch)
      }
    },
    warnings: (forceWords) =>
      [...forces].flatMap(([code, months]) => changes(months, forceWords[code] ?? '')),
  }
}

function changes(months: ReadonlyMap<number, Sketch>, force: string): string[] {
  const order = [...months.keys()].sort((a, b) => a - b)
  for (const sketch of months.values()) tidy(sketch)
  const shares: { readonly month: number; readonly share: number }[] = []
  for (let i = 1; i < order.length; i++) {
    const [before, after] = [months.get(order[i - 1]) as Sketch, months.get(order[i]) as Sketch]
    if (Math.min(before.hashes.length, after.hashes.length) < ENOUGH_POINTS) continue
    shares.push({ month: order[i], share: jaccard(before.hashes, after.hashes) })
  }
  if (shares.length < ENOUGH_MONTHS) return []
  const sorted = shares.map(({ share }) => share).sort((a, b) => a - b)
  const usual = sorted[sorted.length >> 1]
  return shares
    .filter(({ share }) => share < BREAK * usual)
    .map(
      ({ month, share }) =>
        `${force || 'The publisher'} changed its map points in ${monthLabel(month)}: only about ${percent(share)} of the points are shared with the month before (usually about ${percent(usual)}). Places and small cells before and after it cannot be compared; choose hotspots and repeat places within one side.`,
    )
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`
}

/** Shared part of two sets from the smallest hashes of each: among the smallest of both together, those in both. */
function jaccard(a: readonly number[], b: readonly number[]): number {
  const inB = new Set(b)
  const union = [...new Set([...a, ...b])].sort((x, y) => x - y).slice(0, KEPT)
  const inA = new Set(a)
  return union.filter((hash) => inA.has(hash) && inB.has(hash)).length / union.length
}

function sketchOf(forces: Map<number, Map<number, Sketch>>, force: number, month: number): Sketch {
  let months = forces.get(force)
  if (!months) {
    months = new Map()
    forces.set(force, months)
  }
  let sketch = months.get(month)
  if (!sketch) {
    sketch = { hashes: [], limit: Number.POSITIVE_INFINITY }
    months.set(month, sketch)
  }
  return sketch
}

function tidy(sketch: Sketch): void {
  const sorted = Uint32Array.from(sketch.hashes).sort()
  let count = 0
  for (let i = 0; i < sorted.length && count < KEPT; i++)
    if (i === 0 || sorted[i] !== sorted[i - 1]) sketch.hashes[count++] = sorted[i]
  sketch.hashes.length = count
  if (count === KEPT) sketch.limit = sketch.hashes[KEPT - 1]
}

function hashOf(x: number, y: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return (h ^ (h >>> 16)) >>> 0
}
