/**
 * What goes with a place is read once per place. In most sources a few columns beside the coordinates (street, area
 * code, area name) are the same whenever the coordinates are: such a run of columns is taken as one text, and what it
 * led to the first time is copied from then on. Whether a column goes with the place is learnt from the first block
 * of a file and only saves time: every copy is made after comparing all bytes and all field boundaries.
 */
import type { FieldBlock } from '../csv/field-block.ts'
import { hashRange, sameBytes } from '../csv/hash-bytes.ts'
import type { PlaceBuilder } from './place-builder.ts'

export interface GroupMember {
  /** Column of the source. */
  readonly column: number
  codes(): Uint32Array
  take(block: FieldBlock, rows: Int32Array, from: number, to: number, at: number): void
}

export interface PlaceGroup {
  /** Fills places and members for the block's rows `rows[from … to)`, in the segment from `at` on. */
  take(block: FieldBlock, rows: Int32Array, from: number, to: number, at: number): void
  has(member: GroupMember): boolean
  /** Forgets what it knows: codes may have changed their meaning. */
  clear(): void
}

const INDEX = 1 << 17
const MOST = 1 << 16
const ARENA = 8 << 20
/** Share of repeated places with the same word from which a column counts as going with its place. */
const GOES_WITH = 0.9
const ENOUGH_REPEATS = 50

/**
 * Looks at rows that are already filled (`at … to` of the segment) for the columns next to x and y that go with the
 * place. Undefined when coordinates do not stand side by side, places hardly repeat, or no neighbour goes with them.
 */
export function learnGroup(
  places: PlaceBuilder,
  x: number,
  y: number,
  candidates: readonly GroupMember[],
  at: number,
  to: number,
  issuesSoFar: () => number,
): PlaceGroup | undefined {
  if (Math.abs(x - y) !== 1) return undefined
  const firstAt = new Map<number, number>()
  const repeats: [row: number, first: number][] = []
  for (let row = at; row < to; row++) {
    if (Number.isNaN(places.easting[row])) continue
    // To the millimetre, in one number.
    const key = places.easting[row] * 1e7 + places.northing[row]
    const first = firstAt.get(key)
    if (first === undefined) firstAt.set(key, row)
    else repeats.push([row, first])
  }
  if (repeats.length < ENOUGH_REPEATS) return undefined
  const goesWith = (column: number): GroupMember | undefined => {
    const member = candidates.find((candidate) => candidate.column === column)
    if (!member) return undefined
    const codes = member.codes()
    const same = repeats.filter(([row, first]) => codes[row] === codes[first]).length
    return same >= GOES_WITH * repeats.length ? member : undefined
  }
  const members: GroupMember[] = []
  let low = Math.min(x, y)
  let high = Math.max(x, y)
  for (let member = goesWith(low - 1); member; member = goesWith(low - 1)) {
    members.push(member)
    low--
  }
  for (let member = goesWith(high + 1); member; member = goesWith(high + 1)) {
    members.push(member)
    high++
  }
  return members.length > 0 ? createGroup(places, x, y, low, high, members, issuesSoFar) : undefined
}

function createGroup(
  places: PlaceBuilder,
  x: number,
  y: number,
  low: number,
  high: number,
  members: readonly GroupMember[],
  issuesSoFar: () => number,
): PlaceGroup {
  const { easting, northing, longitude, latitude, precision } = places
  const fields = high - low + 1
  const memberCount = members.length
  // One record per place, so that a look-up touches memory in one spot: easting, northing, longitude and latitude as
  // doubles, then as integers hash, start and length of the text, quality, the members' codes, and where each field
  // starts and ends, counted from the start of the text.
  const codesAt = 12
  const boundsAt = codesAt + memberCount
  const stride = (boundsAt + 2 * fields + 1) & ~1
  const records = new Int32Array(MOST * stride)
  const doubles = new Float64Array(records.buffer)
  const index = new Int32Array(INDEX)
  const arena = new Uint8Array(ARENA)
  const arenaView = new DataView(arena.buffer)
  let hashes = new Int32Array(0)
  let count = 1
  let used = 0

  function clear(): void {
    index.fill(0)
    count = 1
    used = 0
  }

  function matches(block: FieldBlock, base: number, start: number, end: number, record: number): boolean {
    if (records[record + 10] !== end - start) return false
    const { starts, ends } = block
    let at = record + boundsAt
    for (let f = base + low; f <= base + high; f++) {
      if (starts[f] - start !== records[at] || ends[f] - start !== records[at + 1]) return false
      at += 2
    }
    return sameBytes(block.view, start, arenaView, records[record + 9], end - start)
  }

  /** The long way, for a text that is new; remembered unless something had to be listed. */
  function learn(
    block: FieldBlock,
    rows: Int32Array,
    k: number,
    row: number,
    slot: number,
    hash: number,
  ): void {
    const before = issuesSoFar()
    places.take(block, x, y, rows, k, k + 1, row)
    for (const member of members) member.take(block, rows, k, k + 1, row)
    const base = rows[k] * block.columns
    const start = block.starts[base + low]
    const length = block.ends[base + high] - start
    if (issuesSoFar() !== before || length > ARENA >> 4) return
    if (count === MOST || used + length > ARENA) {
      clear()
      slot = hash & (INDEX - 1)
    }
    const record = count * stride
    doubles[record >> 1] = easting[row]
    doubles[(record >> 1) + 1] = northing[row]
    doubles[(record >> 1) + 2] = longitude[row]
    doubles[(record >> 1) + 3] = latitude[row]
    records[record + 8] = hash
    records[record + 9] = used
    records[record + 10] = length
    records[record + 11] = precision[row]
    for (let m = 0; m < memberCount; m++) records[record + codesAt + m] = members[m].codes()[row]
    let at = record + boundsAt
    for (let f = base + low; f <= base + high; f++) {
      records[at++] = block.starts[f] - start
      records[at++] = block.ends[f] - start
    }
    arena.set(block.bytes.subarray(start, start + length), used)
    used += length
    index[slot] = count++
  }

  return {
    has: (member) => members.includes(member),
    clear,
    take(block, rows, from, to, at) {
      if (hashes.length < (to - from) * 2) hashes = new Int32Array((to - from) * 2)
      hashTexts(block, rows, from, to)
      fetch(to - from)
      const codes = members.map((member) => member.codes())
      fill(block, rows, from, to, at, codes)
    },
  }

  function hashTexts(block: FieldBlock, rows: Int32Array, from: number, to: number): void {
    const { starts, ends, view, columns } = block
    for (let k = from; k < to; k++) {
      const base = rows[k] * columns
      hashRange(view, starts[base + low], ends[base + high], hashes, (k - from) * 2)
    }
  }

  /** Touches the records of the next rows, so that they come out of memory together and not one after the other. */
  function fetch(count: number): number {
    let sum = 0
    for (let i = 0; i < count; i++) {
      const record = index[hashes[i * 2] & (INDEX - 1)] * stride
      sum ^= records[record + stride - 1] ^ arena[records[record + 9]]
    }
    return sum
  }

  function fill(
    block: FieldBlock,
    rows: Int32Array,
    from: number,
    to: number,
    at: number,
    codes: readonly Uint32Array[],
  ): void {
    const { starts, ends, columns } = block
    for (let k = from; k < to; k++) {
      const base = rows[k] * columns
      const start = starts[base + low]
      const end = ends[base + high]
      const row = at + k - from
      const hash = hashes[(k - from) * 2]
      let slot = hash & (INDEX - 1)
      let record = index[slot] * stride
      // The index is at most half full, so that a free slot is near.
      while (record !== 0 && (records[record + 8] !== hash || !matches(block, base, start, end, record))) {
        slot = (slot + 1) & (INDEX - 1)
        record = index[slot] * stride
      }
      if (record === 0) {
        learn(block, rows, k, row, slot, hash)
        continue
      }
      easting[row] = doubles[record >> 1]
      northing[row] = doubles[(record >> 1) + 1]
      longitude[row] = doubles[(record >> 1) + 2]
      latitude[row] = doubles[(record >> 1) + 3]
      precision[row] = records[record + 11]
      for (let m = 0; m < memberCount; m++) codes[m][row] = records[record + codesAt + m]
    }
  }
}
