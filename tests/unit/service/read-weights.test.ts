import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readWeights } from '#core/data/weights/read-weights.ts'
import { temporaryFolder } from '../../contract/temporary-folder.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const about = { name: 'Trial', version: '1', unit: 'days', source: '' }
function read(text: string) {
  const path = join(folder.path, 'weights.csv')
  writeFileSync(path, text)
  return readWeights(path, about)
}

describe('harm weights', () => {
  it('reads offences and weights in any order of columns, quotes, BOM and line ends', () => {
    const table = read(
      '\uFEFFweight,Offence\r\n5475,Murder\r\n365,"Robbery, personal"\r\n,Not weighed\r\n0,"A ""zero"""\r\n',
    )
    expect(table.byOffence).toEqual({ Murder: 5475, 'Robbery, personal': 365, 'A "zero"': 0 })
    expect(table.sha256).toMatch(/^[0-9a-f]{64}$/)
  })
  it('is safe with an offence called __proto__', () => {
    expect(Object.hasOwn(read('offence,weight\n__proto__,5\n').byOffence, '__proto__')).toBe(true)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
  it('joins on code or classification; the sub-group is stated, or the median of its offences', () => {
    const table = read(
      [
        'FULL_OFFENCE_TITLE,CCHI Score,SUB_GROUP,HOME_OFFICE_CLASSIFICATION',
        'Wounding,1460,Violence with injury,005/01',
        'Assault occasioning harm,10,Violence with injury,008/06',
        'Assault with injury,20,Violence with injury,8/07',
        'Same title,2,Theft,049/00',
        'Same title,5,Theft,049/10',
        'Old thing EXPIRED,99,Theft,049/99',
        ',3,Robbery,',
      ].join('\n'),
    )
    expect(table.byCode).toEqual({ '5/1': 1460, '8/6': 10, '8/7': 20, '49/0': 2, '49/10': 5 })
    expect(table.byGroup).toEqual({ 'violence with injury': 20, theft: 3.5, robbery: 3 })
    // One title with two weights is told apart by its code alone.
    expect(Object.keys(table.byOffence)).not.toContain('Same title')
    expect(read('offence,weight\nMurder,5\n')).not.toHaveProperty('byCode')
    expect(read('sub-group,weight\nRape,2555\n').byGroup).toEqual({ rape: 2555 })
  })
  it.each([
    ['E-WGT-003', 'code,weight\n8N,1\n008n,2\n'],
    ['E-WGT-003', 'sub-group,weight\nRape,1\nrape,2\n'],
    ['E-WGT-001', 'offense,weight\nMurder,1\n'],
    ['E-WGT-002', 'offence,weight\nMurder,many\n'],
    ['E-WGT-002', 'offence,weight\nMurder,-5\n'],
    ['E-WGT-003', 'offence,weight\nMurder,1\nMurder,2\n'],
    ['E-WGT-004', `offence,weight\n${'x'.repeat(600_000)},1\n`],
  ])('refuses: %s', (code, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code }))
  })
})
