/** Numbers the blocks of a pack in reading order: F1, F2 … figures, T1 … tables, K1 … key facts, S1 … sentences. */
export interface BlockIds {
  next(letter: 'F' | 'T' | 'K' | 'S'): string
}

export function blockIds(): BlockIds {
  const last = { F: 0, T: 0, K: 0, S: 0 }
  return {
    next(letter) {
      last[letter] += 1
      return `${letter}${last[letter]}`
    },
  }
}
