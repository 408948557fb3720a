import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gistar } from '#core/analysis/hotspot/gistar.ts'
import { gistarOnGrid, gistarValues, oneRing } from '#core/analysis/hotspot/gistar-values.ts'
import { cellX, cellY, gridOver } from '#core/analysis/space/grid.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { spatialOracle } from '../space/oracle.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, testshire, twoDistricts } from '../space/small-study.ts'

const getisord = readFileSync(new URL('../../oracles/spdep/getisord.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number))
const [gridX, gridY, gridValue] = [0, 1, 2].map((k) => getisord.map((row) => row[k]))

/** The formula of the docblock, word by word. */
function obvious(
  x: readonly number[],
  y: readonly number[],
  values: readonly number[],
  band: number,
): number[] {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const s = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
  return values.map((_, i) => {
    const near = values.filter((_, j) => Math.hypot(x[i] - x[j], y[i] - y[j]) <= band)
    const w = near.length
    const z =
      (near.reduce((sum, value) => sum + value, 0) - w * mean) / (s * Math.sqrt((n * w - w * w) / (n - 1)))
    return Number.isFinite(z) ? z : Number.NaN
  })
}

describe('published', () => {
  it('the six places of esda: Gi −1.0136729, Gi* −1.39727626', () => {
    const x = [10, 20, 40, 15, 30, 30]
    const y = [10, 10, 10, 20, 20, 30]
    const values = [2, 3, 3.2, 5, 8, 7]
    expect(gistarValues(x, y, values, 15)[0]).toBeCloseTo(-1.39727626, 8)
    expect(gistarValues(x, y, values, 15, false)[0]).toBeCloseTo(-1.0136729, 7)
  })

  it('spdep getisord at row 120, Gi at 30 … 150 m and Gi* at 30 m', () => {
    const expected = [1.221979, 1.748098, 1.986135, 1.893374, 1.237454]
    expected.forEach((z, k) => {
      expect(gistarValues(gridX, gridY, gridValue, 30 * (k + 1), false)[119]).toBeCloseTo(z, 6)
    })
    expect(gistarValues(gridX, gridY, gridValue, 30)[119]).toBeCloseTo(1.45078, 5)
  })
})

describe('oracle', () => {
  it.each(['30', '60'] as const)('all 256 places at %s m, Gi and Gi*, by full matrices (numpy)', (band) => {
    const { gi, gistar: star } = spatialOracle.getisord[band]
    gistarValues(gridX, gridY, gridValue, Number(band)).forEach((z, i) => {
      expect(z).toBeCloseTo(star[i], 10)
    })
    gistarValues(gridX, gridY, gridValue, Number(band), false).forEach((z, i) => {
      expect(z).toBeCloseTo(gi[i], 10)
    })
  })

  it('the same 256 values as cells of a grid', () => {
    const grid = gridOver([15, 15, 494, 494], 'square', 30, 15, 15)
    const cells = new Int32Array(256)
    const values = new Float64Array(grid.columns * grid.rows)
    const inside = new Uint8Array(values.length)
    for (let i = 0; i < 256; i++) {
      const cell = (gridY[i] / 30) * grid.columns + gridX[i] / 30
      cells[i] = cell
      values[cell] = gridValue[i]
      inside[cell] = 1
    }
    // One band of four neighbours: 30 m.
    expect(grid.columns).toBe(16)
    const { z, deviation } = gistarOnGrid(grid, cells.toSorted(), inside, values, 30)
    expect(z[119]).toBeCloseTo(1.45078, 5)
    expect(deviation).toBeGreaterThan(0)
  })
})

describe('brute force', () => {
  it('places anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 30 }),
            fc.integer({ min: 0, max: 30 }),
            fc.integer({ min: 0, max: 9 }),
          ),
          { minLength: 2, maxLength: 30 },
        ),
        fc.integer({ min: 0, max: 40 }),
        (places, band) => {
          const [x, y, values] = [0, 1, 2].map((k) => places.map((place) => place[k]))
          const expected = obvious(x, y, values, band)
          gistarValues(x, y, values, band).forEach((z, i) => {
            // s of equal values may come out of the simple formula as a residue of rounding.
            if (new Set(values).size === 1) expect(z).toBeNaN()
            else if (Number.isNaN(expected[i])) expect(z).toBeNaN()
            else expect(z).toBeCloseTo(expected[i], 9)
          })
        },
      ),
      { numRuns: 400 },
    )
  })

  it('cells of a grid equal their centres taken as places', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('hexagon' as const, 'square' as const),
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 1, max: 1e9 }),
        (shape, rings, seed) => {
          const grid = gridOver([450_000, 300_000, 452_000, 302_000], shape, 200)
          const random = seededNumbers(seed, grid.columns * grid.rows * 2)
          const inside = Uint8Array.from({ length: grid.columns * grid.rows }, (_, cell) =>
            random[cell] < 0.7 ? 1 : 0,
          )
          const cells = Int32Array.from(inside.keys()).filter((cell) => inside[cell] === 1)
          fc.pre(cells.length > 2)
          const values = Uint32Array.from(inside, (_, cell) =>
            Math.floor(10 * random[random.length - 1 - cell] ** 3),
          )
          const band = rings === 0 ? oneRing(grid) : rings * 171
          const x = [...cells].map((cell) => cellX(grid, cell))
          const y = [...cells].map((cell) => cellY(grid, cell))
          const tested = [...cells].map((cell) => values[cell])
          fc.pre(new Set(tested).size > 1)
          const { z } = gistarOnGrid(grid, cells, inside, values, rings === 0 ? 0 : band)
          obvious(x, y, tested, band * (1 + 1e-9)).forEach((expected, i) => {
            if (Number.isNaN(expected)) expect(z[i]).toBeNaN()
            else expect(z[i]).toBeCloseTo(expected, 8)
          })
        },
      ),
      { numRuns: 100 },
    )
  })
})

const cluster: Row[] = [
  ...Array.from({ length: 40 }, (): Row => ({ at: [451_000, 301_000], words: { offence: 'Assault' } })),
  ...Array.from(
    seededNumbers(81, 60),
    (u, i): Row => ({
      at: [450_000 + u * 4000, 300_000 + seededNumbers(82, 60)[i] * 4000],
      words: { offence: 'Theft' },
    }),
  ),
]

describe('properties', () => {
  it('z does not change when values are scaled or shifted, or places moved and reordered', () => {
    const base = gistarValues(gridX, gridY, gridValue, 60)
    const scaled = gistarValues(
      gridX,
      gridY,
      gridValue.map((v) => 3 * v + 100),
      60,
    )
    const moved = gistarValues(
      gridX.map((v) => v + 450_000),
      gridY.map((v) => v + 300_000),
      gridValue,
      60,
    )
    const turned = gistarValues(gridX.toReversed(), gridY.toReversed(), gridValue.toReversed(), 60).reverse()
    base.forEach((z, i) => {
      expect(scaled[i]).toBeCloseTo(z, 9)
      expect(moved[i]).toBeCloseTo(z, 9)
      expect(turned[i]).toBeCloseTo(z, 9)
    })
  })

  it('classes, counts of hot and cold cells and q agree; BY is never below BH; none leaves p', () => {
    const run = (adjustment: string) =>
      gistar.run(makeIncidents(cluster), settings(gistar, { adjustment, cellSize: 150 }), testshire, patient)
    const [bh, by, none] = ['BH', 'BY', 'none'].map(run)
    const classes = bh.columns.gistarClass as Int8Array
    const q = bh.columns.qValue as Float64Array
    const z = bh.columns.z as Float64Array
    classes.forEach((level, i) => {
      const size = q[i] <= 0.01 ? 3 : q[i] <= 0.05 ? 2 : q[i] <= 0.1 ? 1 : 0
      expect(level).toBe(size === 0 ? 0 : z[i] > 0 ? size : -size)
      expect((by.columns.qValue as Float64Array)[i]).toBeGreaterThanOrEqual(q[i])
    })
    expect(bh.summary.hot.p99).toBe(classes.filter((level) => level === 3).length)
    expect(bh.summary.hot.p99).toBeGreaterThan(0)
    expect(none.columns.qValue).toEqual(none.columns.pValue)
    expect(none.caveats.map(({ code }) => code)).toContain('gistar-unadjusted')
  })

  it('empty cells of the study area are tested: the mean is incidents over cells', () => {
    const { summary } = gistar.run(makeIncidents(cluster), settings(gistar), testshire, patient)
    expect(summary.mean).toBeCloseTo(100 / summary.tested, 1)
    expect(summary.distanceBand).toBeCloseTo(Math.sqrt(3) * 200, 9)
    const harm = gistar.run(makeIncidents(cluster), settings(gistar, { value: 'harm' }), testshire, patient)
    expect(harm.summary.mean).toBeGreaterThan(summary.mean)
  })
})

describe('edges', () => {
  it('equal values, one place, every place a neighbour: NaN, not 0', () => {
    expect([...gistarValues([0, 1, 2], [0, 0, 0], [0.1, 0.1, 0.1], 1)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
    expect([...gistarValues([0], [0], [5], 1)]).toEqual([Number.NaN])
    expect([...gistarValues([0, 1, 2], [0, 0, 0], [1, 2, 3], 10)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
    expect([...gistarValues([], [], [], 1)]).toEqual([])
  })

  it('without self: no neighbour, or others all equal, is NaN; one outlier does not disturb the rest', () => {
    const z = gistarValues([0, 1, 100, 101], [0, 0, 0, 0], [7, 2, 2, 2], 1, false)
    expect(z[0]).toBeNaN()
    expect(z[1]).toBeGreaterThan(0)
    expect(gistarValues([0, 50, 100], [0, 0, 0], [1, 2, 4], 1, false)[0]).toBeNaN()
    const outlier = gistarValues([0, 1, 2, 3], [0, 0, 0, 0], [1e9, 1, 2, 4], 1, false)
    const expected = gistarValues([0, 1, 2, 3], [0, 0, 0, 0], [100, 1, 2, 4], 1, false)
    expect(outlier[0]).toBeCloseTo(expected[0], 6)
  })

  it('a place at exactly the distance band is a neighbour', () => {
    const [near] = gistarValues([0, 30, 90], [0, 0, 0], [1, 2, 9], 30)
    const [alone] = gistarValues([0, 30, 90], [0, 0, 0], [1, 2, 9], 29.999)
    expect(near).not.toBe(alone)
  })

  it('no incident in the study area: untested, told, class 0', () => {
    const { columns, caveats, summary } = gistar.run(makeIncidents([]), settings(gistar), testshire, patient)
    expect((columns.z as Float64Array).every(Number.isNaN)).toBe(true)
    expect((columns.gistarClass as Int8Array).every((level) => level === 0)).toBe(true)
    expect(caveats.map(({ code }) => code)).toEqual(['gistar-undefined'])
    expect(summary.hot).toEqual({ p99: 0, p95: 0, p90: 0 })
  })

  it('few incidents and few cells are told', () => {
    const { caveats } = gistar.run(
      makeIncidents([{ at: [450_100, 300_100] }]),
      settings(gistar, { cellSize: 500 }),
      testshire,
      patient,
    )
    expect(caveats.map(({ code }) => code)).toEqual(['gistar-sparse', 'gistar-few-cells'])
    for (const { code } of caveats) expect(Object.keys(gistar.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  const refusal = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'accepted'
  }
  it('harm without weights, fewer than three cells, no place at all, no cell inside', () => {
    const one = makeIncidents([{ at: [450_100, 300_100] }])
    expect(
      refusal(() =>
        gistar.run(one, settings(gistar, { value: 'harm' }), { studyArea: twoDistricts }, patient),
      ),
    ).toBe('E-MTH-WEIGHTS')
    expect(refusal(() => gistar.run(one, settings(gistar), nothingKnown, patient))).toBe('E-MTH-CELLS')
    expect(refusal(() => gistar.run(makeIncidents([]), settings(gistar), nothingKnown, patient))).toBe(
      'E-GRID-BOX',
    )
    const sliver = {
      studyArea: {
        name: 'S',
        areas: [{ code: 'S', name: 'S', rings: [rectangle(450_001, 300_001, 450_002, 300_002)] }],
      },
    }
    expect(refusal(() => gistar.run(one, settings(gistar), sliver, patient))).toBe('E-GRID-EMPTY')
    const apart = makeIncidents([{ at: [0, 0] }, { at: [650_000, 1_200_000] }])
    expect(refusal(() => gistar.run(apart, settings(gistar, { cellSize: 25 }), nothingKnown, patient))).toBe(
      'E-GRID-SIZE',
    )
  })
})
