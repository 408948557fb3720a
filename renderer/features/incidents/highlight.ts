import { foldText } from '#core/contract/search-text.ts'

export interface TextPart {
  readonly text: string
  readonly hit: boolean
}

/** A text cut where the searched words occur in it, as the search itself compares them. The parts join to the text. */
export function highlightParts(text: string, terms: readonly string[]): TextPart[] {
  // Folded letter by letter, with the place in the text that each folded letter comes from.
  let folded = ''
  const from: number[] = []
  let place = 0
  for (const letter of text) {
    const piece = foldText(letter)
    if (!(piece === ' ' && folded.endsWith(' '))) {
      folded += piece
      for (let k = 0; k < piece.length; k++) from.push(place)
    }
    place += letter.length
  }
  from.push(text.length)
  const hit = new Uint8Array(text.length)
  for (const term of terms)
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1))
      hit.fill(1, from[at], endOf(text, from, at + term.length))
  const parts: TextPart[] = []
  for (let at = 0, start = 0; at < text.length; at++)
    if (at + 1 === text.length || hit[at + 1] !== hit[start]) {
      parts.push({ text: text.slice(start, at + 1), hit: hit[start] === 1 })
      start = at + 1
    }
  return parts
}

/** The place after the last letter of a match; a letter that folds to two is taken whole. */
function endOf(text: string, from: readonly number[], after: number): number {
  const last = from[after - 1]
  let next = after
  while (next < from.length - 1 && from[next] === last) next++
  return next < from.length ? from[next] : text.length
}
