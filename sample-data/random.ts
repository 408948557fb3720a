/** A stream of seeded random numbers. Every figure of the sample force comes from one of these. */
export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number
  /** Uniform in [low, high). */
  readonly between: (low: number, high: number) => number
  /** Whole number in [0, count). */
  readonly index: (count: number) => number
  /** Standard normal. */
  readonly normal: () => number
  readonly pick: <T>(from: readonly T[]) => T
}

/** Mixes a word into 32 well-spread bits (lowbias32). */
export function hash32(value: number): number {
  let h = value >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return (h ^ (h >>> 16)) >>> 0
}

/** Uniform in [0, 1) that depends on its arguments alone: the same street is rough in every run. */
export function hashUnit(a: number, b: number, c = 0): number {
  return hash32(Math.imul(hash32(Math.imul(hash32(a + 0x9e3779b9), 31) + b), 31) + c) / 4294967296
}

/**
 * xoshiro128** seeded by a number and the name of the stream, so that a change to one part of the generator does not
 * move the numbers of another. @see Blackman and Vigna (2021), ACM TOMS 47(4).
 */
export function createRandom(seed: number, stream: string): Random {
  let h = hash32(seed >>> 0) ^ hash32(Math.floor(seed / 4294967296) + 1)
  for (let i = 0; i < stream.length; i++) h = hash32(h ^ stream.charCodeAt(i))
  let a = hash32(h + 1)
  let b = hash32(h + 2)
  let c = hash32(h + 3)
  let d = hash32(h + 4) | 1
  const next = () => {
    const m = Math.imul(b, 5)
    const result = Math.imul((m << 7) | (m >>> 25), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = (d << 11) | (d >>> 21)
    return result / 4294967296
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    index: (count) => Math.floor(next() * count),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (from) => from[Math.floor(next() * from.length)],
  }
}
