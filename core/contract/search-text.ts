/**
 * How words are looked for in text, the same in the core that finds them and in the window that highlights them.
 * Capitals, accents, kinds of apostrophe, dash and quotation mark, and the width of blanks make no difference.
 */
export function foldText(text: string): string {
  // Quotation marks first: taken apart, some of them would become blanks.
  return text
    .replace(/[‘’‛ʼ′`´]/g, "'")
    .replace(/[“”„‟«»″]/g, '"')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ς/g, 'σ')
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
}

/**
 * What a search asks for, folded: words stand alone, a phrase in quotation marks is kept together. Each once, in
 * order of first mention; a quotation mark never closed runs to the end.
 */
export function searchTerms(words: string): string[] {
  const terms = Array.from(foldText(words).matchAll(/"([^"]*)"?|[^\s"]+/g), ([whole, phrase]) =>
    (phrase ?? whole).trim(),
  )
  return [...new Set(terms.filter((term) => term !== ''))]
}

/** Words asked for in one search, at most; each needs a bit of a byte while it is looked for. */
export const MOST_TERMS = 8
