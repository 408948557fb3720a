/**
 * Finds the kinds of place that are left out (hospital, prison, police station …) among the words of a column.
 *
 * In `locationType` a kind is found as whole words anywhere, in either number: `hospital` finds “Hospital (A&E)”. In
 * `location`, which is mostly street names, it is not found in the name of a street: “Hospital Close” stays, and a
 * kind that is itself a word for a street (`court`) is found only where it is the whole text, so that “Victoria
 * Court” stays while “Leicester Crown Court” goes by `crown court`. “On or near” is passed over; case, accents and
 * apostrophes do not matter.
 *
 * @returns for each word of the dictionary the index of the first kind found, −1 for none
 */
export function matchingWords(
  words: readonly string[],
  wanted: readonly string[],
  column: 'locationType' | 'location',
): Int32Array {
  const kinds = wanted.map(plain)
  return Int32Array.from(words, (word) => {
    const text = plain(word).replace(/^on or near /, '')
    return kinds.findIndex(
      (kind) => kind !== '' && (column === 'locationType' ? holds(text, kind) : namesPlace(text, kind)),
    )
  })
}

/** Last words of street names. */
const streetWords = new Set(
  'avenue bank boulevard broadway circus close court courts crescent croft cut dale drift drive drove end fields fold gardens gate green grove hill lane lea mead mews mount orchard parade park passage path place rise road row square street terrace vale view villas walk way wharf wynd yard rd st ave ln cl dr'.split(
    ' ',
  ),
)

function namesPlace(text: string, kind: string): boolean {
  if (streetWords.has(kind)) return text === kind || text === `${kind}s`
  const at = positionOf(text, kind)
  if (at < 0) return false
  const [next = ''] = text.slice(at).trimStart().split(' ')
  return !streetWords.has(next)
}

function holds(text: string, kind: string): boolean {
  return positionOf(text, kind) >= 0
}

/** Where the text goes on after the kind, found as whole words, in the plural too; −1 where it is not found. */
function positionOf(text: string, kind: string): number {
  for (let at = text.indexOf(kind); at >= 0; at = text.indexOf(kind, at + 1)) {
    if (at > 0 && text[at - 1] !== ' ') continue
    let end = at + kind.length
    if (text[end] === 's') end++
    if (end === text.length || text[end] === ' ') return end
  }
  return -1
}

/** Lower case letters and digits, single spaces. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}
