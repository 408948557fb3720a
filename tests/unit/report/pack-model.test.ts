import { describe, expect, it } from 'vitest'
import { packFigures } from '#core/report/pack/figures.ts'
import { rangesText } from '#core/report/pack/method-page.ts'
import { briefingPack } from '#core/report/pack/pack.ts'
import type { PackInput } from '#core/report/pack/pack-input.ts'
import type { Block, Page } from '#core/report/pack/page-model.ts'
import { fictionalPack } from '../../gallery/fictional-pack.ts'
import { drawingFaults } from './drawing-checks.ts'

function* blocksOf(blocks: readonly Block[]): Generator<Block> {
  for (const block of blocks) {
    yield block
    if (block.kind === 'columns') {
      yield* blocksOf(block.left)
      yield* blocksOf(block.right)
    }
  }
}

const all = (page: Page): Block[] => [...blocksOf(page.blocks)]
const wordsOf = (page: Page): string =>
  all(page)
    .map((block) => ('text' in block ? block.text : ''))
    .join(' ')

describe('pages', () => {
  const input = fictionalPack({ hotspots: 6 })
  const model = briefingPack(input)

  it('are cover, overview, one per hotspot, method', () => {
    expect(model.pages.map(({ id }) => id)).toEqual([
      'cover',
      'overview',
      'hotspot-01',
      'hotspot-02',
      'hotspot-03',
      'hotspot-04',
      'hotspot-05',
      'hotspot-06',
      'method',
    ])
  })

  it('head with the share of harm in the share of the area, worked out anew', () => {
    const harm = input.hotspots.reduce((total, { hotspot }) => total + hotspot.harm, 0) / 512_000
    const km2 = input.hotspots.reduce((total, { hotspot }) => total + hotspot.areaKm2, 0)
    const headline = all(model.pages[1]).find(
      (block) => block.kind === 'paragraph' && block.style === 'headline',
    )
    expect(headline?.kind === 'paragraph' && headline.text).toBe(
      `${(harm * 100).toFixed(1)}% of harm in ${((km2 / 1132.4) * 100).toFixed(2)}% of the area`,
    )
  })

  it('carry drawings that are sound, with words and numbers for them', () => {
    let drawings = 0
    for (const page of model.pages)
      for (const block of all(page))
        if (block.kind === 'figure') {
          drawings++
          expect(drawingFaults(block.drawing), `${page.id} ${block.id}`).toEqual([])
          expect(block.drawing.alt.length).toBeGreaterThan(20)
          expect(block.drawing.table.rows.length).toBeGreaterThan(0)
        }
    expect(drawings).toBe(1 + 6 * 5)
  })

  it('put every number of their sentences, facts and tables in the figures, each under its own id', () => {
    const figures = packFigures(model)
    expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length)
    for (const page of model.pages) {
      const shown = figures.filter((figure) => figure.page === page.id).map((figure) => figure.shown)
      for (const block of all(page)) {
        const texts =
          block.kind === 'keyFacts'
            ? block.facts.flatMap(({ cell, note }) => [cell.text, note.text])
            : block.kind === 'paragraph' && block.provenance
              ? [block.text]
              : []
        for (const text of texts)
          for (const number of text.replace(/\b(12|95%)/g, '').match(/[−+<]?\d[\d,]*(?:\.\d+)?%?/g) ?? []) {
            // Names of a place or grid cell hold digits that are no figures.
            if (/HX200|of 3/.test(text) && !shown.some((each) => each.includes(number))) continue
            expect(
              shown.some((each) => each.includes(number)),
              `${page.id}: “${number}” in “${text}”`,
            ).toBe(true)
          }
      }
    }
  })

  it('give every figure and table outside the method page its provenance', () => {
    const blocks = model.provenance.blocks as Record<string, unknown>
    for (const page of model.pages.slice(1, -1))
      for (const block of all(page))
        if (block.kind === 'figure' || block.kind === 'table')
          expect(blocks[block.id], block.id).toBeDefined()
  })

  it('say what was dropped and why, by its own name and without a rank', () => {
    const decisions = all(model.pages[model.pages.length - 1]).find(
      (block) => block.kind === 'table' && block.title === 'Decisions of the analyst',
    )
    expect(decisions?.kind === 'table' && decisions.table.rows[0].map(({ text }) => text)).toEqual([
      'HX200-1-1',
      'dropped',
      'Hospital: incidents are recorded where victims are treated, not where they were hurt.',
    ])
  })
})

describe('where the data cannot carry a block', () => {
  const input = fictionalPack({ hotspots: 2, weights: false, monthOnly: true })
  const model = briefingPack(input)
  const page = model.pages[2]

  it('says so in a sentence and draws nothing in its place', () => {
    const when = all(page).find((block) => block.kind === 'notice' && block.title === 'When')
    expect(when?.kind === 'notice' && when.text).toContain('only the month of each incident')
    expect(all(page).some((block) => block.kind === 'figure' && block.title.startsWith('When'))).toBe(false)
  })

  it('heads with incidents instead of harm, says why, and never prints a harm of nought', () => {
    const headline = all(model.pages[1]).find(
      (block) => block.kind === 'paragraph' && block.style === 'headline',
    )
    expect(headline?.kind === 'paragraph' && headline.text).toMatch(/^\d+\.\d% of incidents in /)
    expect(wordsOf(model.pages[1])).toContain('Harm is not shown because no harm weights are loaded')
    const harm = packFigures(model).filter(
      ({ unit, label }) => /harm$/i.test(unit) || /^Of all harm/.test(label),
    )
    expect(harm.length).toBeGreaterThan(0)
    expect(harm.every(({ value }) => Number.isNaN(value))).toBe(true)
  })

  it('refuses each other block in the same way', () => {
    const sentence = 'There is nothing to show, and this would fill it.'
    const refused = { kind: 'refused', sentence } as const
    const bare: PackInput = {
      ...input,
      hotspots: input.hotspots.map((hotspot) => ({
        ...hotspot,
        hotspot: { ...hotspot.hotspot, byYear: [], yearsInTop: Number.NaN, years: 0 },
        trend: refused,
        offenceMix: refused,
        repeats: refused,
      })),
    }
    const notices = all(briefingPack(bare).pages[2]).filter((block) => block.kind === 'notice')
    expect(notices.map((block) => block.kind === 'notice' && block.title)).toEqual([
      'When',
      'Trend',
      'What',
      'Persistence',
      'Repeat places',
    ])
  })

  it('gives no percentage on a small base or over months that are missing', () => {
    const [hotspot] = fictionalPack({ hotspots: 1 }).hotspots
    if (hotspot.trend.kind !== 'answer') throw new Error('no trend')
    const { trend } = hotspot
    const words = (change: Partial<typeof trend.summary>): string => {
      const summary = {
        ...trend.summary,
        changePercent: Number.NaN,
        changeLow: Number.NaN,
        changeHigh: Number.NaN,
        ...change,
      }
      const base = fictionalPack({ hotspots: 1 })
      const pack = { ...base, hotspots: [{ ...hotspot, trend: { ...trend, summary } }] }
      return wordsOf(briefingPack(pack).pages[2])
    }
    expect(words({ prior12: { from: '2024-01', to: '2024-12', count: 31 } })).toContain(
      '12 months before: 31. No percentage is given on a base under 50.',
    )
    expect(words({ prior12: { from: '2024-01', to: '2024-12', count: Number.NaN } })).toContain(
      '12 months before: not known. No percentage is given: the 24 months compared are not all whole',
    )
  })
})

describe('what the numbers need said', () => {
  const input = fictionalPack({ hotspots: 2 })

  it('says when the blocks count other incidents than the hotspot', () => {
    const [first, second] = input.hotspots
    if (first.offenceMix.kind !== 'answer') throw new Error('no mix')
    const counted = (incidents: number): string => {
      if (first.offenceMix.kind !== 'answer') throw new Error('no mix')
      const offenceMix = { ...first.offenceMix, summary: { ...first.offenceMix.summary, incidents } }
      return wordsOf(briefingPack({ ...input, hotspots: [{ ...first, offenceMix }, second] }).pages[2])
    }
    expect(counted(first.hotspot.count)).not.toContain('those left out')
    expect(counted(first.hotspot.count + 41)).toContain(
      `add up to ${(first.hotspot.count + 41).toLocaleString('en-GB')} incidents in these cells; the hotspot counts ${first.hotspot.count},`,
    )
  })

  it('speaks of no persistence over a single year', () => {
    const hotspots = input.hotspots.map((page) => ({
      ...page,
      hotspot: { ...page.hotspot, byYear: [page.hotspot.count], yearsInTop: 1, years: 1 },
    }))
    const model = briefingPack({ ...input, hotspots })
    const notices = all(model.pages[2]).filter((block) => block.kind === 'notice')
    expect(notices.map((block) => block.kind === 'notice' && block.title)).toContain('Persistence')
    const years = packFigures(model).filter(({ label }) => /Years hot/.test(label))
    expect(years.length).toBeGreaterThan(0)
    expect(years.every(({ value }) => Number.isNaN(value))).toBe(true)
  })

  it('writes months, not days, where the data hold months', () => {
    const monthly = briefingPack(fictionalPack({ hotspots: 1, monthOnly: true }))
    const repeats = all(monthly.pages[2]).find(
      (block) => block.kind === 'table' && block.title === 'Repeat places',
    )
    const lasts = repeats?.kind === 'table' ? repeats.table.rows.map((row) => row[row.length - 1].text) : []
    expect(lasts.length).toBeGreaterThan(0)
    for (const last of lasts) expect(last).toBe('December 2025')
  })

  it('writes ranks as ranges', () => {
    expect(rangesText([1, 2, 3, 7, 9, 10])).toBe('1–3, 7, 9–10')
    expect(rangesText([4])).toBe('4')
  })
})

describe('refusals', () => {
  const input = fictionalPack({ hotspots: 3 })
  const codeOf = (pack: PackInput): string => {
    try {
      briefingPack(pack)
    } catch (error) {
      return (error as { code?: string }).code ?? String(error)
    }
    return 'no error'
  }

  it('no hotspot, no date, a dropped or joined hotspot, a cell in two hotspots', () => {
    const [first, second] = input.hotspots
    expect(codeOf({ ...input, hotspots: [] })).toBe('E-PACK-EMPTY')
    expect(codeOf({ ...input, asAt: 'yesterday' })).toBe('E-PACK-DATE')
    const id = first.hotspot.id
    expect(codeOf({ ...input, decisions: [{ hotspot: id, dropped: 'no' }] })).toBe('E-PACK-DROPPED')
    expect(codeOf({ ...input, decisions: [{ hotspot: id, mergedInto: second.hotspot.id }] })).toBe(
      'E-PACK-DROPPED',
    )
    const twin = { ...second, hotspot: { ...second.hotspot, cells: first.hotspot.cells } }
    expect(codeOf({ ...input, hotspots: [first, twin] })).toBe('E-PACK-OVERLAP')
    expect(codeOf(input)).toBe('no error')
  })
})
