import { describe, expect, it } from 'vitest'
import { heldMapping, suggestedName } from '#renderer/state/import.ts'

const file = (name: string) => ({ name, bytes: 1, kind: '' })
const month = (force: string, label: string) => ({ force, month: label, state: 'present' as const, rows: 1 })

describe('import', () => {
  it('names a dataset by its force and months, else by what the files have in common', () => {
    expect(
      suggestedName({
        files: [file('2024-01-leics-street.csv'), file('2024-02-leics-street.csv')],
        coverage: [month('leicestershire', '2024-02'), month('leicestershire', '2024-01')],
      }),
    ).toBe('leicestershire 2024-01 to 2024-02')
    expect(
      suggestedName({
        files: [file('a/northmere-2023.csv'), file('a/northmere-2024.csv')],
        coverage: [month('', '2023-01'), month('', '2024-12')],
      }),
    ).toBe('northmere 2023-01 to 2024-12')
    expect(
      suggestedName({
        files: [file('2019-12-leicestershire-street.csv.gz'), file('2022-10-leicestershire-street.csv.gz')],
        coverage: [],
      }),
    ).toBe('leicestershire-street 2019-12 to 2022-10')
    expect(suggestedName({ files: [file('extract.csv.gz')], coverage: [] })).toBe('extract')
  })

  it('keeps of a profile only the columns the files hold', () => {
    expect(
      heldMapping({ x: 'easting', force: 'force', from: ['date', 'time'] }, ['easting', 'date']),
    ).toEqual({
      x: 'easting',
    })
    expect(heldMapping({ from: ['date', 'time'] }, ['time', 'date'])).toEqual({ from: ['date', 'time'] })
  })
})
