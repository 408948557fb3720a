/** A set of 64-bit hashes, each with a 32-bit mark: was this reference, or this row, there before? Grows by doubling. */

export interface SeenSet {
  /** Adds the pair with its mark: 0 when it is new, 1 when it was there with this mark, 2 with another. */
  add(a: number, b: number, mark: number): 0 | 1 | 2
  /**
   * Touches the places of `count` pairs that stand four numbers apart in `hashes`. Their memory then comes all at once,
   * not one after the other as when each is waited for. What it returns only shows that they were read.
   */
  fetch(hashes: Int32Array, at: number, count: number): number
  /** Makes room for so many more at once, so that a large import does not grow step by step. */
  expect(more: number): void
}

const WIDTH = 3
/** An expectation is a guess from the file size: no more than this is taken on trust. */
const MOST_EXPECTED = 1 << 22

export function createSeenSet(): SeenSet {
  let capacity = 1 << 12
  let slots = new Int32Array(capacity * WIDTH)
  let count = 0
  // Two zeros mark a free slot, so that one pair is kept beside the table.
  let zeroMark: number | undefined

  function resize(wanted: number): void {
    const old = slots
    capacity = wanted
    // Written once from end to end: memory that is read before it is written costs the system twice as much work.
    slots = new Int32Array(capacity * WIDTH).fill(0)
    const mask = capacity - 1
    for (let i = 0; i < old.length; i += WIDTH) {
      const a = old[i]
      const b = old[i + 1]
      if ((a | b) === 0) continue
      let slot = (a & mask) * WIDTH
      while ((slots[slot] | slots[slot + 1]) !== 0) {
        slot += WIDTH
        if (slot === slots.length) slot = 0
      }
      slots[slot] = a
      slots[slot + 1] = b
      slots[slot + 2] = old[i + 2]
    }
  }

  return {
    add(a, b, mark) {
      if ((a | b) === 0) {
        const before = zeroMark
        zeroMark ??= mark
        return before === undefined ? 0 : before === mark ? 1 : 2
      }
      let slot = (a & (capacity - 1)) * WIDTH
      for (;;) {
        const heldA = slots[slot]
        const heldB = slots[slot + 1]
        if (heldA === a && heldB === b) return slots[slot + 2] === mark ? 1 : 2
        if ((heldA | heldB) === 0) break
        slot += WIDTH
        if (slot === slots.length) slot = 0
      }
      slots[slot] = a
      slots[slot + 1] = b
      slots[slot + 2] = mark
      count++
      if (count * 3 > capacity * 2) resize(capacity * 2)
      return 0
    },
    fetch(hashes, at, count) {
      const mask = capacity - 1
      let sum = 0
      for (let i = 0; i < count; i++) sum ^= slots[(hashes[i * 4 + at] & mask) * WIDTH]
      return sum
    },
    expect(more) {
      let wanted = capacity
      while ((count + Math.min(more, MOST_EXPECTED)) * 3 > wanted * 2) wanted *= 2
      if (wanted > capacity) resize(wanted)
    },
  }
}
