import { FLAG_UNKNOWN, type IncidentColumns, NO_TIME } from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'

const timeColumns = ['occurredFrom', 'occurredTo', 'reportedAt'] as const
const placeColumns = ['easting', 'northing'] as const
const DIGITS = 65_536
/** Number of the place 0; those 2,147 km to either side of it all have their own. */
const MIDDLE = 2 ** 31
const LAST = 2 ** 32 - 1

/**
 * Sorts rows, in place, by one column, then by file order; what is not recorded comes last either way. Words sort by
 * their letters' codes, yes after no.
 *
 * Every value becomes a whole number of 32 bits that sorts as it does, a place to the millimetre, and these are sorted
 * by digits of 16 bits (counting sort, least first, which keeps the order of equals). O(rows), 21 bytes a row while it
 * runs.
 *
 * @param rows in ascending order
 * @throws InputError E-INC-SORT for a column that incidents cannot be sorted by
 */
export function sortRows(
  rows: Int32Array,
  columns: IncidentColumns,
  sort: { readonly column: string; readonly descending: boolean },
): void {
  const { key, missing } = keyOf(rows, columns, sort.column)
  let held = 0
  for (let i = 0; i < rows.length; i++) held += 1 - missing[i]
  let order = new Uint32Array(held)
  const rest = new Int32Array(rows.length - held)
  for (let i = 0, at = 0, left = 0; i < rows.length; i++) {
    if (missing[i] === 1) rest[left++] = rows[i]
    else order[at++] = i
  }
  if (sort.descending) invert(key)
  let spare = new Uint32Array(held)
  for (const shift of [0, 16]) if (byDigit(key, shift, order, spare)) [order, spare] = [spare, order]
  const sorted = new Int32Array(held)
  for (let at = 0; at < held; at++) sorted[at] = rows[order[at]]
  rows.set(sorted)
  rows.set(rest, held)
}

/** Turns the order round. As signed numbers: the largest unsigned ones are slow to read. */
function invert(key: Uint32Array): void {
  const signed = new Int32Array(key.buffer)
  for (let i = 0; i < signed.length; i++) signed[i] = ~signed[i]
}

/** Orders by one digit from `order` into `into`. False, and nothing written, when all have the same digit. */
function byDigit(key: Uint32Array, shift: number, order: Uint32Array, into: Uint32Array): boolean {
  const starts = new Uint32Array(DIGITS)
  for (let at = 0; at < order.length; at++) starts[(key[order[at]] >>> shift) & 0xffff]++
  let sum = 0
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = starts[digit]
    if (count === order.length) return false
    starts[digit] = sum
    sum += count
  }
  for (let at = 0; at < order.length; at++) {
    const position = order[at]
    into[starts[(key[position] >>> shift) & 0xffff]++] = position
  }
  return true
}

/** A number for every row that sorts as its value does, and 1 where the value is not recorded. */
function keyOf(
  rows: Int32Array,
  columns: IncidentColumns,
  name: string,
): { key: Uint32Array; missing: Uint8Array } {
  const missing = new Uint8Array(rows.length)
  const key = new Uint32Array(rows.length)
  const time = timeColumns.find((each) => each === name)
  const place = placeColumns.find((each) => each === name)
  if (place) {
    const values = columns[place]
    for (let i = 0; i < rows.length; i++) {
      const millimetres = Math.round(values[rows[i]] * 1000)
      if (Number.isNaN(millimetres)) missing[i] = 1
      else key[i] = Math.min(LAST, Math.max(0, millimetres + MIDDLE))
    }
  } else if (time) {
    const values = columns[time]
    for (let i = 0; i < rows.length; i++) {
      key[i] = values[rows[i]] ^ 0x80000000
      if (values[rows[i]] === NO_TIME) missing[i] = 1
    }
  } else if (name === 'precision') for (let i = 0; i < rows.length; i++) key[i] = columns.precision[rows[i]]
  else if (name === 'file') for (let i = 0; i < rows.length; i++) key[i] = columns.source[rows[i]]
  else if (name === 'fileRow') for (let i = 0; i < rows.length; i++) key[i] = columns.sourceRow[rows[i]]
  else if (Object.hasOwn(columns.flags, name)) {
    const values = columns.flags[name]
    for (let i = 0; i < rows.length; i++) {
      key[i] = values[rows[i]]
      if (key[i] === FLAG_UNKNOWN) missing[i] = 1
    }
  } else if (Object.hasOwn(columns.dictionaries, name)) {
    const { codes, words } = columns.dictionaries[name]
    const places = new Uint32Array(words.length)
    const byWord = [...words.keys()].sort((a, b) => (words[a] < words[b] ? -1 : words[a] > words[b] ? 1 : 0))
    for (const [at, code] of byWord.entries()) places[code] = at
    for (let i = 0; i < rows.length; i++) {
      const code = codes[rows[i]]
      key[i] = places[code]
      if (words[code] === '') missing[i] = 1
    }
  } else
    throw new InputError('E-INC-SORT', `Incidents cannot be sorted by “${name}”.`, {
      column: name,
      cure: 'Sort by a date, a place, a flag or a column of set words.',
    })
  return { key, missing }
}
