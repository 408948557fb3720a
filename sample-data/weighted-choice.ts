import type { Random } from './random.ts'

/** Draws an index with probability proportional to its weight, in one step whatever the number of weights. */
export type WeightedChoice = (random: Random) => number

/**
 * Walker's alias table. Weights are finite and not negative, at least one above zero.
 * @see Vose (1991), IEEE Transactions on Software Engineering 17(9).
 */
export function weightedChoice(weights: ArrayLike<number>): WeightedChoice {
  const n = weights.length
  let total = 0
  for (let i = 0; i < n; i++) total += weights[i]
  if (!(total > 0 && total < Infinity)) throw new Error('weightedChoice needs a positive total')
  const chance = new Float64Array(n)
  const alias = new Int32Array(n)
  const small: number[] = []
  const large: number[] = []
  for (let i = 0; i < n; i++) {
    chance[i] = (weights[i] * n) / total
    alias[i] = i
    if (chance[i] < 1) small.push(i)
    else large.push(i)
  }
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!
    const more = large[large.length - 1]
    alias[less] = more
    chance[more] -= 1 - chance[less]
    if (chance[more] < 1) {
      large.pop()
      small.push(more)
    }
  }
  for (const i of small) chance[i] = 1
  return (random) => {
    const i = random.index(n)
    return random.next() < chance[i] ? i : alias[i]
  }
}
