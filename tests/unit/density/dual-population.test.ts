import { describe, expect, it } from 'vitest'
import { dualDensity } from '#core/analysis/density/dual-density.ts'
import { spreadPopulation } from '#core/analysis/density/population-cells.ts'
import type { ContextLayer } from '#core/contract/method.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings } from '../space/small-study.ts'
import { gridOf } from './surface-helpers.ts'

const scattered = (seed: number, n: number, west = 450_000, metres = 4000): Row[] => {
  const u = seededNumbers(seed, 2 * n)
  return Array.from({ length: n }, (_, i): Row => ({ at: [west + u[i] * metres, 300_000 + u[n + i] * 4000] }))
}

const column = (result: { columns: Readonly<Record<string, unknown>> }, name: string) =>
  result.columns[name] as Float64Array
const area = (name: string, west: number, east: number, people: number) => ({
  code: name,
  name,
  rings: [rectangle(west, 300_000, east, 304_000)],
  numbers: Number.isNaN(people) ? {} : { people },
  kind: '',
})
const layer = (...shapes: ContextLayer['shapes']): ContextLayer => ({ name: 'Wards', shapes })
const west = area('West', 450_000, 452_000, 30_000)
const east = area('East', 452_000, 453_999, 10_000)

describe('properties', () => {
  it('is spread over the cells of its areas and adds up', () => {
    const grid = { ...gridOf(25, 25, 200), originX: 449_600, originY: 299_800 }
    const { people, covered } = spreadPopulation(grid, layer(west, east), 'people')
    const sum = people.reduce((a, b) => a + b, 0)
    expect(sum).toBeCloseTo(40_000, 6)
    expect(people[3 * 25 + 4]).toBeCloseTo(30_000 / 200, 9)
    expect(covered.reduce((a, b) => a + b, 0)).toBe(400)
    // A grid over a quarter of one area: its cells hold a quarter of the number, not all of it.
    const quarter = { ...gridOf(10, 10, 100), originX: 450_000, originY: 300_000 }
    const part = spreadPopulation(quarter, layer(west), 'people').people.reduce((a, b) => a + b, 0)
    expect(part).toBeCloseTo(30_000 / 8, 6)
    const tiny = {
      ...area('Tiny', 450_210, 450_290, 77),
      rings: [rectangle(450_210, 300_210, 450_220, 300_220)],
    }
    const small = spreadPopulation(grid, layer(tiny), 'people')
    expect(small.people[2 * 25 + 3]).toBe(77)
    expect(small.caveats.map(({ code }) => code)).toEqual(['population-small'])
  })

  it('rates: as many incidents a head on both sides is a relative risk of 1 away from the border', () => {
    const rows = [...scattered(51, 3000, 450_000, 2000), ...scattered(53, 1000, 452_000, 2000)]
    const incidents = makeIncidents([...rows, { at: [449_000, 302_000] }])
    const result = dualDensity.run(
      incidents,
      settings(dualDensity, {
        measure: 'ratio',
        populationColumn: 'people',
        population: 'wards',
        bandwidth: 700,
        cellSize: 100,
        permutations: 99,
      }),
      { layers: { population: layer(west, east) } },
      patient,
    )
    expect(result.summary.base).toBeCloseTo(40_000, 3)
    expect(result.summary.incidents).toBe(4000)
    expect(result.summary.unit).toBe('incidents per 1,000 of people')
    const values = column(result, 'value')
    expect(values.reduce((a, b) => a + b, 0) / values.length).toBeCloseTo(100, -1)
    expect(result.summary.overall * 1000).toBeCloseTo(100, 0)
    expect(result.summary.higher + result.summary.lower).toBeLessThan(100)
    for (const { code } of result.caveats) expect(Object.keys(dualDensity.card.caveats)).toContain(code)
  })
})

describe('edges', () => {
  it('an area without a number is left out with its incidents', () => {
    const result = dualDensity.run(
      makeIncidents(scattered(55, 400)),
      settings(dualDensity, { populationColumn: 'people', population: 'wards', bandwidth: 500 }),
      { layers: { population: layer(west, area('East', 452_000, 454_000, Number.NaN)) } },
      patient,
    )
    expect(result.summary.incidents).toBeLessThan(260)
    expect(result.caveats.map(({ code }) => code)).toContain('population-unknown')
    expect(Math.max(...column(result, 'x'))).toBeLessThan(452_000)
  })
})

describe('refuses', () => {
  it('a column that is not there, negative numbers and nobody', () => {
    const grid = { ...gridOf(25, 25, 200), originX: 449_600, originY: 299_800 }
    const refusal = (given: ContextLayer, name: string): string => {
      try {
        spreadPopulation(grid, given, name)
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'accepted'
    }
    expect(refusal(layer(west), '')).toBe('E-MTH-COLUMN')
    expect(refusal(layer(west), 'homes')).toBe('E-MTH-COLUMN')
    expect(refusal(layer(area('W', 450_000, 452_000, -1)), 'people')).toBe('E-MTH-POPULATION')
    expect(refusal(layer(area('W', 450_000, 452_000, 0)), 'people')).toBe('E-MTH-POPULATION')
  })
})
