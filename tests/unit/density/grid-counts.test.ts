import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gridCounts } from '#core/analysis/density/grid-counts.ts'
import { cellOf, cellX, cellY } from '#core/analysis/space/grid.ts'
import { pointInRings } from '#core/analysis/space/polygon.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import {
  makeColumns,
  makeIncidents,
  nothingKnown,
  patient,
  type Row,
  toIncidents,
} from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, testshire, twoDistricts } from '../space/small-study.ts'

const offences = ['Robbery', 'Assault', 'Theft', 'Public order', '']
const rowsOf = fc.array(
  fc.record({
    x: fc.integer({ min: 449_500, max: 454_500 }),
    y: fc.integer({ min: 299_500, max: 304_500 }),
    offence: fc.constantFrom(...offences),
    place: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
)
type Drawn = { x: number; y: number; offence: string; place: boolean }
const toRow = ({ x, y, offence, place }: Drawn): Row => ({
  ...(place ? { at: [x, y] as const } : {}),
  words: { offence },
})
const square = settings(gridCounts, { shape: 'square', cellSize: 500 })

describe('published', () => {
  it('equal-sized areas ranked on count or on a harm index: one robbery outweighs three assaults', () => {
    const rows: Row[] = [
      { at: [450_100, 300_100], words: { offence: 'Robbery' } },
      ...[1, 2, 3].map((): Row => ({ at: [453_100, 303_100], words: { offence: 'Assault' } })),
    ]
    const { columns } = gridCounts.run(makeIncidents(rows), square, testshire, patient)
    expect([...(columns.count as Uint32Array)]).toEqual([1, 3])
    expect([...(columns.harm as Float64Array)]).toEqual([365, 30])
  })
})

describe('oracle', () => {
  it('a two-way table of whole numbers divided by the cell, as any spreadsheet makes it', () => {
    const x = seededNumbers(41, 300)
    const y = seededNumbers(42, 300)
    const rows = Array.from(x, (u, i): Row => ({ at: [450_000 + u * 4000, 300_000 + y[i] * 4000] }))
    const table = new Map<string, number>()
    for (const { at } of rows) {
      const key = `${Math.floor(at![0] / 500)},${Math.floor(at![1] / 500)}`
      table.set(key, (table.get(key) ?? 0) + 1)
    }
    const { summary, columns } = gridCounts.run(makeIncidents(rows), square, testshire, patient)
    expect(summary.occupied).toBe(table.size)
    ;(columns.x as Float64Array).forEach((easting, i) => {
      const key = `${Math.floor(easting / 500)},${Math.floor((columns.y as Float64Array)[i] / 500)}`
      expect((columns.count as Uint32Array)[i]).toBe(table.get(key))
    })
  })
})

describe('brute force', () => {
  it('cell by cell, both shapes, with and without a study area', () => {
    fc.assert(
      fc.property(rowsOf, fc.constantFrom('hexagon', 'square'), fc.boolean(), (drawn, shape, withArea) => {
        fc.pre(withArea || drawn.some(({ place }) => place))
        const context = withArea ? testshire : { weights: testshire.weights! }
        const { summary, columns } = gridCounts.run(
          makeIncidents(drawn.map(toRow)),
          settings(gridCounts, { shape, cellSize: 300 }),
          context,
          patient,
        )
        const { grid } = summary
        let inCells = 0
        ;(columns.cell as Int32Array).forEach((cell, i) => {
          const inside = drawn.filter(({ x, y, place }) => place && cellOf(grid, x, y) === cell)
          inCells += inside.length
          expect((columns.count as Uint32Array)[i]).toBe(inside.length)
          const weights: Record<string, number> = testshire.weights!.byOffence
          const harm = inside.reduce((sum, { offence }) => sum + (weights[offence] ?? 0), 0)
          expect((columns.harm as Float64Array)[i]).toBe(harm)
          if (withArea)
            expect(
              twoDistricts.areas.some(({ rings }) =>
                pointInRings(rings, cellX(grid, cell), cellY(grid, cell)),
              ),
            ).toBe(true)
        })
        expect(summary.incidents).toBe(inCells)
        expect(summary.outside + summary.unlocated + summary.incidents).toBe(drawn.length)
        expect(summary.unlocated).toBe(drawn.filter(({ place }) => !place).length)
      }),
      { numRuns: 150 },
    )
  })
})

describe('properties', () => {
  it('the order of rows does not matter; masked out equals not there', () => {
    fc.assert(
      fc.property(rowsOf, fc.integer({ min: 2, max: 5 }), (drawn, every) => {
        const rows = drawn.map(toRow)
        const dictionaries = { dictionaries: ['offence'] }
        const run = (list: readonly Row[], mask?: Uint8Array<ArrayBuffer>) =>
          gridCounts.run(toIncidents(makeColumns(list, dictionaries), mask), square, testshire, patient)
        const plain = run(rows)
        const turned = run(rows.toReversed())
        expect(turned.summary).toEqual(plain.summary)
        expect(turned.columns).toEqual(plain.columns)
        const mask = Uint8Array.from(rows, (_, i) => (i % every === 0 ? 0 : 1))
        expect(run(rows, mask).columns).toEqual(run(rows.filter((_, i) => mask[i] === 1)).columns)
      }),
      { numRuns: 50 },
    )
  })

  it('does not write to its input', () => {
    const incidents = makeIncidents([{ at: [450_100, 300_100], words: { offence: 'Theft' } }])
    const before = structuredClone(incidents)
    gridCounts.run(incidents, square, testshire, patient)
    expect(incidents).toEqual(before)
  })
})

describe('edges', () => {
  it('a place on the border of two districts is counted once', () => {
    const { summary } = gridCounts.run(
      makeIncidents([{ at: [452_000, 302_000] }]),
      square,
      testshire,
      patient,
    )
    expect([summary.incidents, summary.outside]).toEqual([1, 0])
  })

  it('no incident in a study area is 0, and harm without weights is NaN, not 0', () => {
    const none = gridCounts.run(makeIncidents([]), square, { studyArea: twoDistricts }, patient)
    expect(none.summary).toMatchObject({ incidents: 0, occupied: 0, maximum: 0, harm: Number.NaN, cells: 64 })
    const counted = gridCounts.run(
      makeIncidents([{ at: [450_100, 300_100] }]),
      square,
      { studyArea: twoDistricts },
      patient,
    )
    expect([...(counted.columns.harm as Float64Array)]).toEqual([Number.NaN])
  })

  it('an offence without a weight is left out of harm and told', () => {
    const { summary, caveats } = gridCounts.run(
      makeIncidents([
        { at: [450_100, 300_100], words: { offence: 'Theft' } },
        { at: [450_100, 300_100], words: { offence: 'Public order' } },
      ]),
      square,
      testshire,
      patient,
    )
    expect(summary.harm).toBe(2)
    expect(caveats).toEqual([
      {
        code: 'harm-unweighted',
        text: '1 of 2 incidents (50.0%) have an offence without a weight in Test weights 1: they are counted, and left out of harm.',
      },
    ])
  })

  it('tells what is outside, without coordinates, snapped, and that no boundary is loaded', () => {
    const codes = gridCounts
      .run(
        makeIncidents([{ at: [450_100, 300_100], precision: 'snapped' }, { at: [1000, 1000] }, {}]),
        square,
        testshire,
        patient,
      )
      .caveats.map(({ code }) => code)
    expect(codes).toEqual(['outside-study-area', 'unlocated', 'snapped'])
    const alone = gridCounts.run(makeIncidents([{ at: [450_100, 300_100] }]), square, nothingKnown, patient)
    expect(alone.caveats.map(({ code }) => code)).toEqual(['no-study-area'])
    expect(alone.summary.cells).toBe(1)
  })

  it('every caveat it gives is on its card', () => {
    expect(Object.keys(gridCounts.card.caveats)).toEqual(
      expect.arrayContaining([
        'no-study-area',
        'outside-study-area',
        'unlocated',
        'snapped',
        'area-places',
        'harm-unweighted',
      ]),
    )
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
  it('no place and no study area; too many cells; no cell centre inside', () => {
    expect(refusal(() => gridCounts.run(makeIncidents([{}]), square, nothingKnown, patient))).toBe(
      'E-GRID-BOX',
    )
    const far = makeIncidents([{ at: [0, 0] }, { at: [650_000, 1_200_000] }])
    expect(
      refusal(() => gridCounts.run(far, settings(gridCounts, { cellSize: 25 }), nothingKnown, patient)),
    ).toBe('E-GRID-SIZE')
    const sliver = {
      studyArea: {
        name: 'S',
        areas: [{ code: 'S', name: 'S', rings: [rectangle(450_001, 300_001, 450_002, 300_002)] }],
      },
    }
    expect(refusal(() => gridCounts.run(makeIncidents([]), square, sliver, patient))).toBe('E-GRID-EMPTY')
    expect(refusal(() => readParameters(gridCounts.card, { shape: 'triangle' }))).toBe('E-PRM-CHOICE')
  })
})
