/** The built-in formats and their variants, mapped files, coverage and duplicates, on small made files. */
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NO_TIME } from '#core/contract/incident.ts'
import { readTextRows } from '#core/data/columns/read-text-rows.ts'
import { policeUkStopAndSearch } from '#core/data/ingest/profiles/police-uk-stop-and-search.ts'
import { type ImportFolder, importFolder, STREET_HEADER, streetRow } from './import-folder.ts'

let folder: ImportFolder
beforeEach(() => {
  folder = importFolder()
})
afterEach(() => folder.remove())

const minutes = (iso: string): number => Date.parse(`${iso}Z`) / 60_000
const lines = (...rows: string[]): string => `${rows.join('\n')}\n`
const refs = (count: number, row: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => row(i))

describe('data.police.uk, street', () => {
  it('a plain month', async () => {
    folder.write('2024-03-leicestershire-street.csv', lines(STREET_HEADER, streetRow()))
    const { manifest, columns } = await folder.run(['2024-03-leicestershire-street.csv'])
    expect(manifest.profile.id).toBe('police-uk-street')
    expect(manifest.timePrecision).toBe('month')
    expect(columns.occurredFrom[0]).toBe(minutes('2024-03-01T00:00'))
    expect(columns.occurredTo[0]).toBe(NO_TIME)
    expect(columns.timePrecision[0]).toBe(2)
    expect(columns.precision[0]).toBe(1)
    // OS's own transformation of 1.133333 W, 52.633333 N, to the metre (Leicester city centre).
    expect(Math.abs(columns.easting[0] - 458_760)).toBeLessThan(100)
    expect(Math.abs(columns.northing[0] - 304_500)).toBeLessThan(600)
    expect(manifest.extra).toEqual(['Falls within', 'LSOA code', 'LSOA name'])
    expect(manifest.dictionaries.force).toEqual(['', 'Leicestershire Police'])
    expect(manifest.coverage).toEqual([
      { force: 'Leicestershire Police', month: '2024-03', state: 'present', rows: 1 },
    ])
  })

  it('No Location and blank references are missing, not words', async () => {
    folder.write(
      'a.csv',
      lines(
        STREET_HEADER,
        streetRow({ 0: '', 4: '', 5: '', 6: 'No Location', 9: 'Anti-social behaviour', 10: '' }),
        streetRow(),
      ),
    )
    const { manifest, columns, staging } = await folder.run(['a.csv'])
    expect(manifest).toMatchObject({ rowsKept: 2, located: 1, issues: [] })
    expect(manifest.dictionaries.location).toEqual(['', 'On or near High Street'])
    expect([...columns.dictionaries.location.codes]).toEqual([0, 1])
    expect(columns.easting[0]).toBeNaN()
    expect(columns.longitude[0]).toBeNaN()
    expect(columns.precision[0]).toBe(3)
    expect(readTextRows(staging, manifest, [0, 1]).ref).toEqual(['', 'a'.repeat(64)])
  })

  it('without its header', async () => {
    folder.write('2021-01-kent-street.csv', lines(streetRow(), streetRow({ 0: '' })))
    const { manifest, columns } = await folder.run(['2021-01-kent-street.csv'])
    expect(manifest.profile.id).toBe('police-uk-street')
    expect(manifest.rowsKept).toBe(2)
    expect([...columns.sourceRow]).toEqual([1, 2])
    expect(manifest.warnings[0]).toContain('has no header row')
  })

  it('snake_case, CRLF, other order, fewer columns', async () => {
    folder.write('a.csv', 'latitude,longitude,month,crime_type\r\n52.633333,-1.133333,2024-03,Robbery\r\n')
    const { manifest } = await folder.run(['a.csv'])
    expect(manifest.profile.id).toBe('police-uk-street')
    expect(manifest).toMatchObject({ rowsKept: 1, located: 1 })
    expect(manifest.dictionaries).toEqual({ offence: ['', 'Robbery'] })
  })

  it('the older Easting and Northing form beside the newer one', async () => {
    folder.write(
      'a.csv',
      lines('Crime ID,Month,Easting,Northing,Location,Crime type', 'x,2012-01,458500,304500,A,Burglary'),
    )
    folder.write('b.csv', lines(STREET_HEADER, streetRow()))
    const { manifest, columns } = await folder.run(['a.csv', 'b.csv'])
    expect(manifest.located).toBe(2)
    expect(columns.easting[0]).toBe(458_500)
    expect(columns.longitude[1]).toBe(-1.133333)
    expect(Math.abs(columns.longitude[0] - columns.longitude[1])).toBeLessThan(0.02)
  })

  it('a month that a spreadsheet rewrote', async () => {
    folder.write('a.csv', lines(STREET_HEADER, streetRow({ 1: 'Mar-24' }), streetRow({ 1: '2024-03-01' })))
    const { columns, manifest } = await folder.run(['a.csv'])
    expect([...columns.occurredFrom]).toEqual([minutes('2024-03-01T00:00'), minutes('2024-03-01T00:00')])
    expect([...columns.timePrecision]).toEqual([2, 2])
    expect(manifest.issues).toEqual([
      expect.objectContaining({ code: 'E-DATE-003', action: 'repaired', count: 1 }),
    ])
  })

  it('identical rows are counted and kept; repeated references are dropped on request', async () => {
    const rows = [
      streetRow(),
      streetRow(),
      streetRow({ 10: 'Local resolution' }),
      streetRow({ 10: 'Local resolution' }),
      streetRow({ 0: '' }),
      streetRow({ 0: '' }),
    ]
    folder.write('a.csv', lines(STREET_HEADER, ...rows))
    const kept = await folder.run(['a.csv'])
    expect(kept.manifest.duplicates).toEqual({ identical: 3, repeatedRef: 3, dropped: 0 })
    expect(kept.manifest.rowsKept).toBe(6)
    const dropped = await folder.run(['a.csv'], { reading: { deduplicateByRef: true } })
    expect(dropped.manifest.duplicates).toEqual({ identical: 3, repeatedRef: 3, dropped: 3 })
    expect(dropped.manifest).toMatchObject({ rowsRead: 6, rowsKept: 3, rowsRejected: 3 })
    expect([...dropped.columns.sourceRow]).toEqual([1, 5, 6])
    expect(dropped.issues).toContain('a.csv,2,Crime ID,,E-DUP-001,rejected')
  })

  it('other kinds in the same folder are left out and named', async () => {
    folder.write('a/2024-03-kent-street.csv', lines(STREET_HEADER, streetRow()))
    folder.write(
      'a/2024-03-kent-outcomes.csv',
      lines('Crime ID,Month,Reported by,Longitude,Latitude,Outcome type', 'x,2024-03,Kent Police,,,Charged'),
    )
    const { manifest } = await folder.run(['a'])
    expect(manifest.files.map((file) => file.name)).toEqual(['a/2024-03-kent-street.csv'])
    expect(manifest.warnings[0]).toContain('1 file of outcomes left out')
    const preview = await folder.preview(['a'])
    expect(preview.files.map((file) => file.kind)).toEqual([
      'data.police.uk outcomes (left out)',
      'data.police.uk street-level crime',
    ])
    const outcomes = await folder.run(['a/2024-03-kent-outcomes.csv'])
    expect(outcomes.manifest.profile.id).toBe('police-uk-outcomes')
    expect(outcomes.manifest.dictionaries.outcome).toEqual(['', 'Charged'])
  })
})

describe('data.police.uk, stop and search', () => {
  const header = 'Type,Date,Latitude,Longitude,Age range,Legislation,Object of search,Outcome'

  it('UTC becomes London time and Oct-17 an age range', async () => {
    folder.write(
      '2023-07-kent-stop-and-search.csv',
      lines(
        header,
        'Person search,2023-06-30T23:30:00+00:00,52.633333,-1.133333,Oct-17,PACE,Drugs,Arrest',
        'Person search,2023-01-05T23:30:00+00:00,,,10-17,PACE,Drugs,',
        'Person search,2023-07-02T10:00:00,,,over 34,PACE,Knives,',
      ),
    )
    const { manifest, columns, issues } = await folder.run(['2023-07-kent-stop-and-search.csv'])
    expect(manifest.profile.id).toBe(policeUkStopAndSearch.profile.id)
    expect([...columns.occurredFrom]).toEqual([
      minutes('2023-07-01T00:30'),
      minutes('2023-01-05T23:30'),
      minutes('2023-07-02T11:00'),
    ])
    expect(manifest.dictionaries['Age range']).toEqual(['', '10-17', 'over 34'])
    expect([...columns.dictionaries['Age range'].codes]).toEqual([1, 1, 2])
    expect(manifest.issues).toEqual([
      expect.objectContaining({ code: 'E-TXT-001', action: 'repaired', count: 1 }),
    ])
    expect(issues).toContain('stop-and-search.csv,1,Age range,Oct-17,E-TXT-001,repaired')
    expect(manifest.dictionaries.force).toEqual(['', 'Kent Police'])
    expect([...columns.dictionaries.force.codes]).toEqual([1, 1, 1])
  })

  it('warns of dates that pretend to be midnight', async () => {
    folder.write(
      'a.csv',
      lines(
        header,
        ...refs(
          200,
          (i) => `P,2023-01-${10 + (i % 9)}T${i % 10 === 0 ? '00:00' : '10:30'}:00+00:00,,,,PACE,Drugs,`,
        ),
      ),
    )
    const { manifest } = await folder.run(['a.csv'])
    expect(manifest.warnings[0]).toBe(
      '20 of 200 times are exactly 00:00: some are likely dates without a time, so hours are not reliable.',
    )
  })
})

describe('mapped files', () => {
  it('separate date and time columns, epoch, Excel serials and extras', async () => {
    folder.write(
      'a.csv',
      lines(
        'Offence;Date from;Time from;Date to;Time to;Reported date;Easting;Northing;District',
        'Robbery;14/03/2025;21:10;15/03/2025;01:00;1741990000;458500;304500;North',
        'Burglary;15/03/2025;;;;45731.25;458600;304600;South',
      ),
    )
    const preview = await folder.preview(['a.csv'])
    expect(preview.profile.mapping).toEqual({
      x: 'Easting',
      y: 'Northing',
      from: ['Date from', 'Time from'],
      to: ['Date to', 'Time to'],
      reported: ['Reported date'],
      offence: 'Offence',
    })
    expect(preview.questions).toEqual([])
    const { columns, manifest } = await folder.run(['a.csv'], { mapping: preview.profile.mapping })
    expect([...columns.occurredFrom]).toEqual([minutes('2025-03-14T21:10'), minutes('2025-03-15T00:00')])
    expect([...columns.occurredTo]).toEqual([minutes('2025-03-15T01:00'), NO_TIME])
    expect([...columns.reportedAt]).toEqual([minutes('2025-03-14T22:06'), minutes('2025-03-15T06:00')])
    expect([...columns.timePrecision]).toEqual([0, 1])
    expect(manifest.extra).toEqual(['District'])
    expect([...columns.precision]).toEqual([0, 0])
    expect(manifest.warnings.join(' ')).toContain('counts since 1970')
  })

  it('the force extract is recognised, with every canonical column', async () => {
    folder.write(
      'extract.csv',
      lines(
        'crime_ref,committed_from,committed_to,reported_dt,ho_code,ho_class,offence_title,easting,northing,uprn,address_text,location_type,public_space,domestic_flag,knife_flag_officer,alcohol_flag,victim_ref,suspect_ref,mo_text,outcome_code,district',
        '"L/1",2025-03-14 21:10,2025-03-14 21:40,2025-03-15 08:00,34B,Robbery,Robbery of personal property,458500.5,304500.5,00100023336956,"1, High Street",Street,Y,N,Y,,V1,S1,"Approached, threatened",1A,North',
      ),
    )
    const { manifest, columns, staging } = await folder.run(['extract.csv'])
    expect(manifest.profile.id).toBe('force-extract')
    const word = (name: string): string =>
      columns.dictionaries[name].words[columns.dictionaries[name].codes[0]]
    expect(word('locationId')).toBe('00100023336956')
    expect(word('location')).toBe('1, High Street')
    expect(word('offenceCode')).toBe('34B')
    expect(word('district')).toBe('North')
    expect([
      columns.flags.publicSpace[0],
      columns.flags.domestic[0],
      columns.flags.knife[0],
      columns.flags.alcohol[0],
    ]).toEqual([1, 0, 1, 255])
    expect({ ...readTextRows(staging, manifest, [0]) }).toEqual({
      ref: ['L/1'],
      victimRef: ['V1'],
      suspectRef: ['S1'],
      note: ['Approached, threatened'],
    })
    expect(columns.precision[0]).toBe(0)
    expect(columns.easting[0]).toBe(458_500.5)
    expect(manifest.textColumns).toEqual(['ref', 'victimRef', 'suspectRef', 'note'])
  })

  it('the same input has the same id and bytes; another reading has not', async () => {
    folder.write('a.csv', lines(STREET_HEADER, streetRow()))
    const one = await folder.run(['a.csv'])
    const two = await folder.run(['a.csv'])
    expect(two.manifest.id).toBe(one.manifest.id)
    expect(two.manifest.segments).toEqual(one.manifest.segments)
    const other = await folder.run(['a.csv'], { reading: { deduplicateByRef: true } })
    expect(other.manifest.id).not.toBe(one.manifest.id)
  })

  it('gzip and plain give the same columns', async () => {
    const text = lines(STREET_HEADER, ...refs(500, (i) => streetRow({ 0: String(i), 9: `T${i % 5}` })))
    folder.write('a.csv', text)
    folder.write('b.csv.gz', gzipSync(text))
    const plain = await folder.run(['a.csv'])
    const packed = await folder.run(['b.csv.gz'])
    expect(packed.manifest.segments).toEqual(plain.manifest.segments)
  })
})

describe('coverage', () => {
  it('a month between is missing, a thin one partial, an empty file counts as there', async () => {
    const month = (label: string, rows: number): void => {
      folder.write(
        `a/${label}-kent-street.csv`,
        lines(
          STREET_HEADER,
          ...refs(rows, (i) => streetRow({ 0: `${label}${i}`, 1: label, 2: 'Kent Police' })),
        ),
      )
    }
    month('2024-01', 10)
    month('2024-02', 4)
    month('2024-04', 12)
    month('2024-05', 0)
    month('2024-06', 11)
    const { manifest } = await folder.run(['a'])
    expect(manifest.coverage.map(({ month, state, rows }) => [month, state, rows])).toEqual([
      ['2024-01', 'present', 10],
      ['2024-02', 'partial', 4],
      ['2024-03', 'missing', 0],
      ['2024-04', 'present', 12],
      ['2024-05', 'partial', 0],
      ['2024-06', 'present', 11],
    ])
    expect(manifest.warnings).toContain('Kent Police: nothing for 2024-03. Missing months are not zero.')
    expect(manifest.warnings.join(' ')).toContain('2024-02 (4), 2024-05 (0); marked as partial.')
  })

  it('an old offence reported now does not stretch the period', async () => {
    const rows = [...refs(100, (i) => `A,1,2,2024-0${1 + (i % 3)}-10`), 'A,1,2,1985-06-01']
    folder.write('a.csv', lines('what,x,y,when', ...rows))
    const { manifest } = await folder.run(['a.csv'], {
      mapping: { x: 'x', y: 'y', from: ['when'], offence: 'what' },
      reading: { coordinates: 'bng' },
    })
    expect(manifest.coverage.map((cell) => cell.month)).toEqual(['2024-01', '2024-02', '2024-03'])
    expect(manifest.firstFrom).toBe(minutes('1985-06-01T00:00'))
  })
})
