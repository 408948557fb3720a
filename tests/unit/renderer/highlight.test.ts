import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, searchTerms } from '#core/contract/search-text.ts'
import { highlightParts } from '#renderer/features/incidents/highlight.ts'

const marked = (text: string, words: string) =>
  highlightParts(text, searchTerms(words))
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join('')

describe('searched words in a text', () => {
  it('are marked as they stand, whatever their capitals, accents and blanks', () => {
    expect(marked('Flick-KNIFE seen at Café  Rouge', 'knife "cafe rouge"')).toBe(
      'Flick-[KNIFE] seen at [Café  Rouge]',
    )
    expect(marked('Banana', 'ana')).toBe('B[anana]')
    expect(marked('ﬁne ﬁfe', 'f')).toBe('[ﬁ]ne [ﬁf]e')
    expect(marked('none here', 'knife')).toBe('none here')
    expect(marked('', 'knife')).toBe('')
  })
  it('are found exactly where the search finds them, and no letter is lost', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'B', 'é', ' ', '  ', '’', 'ß', '😀', 'ﬁ'),
      maxLength: 20,
    })
    fc.assert(
      fc.property(
        letters,
        fc.string({ unit: fc.constantFrom('a', 'b', 'e', ' ', 'i'), minLength: 1, maxLength: 3 }),
        (text, words) => {
          const terms = searchTerms(`"${words}"`)
          fc.pre(terms.length > 0)
          const parts = highlightParts(text, terms)
          expect(parts.map((part) => part.text).join('')).toBe(text)
          expect(parts.some((part) => part.hit)).toBe(foldText(text).includes(terms[0]))
          for (const { text: piece, hit } of parts) if (hit) expect(foldText(piece)).toContain(terms[0])
        },
      ),
      { numRuns: 1000, seed: 2 },
    )
  })
})
