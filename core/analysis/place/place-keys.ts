import { MISSING_CODE, precisions } from '#core/contract/incident.ts'
import type { Control, Incidents } from '#core/contract/method.ts'

const AREA = precisions.indexOf('area')

/** The place of each incident, by the rule of `placeKeys`. */
export interface PlaceKeys {
  /** Number of the place of each incident; −1 where it is not asked for or has none. */
  readonly placeOf: Int32Array
  readonly places: number
  /** An incident of each place, from which its key is read. */
  readonly firstRow: Int32Array
  /** Incidents placed by their address key; the others stand by location text and coordinates. */
  readonly byAddressKey: number
  readonly unplaced: number
  /** Of the unplaced, those that stand at the centre of an area. */
  readonly areaOnly: number
}

/**
 * Which incidents happened at the same place.
 *
 * The address key (`locationId`) where it is held; else the location text together with the coordinates rounded to
 * the metre, so that two High Streets, or two spellings of one coordinate, stay apart. Without an address key an
 * incident needs coordinates of its own: one without any, or at the centre of an area, is unplaced, because a whole
 * area heaped on its centre would look like the worst address of the force.
 *
 * @param mask 1 = the incident is asked for
 * Cost: part of the 450 ns of `repeatLocations`; 12 to 20 bytes an incident.
 */
export function placeKeys(incidents: Incidents, mask: Uint8Array, control: Control): PlaceKeys {
  const { length, x, y, precision, dictionaries } = incidents
  const ids = Object.hasOwn(dictionaries, 'locationId') ? dictionaries.locationId : null
  const texts = Object.hasOwn(dictionaries, 'location') ? dictionaries.location : null
  const placeOf = new Int32Array(length).fill(-1)
  const firstRow: number[] = []
  const placeOfId = new Int32Array(ids?.words.length ?? 0).fill(-1)
  // Open addressing: each slot holds a place, told apart by the incident it was first met at.
  const slots = new Int32Array(slotsFor(mask)).fill(-1)
  const wrap = slots.length - 1
  let byAddressKey = 0
  let unplaced = 0
  let areaOnly = 0
  for (let row = 0; row < length; row++) {
    if ((row & 0x7fff) === 0) control.tick((0.5 * row) / length, 'Finding places')
    if (mask[row] === 0) continue
    const id = ids === null ? MISSING_CODE : ids.codes[row]
    if (id !== MISSING_CODE) {
      byAddressKey++
      if (placeOfId[id] < 0) placeOfId[id] = firstRow.push(row) - 1
      placeOf[row] = placeOfId[id]
      continue
    }
    const east = Math.round(x[row])
    const north = Math.round(y[row])
    const located = Number.isFinite(east) && Number.isFinite(north)
    if (!located || precision[row] === AREA) {
      unplaced++
      if (located) areaOnly++
      continue
    }
    const text = texts === null ? MISSING_CODE : texts.codes[row]
    let slot =
      (Math.imul(east, 0x9e3779b1) ^ Math.imul(north, 0x85ebca6b) ^ Math.imul(text, 0xc2b2ae35)) >>> 0
    slot = (slot ^ (slot >>> 15)) & wrap
    let place = slots[slot]
    while (place >= 0) {
      const other = firstRow[place]
      const sameText = texts === null || texts.codes[other] === text
      if (sameText && Math.round(x[other]) === east && Math.round(y[other]) === north) break
      slot = (slot + 1) & wrap
      place = slots[slot]
    }
    if (place < 0) {
      place = firstRow.push(row) - 1
      slots[slot] = place
    }
    placeOf[row] = place
  }
  return {
    placeOf,
    places: firstRow.length,
    firstRow: Int32Array.from(firstRow),
    byAddressKey,
    unplaced,
    areaOnly,
  }
}

/** A power of two, at most half full. */
function slotsFor(mask: Uint8Array): number {
  let selected = 0
  for (let row = 0; row < mask.length; row++) selected += mask[row]
  return 2 ** Math.ceil(Math.log2(2 * selected + 2))
}

/** What a place is told apart by: its address key, or `text @ easting, northing` to the metre. */
export function placeKey(incidents: Incidents, row: number): string {
  const { dictionaries, x, y } = incidents
  const ids = Object.hasOwn(dictionaries, 'locationId') ? dictionaries.locationId : null
  if (ids !== null && ids.codes[row] !== MISSING_CODE) return ids.words[ids.codes[row]]
  const texts = Object.hasOwn(dictionaries, 'location') ? dictionaries.location : null
  const text = texts === null ? '' : texts.words[texts.codes[row]]
  return `${text} @ ${Math.round(x[row])}, ${Math.round(y[row])}`.trimStart()
}
