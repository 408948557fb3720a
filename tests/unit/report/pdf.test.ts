import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { packFigures } from '#core/report/pack/figures.ts'
import { briefingPack } from '#core/report/pack/pack.ts'
import type { PageModel } from '#core/report/pack/page-model.ts'
import { writePdf } from '#core/report/write/pdf.ts'
import { fictionalPack } from '../../gallery/fictional-pack.ts'
import { packFonts } from '../../gallery/pack-fonts.ts'
import { type ReadPdf, readPdf, tagsOf } from './read-pdf.ts'

const fonts = packFonts()
const hasQpdf = spawnSync('qpdf', ['--version']).status === 0
const marking = 'OFFICIAL-SENSITIVE [OPERATIONAL]'
const squeezed = (text: string): string => text.replace(/\s/g, '')

describe('a pack of five hotspots', () => {
  let model: PageModel
  let bytes: Uint8Array
  let read: ReadPdf
  beforeAll(async () => {
    model = briefingPack(fictionalPack({ hotspots: 5 }))
    bytes = await writePdf(model, fonts)
    read = await readPdf(bytes)
  })

  it('has the marking at the head and the foot of every page, and its number', () => {
    read.pages.forEach((page, i) => {
      const marks = page.runs.filter(({ text }) => text === marking).map(({ y }) => y)
      expect(marks).toHaveLength(2)
      expect(Math.max(...marks)).toBeGreaterThan(800)
      expect(Math.min(...marks)).toBeLessThan(40)
      expect(page.text).toContain(`Page ${i + 1} of ${read.pages.length}`)
    })
  })

  it('gives each hotspot exactly one page', () => {
    for (const page of model.pages.filter(({ id }) => id.startsWith('hotspot-'))) {
      const foot = squeezed(page.name)
      const on = read.pages.filter(({ runs }) =>
        runs.some(({ text, y }) => y < 40 && squeezed(text) === foot),
      )
      expect(on, page.name).toHaveLength(1)
    }
  })

  it('prints every printed figure on its own page', () => {
    const pagesOf = new Map<string, string>()
    for (const page of model.pages)
      pagesOf.set(
        page.id,
        read.pages
          .filter(({ runs }) => runs.some(({ text, y }) => y < 40 && squeezed(text) === squeezed(page.name)))
          .map(({ text }) => squeezed(text))
          .join(''),
      )
    const printed = packFigures(model).filter(({ how }) => how === 'printed')
    expect(printed.length).toBeGreaterThan(200)
    for (const figure of printed)
      expect(
        pagesOf.get(figure.page)?.includes(squeezed(figure.shown)),
        `${figure.id} ${figure.label}: ${figure.shown}`,
      ).toBe(true)
  })

  it('keeps all words on the sheet', () => {
    read.pages.forEach((page, i) => {
      for (const { text, x, y, width } of page.runs) {
        expect(x, `page ${i + 1}: ${text}`).toBeGreaterThan(30)
        expect(y > 10 && y < 832, `page ${i + 1}: ${text}`).toBe(true)
        // Slanted street names report their length, not their width: they are held to the map by the map's tests.
        if (Number.isFinite(width) && y < 40) expect(x + width).toBeLessThan(566)
      }
    })
  })

  it('is tagged: headings from the first level, tables with headers, every figure with words', () => {
    expect(read.marked).toBe(true)
    const tags = read.pages.flatMap((page) => [...tagsOf(page.tags)])
    const roles = new Set(tags.map(({ role }) => role))
    for (const role of [
      'Document',
      'Sect',
      'H1',
      'H2',
      'P',
      'Table',
      'TR',
      'TH',
      'TD',
      'Figure',
      'L',
      'LI',
      'LBody',
    ])
      expect(roles, role).toContain(role)
    const figures = tags.filter(({ role }) => role === 'Figure')
    expect(figures).toHaveLength(1 + 5 * 5)
    for (const figure of figures) expect(figure.alt?.length ?? 0).toBeGreaterThan(20)
    const headings = read.pages.flatMap((page) =>
      [...tagsOf(page.tags)].filter(({ role }) => /^H\d$/.test(role ?? '')),
    )
    expect(headings[0].role).toBe('H1')
  })

  it('states its title, language, date and standard, and survives awkward letters in them', async () => {
    expect(read.info.Title).toBe('Serious violence hotspots')
    expect(read.info.Language).toBe('en-GB')
    expect(read.info.CreationDate).toBe('D:20260112000000Z')
    expect(read.xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(read.outline).toEqual(model.pages.map(({ name }) => name))
    const awkward = await readPdf(await writePdf({ ...model, title: 'Robbery & <knife> “crime”' }, fonts))
    expect(awkward.info.Title).toBe('Robbery & <knife> “crime”')
    expect(awkward.xmp).toContain('Robbery &amp; &lt;knife&gt; “crime”')
  })

  it('carries its provenance', () => {
    const attached = read.attachments['provenance.json']
    expect(JSON.parse(new TextDecoder().decode(attached))).toEqual(
      JSON.parse(JSON.stringify(model.provenance)),
    )
  })

  it('is the same bytes from the same input', async () => {
    const again = await writePdf(briefingPack(fictionalPack({ hotspots: 5 })), fonts)
    expect(Buffer.from(again).equals(Buffer.from(bytes))).toBe(true)
    const other = await writePdf(
      briefingPack({ ...fictionalPack({ hotspots: 5 }), asAt: '2026-01-13' }),
      fonts,
    )
    expect(Buffer.from(other).equals(Buffer.from(bytes))).toBe(false)
  })

  it.skipIf(!hasQpdf)('passes qpdf --check (left out where qpdf is not installed)', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'pack-'))
    const file = path.join(folder, 'pack.pdf')
    writeFileSync(file, bytes)
    expect(execFileSync('qpdf', ['--check', file]).toString()).toContain(
      'No syntax or stream encoding errors found',
    )
    rmSync(folder, { recursive: true })
  })
})

describe('packs of other sizes', () => {
  it.each([
    ['one hotspot, month-only, no weights', { hotspots: 1, weights: false, monthOnly: true }, 1],
    ['eighteen hotspots', { hotspots: 18 }, 1],
    ['sixty with long names and sixty files', { hotspots: 60, longNames: true, files: 60 }, 2],
  ])(
    '%s: one page a hotspot, all of the overview table, nothing lost',
    async (_, options, overviewSheets) => {
      const input = fictionalPack(options)
      const model = briefingPack(input)
      const read = await readPdf(await writePdf(model, fonts))
      const sheets = (start: string): number =>
        read.pages.filter(({ runs }) =>
          runs.some(({ text, y, x }) => y < 40 && x > 290 && squeezed(text).startsWith(squeezed(start))),
        ).length
      expect(input.hotspots).toHaveLength(options.hotspots)
      expect(sheets('Overview')).toBe(overviewSheets)
      expect(sheets('Cover')).toBe(1)
      expect(read.pages.length - sheets('Overview') - sheets('Cover') - sheets('Method and data')).toBe(
        options.hotspots,
      )
      const overview = squeezed(
        read.pages
          .slice(1, 1 + overviewSheets)
          .map(({ text }) => text)
          .join(''),
      )
      for (const { hotspot } of input.hotspots)
        expect(overview).toContain(hotspot.count.toLocaleString('en-GB'))
      for (const file of input.data.files)
        expect(squeezed(read.pages.map(({ text }) => text).join(''))).toContain(file.sha256)
    },
  )

  it('keeps a hotspot to its one page when every block is at its longest', async () => {
    const input = fictionalPack({ hotspots: 2, longNames: true })
    const hotspots = input.hotspots.map((page) => {
      if (
        page.trend.kind !== 'answer' ||
        page.offenceMix.kind !== 'answer' ||
        page.hourWeekday.kind !== 'answer'
      )
        throw new Error('no answer')
      const caveats = Array.from({ length: 9 }, (_, k) => ({
        code: `long-${k}`,
        text: `Hotspot ${page.hotspot.rank}: ${'a caveat of more words than anyone will read at a briefing, '.repeat(2)}and its end.`,
      }))
      const hour = { ...page.hourWeekday.summary, used: 1_234_567, excludedNoTime: 1_234_567 }
      return {
        ...page,
        hourWeekday: { ...page.hourWeekday, summary: hour },
        trend: { ...page.trend, caveats, summary: { ...page.trend.summary, undated: 1_234_567 } },
        offenceMix: { ...page.offenceMix, summary: { ...page.offenceMix.summary, incidents: 1_234_567 } },
      }
    })
    const sources = Array.from(
      { length: 9 },
      () => 'Contains data of a very long attribution, © Crown copyright.',
    )
    const model = briefingPack({ ...input, hotspots, sources })
    const read = await readPdf(await writePdf(model, fonts))
    const feet = read.pages.map(({ runs }) =>
      runs
        .filter(({ y, x }) => y < 40 && x > 290)
        .map(({ text }) => text)
        .join(''),
    )
    expect(feet.filter((foot) => /^[12] /.test(foot))).toHaveLength(2)
  })

  it('prints a selection of any length in pieces, and bad characters do no harm', async () => {
    const input = fictionalPack({ hotspots: 1 })
    const long = Array.from({ length: 900 }, (_, k) => `area E0${1000000 + k}`).join(', ')
    const warnings = Array.from(
      { length: 120 },
      (_, k) =>
        `Warning ${k + 1}: \u0007the file \ud800 holds a long line. ${'Again and again. '.repeat(12)}`,
    )
    const model = briefingPack({ ...input, filterSentence: long, data: { ...input.data, warnings } })
    const read = await readPdf(await writePdf(model, fonts))
    const text = read.pages.map((page) => page.text).join(' ')
    expect(squeezed(text)).toContain('areaE01000000,')
    expect(squeezed(text)).toContain('areaE01000899')
    for (const k of [1, 60, 120]) expect(text).toContain(`Warning ${k}:`)
    for (const page of read.pages)
      for (const run of page.runs.filter(({ y }) => y >= 40 && y < 800)) expect(run.y).toBeGreaterThan(45)
  })
})
