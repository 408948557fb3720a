/**
 * The bad inputs B001–B036 and B047 of the hostile-input list, each with the code and the sentence it must lead to.
 * A refused import leaves nothing behind; an accepted one passes the second look (see import-folder.ts).
 */
import { closeSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Mapping } from '#core/contract/dataset.ts'
import { FLAG_UNKNOWN, NO_TIME } from '#core/contract/incident.ts'
import { Cancelled, InputError } from '#core/contract/problem.ts'
import { runImport } from '#core/data/ingest/run-import.ts'
import {
  EXTRACT_HEADER,
  extractRow,
  type ImportFolder,
  importFolder,
  STREET_HEADER,
  streetRow,
} from './import-folder.ts'
import { zipFile } from './zip-file.ts'

let folder: ImportFolder
beforeEach(() => {
  folder = importFolder()
})
afterEach(() => folder.remove())

const street = (...rows: string[]): string => `${[STREET_HEADER, ...rows].join('\n')}\n`
const extract = (...rows: string[]): string => `${[EXTRACT_HEADER, ...rows].join('\n')}\n`
const simple: Mapping = { x: 'x', y: 'y', from: ['when'], offence: 'what' }

describe('the file as a whole', () => {
  it('B001 empty file', async () => {
    folder.write('a.csv', '')
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-IMP-001')
    expect(refused.message).toBe('The file a.csv is empty. Nothing was imported.')
  })

  it('B001 a file of blank lines only', async () => {
    folder.write('a.csv', '\n\n\r\n')
    expect((await folder.refusal(['a.csv'])).code).toBe('E-IMP-001')
  })

  it('B002 header only: accepted with a warning', async () => {
    folder.write('a.csv', street())
    const { manifest, columns } = await folder.run(['a.csv'])
    expect(manifest.rowsRead).toBe(0)
    expect(columns.length).toBe(0)
    expect(manifest.warnings).toContain('a.csv has a header but 0 rows.')
    expect(manifest.box).toBeNull()
    expect(manifest.firstFrom).toBe(NO_TIME)
  })

  it('B003 UTF-8 byte order mark is not part of the first name', async () => {
    folder.write('a.csv', `\ufeff${street(streetRow())}`)
    const { manifest } = await folder.run(['a.csv'])
    expect(manifest.rowsKept).toBe(1)
    expect(manifest.textColumns).toEqual(['ref'])
    expect((await folder.preview(['a.csv'])).columns[0]).toBe('Crime ID')
  })

  it('B004 UTF-16LE with its mark is read', async () => {
    folder.write('a.csv', Buffer.from(`\ufeff${street(streetRow({ 6: 'On or near Café' }))}`, 'utf16le'))
    const { manifest } = await folder.run(['a.csv'])
    expect(manifest.dictionaries.location).toEqual(['', 'On or near Café'])
  })

  it('B004 UTF-16BE with its mark is read', async () => {
    folder.write('a.csv', Buffer.from(`\ufeff${street(streetRow())}`, 'utf16le').swap16())
    expect((await folder.run(['a.csv'])).manifest.rowsKept).toBe(1)
  })

  it('B004 UTF-16LE without its mark is asked, then read', async () => {
    folder.write('a.csv', Buffer.from(street(streetRow()), 'utf16le'))
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-IMP-ASK')
    expect(refused.message).toBe(
      'a.csv looks like UTF-16 text without its mark. Is it? Nothing was imported.',
    )
    expect(refused.detail.column).toBe('encoding')
    const { manifest } = await folder.run(['a.csv'], { reading: { encoding: 'utf-16le' } })
    expect(manifest.dictionaries.offence).toEqual(['', 'Burglary'])
  })

  it('B005 Windows-1252 is asked; no replacement character gets in', async () => {
    const text = street(streetRow({ 6: 'On or near Café – Bar' }))
    const bytes = Buffer.from([...text].map((c) => (c === '–' ? 0x96 : c === 'é' ? 0xe9 : c.charCodeAt(0))))
    folder.write('a.csv', bytes)
    const preview = await folder.preview(['a.csv'])
    expect(preview.questions.map((question) => question.about)).toEqual(['encoding'])
    expect(preview.rows[0][6]).toBe('On or near Café – Bar')
    expect((await folder.refusal(['a.csv'])).code).toBe('E-IMP-ASK')
    const { manifest } = await folder.run(['a.csv'], { reading: { encoding: 'windows-1252' } })
    expect(manifest.dictionaries.location).toEqual(['', 'On or near Café – Bar'])
  })

  it('B006 invalid UTF-8 in the middle is refused with its place', async () => {
    const head = Buffer.from(street(streetRow({ 6: 'Café Élan, naïve'.replace(',', '') })))
    folder.write('a.csv', Buffer.concat([head, Buffer.from([0xff]), Buffer.from(streetRow())]))
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-CSV-003')
    expect(refused.message).toBe(
      `a.csv is not valid UTF-8 text at byte ${(head.length + 1).toLocaleString('en-GB')}. Nothing was imported.`,
    )
  })

  it('B007 NUL bytes are refused with their place', async () => {
    folder.write('a.csv', `${street(streetRow())}abc\0def`)
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-CSV-004')
    expect(refused.message).toMatch(/^a\.csv contains binary data at byte \d+\. Nothing was imported\.$/)
  })

  it('B008 mixed line ends give the same rows', async () => {
    const row = streetRow()
    folder.write('a.csv', `${STREET_HEADER}\r\n${row}\n${row}\r${row}\r\n\r\n${row}`)
    expect((await folder.run(['a.csv'])).manifest.rowsKept).toBe(4)
  })

  it('B009 a quote that never closes, in a small file', async () => {
    folder.write('a.csv', street(streetRow(), streetRow({ 6: '"On or near' }), streetRow()))
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-CSV-005')
    expect(refused.message).toBe(
      'A quotation mark opened in row 2 of a.csv is never closed. Nothing was imported.',
    )
  })

  it('B009 a quote that never closes, in a large file: memory stays bounded', async () => {
    folder.write(
      'a.csv',
      street(streetRow(), streetRow({ 6: '"On or near' }), ...new Array(60_000).fill(streetRow())),
    )
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-CSV-005')
    expect(refused.message).toBe(
      'A quotation mark opened in row 2 of a.csv is not closed within 1 MB. Nothing was imported.',
    )
  })

  it('B010 a quote inside a value is kept and counted', async () => {
    folder.write(
      'a.csv',
      extract(extractRow({ 7: 'a 5" blade' }), extractRow({ 7: '"he said "stop" twice"' })),
    )
    const { manifest, issues } = await folder.run(['a.csv'])
    expect(manifest.rowsKept).toBe(2)
    expect(manifest.issues.find((issue) => issue.code === 'E-CSV-006')).toMatchObject({
      action: 'repaired',
      count: 2,
    })
    expect(issues).toContain('a.csv,1,mo_text,,E-CSV-006,repaired')
  })

  it('B010 a quote inside a value over several lines casts doubt on the rows: refused', async () => {
    folder.write('a.csv', extract(extractRow({ 7: '"one' }), extractRow({ 7: '"two" three' })))
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-CSV-006')
    expect(refused.message).toContain('row 1, column 8 of a.csv')
  })

  it('B011 ragged rows are rejected and listed', async () => {
    folder.write('a.csv', street(streetRow(), `${streetRow()},extra`, 'a,2024-03', streetRow()))
    const { manifest, issues, columns } = await folder.run(['a.csv'])
    expect(manifest).toMatchObject({ rowsRead: 4, rowsKept: 2, rowsRejected: 2 })
    expect(manifest.issues).toEqual([
      expect.objectContaining({ code: 'E-CSV-007', action: 'rejected', count: 2 }),
    ])
    expect(issues).toContain('a.csv,2,,"13 values, 12 names",E-CSV-007,rejected')
    expect(issues).toContain('a.csv,3,,"2 values, 12 names",E-CSV-007,rejected')
    expect([...columns.sourceRow]).toEqual([1, 4])
  })

  it('B011 when every row is ragged the file is refused', async () => {
    folder.write('a.csv', street('a,b', 'c,d', 'e,f'))
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-IMP-011')
    expect(refused.message).toContain('None of the 3 rows of a.csv can be read')
  })

  it('blank rows are rejected, not kept as incidents', async () => {
    folder.write('a.csv', street(streetRow(), ',,,,,,,,,,,'))
    const { manifest } = await folder.run(['a.csv'])
    expect(manifest).toMatchObject({ rowsKept: 1, rowsRejected: 1 })
    expect(manifest.issues[0]).toMatchObject({ code: 'E-CSV-008', action: 'rejected', count: 1 })
  })

  it('B015 more than 2,000 columns', async () => {
    folder.write('a.csv', `${Array.from({ length: 2001 }, (_, i) => `c${i}`).join(',')}\n`)
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-CSV-010')
    expect(refused.message).toBe('a.csv has 2,001 columns; at most 2,000 can be read. Nothing was imported.')
  })

  it('B016 one endless line', async () => {
    folder.write('a.csv', Buffer.alloc(6 << 20, 'x'))
    expect((await folder.refusal(['a.csv'])).code).toBe('E-CSV-011')
  })

  it('B016 one endless value in a row', async () => {
    folder.write('a.csv', street(streetRow(), streetRow({ 6: 'y'.repeat((1 << 20) + 1) })))
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-CSV-011')
    expect(refused.message).toContain('Row 2 of a.csv')
  })

  it('B028 the file grows while it is read', async () => {
    const path = folder.write('a.csv', street(...new Array(20_000).fill(streetRow())))
    let grown = false
    const job = { files: [{ path, name: 'a.csv' }], staging: join(folder.path, 'out') }
    const running = runImport(
      job,
      (progress) => {
        if (grown || !progress.stage.startsWith('Reading')) return
        grown = true
        writeFileSync(path, `${streetRow()}\n`, { flag: 'a' })
      },
      () => false,
    )
    await expect(running).rejects.toMatchObject({ code: 'E-IMP-006' })
    expect(grown).toBe(true)
  })

  it('B029 other kinds of file under the name of a CSV', async () => {
    const kinds: [string, Uint8Array, string][] = [
      ['zip.csv', zipFile([{ name: 'x.csv', content: 'a,b\n' }]), 'a ZIP archive'],
      ['book.csv', zipFile([{ name: '[Content_Types].xml', content: '<x/>' }]), 'an Excel workbook'],
      ['pdf.csv', Buffer.from('%PDF-1.7\n'), 'a PDF document'],
      ['exe.csv', Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(100)]), 'a program'],
      ['old.csv', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'an older Office document'],
      ['png.csv', Buffer.from('\x89PNG\r\n', 'latin1'), 'a picture'],
      ['db.csv', Buffer.from('SQLite format 3\0'), 'an SQLite database'],
    ]
    for (const [name, bytes, really] of kinds) {
      folder.write(name, bytes)
      const refused = await folder.refusal([name])
      expect(refused.code, name).toBe('E-IMP-003')
      expect(refused.message).toContain(`${name} is not a CSV file: it is really ${really}`)
    }
  })

  it('B030 gigabytes of zeros are refused quickly and without reading them', async () => {
    const file = openSync(join(folder.path, 'zeros.csv'), 'w')
    ftruncateSync(file, 5 * 1024 ** 3)
    closeSync(file)
    const began = performance.now()
    expect((await folder.refusal(['zeros.csv'])).code).toBe('E-CSV-004')
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it('a file that is not there, and a folder without tables', async () => {
    expect((await folder.refusal(['absent.csv'])).code).toBe('E-IMP-002')
    folder.write('docs/readme.md', 'hello')
    expect((await folder.refusal(['docs'])).message).toBe(
      'There is no CSV file in docs. Nothing was imported.',
    )
  })
})

describe('headers', () => {
  it('B012, B013 names that are there twice or not at all', async () => {
    folder.write('a.csv', 'what,x,y,when,kind,kind,\nA,1,2,2024-01-01,b,c,d\n')
    const { manifest } = await folder.run(['a.csv'], { mapping: simple, reading: { coordinates: 'bng' } })
    expect(manifest.extra).toEqual(['kind', 'kind (2)', 'Column 7'])
    expect(manifest.warnings.join(' ')).toContain(
      '“kind” is there twice in a.csv; the second is called “kind (2)”.',
    )
    expect(manifest.warnings.join(' ')).toContain('Column 7 of a.csv has no name; it is called “Column 7”.')
  })

  it('B014 names of JavaScript’s own', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype']
    folder.write('a.csv', `what,x,y,when,${names.join(',')}\nA,1,2,2024-01-01,p0,p1,p2,p3,p4,p5\n`)
    const { manifest, columns } = await folder.run(['a.csv'], {
      mapping: simple,
      reading: { coordinates: 'bng' },
    })
    expect(manifest.extra).toEqual(names)
    names.forEach((name, index) => {
      const { codes, words } = columns.dictionaries[name]
      expect(words[codes[0]]).toBe(`p${index}`)
    })
    expect(({} as Record<string, unknown>).p0).toBeUndefined()
    const stored = JSON.parse(readFileSync(join(folder.path, 'staging-0/manifest.json'), 'utf8'))
    expect(Object.keys(stored.dictionaries)).toContain('__proto__')
  })

  it('an extra column may not take the name of one of ours', async () => {
    folder.write('a.csv', 'what,x,y,when,offence,easting\nA,1,2,2024-01-01,b,c\n')
    const { manifest } = await folder.run(['a.csv'], { mapping: simple, reading: { coordinates: 'bng' } })
    expect(manifest.extra).toEqual(['offence (source)', 'easting (source)'])
    expect(manifest.dictionaries.offence).toEqual(['', 'A'])
  })

  it('a mapped column that is not there', async () => {
    folder.write('a.csv', 'what,x,y\nA,1,2\n')
    const refused = await folder.refusal(['a.csv'], { mapping: simple })
    expect(refused.code).toBe('E-IMP-005')
    expect(refused.message).toBe('a.csv has no column “when”, which the mapping needs. Nothing was imported.')
  })

  it('nothing that could be an incident', async () => {
    folder.write('a.csv', 'foo,bar\nA,B\n')
    expect((await folder.refusal(['a.csv'])).code).toBe('E-IMP-010')
  })

  it('a stranger among files of a known kind', async () => {
    folder.write('a/2024-03-kent-street.csv', street(streetRow()))
    folder.write('a/other.csv', 'foo,bar\nA,B\n')
    const refused = await folder.refusal(['a'])
    expect(refused.code).toBe('E-IMP-008')
    expect(refused.message).toContain('a/other.csv is not a file of street-level crime like the others')
  })
})

describe('values', () => {
  it('B017 semicolons with decimal commas: the comma is asked', async () => {
    folder.write('a.csv', 'what;x;y;when\nA;-1,1333;52,6333;2024-01-01\nB;-1,2;52,7;2024-01-02\n')
    const refused = await folder.refusal(['a.csv'], { mapping: simple })
    expect(refused.code).toBe('E-IMP-ASK')
    expect(refused.message).toContain('What does the comma in coordinates such as -1,1333 stand for?')
    const { manifest, columns } = await folder.run(['a.csv'], {
      mapping: simple,
      reading: { decimalComma: true },
    })
    expect(manifest.located).toBe(2)
    expect(columns.longitude[0]).toBe(-1.1333)
  })

  it('B017 two separators that both fit are asked', async () => {
    folder.write('a.csv', 'what,x|y,when\nA,1|2,2024-01-01\nB,3|4,2024-01-02\n')
    const { questions } = await folder.preview(['a.csv'], { mapping: { offence: 'what' } })
    expect(questions[0]).toMatchObject({ about: 'delimiter' })
    expect(questions[0].options.map((option) => option.value)).toEqual([',', '|'])
  })

  it('B018 what only looks like a number is no coordinate', async () => {
    const odd = ['1e400', 'NaN', 'Infinity', '0x10', '1_000', '٤٥٨٥٠٠', '1.2.3', '--1']
    folder.write(
      'a.csv',
      extract(...odd.map((x) => extractRow({ 3: x })), extractRow({ 3: '-0', 4: '0' }), extractRow()),
    )
    const { manifest, columns } = await folder.run(['a.csv'])
    expect(manifest.rowsKept).toBe(odd.length + 2)
    expect(manifest.located).toBe(1)
    expect(manifest.issues).toEqual([
      expect.objectContaining({ code: 'E-GEO-001', action: 'blanked', count: 1 }),
      expect.objectContaining({ code: 'E-GEO-003', action: 'blanked', count: odd.length }),
    ])
    expect([...columns.easting].filter((x) => !Number.isNaN(x))).toEqual([458_500])
  })

  it('B019, B020 references and words stay as they are written', async () => {
    const refs = ['12345678901234567890123', '00042', '1-2', 'MAR1', '07700 900123']
    folder.write('a.csv', extract(...refs.map((ref) => extractRow({ 0: ref, 5: ref }))))
    const { manifest, columns } = await folder.run(['a.csv'])
    expect(manifest.dictionaries.offence).toEqual(['', ...refs])
    expect([...columns.dictionaries.offence.codes]).toEqual([1, 2, 3, 4, 5])
  })

  it('B021, B022 markup and direction marks are kept literally', async () => {
    const words = [
      '<img src=x onerror=alert(1)>',
      `$${'{7*7}'}`,
      '{{7*7}}',
      'javascript:alert(1)',
      'a\u202eb',
      'z\u200bw',
    ]
    folder.write('a.csv', extract(...words.map((word) => extractRow({ 5: word }))))
    expect((await folder.run(['a.csv'])).manifest.dictionaries.offence).toEqual(['', ...words])
  })

  it('B023 dates that do not exist or cannot be meant', async () => {
    const cases: [string, string][] = [
      ['31/02/2026', 'E-DATE-001'],
      ['29/02/2023', 'E-DATE-001'],
      ['01/01/1900 00:00', 'E-DATE-004'],
      ['31/12/9999 00:00', 'E-DATE-004'],
      ['soon', 'E-DATE-002'],
      ['14/03/2025 25:99', 'E-DATE-006'],
      ['14/03/25 10:00', 'E-DATE-003'],
      ['14/03/2025 24:00', 'E-DATE-005'],
    ]
    folder.write('a.csv', extract(...cases.map(([date]) => extractRow({ 1: date, 2: '' }))))
    const { manifest, columns, issues } = await folder.run(['a.csv'])
    expect(manifest.rowsKept).toBe(cases.length)
    const counts = Object.fromEntries(manifest.issues.map((issue) => [issue.code, issue.count]))
    expect(counts).toEqual({
      'E-DATE-001': 2,
      'E-DATE-002': 1,
      'E-DATE-003': 1,
      'E-DATE-004': 2,
      'E-DATE-005': 1,
      'E-DATE-006': 1,
    })
    expect([...columns.occurredFrom].map((minutes) => minutes === NO_TIME)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ])
    expect([...columns.timePrecision]).toEqual([3, 3, 3, 3, 3, 1, 0, 0])
    expect(issues).toContain('a.csv,1,committed_from,31/02/2026,E-DATE-001,blanked')
  })

  it('B023 an order of day and month that the values leave open is asked', async () => {
    folder.write(
      'a.csv',
      extract(extractRow({ 1: '03/04/2025 10:00', 2: '' }), extractRow({ 1: '05/06/2025', 2: '' })),
    )
    const refused = await folder.refusal(['a.csv'])
    expect(refused.code).toBe('E-IMP-ASK')
    expect(refused.message).toBe(
      'Dates such as 03/04/2025 can be read both ways. Which comes first? Nothing was imported.',
    )
    const day = await folder.run(['a.csv'], { reading: { dateOrder: 'day-first' } })
    expect(day.columns.occurredFrom[0]).toBe(Date.UTC(2025, 3, 3, 10) / 60_000)
    const month = await folder.run(['a.csv'], { reading: { dateOrder: 'month-first' } })
    expect(month.columns.occurredFrom[0]).toBe(Date.UTC(2025, 2, 4, 10) / 60_000)
  })

  it('B023 an order that one value settles is not asked; contradictions are', async () => {
    folder.write(
      'us.csv',
      extract(extractRow({ 1: '03/25/2025', 2: '' }), extractRow({ 1: '03/04/2025', 2: '' })),
    )
    const { columns, manifest } = await folder.run(['us.csv'])
    expect(manifest.profile.reading.dateOrder).toBe('month-first')
    expect(columns.occurredFrom[1]).toBe(Date.UTC(2025, 2, 4) / 60_000)
    folder.write(
      'both.csv',
      extract(extractRow({ 1: '03/25/2025', 2: '' }), extractRow({ 1: '25/03/2025', 2: '' })),
    )
    expect((await folder.refusal(['both.csv'])).code).toBe('E-IMP-ASK')
  })

  it('B024 the hour the clocks skip and the hour they repeat', async () => {
    folder.write(
      'a.csv',
      extract(extractRow({ 1: '2026-03-29 01:30', 2: '' }), extractRow({ 1: '2026-10-25 01:30', 2: '' })),
    )
    const { manifest, columns } = await folder.run(['a.csv'])
    expect(manifest.warnings).toContain('1 times lie in the hour the clocks skip in spring; kept as written.')
    expect(manifest.warnings).toContain(
      '1 times lie in the hour the clocks repeat in autumn and are ambiguous; kept as written.',
    )
    expect(columns.occurredFrom[0]).toBe(Date.UTC(2026, 2, 29, 1, 30) / 60_000)
  })

  it('B025 places that are none, in degrees', async () => {
    const cases: [string, string, string][] = [
      ['0', '0', 'E-GEO-001'],
      ['NaN', '52.6', 'E-GEO-003'],
      ['52.6', '-1.1', 'E-GEO-004'],
      ['458500', '304500', 'E-GEO-005'],
      ['-73.9', '40.7', 'E-GEO-006'],
      ['-1.1', '', 'E-GEO-007'],
      ['-1.1', '91', 'E-GEO-008'],
    ]
    folder.write(
      'a.csv',
      street(...cases.map(([x, y]) => streetRow({ 4: x, 5: y })), streetRow({ 4: '', 5: '' }), streetRow()),
    )
    const { manifest, columns, issues } = await folder.run(['a.csv'])
    expect(manifest.rowsKept).toBe(cases.length + 2)
    expect(manifest.located).toBe(1)
    expect(manifest.issues.map((issue) => issue.code)).toEqual(cases.map(([, , code]) => code))
    expect(manifest.issues.every((issue) => issue.action === 'blanked' && issue.count === 1)).toBe(true)
    expect([...columns.precision]).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 1])
    expect(issues).toContain('a.csv,3,Longitude,52.6,E-GEO-004,blanked')
  })

  it('B025 places that are none, in metres', async () => {
    folder.write(
      'a.csv',
      extract(
        extractRow({ 3: '-1.13', 4: '52.63' }),
        extractRow({ 3: '800000', 4: '304500' }),
        extractRow({ 3: '458500', 4: '2000000' }),
        ...new Array(5).fill(extractRow()),
      ),
    )
    const { manifest } = await folder.run(['a.csv'])
    expect(manifest.located).toBe(5)
    expect(manifest.issues.map((issue) => issue.code)).toEqual(['E-GEO-004', 'E-GEO-005', 'E-GEO-006'])
  })

  it('B025 a whole file with its axes exchanged is noticed and turned', async () => {
    folder.write('a.csv', 'what,x,y,when\nA,52.6333,-1.1333,2024-01-01\nB,52.7,-1.2,2024-01-02\n')
    const { manifest, columns } = await folder.run(['a.csv'], { mapping: simple })
    expect(manifest.located).toBe(2)
    expect(manifest.profile.reading.swapAxes).toBe(true)
    expect(manifest.warnings.join(' ')).toContain(
      'fit Great Britain only the other way round; they were exchanged.',
    )
    expect(columns.latitude[0]).toBe(52.6333)
  })

  it('B026 a postcode instead of coordinates', async () => {
    folder.write('a.csv', 'Offence,Date,Postcode\nBurglary,2024-01-01,LE1 1AA\n')
    const { manifest } = await folder.run(['a.csv'])
    expect(manifest.located).toBe(0)
    expect(manifest.warnings.find((warning) => warning.startsWith('E-GEO-002'))).toContain(
      'The column “Postcode” alone cannot be located.',
    )
  })

  it('flags: words, and what is neither yes nor no', async () => {
    const words = ['Y', 'yes', '1', 'TRUE', 'N', 'no', '0', 'false', '', 'maybe']
    folder.write('a.csv', extract(...words.map((word) => extractRow({ 6: word }))))
    const { columns, manifest } = await folder.run(['a.csv'])
    expect([...columns.flags.knife]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, FLAG_UNKNOWN, FLAG_UNKNOWN])
    expect(manifest.issues).toEqual([expect.objectContaining({ code: 'E-FLAG-001', count: 1 })])
  })

  it('B027 the same file twice is read once; another version of the same month is refused', async () => {
    folder.write('a/2024-03-kent-street.csv', street(streetRow()))
    folder.write('b/2024-03-kent-street.csv', street(streetRow()))
    const { manifest } = await folder.run(['a', 'b'])
    expect(manifest.rowsKept).toBe(1)
    expect(manifest.warnings[0]).toBe(
      'b/2024-03-kent-street.csv is the same file as a/2024-03-kent-street.csv; it was read once.',
    )
    folder.write('b/2024-03-kent-street.csv', street(streetRow(), streetRow()))
    const refused = await folder.refusal(['a', 'b'])
    expect(refused.code).toBe('E-IMP-007')
    expect(refused.message).toContain('are both for Kent Police, 2024-03, with different content')
  })

  it('issues.csv holds no formula', async () => {
    const formulas = ["=cmd|'/c calc'!A1", '+1+1', '@SUM(1)', '-2+3']
    folder.write(
      '=1.csv',
      extract(...formulas.map((value) => extractRow({ 3: value })), extractRow({ 3: '-5' })),
    )
    const { issues } = await folder.run(['=1.csv'])
    for (const value of formulas) expect(issues).toContain(`,'${value},E-GEO-003`)
    expect(issues).toContain(',-5,E-GEO-006')
    expect(
      issues
        .split('\r\n')
        .slice(1, 6)
        .every((line) => line.startsWith("'=1.csv,")),
    ).toBe(true)
  })
})

describe('archives', () => {
  const month = { name: '2024-03/2024-03-kent-street.csv', content: street(streetRow(), streetRow()) }

  it('a ZIP of months, with what is no table passed over', async () => {
    folder.write(
      'a.zip',
      zipFile([{ name: '2024-03/', content: '', stored: true }, month, { name: 'README.txt', content: 'x' }]),
    )
    const { manifest } = await folder.run(['a.zip'])
    expect(manifest.rowsKept).toBe(2)
    expect(manifest.files[0].name).toBe('a.zip/2024-03/2024-03-kent-street.csv')
    expect(manifest.warnings[0]).toBe('1 file that is no CSV file was passed over: a.zip/README.txt.')
  })

  it('B031 a bomb without a table in it is refused before it unpacks', async () => {
    folder.write('a.zip', zipFile([{ name: 'a.csv', content: Buffer.alloc(50 << 20, 'a,b\n') }]))
    const began = performance.now()
    const refused = await folder.refusal(['a.zip'])
    expect(refused.code).toBe('E-IMP-010')
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it('B031 a bomb of street rows is stopped by its ratio', async () => {
    const row = `${streetRow()}\n`
    folder.write('a.zip', zipFile([{ name: 'a.csv', content: `${STREET_HEADER}\n${row.repeat(60_000)}` }]))
    const refused = await folder.refusal(['a.zip'])
    expect(refused.code).toBe('E-ZIP-002')
    expect(refused.message).toContain('unpacks to more than 200 times its size')
  })

  it('B031 a gzip bomb likewise', async () => {
    folder.write('a.csv.gz', gzipSync(`${STREET_HEADER}\n${`${streetRow()}\n`.repeat(60_000)}`))
    expect((await folder.refusal(['a.csv.gz'])).code).toBe('E-ZIP-002')
  })

  it('B032 an archive in an archive, by name and by content', async () => {
    const inner = zipFile([month])
    folder.write('a.zip', zipFile([{ name: 'inner.zip', content: inner }]))
    expect((await folder.refusal(['a.zip'])).code).toBe('E-ZIP-003')
    folder.write('b.zip', zipFile([{ name: 'inner.csv', content: inner }]))
    expect((await folder.refusal(['b.zip'])).code).toBe('E-ZIP-003')
  })

  it('B033 a size that is not true', async () => {
    folder.write('a.zip', zipFile([{ ...month, size: 0xfffffff0 }]))
    expect((await folder.refusal(['a.zip'])).code).toBe('E-ZIP-004')
    folder.write('b.zip', zipFile([{ ...month, size: 10 }]))
    expect((await folder.refusal(['b.zip'])).code).toBe('E-ZIP-004')
  })

  it('B034 entries that share their bytes', async () => {
    const inner = { name: 'b.csv', content: month.content, stored: true }
    const local = zipFile([inner]).subarray(0, 30 + 5 + month.content.length)
    folder.write(
      'a.zip',
      zipFile([
        { name: 'a.csv', content: local, stored: true },
        { ...inner, at: 30 + 5 },
      ]),
    )
    const refused = await folder.refusal(['a.zip'])
    expect(refused.code).toBe('E-ZIP-005')
    expect(refused.message).toBe('a.zip has entries that share the same bytes. Nothing was imported.')
  })

  it('B035 names that lead out of the archive', async () => {
    for (const name of [
      '../../x.csv',
      'C:\\x.csv',
      '\\\\srv\\x.csv',
      'a/../../b.csv',
      '/etc/x.csv',
      'C:x.csv',
    ]) {
      folder.write('a.zip', zipFile([{ ...month, name }]))
      const refused = await folder.refusal(['a.zip'])
      expect(refused.code, name).toBe('E-ZIP-006')
      expect(refused.message).toContain('unsafe name')
    }
  })

  it('B036 the same name twice, and headers that disagree', async () => {
    folder.write('a.zip', zipFile([month, month]))
    expect((await folder.refusal(['a.zip'])).message).toContain('twice')
    folder.write('b.zip', zipFile([{ ...month, localName: month.name.replace('kent', 'bent') }]))
    const refused = await folder.refusal(['b.zip'])
    expect(refused.code).toBe('E-ZIP-007')
    expect(refused.message).toContain('says two different things about')
  })

  it('B047 archives and compressed files that end too early', async () => {
    const whole = zipFile([month])
    for (const length of [10, 40, whole.length - 30, whole.length - 1]) {
      folder.write('a.zip', whole.subarray(0, length))
      expect((await folder.refusal(['a.zip'])).code, String(length)).toBe('E-ZIP-001')
    }
    const packed = gzipSync(month.content)
    folder.write('a.csv.gz', packed.subarray(0, packed.length - 12))
    const refused = await folder.refusal(['a.csv.gz'])
    expect(refused.code).toBe('E-ZIP-001')
    expect(refused.message).toBe('a.csv.gz is incomplete: it ends too early. Nothing was imported.')
  })

  it('links, encryption, damage and a false .zip', async () => {
    folder.write('link.zip', zipFile([{ ...month, mode: 0o120777 }]))
    expect((await folder.refusal(['link.zip'])).code).toBe('E-ZIP-008')
    folder.write('secret.zip', zipFile([{ ...month, flags: 1 }]))
    expect((await folder.refusal(['secret.zip'])).code).toBe('E-ZIP-010')
    folder.write('crc.zip', zipFile([{ ...month, crc: 1 }]))
    expect((await folder.refusal(['crc.zip'])).code).toBe('E-ZIP-009')
    folder.write('false.zip', 'a,b\n')
    expect((await folder.refusal(['false.zip'])).code).toBe('E-ZIP-001')
  })
})

describe('the staging folder', () => {
  it('is as it was after a cancelled import', async () => {
    const path = folder.write('a.csv', street(...new Array(5000).fill(streetRow())))
    const staging = join(folder.path, 'out')
    const job = { files: [{ path, name: 'a.csv' }], staging }
    let asked = 0
    const running = runImport(
      job,
      () => {},
      () => ++asked > 1,
    )
    await expect(running).rejects.toBeInstanceOf(Cancelled)
    await expect(folder.run(['a.csv'], { staging })).resolves.toBeDefined()
  })

  it('never shows its path in a refusal', async () => {
    folder.write('a.csv', '')
    const refused = await folder.refusal(['a.csv'])
    expect(JSON.stringify([refused.message, refused.detail])).not.toContain(folder.path)
    expect(refused).toBeInstanceOf(InputError)
  })
})
