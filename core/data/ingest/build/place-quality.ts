/** What a source says of how well it knows a place, as the product's own words for it. */
import { precisions } from '#core/contract/incident.ts'
import type { FieldBlock } from '../csv/field-block.ts'

const AREA = precisions.indexOf('area')
const NONE = precisions.indexOf('none')

/** Words of an area's centre or a default point: a place where nothing happened. */
const areaWords =
  /\b(beat|area|ward|lsoa|msoa|district|sector|town|village|city|centre|center|centroid|default|force|unknown|approximate|no further detail)\b/i
/** Words of a place found to the street or better, which win over those above ("town centre car park, exact"). */
const exactWords =
  /\b(address|exact|premises|property|building|rooftop|uprn|gps|street|road|junction|point)\b/i

/**
 * Marks incidents placed only at the centre of an area, by the source's own column of location quality. Coordinates
 * that are there but not known to the street would otherwise pile up into a hotspot at the middle of a beat. A word
 * that says neither leaves the place as it is.
 */
export function createPlaceQuality(): {
  mark(
    block: FieldBlock,
    column: number,
    rows: Int32Array,
    from: number,
    to: number,
    at: number,
    precision: Uint8Array,
  ): void
} {
  const decoder = new TextDecoder()
  const known = new Map<string, boolean>()

  function isArea(text: string): boolean {
    let answer = known.get(text)
    if (answer === undefined) {
      answer = areaWords.test(text) && !exactWords.test(text)
      // A free-text column is no column of quality; do not let it fill the memory.
      if (known.size < 10_000) known.set(text, answer)
    }
    return answer
  }

  return {
    mark(block, column, rows, from, to, at, precision) {
      const { bytes, starts, ends, columns } = block
      for (let k = from; k < to; k++) {
        const row = at + k - from
        if (precision[row] === NONE) continue
        const field = rows[k] * columns + column
        if (isArea(decoder.decode(bytes.subarray(starts[field], ends[field])))) precision[row] = AREA
      }
    },
  }
}
