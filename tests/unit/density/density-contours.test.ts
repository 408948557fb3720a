import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contourRings } from '#core/analysis/density/contour-rings.ts'
import { density } from '#core/analysis/density/density.ts'
import { densityContours } from '#core/analysis/density/density-contours.ts'
import { incidentsWithin } from '#core/analysis/density/incidents-within.ts'
import { levelOfShare } from '#core/analysis/density/level-of-share.ts'
import { pointInRings, ringsArea } from '#core/analysis/space/polygon.ts'
import type { Position } from '#core/contract/geometry.ts'
import type { StudyArea } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, testshire, twoDistricts } from '../space/small-study.ts'
import { gridOf, rescues } from './surface-helpers.ts'

const oracle: { level: number; half: number; pieces: number; x: number[]; y: number[] } = JSON.parse(
  readFileSync(new URL('../../oracles/density/contours.json', import.meta.url), 'utf8'),
)

const scattered = (seed: number, n: number): Row[] => {
  const u = seededNumbers(seed, 2 * n)
  return Array.from(
    { length: n },
    (_, i): Row => ({ at: [450_000 + u[i] * 4000, 300_000 + u[n + i] * 4000] }),
  )
}

describe('published', () => {
  it('a lone quartic: share p lies within u² = 1 − (1 − p)^(1/3) of its disc', () => {
    const { summary } = densityContours.run(
      makeIncidents([{ at: [450_005, 300_005] }]),
      settings(densityContours, { cellSize: 10, bandwidth: 500, shares: [25, 50, 90] }),
      nothingKnown,
      patient,
    )
    summary.rows.forEach(({ areaKm2, density: level, incidents, shareOfIncidents, pieces }, k) => {
      const p = [0.25, 0.5, 0.9][k]
      const u2 = 1 - (1 - p) ** (1 / 3)
      expect(areaKm2 / (Math.PI * 0.25 * u2)).toBeCloseTo(1, 1)
      expect(level / ((3 / (Math.PI * 0.25)) * (1 - u2) ** 2)).toBeCloseTo(1, 1)
      expect([incidents, shareOfIncidents, pieces]).toEqual([1, 100, 1])
    })
  })
})

describe('oracle', () => {
  it("R's contourLines, vertex by vertex, and the level of half the surface", () => {
    const area: StudyArea = {
      name: 'Box',
      areas: [{ code: 'B', name: 'Box', rings: [rectangle(524_000, 177_900, 539_499, 187_999)] }],
    }
    const incidents = makeIncidents(rescues.map(({ square }): Row => ({ at: square })))
    const run = (changed: object) =>
      densityContours.run(
        incidents,
        settings(densityContours, { bandwidth: 655, ...changed }),
        { studyArea: area },
        patient,
      ).summary.rows[0]
    const { rings } = run({ by: 'density', densities: [oracle.level] })
    const vertices = new Map<string, [number, number][]>()
    const square = (x: number, y: number): string => `${Math.round(x / 50)} ${Math.round(y / 50)}`
    for (const [x, y] of rings.flat()) {
      const held = vertices.get(square(x, y))
      if (held) held.push([x, y])
      else vertices.set(square(x, y), [[x, y]])
    }
    let worst = 0
    oracle.x.forEach((x, k) => {
      const y = oracle.y[k]
      let nearest = Infinity
      for (let dx = -1; dx <= 1; dx++)
        for (let dy = -1; dy <= 1; dy++)
          for (const [vx, vy] of vertices.get(square(x + 50 * dx, y + 50 * dy)) ?? [])
            nearest = Math.min(nearest, Math.hypot(vx - x, vy - y))
      worst = Math.max(worst, nearest)
    })
    expect(oracle.x.length).toBeGreaterThan(500)
    expectAgreement({
      method: 'densityContours',
      peer: 'R contourLines',
      version: '4.2.2',
      data: `968 animal rescues, London: the ${oracle.level} per km² contour of a quartic surface; metres from each of R's vertices to ours`,
      largestDifference: worst,
      tolerance: 1e-5,
    })
    expect(run({ shares: [50] }).density).toBeCloseTo(oracle.half, 9)
  })
})

describe('brute force', () => {
  it('the level of a share, by sorting', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.NaN)), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (values, share) => {
          const finite = values.filter((value) => !Number.isNaN(value)).sort((a, b) => b - a)
          const sum = finite.reduce((a, b) => a + b, 0)
          fc.pre(sum > 0)
          let [volume, k] = [0, 0]
          while (volume < share * sum) volume += finite[k++]
          const level = levelOfShare(Float64Array.from(values), share, sum, finite[0], patient)
          expect(level).toBeCloseTo(finite[k - 1], 12)
          expect(level).toBeLessThanOrEqual(finite[k - 1])
        },
      ),
      { numRuns: 400 },
    )
  })

  it('incidents within: each tested against the rings; centres of cells lie in the rings when at the level', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 1e9 }),
        (columns, rows, seed) => {
          const grid = gridOf(columns, rows, 100)
          const u = seededNumbers(seed, columns * rows)
          const surface = Float64Array.from(u, (value) => (value < 0.2 ? Number.NaN : value))
          const level = 0.55
          const { rings, area, parts } = contourRings(grid, surface, level)
          surface.forEach((value, cell) => {
            // Not at the level exactly, where the centre lies on the line.
            if (Number.isNaN(value) || Math.abs(value - level) > 1e-6)
              expect(
                pointInRings(rings, ((cell % columns) + 0.5) * 100, (Math.floor(cell / columns) + 0.5) * 100),
              ).toBe(value >= level)
          })
          expect(area).toBeCloseTo(ringsArea(rings), 3)
          expect(parts).toBeLessThanOrEqual(rings.length)
          const x = seededNumbers(seed + 1, 200).map((v) => (v * 1.2 - 0.1) * columns * 100)
          const y = seededNumbers(seed + 2, 200).map((v) => (v * 1.2 - 0.1) * rows * 100)
          const incidents = makeIncidents(
            Array.from(x, (_, i): Row => (i % 9 === 0 ? {} : { at: [x[i], y[i]] })),
          )
          let expected = 0
          for (let i = 0; i < 200; i++) if (i % 9 !== 0 && pointInRings(rings, x[i], y[i])) expected++
          expect(incidentsWithin(incidents, grid, surface, level, rings, patient)).toBe(expected)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('properties', () => {
  const incidents = makeIncidents(scattered(5, 300))
  const run = (changed: object = {}, context: object = testshire) =>
    densityContours.run(
      incidents,
      settings(densityContours, { bandwidth: 400, ...changed }),
      context,
      patient,
    )

  it('larger shares hold more, lie outside, and follow the surface of the density method', () => {
    const { summary, caveats } = run({ shares: [10, 30, 50, 70, 90] })
    const { rows } = summary
    for (let k = 1; k < rows.length; k++) {
      expect(rows[k].density).toBeLessThan(rows[k - 1].density)
      expect(rows[k].areaKm2).toBeGreaterThan(rows[k - 1].areaKm2)
      expect(rows[k].incidents).toBeGreaterThanOrEqual(rows[k - 1].incidents)
    }
    const surface = density.run(incidents, settings(density, { bandwidth: 400 }), testshire, patient)
    const values = surface.columns.density as Float64Array
    const inside = values.filter((value) => !Number.isNaN(value))
    const total = inside.reduce((a, b) => a + b, 0)
    for (const { share, density: level, areaKm2, shareOfArea } of rows) {
      const above = inside.filter((value) => value >= level).reduce((a, b) => a + b, 0)
      expect(above / total).toBeGreaterThanOrEqual(share / 100)
      expect(above / total).toBeLessThan(share / 100 + 0.01)
      expect(shareOfArea).toBeCloseTo((100 * areaKm2) / summary.areaKm2, 9)
    }
    expect(summary.incidents).toBe(300)
    for (const { code } of caveats) expect(Object.keys(densityContours.card.caveats)).toContain(code)
  })

  it('rings keep inside the study area, to the edges of its cells', () => {
    for (const [x, y] of run({ shares: [99] }).summary.rows[0].rings.flat() as Position[]) {
      expect(x).toBeGreaterThanOrEqual(450_000)
      expect(x).toBeLessThanOrEqual(454_000)
      expect(y).toBeGreaterThanOrEqual(300_000)
      expect(y).toBeLessThanOrEqual(304_000)
    }
  })

  it('the same from parts done by others', () => {
    const params = settings(densityContours, { bandwidth: 400 })
    const { begin, part, finish } = densityContours.shares!
    const { state, parts } = begin(incidents, params, testshire, patient)
    const done = Array.from({ length: parts }, (_, k) => part(state, k, patient))
    expect(finish(state, done, incidents, params, testshire, patient)).toEqual(run())
  })
})

describe('edges', () => {
  it('a density above the highest has an empty contour, and is told', () => {
    const { summary, caveats } = densityContours.run(
      makeIncidents(scattered(6, 60)),
      settings(densityContours, { bandwidth: 400, by: 'density', densities: [1, 1e6] }),
      testshire,
      patient,
    )
    expect(summary.rows[0].areaKm2).toBeGreaterThan(0)
    expect(summary.rows[0].share).toBeNaN()
    expect(summary.rows[1]).toMatchObject({ areaKm2: 0, incidents: 0, pieces: 0, rings: [] })
    expect(caveats.map(({ code }) => code)).toContain('contour-empty')
  })

  it('a flat surface: its contour is the grid', () => {
    const { rings, area } = contourRings(gridOf(3, 2, 100), new Float64Array(6).fill(5), 5)
    // Corners of the grid are cut from middle to middle of the cells' edges.
    expect(area).toBe(60_000 - 4 * 1250)
    expect(rings.length).toBe(1)
  })
})

describe('refuses', () => {
  it('no level, and no incident', () => {
    const refusal = (rows: readonly Row[], changed: object): string => {
      try {
        densityContours.run(
          makeIncidents(rows),
          settings(densityContours, { bandwidth: 400, ...changed }),
          { studyArea: twoDistricts },
          patient,
        )
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'accepted'
    }
    expect(refusal(scattered(7, 9), { by: 'density' })).toBe('E-MTH-LEVELS')
    expect(refusal(scattered(7, 9), { shares: [] })).toBe('E-MTH-LEVELS')
    expect(refusal([], {})).toBe('E-MTH-FEW')
    expect(refusal([{ at: [470_000, 300_000] }], {})).toBe('E-MTH-FEW')
  })
})
