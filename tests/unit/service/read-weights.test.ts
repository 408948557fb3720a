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
  it.each([
    ['E-WGT-001', 'offense,weight\nMurder,1\n'],
    ['E-WGT-002', 'offence,weight\nMurder,many\n'],
    ['E-WGT-002', 'offence,weight\nMurder,-5\n'],
    ['E-WGT-003', 'offence,weight\nMurder,1\nMurder,2\n'],
    ['E-WGT-004', `offence,weight\n${'x'.repeat(600_000)},1\n`],
  ])('refuses: %s', (code, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code }))
  })
})
