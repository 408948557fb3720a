/** A set of 64-bit hashes: was this row, or this reference, there before? 16 to 32 bytes each, grows by doubling. */

export interface SeenSet {
  /** Adds the pair; true when it was already in. */
  add(a: number, b: number): boolean
}

export function createSeenSet(): SeenSet {
  let slots = new Int32Array(1 << 12)
  let count = 0
  let zero = false

  function grow(): void {
    const old = slots
    slots = new Int32Array(old.length * 2)
    const mask = (slots.length >> 1) - 1
    for (let i = 0; i < old.length; i += 2) {
      const a = old[i]
      const b = old[i + 1]
      if ((a | b) === 0) continue
      let slot = (a ^ (b >>> 7)) & mask
      while ((slots[slot * 2] | slots[slot * 2 + 1]) !== 0) slot = (slot + 1) & mask
      slots[slot * 2] = a
      slots[slot * 2 + 1] = b
    }
  }

  return {
    add(a, b) {
      // Two zeros mark a free slot, so that pair is kept beside the table.
      if ((a | b) === 0) {
        const had = zero
        zero = true
        return had
      }
      const mask = (slots.length >> 1) - 1
      let slot = (a ^ (b >>> 7)) & mask
      for (;;) {
        const at = slot * 2
        const heldA = slots[at]
        const heldB = slots[at + 1]
        if (heldA === a && heldB === b) return true
        if ((heldA | heldB) === 0) {
          slots[at] = a
          slots[at + 1] = b
          break
        }
        slot = (slot + 1) & mask
      }
      count++
      if (count * 3 > slots.length) grow()
      return false
    },
  }
}
