/** The shortcut for repeated places must never change a result: the same rows in small files, where it is not learnt. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readTextRows } from '#core/data/columns/read-text-rows.ts'
import { type Imported, type ImportFolder, importFolder, STREET_HEADER } from './import-folder.ts'

let folder: ImportFolder
beforeEach(() => {
  folder = importFolder()
})
afterEach(() => folder.remove())

/** Mulberry32. */
function random(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Rows at few places; mostly the words go with the place, sometimes not, with quotes, blanks and faults among them. */
function rows(count: number, seed: number): string[] {
  const next = random(seed)
  return Array.from({ length: count }, (_, i) => {
    const place = Math.floor(next() * 40)
    const x = place === 0 ? '' : place === 1 ? '200' : (-1.1 - place / 1000).toFixed(6)
    const y = place === 0 ? '' : (52.6 + place / 1000).toFixed(6)
    const odd = next() < 0.05
    const street = odd
      ? `"Elsewhere, ""${Math.floor(next() * 3)}"""`
      : place % 3 === 0
        ? `"Street ${place}, North"`
        : `Street ${place}`
    const area = next() < 0.03 ? '' : `E${place % 7}`
    return `r${i},2024-0${1 + (i % 3)},F,F,${x},${y},${place === 0 ? 'No Location' : street},${area},${area && `Area ${area}`},T${i % 5},O${Math.floor(next() * 4)},`
  })
}

/** Every word of every incident, as text. */
function everything({ columns, manifest, staging }: Imported): string[] {
  const all = Array.from({ length: columns.length }, (_, row) => row)
  const refs = readTextRows(staging, manifest, all).ref
  return all.map((row) => {
    const words = Object.entries(columns.dictionaries).map(
      ([name, { codes, words }]) => `${name}=${words[codes[row]]}`,
    )
    return [refs[row], columns.easting[row], columns.latitude[row], columns.precision[row], ...words].join(
      '|',
    )
  })
}

describe('repeated places', () => {
  it('give the same incidents as rows read one file at a time', async () => {
    const all = rows(3000, 5)
    folder.write('whole.csv', `${STREET_HEADER}\n${all.join('\n')}\n`)
    const names: string[] = []
    for (let i = 0; i < all.length; i += 40) {
      names.push(`part-${String(i).padStart(5, '0')}.csv`)
      folder.write(names[names.length - 1], `${STREET_HEADER}\n${all.slice(i, i + 40).join('\n')}\n`)
    }
    const whole = await folder.run(['whole.csv'])
    const parts = await folder.run(names)
    expect(everything(whole)).toEqual(everything(parts))
    expect(whole.manifest.issues).toEqual(parts.manifest.issues)
    expect(whole.manifest.issues).toEqual([expect.objectContaining({ code: 'E-GEO-008' })])
    expect(whole.manifest.dictionaries).toEqual(parts.manifest.dictionaries)
  })

  it('give the same on a reading thread as without', async () => {
    // About 12 MB, which is read on a thread of its own and over several blocks; its parts are not.
    const all = rows(100_000, 9).map((row) => `${row}${'x'.repeat(60)}`)
    folder.write('whole.csv', `${STREET_HEADER}\n${all.join('\n')}\n`)
    folder.write('part-1.csv', `${STREET_HEADER}\n${all.slice(0, 30_000).join('\n')}\n`)
    const whole = await folder.run(['whole.csv'])
    const part = await folder.run(['part-1.csv'])
    expect(whole.manifest.rowsKept).toBe(100_000)
    expect(everything(whole).slice(0, 30_000)).toEqual(everything(part))
    expect(whole.issues.startsWith(part.issues.replaceAll('part-1.csv', 'whole.csv'))).toBe(true)
  })

  it('a refusal on the reading thread arrives whole, and nothing is left behind', async () => {
    const all = rows(60_000, 2)
    all[40_000] = `${all[40_000].slice(0, -1)},"never closed`
    folder.write('a.csv', `${STREET_HEADER}\n${all.join('\n')}\n${'pad,'.repeat(400_000)}`)
    const refused = await folder.refusal(['a.csv'])
    // The next quotation mark, rows later, shows that rows were swallowed.
    expect(refused.code).toBe('E-CSV-006')
    expect(refused.detail).toMatchObject({ file: 'a.csv', row: 40_001 })
  })
})
