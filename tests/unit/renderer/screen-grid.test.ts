import { describe, expect, it } from 'vitest'
import { fromNationalGrid, toNationalGrid } from '#core/analysis/space/national-grid.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { degreesOf, gridReference, metresOf } from '#renderer/map/screen-grid.ts'

describe('screen grid', () => {
  it('stays within 0.6 m of OSTN15 over England and Wales, both ways', () => {
    const table = loadOstn15()
    const exact = new Float64Array(2)
    let worst = 0
    for (let x = 150_500; x < 650_000; x += 7_300)
      for (let y = 20_500; y < 650_000; y += 9_100) {
        fromNationalGrid(table, x, y, exact)
        const [east, north] = metresOf(exact[0], exact[1])
        worst = Math.max(worst, Math.abs(east - x), Math.abs(north - y))
        const [longitude, latitude] = degreesOf(x, y)
        toNationalGrid(table, longitude, latitude, exact)
        worst = Math.max(worst, Math.abs(exact[0] - x), Math.abs(exact[1] - y))
      }
    expect(worst).toBeLessThan(0.6)
    expect(worst).toBeGreaterThan(0)
  })

  it('gives grid references as the maps print them', () => {
    expect(gridReference(651409.9, 313177.3)).toBe('TG 51409 13177')
    expect(gridReference(458621, 304412)).toBe('SK 58621 04412')
    expect(gridReference(530000, 180000)).toBe('TQ 30000 80000')
    expect(gridReference(247230, 53380)).toBe('SX 47230 53380')
    expect(gridReference(-1, 0)).toBe('')
  })
})
