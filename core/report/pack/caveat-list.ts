/**
 * The caveats of a pack, numbered C1, C2 … by code in the order they are met, so that a page can print the number
 * and the method page the words. Words that differ from hotspot to hotspot (they hold its numbers) are kept by page.
 */
import type { Caveat } from '#core/contract/caveat.ts'
import type { PackHotspot, PackInput } from './pack-input.ts'

export interface NumberedCaveat {
  readonly number: string
  readonly code: string
  readonly text: string
  /** Ranks it was met at; empty: said of the whole pack. */
  readonly ranks: readonly number[]
  /** The words are not the same everywhere. */
  readonly varies: boolean
}

/** Caveats of one hotspot's blocks, each code and text once. */
export function caveatsOf(hotspot: PackHotspot): Caveat[] {
  const found: Caveat[] = []
  for (const answer of [hotspot.hourWeekday, hotspot.trend, hotspot.offenceMix, hotspot.repeats]) {
    if (answer.kind !== 'answer') continue
    for (const caveat of answer.caveats)
      if (!found.some(({ code, text }) => code === caveat.code && text === caveat.text)) found.push(caveat)
  }
  return found
}

export function numberCaveats(input: PackInput): NumberedCaveat[] {
  const byCode = new Map<string, { texts: string[]; ranks: number[] }>()
  const add = (caveat: Caveat, rank: number | null): void => {
    const known = byCode.get(caveat.code) ?? { texts: [], ranks: [] }
    if (!known.texts.includes(caveat.text)) known.texts.push(caveat.text)
    if (rank !== null && !known.ranks.includes(rank)) known.ranks.push(rank)
    byCode.set(caveat.code, known)
  }
  for (const caveat of input.caveats) add(caveat, null)
  for (const page of input.hotspots) for (const caveat of caveatsOf(page)) add(caveat, page.hotspot.rank)
  return [...byCode].map(([code, { texts, ranks }], i) => ({
    number: `C${i + 1}`,
    code,
    text: texts[0],
    ranks,
    varies: texts.length > 1,
  }))
}
