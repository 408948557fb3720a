import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centreAndSpread } from '#core/analysis/cluster/centre-and-spread.ts'
import { weightedMedian } from '#core/analysis/cluster/middle-places.ts'
import { ellipseRing, standardEllipse } from '#core/analysis/cluster/standard-ellipse.ts'
import { convexHull } from '#core/analysis/space/convex-hull.ts'
import { signedArea } from '#core/analysis/space/polygon.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { settings, testshire } from '../space/small-study.ts'
import { clustersOracle, leicestershireRows } from './clusters-oracle.ts'

const run = (rows: readonly Row[], changed: object = {}, context: object = nothingKnown) =>
  centreAndSpread.run(makeIncidents(rows), settings(centreAndSpread, changed), context, patient)

describe('oracle', () => {
  it('numpy eigenvectors, scipy minimiser and convex outline on real incidents', () => {
    const [all] = run(leicestershireRows).summary.groups
    const [plain] = run(leicestershireRows, { correction: 'plain' }).summary.groups
    const { all: expected, median, leastDistance, versions } = clustersOracle
    const relative = [
      [all.semiMajor, expected.semiMajor],
      [all.semiMinor, expected.semiMinor],
      [plain.semiMajor, expected.plainMajor],
      [plain.semiMinor, expected.plainMinor],
      [all.angle, expected.angle],
      [all.standardDistance, expected.standardDistance],
      [all.hullKm2 * 1e6, expected.hullArea],
      [all.x, expected.x],
      [all.y, expected.y],
    ].map(([ours, theirs]) => Math.abs(ours - theirs) / theirs)
    expectAgreement({
      method: 'centreAndSpread',
      peer: 'numpy eigh, scipy ConvexHull',
      version: `${versions.numpy}, ${versions.scipy}`,
      data: '7,123 violent incidents in Leicestershire, June and July 2022: mean centre, half axes, angle, standard distance, outline; relative',
      largestDifference: Math.max(...relative),
      tolerance: 1e-9,
    })
    expect([all.medianX, all.medianY]).toEqual(median)
    expectAgreement({
      method: 'centreAndSpread',
      peer: 'scipy minimize (Nelder–Mead)',
      version: versions.scipy,
      data: '7,123 violent incidents in Leicestershire, June and July 2022: centre of least distance; metres',
      largestDifference: Math.max(
        Math.abs(all.leastDistanceX - leastDistance[0]),
        Math.abs(all.leastDistanceY - leastDistance[1]),
      ),
      tolerance: 0.01,
    })
  })
})

const somePlaces = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 4 })),
  { minLength: 3, maxLength: 30 },
)

describe('brute force', () => {
  it('CrimeStat’s own formulas: its angle and both axes', () => {
    fc.assert(
      fc.property(somePlaces, (list) => {
        const places = list.flatMap(([x, y, w]) => Array.from({ length: w }, () => [x, y] as const))
        const n = places.length
        const mx = places.reduce((sum, [x]) => sum + x, 0) / n
        const my = places.reduce((sum, [, y]) => sum + y, 0) / n
        const sum = (f: (x: number, y: number) => number) =>
          places.reduce((total, [x, y]) => total + f(x - mx, y - my), 0)
        const [xx, yy, xy] = [sum((x) => x * x), sum((_, y) => y * y), sum((x, y) => x * y)]
        fc.pre(Math.abs(xy) > 1e-6 && n > 2)
        const theta = Math.atan((xx - yy + Math.sqrt((xx - yy) ** 2 + 4 * xy * xy)) / (2 * xy))
        const sx = Math.sqrt((2 * sum((x, y) => (x * Math.cos(theta) - y * Math.sin(theta)) ** 2)) / (n - 2))
        const sy = Math.sqrt((2 * sum((x, y) => (x * Math.sin(theta) + y * Math.cos(theta)) ** 2)) / (n - 2))
        const found = standardEllipse(
          list.map(([x]) => 450_000 + x),
          list.map(([, y]) => 300_000 + y),
          list.map(([, , w]) => w),
          'crimestat',
        )
        expect(found.semiMajor).toBeCloseTo(Math.max(sx, sy), 6)
        expect(found.semiMinor).toBeCloseTo(Math.min(sx, sy), 4)
        // Theta turns the y axis clockwise; the long axis is that one or the other.
        const turned = ((theta * 180) / Math.PI + (sy >= sx ? 0 : 90) + 360) % 180
        const apart = Math.abs(found.angle - turned)
        if (Math.abs(sx - sy) > 1e-6) expect(Math.min(apart, 180 - apart)).toBeLessThan(1e-6)
        expect(found.x - 450_000).toBeCloseTo(mx, 8)
      }),
      { numRuns: 300 },
    )
  })

  it('no spot of a fine lattice is nearer in sum than the centre of least distance', () => {
    fc.assert(
      fc.property(somePlaces, (list) => {
        const rows = list.flatMap(([x, y, w]) =>
          Array.from({ length: w }, (): Row => ({ at: [450_000 + x, 300_000 + y] })),
        )
        fc.pre(new Set(rows.map(({ at }) => String(at))).size > 1)
        const [all] = run(rows).summary.groups
        const sum = (cx: number, cy: number) =>
          rows.reduce((total, { at }) => total + Math.hypot(at![0] - cx, at![1] - cy), 0)
        const ours = sum(all.leastDistanceX, all.leastDistanceY)
        const spots = list.map(([x, y]) => [x, y])
        for (let x = 0; x <= 50; x += 2) for (let y = 0; y <= 50; y += 2) spots.push([x, y])
        for (const [x, y] of spots) expect(ours).toBeLessThan(sum(450_000 + x, 300_000 + y) + 1e-4)
      }),
      {
        numRuns: 100,
        examples: [
          [
            [
              [0, 45, 3],
              [46, 40, 2],
              [19, 42, 1],
            ],
          ],
        ],
      },
    )
  })

  it('median with weights is that of the values repeated', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3 })), { minLength: 1 }),
        (list) => {
          const repeated = list.flatMap(([v, w]) => Array.from({ length: w }, () => v)).sort((a, b) => a - b)
          const half = repeated.length / 2
          const expected =
            repeated.length === 0
              ? Number.NaN
              : (repeated[Math.ceil(half) - 1] + repeated[Math.floor(half)]) / 2
          expect(
            weightedMedian(
              Float64Array.from(list, ([v]) => v),
              list.map(([, w]) => w),
              patient,
            ),
          ).toBe(expected)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('the convex outline holds every place and turns left at each corner', () => {
    fc.assert(
      fc.property(somePlaces, (list) => {
        const sorted = list.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
        const hull = convexHull(
          sorted.map(([x]) => x),
          sorted.map(([, y]) => y),
          sorted.map((_, i) => i),
        )
        const [a, b] = [sorted[0], sorted.at(-1)!]
        const flat = sorted.every(([x, y]) => (b[0] - a[0]) * (y - a[1]) === (x - a[0]) * (b[1] - a[1]))
        expect(hull.length === 0).toBe(flat)
        hull.forEach(([x1, y1], k) => {
          const [x2, y2] = hull[(k + 1) % hull.length]
          for (const [x, y] of list)
            expect((x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)).toBeGreaterThanOrEqual(0)
          const [x3, y3] = hull[(k + 2) % hull.length]
          expect((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)).toBeGreaterThan(0)
        })
      }),
      { numRuns: 300 },
    )
  })
})

describe('properties', () => {
  it('the drawn ellipse has the area and reach of its axes', () => {
    const ellipse = standardEllipse([0, 100, 200, 120], [0, 90, 260, 10], [1, 1, 1, 1], 'plain')
    const ring = ellipseRing(ellipse, 2000)
    expect(signedArea(ring) / (Math.PI * ellipse.semiMajor * ellipse.semiMinor)).toBeCloseTo(1, 5)
    const far = ring.reduce((a, b) =>
      Math.hypot(a[0] - ellipse.x, a[1] - ellipse.y) > Math.hypot(b[0] - ellipse.x, b[1] - ellipse.y) ? a : b,
    )
    const bearing = ((Math.atan2(far[0] - ellipse.x, far[1] - ellipse.y) * 180) / Math.PI + 360) % 180
    expect(bearing).toBeCloseTo(ellipse.angle, 6)
  })

  const rows: Row[] = Array.from({ length: 60 }, (_, k) => ({
    at: [450_500 + 37 * k, 300_500 + ((k * k * 17) % 900)],
    words: { offence: k % 3 === 0 ? 'Robbery' : k < 50 ? 'Theft' : 'Odd' },
  }))

  it('groups: largest first after all together; each as its own run; small ones told', () => {
    const { summary, caveats } = run(rows, { by: 'offence' }, testshire)
    expect(summary.groups.map(({ group, count }) => [group, count])).toEqual([
      ['All', 60],
      ['Theft', 33],
      ['Robbery', 20],
    ])
    const thefts = run(rows.filter(({ words }) => words!.offence === 'Theft')).summary.groups[0]
    expect({ ...summary.groups[1], group: 'All' }).toEqual(thefts)
    expect(caveats.map(({ code }) => code)).toContain('groups-left-out')
  })

  it('harm: a place of one robbery pulls as 182.5 thefts; its unit does not matter', () => {
    const [harm] = run(rows, { value: 'harm' }, testshire).summary.groups
    const weight = (row: Row) =>
      row.words!.offence === 'Robbery' ? 365 : row.words!.offence === 'Theft' ? 2 : 0
    const total = rows.reduce((sum, row) => sum + weight(row), 0)
    expect(harm.x).toBeCloseTo(rows.reduce((sum, row) => sum + weight(row) * row.at![0], 0) / total, 6)
    const doubled = {
      ...testshire,
      weights: { ...testshire.weights!, byOffence: { Robbery: 730, Theft: 4 } },
    }
    const [twice] = run(rows, { value: 'harm' }, doubled).summary.groups
    expect(twice.semiMajor).toBeCloseTo(harm.semiMajor, 8)
  })
})

describe('edges', () => {
  it('two incidents have no corrected ellipse; a circle has no angle; a line has no width', () => {
    const two = standardEllipse([0, 10], [0, 0], [1, 1], 'crimestat')
    expect([two.semiMajor, two.standardDistance]).toEqual([Number.NaN, Number.NaN])
    const square = standardEllipse([0, 10, 10, 0], [0, 0, 10, 10], [1, 1, 1, 1], 'plain')
    expect(square.angle).toBeNaN()
    expect(square.semiMajor).toBeCloseTo(5, 12)
    const line = standardEllipse([0, 10, 20], [0, 10, 20], [1, 1, 1], 'plain')
    expect(line.semiMinor).toBeCloseTo(0, 6)
    expect(line.angle).toBeCloseTo(45, 9)
    expect(standardEllipse([], [], [], 'plain').x).toBeNaN()
  })
})

describe('refuses', () => {
  it('fewer than three, one place, no weights, no such column', () => {
    const code = (rows: readonly Row[], changed: object = {}): string => {
      try {
        run(rows, changed)
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'accepted'
    }
    const three: Row[] = [0, 1, 2].map((k) => ({ at: [450_000 + k, 300_000] }))
    expect(code(three.slice(0, 2))).toBe('E-MTH-FEW')
    expect(code(three.map(() => three[0]))).toBe('E-MTH-ONE-PLACE')
    expect(code(three, { value: 'harm' })).toBe('E-MTH-WEIGHTS')
    expect(code(three, { by: 'offence' })).toBe('E-MTH-GROUP')
    expect(code(three)).toBe('accepted')
  })
})
