import { describe, expect, it } from 'vitest'
import type { HourWeekdaySummary, MonthTrendSummary, OffenceMixSummary } from '#core/contract/results.ts'
import { axisSteps } from '#core/report/figure/chart-axis.ts'
import { hourWeekdayFigure } from '#core/report/figure/hour-weekday-figure.ts'
import { mixRows, offenceMixFigure } from '#core/report/figure/offence-mix-figure.ts'
import { dark, paper } from '#core/report/figure/palette.ts'
import { persistenceFigure } from '#core/report/figure/persistence-figure.ts'
import { shadeBounds, shadeStep, shadeTexts } from '#core/report/figure/shade-steps.ts'
import { svgMarkup, toSvg } from '#core/report/figure/to-svg.ts'
import { trendFigure } from '#core/report/figure/trend-figure.ts'
import { drawingFaults } from './drawing-checks.ts'

const months = Array.from(
  { length: 36 },
  (_, k) => `${2023 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}`,
)

function trend(change: Partial<MonthTrendSummary> = {}): MonthTrendSummary {
  return {
    months,
    counts: months.map((_, k) => 20 + (k % 5)),
    coverage: months.map(() => 'present' as const),
    rolling12: months.map((_, k) => (k < 11 ? Number.NaN : 264)),
    last12: { from: '2025-01', to: '2025-12', count: 264 },
    prior12: { from: '2024-01', to: '2024-12', count: 263 },
    change: 1,
    changePercent: 0.38,
    changeLow: -15,
    changeHigh: 19,
    undated: 0,
    ...change,
  }
}

describe('trend', () => {
  it('draws a missing month as a labelled gap and says so', () => {
    const at = 7
    const summary = trend({
      counts: months.map((_, k) => (k === at ? Number.NaN : 20)),
      coverage: months.map((_, k) => (k === at ? 'missing' : 'present')),
    })
    const drawing = trendFigure({ width: 511, height: 100, palette: paper, summary })
    expect(drawingFaults(drawing)).toEqual([])
    const bars = drawing.items.filter(
      (item) => item.kind === 'rect' && [paper.accent, paper.second, paper.third].includes(item.fill ?? ''),
    )
    expect(bars).toHaveLength(35)
    expect(drawing.items.filter((item) => item.kind === 'text' && item.text === 'no data')).toHaveLength(1)
    expect(drawing.table.rows[at][1]).toEqual({ text: 'not known', value: Number.NaN, unit: 'incidents' })
    expect(drawing.alt).toContain('1 of the months are not in the files')
  })

  it('draws a month of none as no bar, not as a gap', () => {
    const summary = trend({ counts: months.map((_, k) => (k === 3 ? 0 : 20)) })
    const drawing = trendFigure({ width: 511, height: 100, palette: paper, summary })
    expect(drawing.items.some((item) => item.kind === 'text' && item.text === 'no data')).toBe(false)
    expect(drawing.table.rows[3][1].value).toBe(0)
  })

  it('marks twelve bars as the last and twelve as those before', () => {
    const { items } = trendFigure({ width: 511, height: 100, palette: paper, summary: trend() })
    const bars = (fill: string) => items.filter((item) => item.kind === 'rect' && item.fill === fill)
    expect([bars(paper.accent).length, bars(paper.second).length, bars(paper.third).length]).toEqual([
      12, 12, 12,
    ])
  })

  it.each([
    ['no month', trend({ months: [], counts: [], coverage: [], rolling12: [] })],
    ['all none', trend({ counts: months.map(() => 0), rolling12: months.map(() => 0) })],
    [
      'all missing',
      trend({
        counts: months.map(() => Number.NaN),
        coverage: months.map(() => 'missing'),
        rolling12: months.map(() => Number.NaN),
      }),
    ],
  ])('stays sound with %s', (_, summary) => {
    expect(drawingFaults(trendFigure({ width: 511, height: 100, palette: dark, summary }))).toEqual([])
  })
})

const week = (change: Partial<HourWeekdaySummary> = {}): HourWeekdaySummary => ({
  weights: Array.from({ length: 168 }, (_, hour) => hour % 24),
  used: 1932,
  excludedNoTime: 3,
  excludedLongSpan: 1,
  reversed: 0,
  windows: [
    { day: 6, fromHour: 21, toHour: 26, weight: 67, share: 0.03 },
    { day: 0, fromHour: 15, toHour: 18, weight: 48, share: 0.02 },
  ],
  nightShare: 0.5,
  ...change,
})

describe('hour by weekday', () => {
  it('draws 168 hours, all the numbers in its table, and a window past midnight on both days', () => {
    const drawing = hourWeekdayFigure({ width: 203, height: 124, palette: paper, summary: week() })
    expect(drawingFaults(drawing)).toEqual([])
    const numbers = drawing.table.rows.flatMap((row) => row.slice(1).map(({ value }) => value))
    expect(numbers).toHaveLength(168)
    // Row is the hour, column the day: Tuesday 05:00 is hour 29 of the week.
    expect(drawing.table.rows[5][2].value).toBe(week().weights[29])
    const frames = drawing.items.filter((item) => item.kind === 'rect' && item.stroke === paper.outline)
    expect(frames).toHaveLength(3)
    const [sunday, monday] = frames.map((item) => (item.kind === 'rect' ? item : null))
    expect(monday?.x).toBeLessThan(sunday?.x ?? 0)
    expect(monday?.y).toBeLessThan(sunday?.y ?? 0)
    expect(drawing.alt).toContain('Sunday 21:00–02:00')
  })

  it('is darkest where most happens', () => {
    const { items } = hourWeekdayFigure({
      width: 203,
      height: 124,
      palette: paper,
      summary: week({ windows: [] }),
    })
    const squares = items.flatMap((item) => (item.kind === 'rect' ? [item] : [])).slice(0, 168)
    expect(squares[23].fill).toBe(paper.steps[4])
    expect(squares[0].fill).toBe(paper.faint)
  })

  it('stays sound when every hour is nought or not known', () => {
    for (const value of [0, Number.NaN]) {
      const summary = week({ weights: new Array<number>(168).fill(value), windows: [] })
      expect(drawingFaults(hourWeekdayFigure({ width: 203, height: 124, palette: paper, summary }))).toEqual(
        [],
      )
    }
  })
})

const mix: OffenceMixSummary = {
  rows: Array.from({ length: 12 }, (_, k) => ({
    offence: `Offence ${k}`,
    count: k === 11 ? 1 : 60 - 5 * k,
    share: (k === 11 ? 1 : 60 - 5 * k) / 386,
    harm: k === 11 ? 5000 : 10,
    shareOfHarm: k === 11 ? 5000 / 5110 : 10 / 5110,
    knife: 0,
  })),
  incidents: 386,
  harm: 5110,
  unweighted: 0,
}

describe('offence mix', () => {
  it('keeps the rare and grave, and its rows add up to the whole', () => {
    const rows = mixRows(mix, 6)
    expect(rows).toHaveLength(6)
    expect(rows.map(({ offence }) => offence)).toContain('Offence 11')
    expect(rows.reduce((total, row) => total + row.count, 0)).toBe(386)
    expect(rows.reduce((total, row) => total + row.harm, 0)).toBe(5110)
    expect(rows.reduce((total, row) => total + row.shareOfHarm, 0)).toBeCloseTo(1, 12)
  })

  it('says “no weight” where an offence has none, and draws no harm at all without weights', () => {
    const one = { ...mix, rows: [{ ...mix.rows[0], harm: Number.NaN, shareOfHarm: Number.NaN }] }
    const weighted = offenceMixFigure({
      width: 286,
      height: 86,
      palette: paper,
      summary: one,
      harmUnit: 'days',
    })
    expect(drawingFaults(weighted)).toEqual([])
    expect(weighted.items.some((item) => item.kind === 'text' && item.text === 'no weight')).toBe(true)
    const plain = offenceMixFigure({ width: 286, height: 86, palette: paper, summary: mix })
    expect(plain.items.some((item) => item.kind === 'text' && /harm/i.test(item.text))).toBe(false)
    expect(plain.table.columns.map(({ title }) => title)).toEqual([
      'Offence',
      'Incidents',
      'Share of incidents',
    ])
  })
})

describe('small parts', () => {
  it('persistence writes an unknown year in words', () => {
    const drawing = persistenceFigure({
      width: 203,
      height: 86,
      palette: paper,
      labels: ['2023', '2024'],
      counts: [Number.NaN, 12],
    })
    expect(drawingFaults(drawing)).toEqual([])
    expect(drawing.items.some((item) => item.kind === 'text' && item.text === 'not known')).toBe(true)
    expect(drawing.items.filter((item) => item.kind === 'rect')).toHaveLength(1)
  })

  it('axis steps are round, cover the largest value and are few', () => {
    for (const largest of [1, 3, 7, 19, 20, 21, 99, 101, 4312]) {
      const steps = axisSteps(largest, 4)
      expect(steps[steps.length - 1]).toBeGreaterThanOrEqual(largest)
      expect(steps.length).toBeLessThanOrEqual(6)
      expect(steps.every(Number.isInteger)).toBe(true)
    }
  })

  it('shade classes are whole counts that leave no gap and no overlap', () => {
    const counts = Array.from({ length: 500 }, (_, k) => 1 + Math.floor(k ** 1.3 / 20))
    const bounds = shadeBounds(counts)
    expect(bounds).toHaveLength(5)
    for (const count of counts) {
      const step = shadeStep(count, bounds)
      expect(count).toBeGreaterThanOrEqual(bounds[step])
      if (step + 1 < bounds.length) expect(count).toBeLessThan(bounds[step + 1])
    }
    expect(shadeTexts([1, 3, 4])).toEqual(['1–2', '3', '4 or more'])
    expect(shadeBounds([])).toEqual([])
    expect(shadeTexts(shadeBounds([1, 1, 1]))).toEqual(['1 or more'])
  })

  it('SVG holds the alternative text and escapes what is not markup', () => {
    const drawing = persistenceFigure({
      width: 100,
      height: 50,
      palette: paper,
      labels: ['<a> & "b"'],
      counts: [1],
    })
    const svg = svgMarkup(toSvg(drawing))
    expect(svg).toContain('<title>Bar chart of incidents in each year.')
    expect(svg).toContain('&lt;a&gt; &amp;')
    expect(svg).not.toContain('<a>')
    expect(svg).not.toContain('NaN')
  })
})
