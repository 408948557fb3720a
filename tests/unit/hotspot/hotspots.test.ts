import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gistar } from '#core/analysis/hotspot/gistar.ts'
import { hotspots } from '#core/analysis/hotspot/hotspots.ts'
import { mergeCells } from '#core/analysis/hotspot/merge-cells.ts'
import { evaluateFilter } from '#core/analysis/select/evaluate-filter.ts'
import { cellNeighbours, cellOf, cellX, cellY, sideNeighbours } from '#core/analysis/space/grid.ts'
import { pointInRings, ringsArea } from '#core/analysis/space/polygon.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Context } from '#core/contract/method.ts'
import {
  makeColumns,
  makeIncidents,
  nothingKnown,
  patient,
  type Row,
  toIncidents,
} from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings, someWeights, testshire, twoDistricts } from '../space/small-study.ts'

const times = (n: number, row: Row): Row[] => Array.from({ length: n }, () => row)
const street = (x: number, y: number, from: string, offence = 'Theft', extra: Partial<Row> = {}): Row => ({
  at: [x, y],
  from,
  words: { offence, location: `Street ${x}` },
  flags: { domestic: 'no', publicSpace: 'yes' },
  ...extra,
})
/** Cells of 500 m: 64 in Testshire. Every cell may be a top cell, so that only the rule under test decides. */
const plain = settings(hotspots, {
  shape: 'square',
  cellSize: 500,
  topPercent: 100,
  yearsInTop: 0,
  maximumCells: 1,
  hotspots: 5,
})
const run = (rows: readonly Row[], params = plain, context: Context = testshire) =>
  hotspots.run(
    makeIncidents(rows, {
      dictionaries: ['offence', 'location', 'locationType'],
      flags: ['domestic', 'publicSpace'],
    }),
    params,
    context,
    patient,
  )
const codes = (result: { caveats: readonly { code: string }[] }) => result.caveats.map(({ code }) => code)

describe('published', () => {
  it('hexseg: count + mean of the six neighbours, √(harm + mean of the six neighbours)', () => {
    const hexagons = { ...plain, shape: 'hexagon', cellSize: 200 }
    const centre = [452_000, 302_000] as const
    const rows = times(12, street(centre[0], centre[1], '2024-05'))
    const { grid } = run(rows, hexagons).summary
    const [one, two] = cellNeighbours(grid, cellOf(grid, centre[0], centre[1]))
    const withNeighbours = [
      ...rows,
      ...times(3, street(Math.round(cellX(grid, one)), Math.round(cellY(grid, one)), '2024-05')),
      ...times(6, street(Math.round(cellX(grid, two)), Math.round(cellY(grid, two)), '2024-05')),
    ]
    expect(
      run(withNeighbours, { ...hexagons, score: 'countNeighbours' }).summary.hotspots[0].score,
    ).toBeCloseTo(12 + 9 / 6, 12)
    expect(
      run(withNeighbours, { ...hexagons, score: 'harmNeighbours' }).summary.hotspots[0].score,
    ).toBeCloseTo(Math.sqrt(24 + 18 / 6), 12)
  })

  it('headline: share of incidents, harm and area', () => {
    const rows = [
      ...times(6, street(450_100, 300_100, '2024-05')),
      ...times(2, street(453_100, 303_100, '2024-05', 'Assault')),
      street(451_600, 301_600, '2024-05'),
    ]
    const { summary } = run(rows, { ...plain, hotspots: 1 })
    expect(summary.shareOfCount).toBeCloseTo(6 / 9, 12)
    expect(summary.shareOfHarm).toBeCloseTo(12 / 34, 12)
    expect(summary.shareOfArea).toBe(1 / 64)
    expect(summary.areaKm2).toBe(16)
    expect(summary).toMatchObject({
      halfOfCrimeInCells: 1,
      halfOfCrimeShareOfCells: 1 / 64,
      incidents: 9,
      harm: 34,
      cells: 64,
    })
  })
})

describe('oracle', () => {
  it('Gi* z and q are those of the gistar method, the largest of the cells', () => {
    const x = seededNumbers(91, 400)
    const y = seededNumbers(92, 400)
    const rows = Array.from(x, (u, i) =>
      street(450_000 + u ** 3 * 4000, 300_000 + y[i] ** 2 * 4000, '2024-05'),
    )
    const result = run(rows, { ...plain, shape: 'hexagon', cellSize: 200, maximumCells: 7, topPercent: 10 })
    const tested = gistar.run(makeIncidents(rows), settings(gistar), testshire, patient)
    const cell = tested.columns.cell as Int32Array
    for (const hotspot of result.summary.hotspots) {
      const zs = hotspot.cells.map((member) => (tested.columns.z as Float64Array)[cell.indexOf(member)])
      expect(hotspot.z).toBe(Math.max(...zs))
      const hottest = cell.indexOf(hotspot.cells[zs.indexOf(hotspot.z)])
      expect(hotspot.qValue).toBe((tested.columns.qValue as Float64Array)[hottest])
    }
  })
})

const drawn = fc.array(
  fc.record({
    x: fc.integer({ min: 449_800, max: 454_200 }),
    y: fc.integer({ min: 299_800, max: 304_200 }),
    offence: fc.constantFrom('Robbery', 'Assault', 'Theft', 'Public order'),
    year: fc.constantFrom('2021-06', '2022-06', '2023-06', '2024-06'),
    domestic: fc.constantFrom('yes', 'no', undefined),
  }),
  { minLength: 1, maxLength: 80 },
)

describe('brute force', () => {
  it('one cell to a hotspot: count, persistence and rank by plain loops', () => {
    fc.assert(
      fc.property(
        drawn,
        fc.constantFrom('count', 'harm'),
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom(2, 5, 10, 30),
        (list, score, yearsInTop, topPercent) => {
          const rows = list.map(({ x, y, offence, year, domestic }) =>
            street(x, y, year, offence, { flags: domestic === undefined ? {} : { domestic } }),
          )
          const params = { ...plain, score, yearsInTop, topPercent, hotspots: 64 }
          const context = { ...testshire, period: { from: '2022-01-01', to: '2025-01-01' } }
          const { summary, columns } = run(rows, params, context)
          const kept = list.filter(({ domestic }) => domestic !== 'yes')
          const cells = Array.from(columns.cell as Int32Array)
          const scoreOf = (cell: number, year?: string): number =>
            kept
              .filter(
                (each) =>
                  cellOf(summary.grid, each.x, each.y) === cell &&
                  (year === undefined || each.year.startsWith(year)),
              )
              .reduce(
                (sum, { offence }) =>
                  sum +
                  (score === 'count' ? 1 : ((someWeights.byOffence as Record<string, number>)[offence] ?? 0)),
                0,
              )
          const wanted = Math.ceil((topPercent / 100) * 64)
          const isTop = (year?: string) => {
            const scores = cells.map((cell) => scoreOf(cell, year))
            return scores.map((own) => own > 0 && scores.filter((other) => other > own).length < wanted)
          }
          const overall = isTop()
          const inYears = ['2022', '2023', '2024'].map((year) => isTop(year))
          const expected = cells
            .filter(
              (_, i) =>
                overall[i] && (yearsInTop === 0 || inYears.filter((year) => year[i]).length >= yearsInTop),
            )
            .sort((a, b) => scoreOf(b) - scoreOf(a) || harmOf(b) - harmOf(a) || a - b)
          function harmOf(cell: number): number {
            return kept
              .filter((each) => cellOf(summary.grid, each.x, each.y) === cell)
              .reduce(
                (sum, { offence }) => sum + ((someWeights.byOffence as Record<string, number>)[offence] ?? 0),
                0,
              )
          }
          expect(summary.hotspots.map((hotspot) => hotspot.cells[0])).toEqual(expected)
          summary.hotspots.forEach((hotspot) => {
            const at = cells.indexOf(hotspot.cells[0])
            expect(hotspot.harm).toBe(harmOf(hotspot.cells[0]))
            expect(hotspot.yearsInTop).toBe(inYears.filter((year) => year[at]).length)
            expect(hotspot.byYear).toEqual(
              ['2022', '2023', '2024'].map(
                (year) =>
                  kept.filter(
                    (each) =>
                      cellOf(summary.grid, each.x, each.y) === hotspot.cells[0] && each.year.startsWith(year),
                  ).length,
              ),
            )
          })
        },
      ),
      { numRuns: 150 },
    )
  })

  it('merging: a walk down the list, connected by sides, never too many cells or hotspots', () => {
    const grids: GridSpec[] = (['hexagon', 'square'] as const).map((shape) => ({
      shape,
      size: 100,
      originX: 0,
      originY: 0,
      columns: 7,
      rows: 7,
    }))
    fc.assert(
      fc.property(
        fc.constantFrom(...grids),
        fc.shuffledSubarray(Array.from({ length: 49 }, (_, k) => k)),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (grid, ranked, wanted, maximum) => {
          const merged = mergeCells(grid, ranked, wanted, maximum)
          // The cells taken are a head of the list, each once.
          const taken = merged.flat()
          expect(taken.toSorted((a, b) => a - b)).toEqual(ranked.slice(0, taken.length).sort((a, b) => a - b))
          expect(merged.length).toBeLessThanOrEqual(wanted)
          const place = new Map(ranked.map((cell, k) => [cell, k]))
          merged.forEach((cells, k) => {
            expect(cells.length).toBeLessThanOrEqual(maximum)
            cells.slice(1).forEach((cell, i) => {
              expect(sideNeighbours(grid, cell).some((near) => cells.slice(0, i + 1).includes(near))).toBe(
                true,
              )
            })
            // A cell starts a hotspot only when every hotspot it touched was full by then.
            for (const earlier of merged.slice(0, k)) {
              const before = earlier.filter((cell) => place.get(cell)! < place.get(cells[0])!)
              if (sideNeighbours(grid, cells[0]).some((near) => before.includes(near)))
                expect(before.length).toBe(maximum)
            }
          })
          // It stopped because the next cell could only have started one more.
          if (taken.length < ranked.length) {
            expect(merged.length).toBe(wanted)
            for (const cells of merged)
              if (sideNeighbours(grid, ranked[taken.length]).some((near) => cells.includes(near)))
                expect(cells.length).toBe(maximum)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('what was left out', () => {
  it('as conditions of a filter gives exactly the incidents that were counted', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            type: fc.constantFrom('Street', 'Hospital (A&E)', 'Prison', ''),
            location: fc.constantFrom('High Street', 'Hospital Close', 'Leicester Crown Court', ''),
            domestic: fc.constantFrom('yes', 'no', undefined),
            publicSpace: fc.constantFrom('yes', 'no', undefined),
          }),
          { minLength: 1, maxLength: 60 },
        ),
        fc.boolean(),
        fc.boolean(),
        (drawnRows, nonDomesticOnly, publicSpaceOnly) => {
          const rows = drawnRows.map(
            ({ type, location, domestic, publicSpace }): Row => ({
              at: [452_000, 302_000],
              from: '2024-05',
              words: { offence: 'Theft', location, locationType: type },
              flags: { ...(domestic && { domestic }), ...(publicSpace && { publicSpace }) },
            }),
          )
          const held = {
            dictionaries: ['offence', 'location', 'locationType'],
            flags: ['domestic', 'publicSpace'],
          }
          const params = { ...plain, nonDomesticOnly, publicSpaceOnly }
          const { summary } = hotspots.run(makeIncidents(rows, held), params, testshire, patient)
          const mask = evaluateFilter({ clauses: summary.clauses }, makeColumns(rows, held), {})
          expect(mask.reduce((sum, each) => sum + each, 0)).toBe(summary.incidents)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('properties', () => {
  const rows = Array.from(seededNumbers(101, 500), (u, i) =>
    street(
      450_000 + u ** 2 * 4000,
      300_000 + seededNumbers(102, 500)[i] * 4000,
      ['2022-03', '2023-03', '2024-03'][i % 3],
      ['Robbery', 'Theft', 'Assault'][i % 3],
    ),
  )
  const usual = settings(hotspots, { topPercent: 20, cellSize: 150 })

  it('the order of rows does not matter, and twice is the same', () => {
    expect(run(rows.toReversed(), usual)).toEqual(run(rows, usual))
    expect(run(rows, usual)).toEqual(run(rows, usual))
  })

  it('masked out equals not there', () => {
    const mask = Uint8Array.from(rows, (_, i) => (i % 4 === 0 ? 0 : 1))
    const masked = hotspots.run(toIncidents(makeColumns(rows), mask), usual, testshire, patient)
    const gathered = hotspots.run(
      makeIncidents(rows.filter((_, i) => mask[i] === 1)),
      usual,
      testshire,
      patient,
    )
    expect(masked.summary).toEqual(gathered.summary)
    expect(masked.columns).toEqual(gathered.columns)
  })

  it('columns, cells, outlines, shares and counts agree', () => {
    const { summary, columns } = run(rows, usual)
    const rank = columns.hotspot as Int32Array
    const cell = columns.cell as Int32Array
    expect((columns.count as Uint32Array).reduce((sum, count) => sum + count, 0)).toBe(summary.incidents)
    summary.hotspots.forEach((hotspot, k) => {
      expect(hotspot.rank).toBe(k + 1)
      expect(Array.from(cell.filter((_, i) => rank[i] === hotspot.rank))).toEqual(hotspot.cells)
      expect(hotspot.cells.length).toBeLessThanOrEqual(7)
      expect(ringsArea(hotspot.rings) / 1e6).toBeCloseTo(hotspot.areaKm2, 9)
      const inside = rows.filter(({ at }) => pointInRings(hotspot.rings, at![0], at![1])).length
      expect(hotspot.count).toBe(inside)
      expect(hotspot.byYear.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(hotspot.count)
      if (k > 0) expect(hotspot.score).toBeLessThanOrEqual(summary.hotspots[k - 1].score)
    })
    expect(summary.shareOfCount).toBeCloseTo(
      summary.hotspots.reduce((sum, each) => sum + each.shareOfCount, 0),
      12,
    )
    expect(new Set(summary.hotspots.map(({ id }) => id)).size).toBe(summary.hotspots.length)
  })

  it('does not write to its input', () => {
    const incidents = makeIncidents(rows)
    const before = structuredClone(incidents)
    hotspots.run(incidents, usual, testshire, patient)
    expect(incidents).toEqual(before)
  })
})

describe('edges', () => {
  it('left out: domestic, private, kinds of place, area centres; each once, by reason; not recorded stays', () => {
    const at = (extra: Partial<Row>) => street(450_100, 300_100, '2024-05', 'Theft', extra)
    const result = run([
      ...times(4, at({})),
      at({ flags: { domestic: 'yes', publicSpace: 'no' } }),
      ...times(2, at({ flags: { domestic: 'no', publicSpace: 'no' } })),
      ...times(3, at({ words: { locationType: 'Hospital', location: 'HMP Leicester' } })),
      at({ words: { location: 'On or near Prison' } }),
      at({ precision: 'area' }),
      ...times(2, at({ flags: {} })),
    ])
    expect(result.summary.excluded).toEqual([
      { reason: 'Recorded as domestic', incidents: 1 },
      { reason: 'Recorded as not in a public space', incidents: 2 },
      { reason: 'Location: hospital', incidents: 3 },
      { reason: 'Location: prison', incidents: 1 },
      { reason: 'Placed at the centre of an area only', incidents: 1 },
    ])
    expect(result.summary.incidents).toBe(6)
    expect(codes(result)).toEqual(expect.arrayContaining(['domestic-unknown', 'public-space-unknown']))
  })

  it('flags and locations the data do not hold are told, and nothing is left out for them', () => {
    const result = hotspots.run(
      makeIncidents([{ at: [451_000, 302_000] }]),
      settings(hotspots),
      { studyArea: twoDistricts },
      patient,
    )
    expect(codes(result)).toEqual(
      expect.arrayContaining([
        'domestic-not-held',
        'public-space-not-held',
        'places-not-held',
        'persistence-skipped',
        'no-harm',
      ]),
    )
    expect(result.summary.incidents).toBe(1)
    const off = hotspots.run(
      makeIncidents([{ at: [451_000, 302_000] }]),
      settings(hotspots, { publicSpaceOnly: false, nonDomesticOnly: false, excludedPlaces: [] }),
      testshire,
      patient,
    )
    expect(codes(off).filter((code) => code.endsWith('-not-held'))).toEqual([])
  })

  it('without weights harm and its shares are NaN, not 0', () => {
    const { summary, columns } = run([street(450_100, 300_100, '2024-05')], plain, {
      studyArea: twoDistricts,
    })
    expect(summary).toMatchObject({ harm: Number.NaN, shareOfHarm: Number.NaN })
    expect(summary.hotspots[0]).toMatchObject({ harm: Number.NaN, shareOfHarm: Number.NaN, shareOfCount: 1 })
    expect((columns.harm as Float64Array).every(Number.isNaN)).toBe(true)
  })

  it('no incident at all: no hotspot, shares NaN, told', () => {
    const result = run([])
    expect(result.summary).toMatchObject({
      hotspots: [],
      incidents: 0,
      shareOfCount: Number.NaN,
      halfOfCrimeInCells: Number.NaN,
      shareOfArea: 0,
    })
    expect(codes(result)).toContain('fewer-hotspots')
  })

  it('a cell hot in one year only is no hotspot; the test is skipped and told with one year of data', () => {
    const lasting = ['2022-05', '2023-05', '2024-05'].flatMap((month) =>
      times(5, street(450_100, 300_100, month)),
    )
    const burst = times(50, street(453_100, 303_100, '2024-05'))
    const calm = Array.from({ length: 30 }, (_, k) =>
      street(450_700 + 100 * k, 301_700, ['2022-01', '2024-12'][k % 2]),
    )
    const params = { ...plain, topPercent: 3, yearsInTop: 2 }
    const found = run([...lasting, ...burst, ...calm], params)
    expect(found.summary.hotspots.map(({ x }) => x)).toEqual([450_250])
    expect(found.summary.hotspots[0]).toMatchObject({ yearsInTop: 3, years: 3, byYear: [5, 5, 5] })
    expect(found.summary.yearLabels).toEqual(['2022', '2023', '2024'])
    const oneYear = run([...burst, ...calm.filter(({ from }) => from === '2024-12')], params)
    expect(oneYear.summary.hotspots.map(({ x }) => x)).toContain(453_250)
    expect(codes(oneYear)).toContain('persistence-skipped')
    expect(oneYear.summary.hotspots[0].yearsInTop).toBeNaN()
  })

  it('a missing month takes its year out of the test; undated incidents count in no year', () => {
    const rows = [
      ...['2022-01', '2023-05', '2024-12'].flatMap((month) => times(5, street(450_100, 300_100, month))),
      { ...street(450_100, 300_100, '2024-05'), from: '' },
    ]
    const result = run(
      rows,
      { ...plain, yearsInTop: 2 },
      { ...testshire, missingMonths: ['2023-04'], partialMonths: ['2024-01'] },
    )
    expect(result.summary.yearLabels).toEqual(['2022', '2024'])
    expect(codes(result)).toEqual(expect.arrayContaining(['years-not-held', 'years-in-part', 'undated']))
    expect(result.summary.hotspots[0].byYear).toEqual([5, 5])
    expect(result.summary.hotspots[0].count).toBe(16)
  })

  it('equal scores: more harm first, then the lower cell', () => {
    const rows = [
      ...times(2, street(450_100, 300_100, '2024-05', 'Theft')),
      ...times(2, street(453_100, 303_100, '2024-05', 'Robbery')),
      ...times(2, street(451_600, 300_100, '2024-05', 'Theft')),
    ]
    expect(run(rows).summary.hotspots.map(({ x }) => x)).toEqual([453_250, 450_250, 451_750])
  })

  it('area by the centre, place by the most frequent location; of equals the first in the alphabet', () => {
    const at = (location: string): Row =>
      street(452_600, 300_600, '2024-05', 'Theft', { words: { location } })
    const [first] = run([
      at('Mill Lane'),
      at('Bridge Street'),
      at('Bridge Street'),
      at('Mill Lane'),
      at(''),
      at(''),
      at(''),
    ]).summary.hotspots
    expect(first).toMatchObject({ area: 'Eastwold', place: 'Bridge Street', id: 'SQ500-905-601' })
    expect(run([street(450_100, 300_100, '2024-05', 'Theft', { words: {} })]).summary.hotspots[0].place).toBe(
      '',
    )
  })

  it('neighbours outside the study area are not in the mean: a corner of the area has three', () => {
    const { summary } = run(
      [...times(4, street(450_100, 300_100, '2024-05')), ...times(3, street(450_600, 300_100, '2024-05'))],
      { ...plain, score: 'countNeighbours' },
    )
    expect(summary.hotspots[0].score).toBe(4 + 3 / 3)
    const inner = {
      name: 'N',
      areas: [
        {
          code: 'N',
          name: 'N',
          rings: [
            [
              [450_000, 300_000],
              [450_500, 300_000],
              [450_500, 301_000],
              [450_000, 301_000],
            ],
            [
              [451_000, 300_000],
              [451_500, 300_000],
              [451_500, 301_000],
              [451_000, 301_000],
            ],
          ] as [number, number][][],
        },
      ],
    }
    const split = run(
      times(4, street(450_100, 300_100, '2024-05')),
      { ...plain, score: 'countNeighbours' },
      { studyArea: inner },
    )
    // One neighbour is inside; those of the gap are not.
    expect(split.summary.hotspots.map(({ score }) => score)).toEqual([4, 4])
  })

  it('without a study area the outline of the incidents stands in, and says so', () => {
    const result = run(
      [
        street(450_100, 300_100, '2024-05'),
        street(452_100, 300_100, '2024-05'),
        street(450_100, 302_100, '2024-05'),
      ],
      plain,
      nothingKnown,
    )
    expect(codes(result)).toContain('no-study-area')
    expect(result.summary.cells).toBeGreaterThan(3)
    expect(result.summary.hotspots[0].area).toBe('')
  })

  it('every caveat it gives is on its card', () => {
    const seen = new Set([
      ...codes(run([])),
      ...codes(
        hotspots.run(
          makeIncidents([
            { at: [450_100, 300_100], precision: 'snapped' },
            {},
            { at: [1, 1], precision: 'area' },
          ]),
          settings(hotspots),
          nothingKnown,
          patient,
        ),
      ),
    ])
    expect(seen.size).toBeGreaterThan(6)
    for (const code of seen) expect(Object.keys(hotspots.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  const refusal = (act: () => unknown): string => {
    try {
      act()
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'accepted'
  }
  it('a ranking by harm without weights or without offences', () => {
    const rows = [street(450_100, 300_100, '2024-05')]
    for (const score of ['harm', 'harmNeighbours']) {
      expect(refusal(() => run(rows, { ...plain, score }, { studyArea: twoDistricts }))).toBe('E-MTH-WEIGHTS')
      expect(
        refusal(() =>
          hotspots.run(makeIncidents([{ at: [450_100, 300_100] }]), { ...plain, score }, testshire, patient),
        ),
      ).toBe('E-MTH-WEIGHTS')
    }
  })

  it('nothing to lay a grid over, no cell inside, too many cells', () => {
    expect(refusal(() => run([], plain, nothingKnown))).toBe('E-GRID-BOX')
    expect(
      refusal(() =>
        run(
          [street(0, 0, '2024-05'), street(650_000, 1_200_000, '2024-05')],
          { ...plain, cellSize: 25 },
          nothingKnown,
        ),
      ),
    ).toBe('E-GRID-SIZE')
    const sliver = {
      name: 'S',
      areas: [
        {
          code: 'S',
          name: 'S',
          rings: [
            [
              [450_001, 300_001],
              [450_002, 300_001],
              [450_002, 300_002],
            ] as [number, number][],
          ],
        },
      ],
    }
    expect(refusal(() => run([], plain, { studyArea: sliver }))).toBe('E-GRID-EMPTY')
  })
})
