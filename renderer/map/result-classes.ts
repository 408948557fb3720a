import { colourIndex } from './breaks.ts'
import type { MapPalette, Rgba } from './colours.ts'

export interface Classes {
  /** Lower edge of each class. */
  readonly edges: readonly number[]
  readonly colours: readonly Rgba[]
  /** Values of classes that are whole numbers, such as −3…3 or a code: shown as they are, not as ranges. */
  readonly whole: boolean
}

const nothing: Rgba = [0, 0, 0, 0]

/** Most distinct whole numbers that are drawn one colour each. */
const mostCodes = 9

/**
 * Classes of a column for the map. Few whole numbers: one class each, 0 without colour where others lie on both
 * sides. Values on both sides of 0: three classes each way, mirrored, so that equal sizes read as equal. Otherwise
 * five classes at the half, 80, 95 and 99 % of the values, as for counts.
 */
export function resultClasses(values: ArrayLike<number>, palette: MapPalette): Classes {
  const known = Float64Array.from(Array.prototype.filter.call(values, Number.isFinite) as number[]).sort()
  if (known.length === 0) return { edges: [], colours: [], whole: false }
  const low = known[0]
  const high = known[known.length - 1]
  const codes = wholeCodes(known)
  if (low < 0 && high > 0) {
    if (codes) {
      const reach = Math.max(-low, high)
      return { edges: codes, colours: codes.map((code) => sided(code / reach, palette)), whole: true }
    }
    const size = Float64Array.from(known, Math.abs).sort()
    const at = (share: number) => round(size[Math.min(size.length - 1, Math.floor(share * size.length))])
    const steps = [...new Set([at(0.5), at(0.8), at(0.95)])].filter((step) => step > 0)
    const edges = [-Infinity, ...steps.map((step) => -step).reverse(), ...steps]
    const n = steps.length
    // From the far negative class through the middle to the far positive one.
    const colours = edges.map((_, k) => sided((k - n) / Math.max(1, n), palette))
    return { edges, colours, whole: false }
  }
  if (codes)
    return { edges: codes, colours: codes.map((_, k) => step(k, codes.length, palette)), whole: true }
  const edges = [low]
  for (const share of [0.5, 0.8, 0.95, 0.99]) {
    const edge = round(known[Math.min(known.length - 1, Math.floor(share * known.length))])
    if (edge > edges[edges.length - 1]) edges.push(edge)
  }
  return { edges, colours: edges.map((_, k) => step(k, edges.length, palette)), whole: false }
}

function wholeCodes(sorted: Float64Array): number[] | null {
  const codes: number[] = []
  for (const value of sorted) {
    if (!Number.isInteger(value)) return null
    if (codes[codes.length - 1] === value) continue
    codes.push(value)
    if (codes.length > mostCodes) return null
  }
  return codes
}

function step(k: number, classes: number, palette: MapPalette): Rgba {
  return palette.scale[colourIndex(k, classes, palette.scale.length)]
}

/** A colour of the two-sided scale for a value from −1 to 1; the middle is not drawn. */
function sided(value: number, palette: MapPalette): Rgba {
  if (value === 0) return nothing
  const half = value < 0 ? palette.below : palette.above
  return half[Math.min(half.length - 1, Math.max(0, Math.ceil(Math.abs(value) * half.length) - 1))]
}

/** Three figures: an edge that can be read. */
function round(value: number): number {
  return Number(value.toPrecision(3))
}
