import type { Caveat } from '#core/contract/caveat.ts'
import { caveat } from '../support/caveats.ts'

/** Caveat codes of `localCaveats`. */
export const localCaveatWords = {
  'no-neighbours': 'Some places have no neighbour and could not be tested.',
  'too-few-permutations': 'So few permutations that no single place can pass the allowance for many.',
} as const

/** Places without a neighbour; permutations too few for the allowance made. */
export function localCaveats(told: {
  readonly places: 'cells' | 'areas'
  readonly tested: number
  readonly alone: number
  /** NaN where p is not from permutations. */
  readonly permutations: number
  readonly adjustment: string
  readonly alternative: string
}): Caveat[] {
  const caveats: Caveat[] = []
  if (told.alone > 0)
    caveats.push(
      caveat(
        'no-neighbours',
        `${told.alone.toLocaleString('en-GB')} ${told.places} have no neighbour; without one nothing can be said of them.`,
      ),
    )
  const least = (told.alternative === 'two-sided' ? 2 : 1) / (told.permutations + 1)
  if (told.adjustment !== 'none' && least * told.tested > 0.05)
    caveats.push(
      caveat(
        'too-few-permutations',
        `With ${told.permutations.toLocaleString('en-GB')} permutations p is never below ${least.toPrecision(2)}: with the allowance for ${told.tested.toLocaleString('en-GB')} ${told.places}, ${Math.ceil((least * told.tested) / 0.05).toLocaleString('en-GB')} must be that far out before any passes 95 %. Ask for more permutations, or take p from the normal distribution.`,
      ),
    )
  return caveats
}
