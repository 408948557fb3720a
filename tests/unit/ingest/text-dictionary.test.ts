import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readTextDictionary } from '#core/data/columns/text-dictionary.ts'
import { EXTRACT_HEADER, extractRow, type ImportFolder, importFolder } from './import-folder.ts'

let folder: ImportFolder
beforeEach(() => {
  folder = importFolder()
})
afterEach(() => folder.remove())

describe('a text column as a dictionary', () => {
  it('has each word once, in order of appearance, over several segments; none is code 0', async () => {
    const word = (i: number) => (i % 5 === 0 ? '' : `V${i % 700} é`)
    const rows = Array.from({ length: 250_004 }, (_, i) => extractRow({ 0: `L/${i}`, 7: word(i) }))
    folder.write('a.csv', `${EXTRACT_HEADER}\n${rows.join('\n')}\n`)
    const { manifest, staging } = await folder.run(['a.csv'])
    const held = readTextDictionary(staging, manifest, 'note')
    expect(held?.codes).toHaveLength(250_004)
    expect(held?.words.slice(0, 4)).toEqual(['', 'V1 é', 'V2 é', 'V3 é'])
    expect(new Set(held?.words).size).toBe(held?.words.length)
    for (const row of [0, 1, 6, 249_999, 250_000, 250_003])
      expect(held?.words[held.codes[row]]).toBe(word(row))
    expect(readTextDictionary(staging, manifest, 'victimRef')).toBeUndefined()
  })
})
