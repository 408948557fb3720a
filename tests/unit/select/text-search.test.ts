import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeFilter } from '#core/analysis/select/describe-filter.ts'
import { evaluateFilter } from '#core/analysis/select/evaluate-filter.ts'
import { filterKey } from '#core/analysis/select/filter-key.ts'
import { readTextClause, termsIn } from '#core/analysis/select/text-search.ts'
import type { TextClause } from '#core/contract/filter.ts'
import { InputError } from '#core/contract/problem.ts'
import { foldText, searchTerms } from '#core/contract/search-text.ts'
import { keepSearch, readKeptSearch } from '#core/data/columns/kept-search.ts'
import { searchColumn } from '#core/data/columns/search-segment.ts'
import { sentenceParts } from '#renderer/state/filter-sentence.ts'
import { makeColumns } from './make-incidents.ts'

const columns = makeColumns([
  { words: { location: 'High Street, Café Rouge', locationType: 'Licensed premises' } },
  { words: { location: 'Church  St. Mary’s', locationType: 'Street' } },
  { words: { location: 'HIGHFIELD ROAD', locationType: 'Street' } },
  { words: { location: '', locationType: 'Street' } },
])
const clause = (words: string, ...named: string[]): TextClause => ({
  kind: 'text',
  words,
  columns: named.length > 0 ? named : ['location'],
})
const run = (...asked: TextClause[]): number[] => Array.from(evaluateFilter({ clauses: asked }, columns, {}))
const codeOf = (asked: TextClause): string => {
  try {
    run(asked)
    return 'none'
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    expect((error as InputError).detail.cure).toBeTruthy()
    return (error as InputError).code
  }
}

describe('words asked for', () => {
  it('stand alone, phrases in any quotation marks together, each once', () => {
    expect(searchTerms('  Knife  “high   Street” knife ')).toEqual(['knife', 'high street'])
    expect(searchTerms('"church road" and "never closed')).toEqual(['church road', 'and', 'never closed'])
    expect(searchTerms(' "" “ ” ')).toEqual([])
  })
  it('capitals, accents, apostrophes, dashes and blanks make no difference', () => {
    expect(foldText('Café  ST. Mary’s – Ｆull ŒUVRE\tK')).toBe("cafe st. mary's - full œuvre k")
    expect(foldText('O´Connor')).toBe("o'connor")
  })
})

describe('in dictionary columns', () => {
  it('finds every word, in any order and within longer words', () => {
    expect(run(clause('high'))).toEqual([1, 0, 1, 0])
    expect(run(clause('CAFE high'))).toEqual([1, 0, 0, 0])
    expect(run(clause('"street high"'))).toEqual([0, 0, 0, 0])
    expect(run(clause('"church st."'))).toEqual([0, 1, 0, 0])
    expect(run(clause("mary's"))).toEqual([0, 1, 0, 0])
  })
  it('one word may stand in one column and the next in another', () => {
    expect(run(clause('high street', 'location', 'locationType'))).toEqual([1, 0, 1, 0])
    expect(run(clause('high licensed', 'location', 'locationType'))).toEqual([1, 0, 0, 0])
  })
  it('two searches must both hold', () =>
    expect(run(clause('high'), clause('street', 'locationType'))).toEqual([0, 0, 1, 0]))
  it('uses what was found before, under the key of the search', () => {
    const asked = clause('knife', 'note', 'location')
    const { key, words, texts } = readTextClause(asked, columns)
    expect([words, texts]).toEqual([['location'], ['note']])
    expect(readTextClause(clause('KNIFE knife', 'location', 'note'), columns).key).toBe(key)
    const kept = { texts: new Map([[key, Uint8Array.of(0, 1, 0, 1)]]) }
    expect(Array.from(evaluateFilter({ clauses: [asked] }, columns, {}, kept))).toEqual([0, 1, 0, 1])
    expect(() => run(asked)).toThrow('has not been searched')
  })
})

const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'B', ' ', '\t', "'", '`', '-', '\n'), maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', 'á', 'Å', '’', ' ', '\u00a0', 'ﬁ', 'Σ', '😀', 'b'), maxLength: 12 }),
)

describe('brute force', () => {
  it('the bytes of a text column give what folding every text and looking for every term gives', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 60 }), anyText, (texts, words) => {
        const terms = searchTerms(words).slice(0, 8)
        fc.pre(terms.length > 0)
        const encoded = texts.map((text) => new TextEncoder().encode(text))
        const offsets = new Int32Array(texts.length + 1)
        encoded.forEach((bytes, at) => {
          offsets[at + 1] = offsets[at] + bytes.length
        })
        const values = Uint8Array.from(encoded.flatMap((bytes) => [...bytes]))
        const found = new Uint8Array(texts.length)
        searchColumn({ name: 'text:note', offsets, values }, terms, found, () => undefined)
        const naive = texts.map((text) =>
          terms.reduce((bits, term, k) => bits | (foldText(text).includes(term) ? 1 << k : 0), 0),
        )
        expect(Array.from(found)).toEqual(naive)
      }),
      { numRuns: 1000, seed: 5 },
    )
  })
  it('over more rows than are folded at a time', () => {
    const rows = 20_001
    const texts = Array.from({ length: rows }, (_, at) => (at % 7 === 0 ? `Knife seen ${at}` : `É ${at}`))
    const encoded = texts.map((text) => new TextEncoder().encode(text))
    const offsets = new Int32Array(rows + 1)
    encoded.forEach((bytes, at) => {
      offsets[at + 1] = offsets[at] + bytes.length
    })
    const found = new Uint8Array(rows)
    let ticks = 0
    searchColumn(
      { name: 'text:note', offsets, values: Buffer.concat(encoded) },
      ['1', 'e 2', 'knife'],
      found,
      () => ticks++,
    )
    expect(Array.from(found)).toEqual(texts.map((text) => termsIn(text, ['1', 'e 2', 'knife'])))
    expect(ticks).toBe(3)
  })
  it('folding letter by letter is folding the whole', () => {
    fc.assert(
      fc.property(anyText, fc.string({ unit: 'grapheme' }), (a, b) => {
        const text = a + b
        expect([...text].map(foldText).join('').replace(/\s+/g, ' ')).toBe(foldText(text))
      }),
      { numRuns: 2000, seed: 11 },
    )
  })
})

describe('a search as words and key', () => {
  const filter = { clauses: [clause('Knife "High Street"', 'location', 'note')] }
  it('is part of the sentence', () => {
    expect(describeFilter(filter).sentence).toBe('location or note contains “knife” and “high street”')
    expect(describeFilter({ clauses: [clause('x', 'a', 'b', 'c', 'd')] }).sentence).toBe('text contains “x”')
    expect(sentenceParts(filter, () => undefined)[0].text).toBe(describeFilter(filter).sentence)
  })
  it('has one key however it is written', () => {
    expect(filterKey(filter)).toBe(
      filterKey({ clauses: [clause('“high  street” KNIFE knife', 'note', 'location', 'note')] }),
    )
    expect(filterKey(filter)).not.toBe(
      filterKey({ clauses: [clause('knife high street', 'location', 'note')] }),
    )
  })
})

describe('refuses', () => {
  it.each([
    ['no words', clause(' "" '), 'E-FLT-TEXT'],
    ['too many words', clause('a b c d e f g h i'), 'E-FLT-TEXT'],
    ['no column', { kind: 'text', words: 'a', columns: [] } as TextClause, 'E-FLT-TEXT'],
    ['a column that is not held', clause('a', 'outcome'), 'E-FLT-COLUMN'],
    ['a column of numbers', clause('a', 'easting'), 'E-FLT-COLUMN'],
    ['a name of no column', clause('a', '__proto__'), 'E-FLT-COLUMN'],
  ])('%s', (_, asked, code) => expect(codeOf(asked)).toBe(code))
})

describe('searches kept on disk', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'search-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('come back as they were, without the words in the name of the file', () => {
    const found = Uint8Array.from({ length: 1003 }, (_, row) => (row % 3 === 0 ? 1 : 0))
    keepSearch(folder, 'a b', found)
    expect(Array.from(readKeptSearch(folder, 'a b', 1003) ?? [])).toEqual(Array.from(found))
    expect(readKeptSearch(folder, 'b a', 1003)).toBeUndefined()
    expect(readdirSync(folder).join()).not.toContain('a b')
  })
  it('are not believed when damaged or of another length', () => {
    keepSearch(folder, 'c', Uint8Array.of(1, 0, 1))
    expect(readKeptSearch(folder, 'c', 90)).toBeUndefined()
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name))
      bytes[0] ^= 1
      writeFileSync(join(folder, name), bytes)
    }
    expect(readKeptSearch(folder, 'c', 3)).toBeUndefined()
  })
  it('are bounded in number', () => {
    for (let at = 0; at < 45; at++) keepSearch(folder, `k${at}`, Uint8Array.of(1))
    expect(readdirSync(folder)).toHaveLength(40)
  })
})
