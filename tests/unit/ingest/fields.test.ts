/** Numbers, times, clocks and flags from bytes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_TIME } from '#core/contract/incident.ts'
import { clockChange, londonFromUtc } from '#core/data/ingest/fields/london-clock.ts'
import { readNumber } from '#core/data/ingest/fields/read-number.ts'
import { createTimeReader, DAY, MINUTE, MONTH, NONE } from '#core/data/ingest/fields/read-time.ts'
import { csvCell } from '#core/data/ingest/issues/csv-cell.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const number = (text: string, comma: 'none' | 'decimal' | 'thousands' = 'none'): number => {
  const bytes = encode(text)
  return readNumber(bytes, 0, bytes.length, comma)
}
const at = (iso: string): number => Date.parse(`${iso}Z`) / 60_000

describe('numbers', () => {
  it('are exactly what Number gives', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.stringMatching(/^\d{1,20}$/),
        fc.stringMatching(/^\d{0,20}$/),
        (negative, whole, decimals) => {
          const text = `${negative ? '-' : ''}${whole}${decimals ? `.${decimals}` : ''}`
          expect(number(text)).toBe(Number(text))
          expect(number(text.replace('.', ','), 'decimal')).toBe(Number(text))
        },
      ),
      { seed: 1, numRuns: 3000 },
    )
  })

  it('are nothing else', () => {
    for (const text of [
      '',
      '-',
      '.',
      'NaN',
      'Infinity',
      '1e400',
      '0x10',
      '1_000',
      '1,5',
      '1.2.3',
      '٣',
      '1 2',
    ])
      expect(number(text), text).toBeNaN()
    expect(number('5E2')).toBe(500)
    expect(number('534,785', 'thousands')).toBe(534_785)
    expect(number('1,534,785.5', 'thousands')).toBe(1_534_785.5)
    expect(number('53,4785', 'thousands')).toBeNaN()
  })
})

describe('times', () => {
  const reader = createTimeReader({ dateOrder: 'day-first' })
  const read = (text: string, from = reader): [number, number, string, string] => {
    const bytes = encode(text)
    from.read(bytes, 0, bytes.length)
    return [from.minutes, from.precision, from.fault, from.repair]
  }

  it.each<[string, string, number]>([
    ['2025-04-03', '2025-04-03T00:00', DAY],
    ['2025-04', '2025-04-01T00:00', MONTH],
    ['202504', '2025-04-01T00:00', MONTH],
    ['Apr-2025', '2025-04-01T00:00', MONTH],
    ['2025/4/3 9:05', '2025-04-03T09:05', MINUTE],
    ['2025-04-03T14:05:59.999', '2025-04-03T14:05', MINUTE],
    ['2025-04-03 14:05:00', '2025-04-03T14:05', MINUTE],
    ['20250403', '2025-04-03T00:00', DAY],
    ['20250403 1405', '2025-04-03T14:05', MINUTE],
    ['202504031405', '2025-04-03T14:05', MINUTE],
    ['20250403140559', '2025-04-03T14:05', MINUTE],
    ['03/04/2025', '2025-04-03T00:00', DAY],
    [' 3/4/2025 2:05 PM ', '2025-04-03T14:05', MINUTE],
    ['3.4.2025 12:00 am', '2025-04-03T00:00', MINUTE],
    ['03-Apr-2025 23:59', '2025-04-03T23:59', MINUTE],
    ['3 April 2025', '2025-04-03T00:00', DAY],
    ['45750', '2025-04-03T00:00', DAY],
    ['45750.5', '2025-04-03T12:00', MINUTE],
    ['29/02/2024', '2024-02-29T00:00', DAY],
    // With a zone: London is an hour ahead of UTC in April, not in January.
    ['2025-04-03T14:05:00Z', '2025-04-03T15:05', MINUTE],
    ['2025-01-03T14:05:00+00:00', '2025-01-03T14:05', MINUTE],
    ['2025-04-03T14:05:00+01:00', '2025-04-03T14:05', MINUTE],
    ['2025-04-03T14:05:00-0500', '2025-04-03T20:05', MINUTE],
    ['1743689100', '2025-04-03T15:05', MINUTE],
    ['1743689100000', '2025-04-03T15:05', MINUTE],
    ['1965-07-01 10:00', '1965-07-01T10:00', MINUTE],
  ])('%s', (text, expected, precision) => {
    expect(read(text)).toEqual([at(expected), precision, '', ''])
  })

  it.each<[string, string]>([
    ['31/02/2025', 'E-DATE-001'],
    ['2023-02-29', 'E-DATE-001'],
    ['2025-13-01', 'E-DATE-001'],
    ['2025-00-10', 'E-DATE-001'],
    ['2025-04-00', 'E-DATE-001'],
    ['04/13/2025', 'E-DATE-001'],
    ['1900-01-01', 'E-DATE-004'],
    ['9999-12-31 23:59', 'E-DATE-004'],
    ['99999', 'E-DATE-004'],
    ['yesterday', 'E-DATE-002'],
    ['Foo-25', 'E-DATE-002'],
    ['12', 'E-DATE-002'],
    ['1234567', 'E-DATE-002'],
    ['1/2', 'E-DATE-002'],
    ['1/2/345', 'E-DATE-002'],
    ['-1', 'E-DATE-002'],
  ])('%s is left blank', (text, code) => {
    expect(read(text)).toEqual([NO_TIME, NONE, code, expect.anything()])
  })

  it('keeps the date when only the time is unreadable', () => {
    for (const text of ['2025-04-03 25:00', '2025-04-03 10:61', '2025-04-03 evening', '2025-04-03 24:30'])
      expect(read(text)).toEqual([at('2025-04-03T00:00'), DAY, 'E-DATE-006', ''])
  })

  it('notes what it put right', () => {
    expect(read('03/04/25')).toEqual([at('2025-04-03T00:00'), DAY, '', 'E-DATE-003'])
    expect(read('03/04/98')).toEqual([at('1998-04-03T00:00'), DAY, '', 'E-DATE-003'])
    expect(read('2025-04-03 24:00')).toEqual([at('2025-04-04T00:00'), MINUTE, '', 'E-DATE-005'])
  })

  it('reads the order of day and month as told, and not at all when it is open', () => {
    const us = createTimeReader({ dateOrder: 'month-first' })
    expect(read('03/04/2025', us)[0]).toBe(at('2025-03-04T00:00'))
    expect(read('25/04/2025', us)[2]).toBe('E-DATE-001')
    const year = createTimeReader({ dateOrder: 'year-first' })
    expect(read('25/04/03', year)[0]).toBe(at('2025-04-03T00:00'))
    const open = createTimeReader({})
    expect(read('03/04/2025', open)).toEqual([NO_TIME, NONE, 'E-DATE-007', ''])
    expect(read('25/04/2025', open)[0]).toBe(at('2025-04-25T00:00'))
    expect(read('04/25/2025', open)[0]).toBe(at('2025-04-25T00:00'))
    expect(read('04/04/2025', open)[0]).toBe(at('2025-04-04T00:00'))
  })

  it('joins a date with its time', () => {
    const pair = (date: string, time: string): [number, number, string] => {
      const bytes = encode(date + time)
      reader.readPair(bytes, 0, date.length, date.length, bytes.length)
      return [reader.minutes, reader.precision, reader.fault]
    }
    expect(pair('03/04/2025', '14:05')).toEqual([at('2025-04-03T14:05'), MINUTE, ''])
    expect(pair('03/04/2025 00:00:00', '1405')).toEqual([at('2025-04-03T14:05'), MINUTE, ''])
    expect(pair('03/04/2025', '0.5')).toEqual([at('2025-04-03T12:00'), MINUTE, ''])
    expect(pair('03/04/2025', '')).toEqual([at('2025-04-03T00:00'), DAY, ''])
    expect(pair('03/04/2025', 'late')).toEqual([at('2025-04-03T00:00'), DAY, 'E-DATE-006'])
    expect(pair('', '14:05')).toEqual([NO_TIME, NONE, ''])
  })

  it('round-trips any minute it can write', () => {
    const minutes = fc.integer({ min: at('1911-01-01T00:00'), max: at('2099-12-31T23:59') })
    fc.assert(
      fc.property(minutes, (m) => {
        const iso = new Date(m * 60_000).toISOString()
        const [y, mo, d] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10)]
        for (const text of [
          iso.slice(0, 16),
          `${d}/${mo}/${y} ${iso.slice(11, 16)}`,
          `${y}${mo}${d}${iso.slice(11, 13)}${iso.slice(14, 16)}`,
        ])
          expect(read(text)).toEqual([m, MINUTE, '', ''])
      }),
      { seed: 3, numRuns: 500 },
    )
  })
})

describe('the London clock', () => {
  it('agrees with the runtime at every hour of three years, one of them without winter time', () => {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Europe/London',
      dateStyle: 'short',
      timeStyle: 'short',
      hourCycle: 'h23',
    })
    for (const year of [1969, 2023, 2026])
      for (let utc = Date.UTC(year, 0, 1) / 60_000; utc < Date.UTC(year + 1, 0, 1) / 60_000; utc += 180) {
        const [date, time] = format.format(utc * 60_000).split(', ')
        expect(londonFromUtc(utc)).toBe(at(`${date}T${time}`))
      }
  })

  it('changes to the minute', () => {
    expect(londonFromUtc(at('2023-03-26T00:59'))).toBe(at('2023-03-26T00:59'))
    expect(londonFromUtc(at('2023-03-26T01:00'))).toBe(at('2023-03-26T02:00'))
    expect(londonFromUtc(at('2023-10-29T00:59'))).toBe(at('2023-10-29T01:59'))
    expect(londonFromUtc(at('2023-10-29T01:00'))).toBe(at('2023-10-29T01:00'))
  })

  it('knows the hour that is skipped and the hour that comes twice', () => {
    expect(clockChange(at('2026-03-29T00:59'))).toBe('')
    expect(clockChange(at('2026-03-29T01:00'))).toBe('gap')
    expect(clockChange(at('2026-03-29T01:59'))).toBe('gap')
    expect(clockChange(at('2026-03-29T02:00'))).toBe('')
    expect(clockChange(at('2026-10-25T00:59'))).toBe('')
    expect(clockChange(at('2026-10-25T01:00'))).toBe('overlap')
    expect(clockChange(at('2026-10-25T01:59'))).toBe('overlap')
    expect(clockChange(at('2026-10-25T02:00'))).toBe('')
  })
})

describe('cells of a CSV file', () => {
  it('are never formulas, and plain numbers stay numbers', () => {
    for (const text of ['=1', '+1+1', '-2+3', '@A1', '\t=1', '\r=1', '  =1', '＝1', '"=1'])
      expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/)
    for (const text of ['-5', '+44', '12.5', 'a=1', '']) expect(csvCell(text)).toBe(text)
    expect(csvCell('a "b", c')).toBe('"a ""b"", c"')
    expect(csvCell('x'.repeat(500))).toHaveLength(200)
  })
})
