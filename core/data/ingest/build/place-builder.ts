/**
 * Coordinates: read, judged and projected. Public map points repeat, so what a pair of texts leads to is kept in a
 * table of fixed size and worked out once for each pair, not once for each row.
 */
import { fromNationalGrid, type ShiftTable, toNationalGrid } from '#core/analysis/space/national-grid.ts'
import { precisions } from '#core/contract/incident.ts'
import type { FieldBlock } from '../csv/field-block.ts'
import { hashWord, sameBytes } from '../csv/hash-bytes.ts'
import { readNumber } from '../fields/read-number.ts'
import { limits } from '../limits.ts'
import { inBritain } from '../sniff/sniff-coordinates.ts'

export interface PlaceReading {
  readonly coordinates: 'bng' | 'wgs84'
  readonly swapAxes: boolean
  readonly comma: 'none' | 'decimal' | 'thousands'
  readonly snapped: boolean
}

export interface PlaceBuilder {
  readonly easting: Float64Array
  readonly northing: Float64Array
  readonly longitude: Float64Array
  readonly latitude: Float64Array
  readonly precision: Uint8Array
  /** Starts a file whose coordinates are written like this. */
  begin(reading: PlaceReading): void
  take(block: FieldBlock, x: number, y: number, rows: Int32Array, from: number, to: number, at: number): void
  fill(at: number, to: number): void
}

// A slot is one cache line: lengths of both texts, fault, whether it is in the second, then the texts themselves.
const SLOTS = 1 << 17
const SLOT = 64
const KEY_AT = 4
const KEY = SLOT - KEY_AT
const NOWHERE = precisions.indexOf('none')
const EAST_END = 700_000
const NORTH_END = 1_300_000

/** Reasons a pair that is there leads to no place, by their place in the slot table. */
const faults = [
  '',
  'E-GEO-001',
  'E-GEO-003',
  'E-GEO-004',
  'E-GEO-005',
  'E-GEO-006',
  'E-GEO-007',
  'E-GEO-008',
] as const
type Fault = (typeof faults)[number]

export function createPlaces(
  table: ShiftTable,
  onFault: (blockRow: number, column: number, code: string) => void,
): PlaceBuilder {
  const easting = new Float64Array(limits.segmentRows)
  const northing = new Float64Array(limits.segmentRows)
  const longitude = new Float64Array(limits.segmentRows)
  const latitude = new Float64Array(limits.segmentRows)
  const precision = new Uint8Array(limits.segmentRows)
  const slots = new Uint8Array(SLOTS * SLOT)
  const slotsView = new DataView(slots.buffer)
  const values = new Float64Array(SLOTS * 4)
  const pair = new Float64Array(2)
  const place = new Float64Array(4)
  let reading: PlaceReading = { coordinates: 'bng', swapAxes: false, comma: 'none', snapped: false }

  /** Works a pair out into `place`; returns why there is none, '' when there is one. */
  function locate(a: number, b: number): Fault {
    const x = reading.swapAxes ? b : a
    const y = reading.swapAxes ? a : b
    if (Number.isNaN(x) || Number.isNaN(y)) return 'E-GEO-003'
    if (x === 0 && y === 0) return 'E-GEO-001'
    if (reading.coordinates === 'wgs84') {
      if (Math.abs(x) > 180 || Math.abs(y) > 90) {
        if (x > 1000 && x < EAST_END && y > 1000 && y < NORTH_END) return 'E-GEO-005'
        return 'E-GEO-008'
      }
      if (!inBritain(x, y)) return inBritain(y, x) ? 'E-GEO-004' : 'E-GEO-006'
      toNationalGrid(table, x, y, pair)
      place[0] = pair[0]
      place[1] = pair[1]
      place[2] = x
      place[3] = y
    } else {
      if (inBritain(x, y) || inBritain(y, x)) return 'E-GEO-005'
      if (x < 0 || x > EAST_END || y < 0 || y > NORTH_END)
        return x <= NORTH_END && x > EAST_END && y >= 0 && y <= EAST_END ? 'E-GEO-004' : 'E-GEO-006'
      fromNationalGrid(table, x, y, pair)
      place[0] = x
      place[1] = y
      place[2] = pair[0]
      place[3] = pair[1]
    }
    const inside = place[0] >= 0 && place[0] <= EAST_END && place[1] >= 0 && place[1] <= NORTH_END
    return inside && !Number.isNaN(place[2]) ? '' : 'E-GEO-006'
  }

  function put(at: number, fault: Fault): void {
    const found = fault === ''
    easting[at] = found ? place[0] : Number.NaN
    northing[at] = found ? place[1] : Number.NaN
    longitude[at] = found ? place[2] : Number.NaN
    latitude[at] = found ? place[3] : Number.NaN
    precision[at] = found ? (reading.snapped ? 1 : 0) : NOWHERE
  }

  return {
    easting,
    northing,
    longitude,
    latitude,
    precision,
    begin(next) {
      reading = next
      // The same texts may mean another place in the next file.
      for (let line = 0; line < slots.length; line += SLOT) slots[line] = 0
    },
    take(block, xColumn, yColumn, rows, from, to, at) {
      const { bytes, view, starts, ends, columns } = block
      for (let k = from; k < to; k++) {
        const base = rows[k] * columns
        const xStart = starts[base + xColumn]
        const xEnd = ends[base + xColumn]
        const yStart = starts[base + yColumn]
        const yEnd = ends[base + yColumn]
        const xLength = xEnd - xStart
        const yLength = yEnd - yStart
        const row = at + k - from
        if (xLength === 0 || yLength === 0) {
          put(row, 'E-GEO-007')
          if (xLength + yLength > 0) onFault(rows[k], xLength === 0 ? xColumn : yColumn, 'E-GEO-007')
          continue
        }
        const hash = hashWord(view, xStart, xEnd) ^ Math.imul(hashWord(view, yStart, yEnd), 0x9e3779b1)
        const slot = hash & (SLOTS - 1)
        const line = slot * SLOT
        const key = line + KEY_AT
        const keep = xLength + yLength <= KEY
        if (
          keep &&
          slots[line] === xLength &&
          slots[line + 1] === yLength &&
          sameBytes(view, xStart, slotsView, key, xLength) &&
          sameBytes(view, yStart, slotsView, key + xLength, yLength)
        ) {
          const fault = slots[line + 2]
          if (fault === 0) {
            easting[row] = values[slot * 4]
            northing[row] = values[slot * 4 + 1]
            longitude[row] = values[slot * 4 + 2]
            latitude[row] = values[slot * 4 + 3]
            precision[row] = reading.snapped ? 1 : 0
          } else {
            put(row, faults[fault])
            onFault(rows[k], slots[line + 3] === 1 ? yColumn : xColumn, faults[fault])
          }
          continue
        }
        const x = readNumber(bytes, xStart, xEnd, reading.comma)
        const y = readNumber(bytes, yStart, yEnd, reading.comma)
        const blank = onlySpaces(bytes, xStart, xEnd) && onlySpaces(bytes, yStart, yEnd)
        const fault = locate(x, y)
        put(row, fault)
        const inY = Number.isNaN(y) && !Number.isNaN(x)
        if (fault !== '' && !blank) onFault(rows[k], inY ? yColumn : xColumn, fault)
        if (!keep || blank) continue
        slots[line] = xLength
        slots[line + 1] = yLength
        slots[line + 2] = faults.indexOf(fault)
        slots[line + 3] = inY ? 1 : 0
        slots.set(bytes.subarray(xStart, xEnd), key)
        slots.set(bytes.subarray(yStart, yEnd), key + xLength)
        values.set(place, slot * 4)
      }
    },
    fill(at, to) {
      for (let row = at; row < to; row++) put(row, 'E-GEO-007')
    },
  }
}

function onlySpaces(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (bytes[p] !== 32) return false
  return true
}
