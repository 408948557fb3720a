import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Filter } from '#core/contract/filter.ts'
import type { Line } from '#core/contract/progress.ts'
import type {
  IncidentFileInfo,
  IncidentsPage,
  SearchAnswer,
  SelectionSummary,
} from '#core/contract/routes.ts'
import type { DatasetInfo } from '#core/contract/workspace.ts'
import { decodeTable } from '#core/data/columns/encode-table.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { transports } from './transports.ts'

/** 90 incidents: a third in a café, every fifth with a knife in the note, the references of persons with all. */
function extract(): string {
  const rows = ['ref,date,time,offence,easting,northing,place,kind,victim,note']
  for (let i = 0; i < 90; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0')
    const hour = String(i % 24).padStart(2, '0')
    const place = i % 3 === 0 ? 'Café “Rouge”, High Street' : `${i} Mill Lane`
    const kind = i % 2 === 0 ? 'Licensed premises' : 'Street'
    const note = i % 5 === 0 ? `KNIFE shown, row ${i}` : i === 7 ? '=HYPERLINK("x")' : ''
    rows.push(
      `R${i},${day}/03/2025,${hour}:15,${i % 4 === 0 ? 'Robbery' : 'Assault'},${458_000 + i},${304_000 + i},"${place.replaceAll('"', '""')}",${kind},V${i % 9},"${note.replaceAll('"', '""')}"`,
    )
  }
  return `${rows.join('\n')}\n`
}

const mapping = {
  ref: 'ref',
  from: ['date', 'time'],
  offence: 'offence',
  x: 'easting',
  y: 'northing',
  location: 'place',
  locationType: 'kind',
  victimRef: 'victim',
  note: 'note',
}

describe.each(transports)('incidents over $name', ({ open }) => {
  const folder = temporaryFolder()
  let core: Awaited<ReturnType<typeof open>>
  let dataset: DatasetInfo

  const ask = (method: string, path: string, body?: unknown) =>
    core.handle(
      new Request(`http://core.invalid/api${path}`, {
        method,
        ...(body !== undefined && {
          body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
          headers: {
            'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
          },
        }),
      }),
    )
  const lastLine = async <T>(path: string, body: unknown): Promise<Line<T>> => {
    const lines = (await (await ask('POST', path, body)).text()).split('\n').filter((line) => line !== '')
    return JSON.parse(lines[lines.length - 1])
  }
  const resultOf = async <T>(path: string, body: unknown): Promise<T> => {
    const last = await lastLine<T>(path, body)
    if (last.kind !== 'result') throw new Error(JSON.stringify(last))
    return last.result
  }
  const text = (words: string, ...columns: string[]) => ({ kind: 'text' as const, words, columns })
  const list = async (filter: Filter, more: object = {}): Promise<IncidentsPage> =>
    (await ask('POST', '/incidents', { dataset: dataset.id, filter, offset: 0, limit: 100, ...more })).json()
  const count = async (filter: Filter, more: object = {}): Promise<SelectionSummary> => {
    const response = await ask('POST', '/selections', {
      dataset: dataset.id,
      filter,
      grid: { shape: 'square', size: 100 },
      ...more,
    })
    if (!response.ok) throw new Error(await response.text())
    return decodeTable(new Uint8Array(await response.arrayBuffer())).summary as SelectionSummary
  }

  beforeAll(async () => {
    core = await open(folder.path)
    const bytes = new TextEncoder().encode(extract())
    const { id } = await (await ask('POST', '/uploads', { name: 'a.csv', bytes: bytes.length })).json()
    await ask('PUT', `/uploads/${id}?offset=0`, bytes)
    dataset = await resultOf<DatasetInfo>('/imports', {
      files: [{ upload: id }],
      mapping,
      reading: { dateOrder: 'day-first', coordinates: 'bng' },
    })
    expect(dataset.rowsKept).toBe(90)
  })
  afterAll(async () => {
    await core.close()
    folder.remove()
  })

  describe('words looked for', () => {
    it('in dictionary words, in free text, and one word in each', async () => {
      const found = (clause: unknown) => resultOf<SearchAnswer>('/searches', { dataset: dataset.id, clause })
      expect(await found(text('cafe "high street"', 'location'))).toEqual({ found: 30 })
      expect(await found(text('knife', 'note'))).toEqual({ found: 18 })
      expect(await found(text('knife', 'location'))).toEqual({ found: 0 })
      expect(await found(text('rouge KNIFE', 'location', 'note'))).toEqual({ found: 6 })
      expect(await found(text('v8', 'victimRef'))).toEqual({ found: 10 })
    })
    it('are a condition like any other: counts, list and map points agree', async () => {
      const filter = {
        clauses: [text('knife', 'note'), { kind: 'oneOf' as const, column: 'offence', values: ['Robbery'] }],
      }
      const rows = Array.from({ length: 90 }, (_, i) => i).filter((i) => i % 5 === 0 && i % 4 === 0)
      const summary = await count(filter)
      expect(summary.selected).toBe(rows.length)
      expect(summary.offences).toEqual([
        { value: 'Assault', count: 18 - rows.length },
        { value: 'Robbery', count: rows.length },
      ])
      const page = await list(filter)
      const at = page.columns.indexOf('ref')
      expect(page.rows.map((row) => row[at])).toEqual(rows.map((i) => `R${i}`))
      const points = await ask('POST', '/points', { dataset: dataset.id, filter, limit: 100 })
      const { summary: told } = decodeTable(new Uint8Array(await points.arrayBuffer()))
      expect(told).toMatchObject({ total: rows.length })
    })
    it('are refused without words, in a column that is not held, and by the job as by the count', async () => {
      const refused = async (clause: unknown) => {
        const line = await lastLine('/searches', { dataset: dataset.id, clause })
        return line.kind === 'problem' ? line.problem.code : line.kind
      }
      expect(await refused(text(' ', 'note'))).toBe('E-FLT-TEXT')
      expect(await refused(text('a', 'suspectRef'))).toBe('E-FLT-COLUMN')
      expect(await refused(text('a', 'outcome'))).toBe('E-FLT-COLUMN')
      const answer = await ask('POST', '/incidents', {
        dataset: dataset.id,
        filter: { clauses: [text('a', 'suspectRef')] },
        offset: 0,
        limit: 1,
      })
      expect(answer.status).toBe(422)
      expect((await answer.json()).cure).toBeTruthy()
    })
  })

  it('counts days and further words of the selection in the same answer', async () => {
    const summary = await count(
      { clauses: [{ kind: 'oneOf', column: 'locationType', values: ['Street'] }] },
      { words: ['locationType'], days: true },
    )
    expect(summary.selected).toBe(45)
    expect(summary.words?.locationType.values).toEqual([
      { value: 'Licensed premises', count: 45 },
      { value: 'Street', count: 45 },
    ])
    expect(summary.days?.first).toBe('2025-03-01')
    expect(summary.days?.counts).toHaveLength(28)
    expect(summary.days?.counts.reduce((sum: number, each) => sum + (each ?? 0), 0)).toBe(45)
    await expect(count({ clauses: [] }, { words: ['shoe'] })).rejects.toThrow('E-FLT-COLUMN')
  })

  describe('the list as a file', () => {
    const columns = ['fileRow', 'occurredFrom', 'offence', 'location', 'note']
    const filter = { clauses: [text('knife', 'note')] }
    const setMarking = async (sensitive: boolean) => {
      const { version, state } = await (await ask('GET', '/workspace')).json()
      const marking = { ...state.marking, sensitive, descriptors: [] }
      await ask('PUT', '/workspace', { ifVersion: version, state: { ...state, marking } })
    }
    const write = (more: object) =>
      resultOf<IncidentFileInfo>('/incident-files', { dataset: dataset.id, ...more })
    const read = async (id: string) => {
      const parts: Buffer[] = []
      for (let offset = 0; ; ) {
        const response = await ask('GET', `/incident-files/${id}?offset=${offset}`)
        expect(response.status).toBe(200)
        const part = Buffer.from(await response.arrayBuffer())
        if (part.length === 0) return Buffer.concat(parts)
        parts.push(part)
        offset += part.length
      }
    }

    it('is marked, says where it comes from, and holds the incidents of the list in its order', async () => {
      const sort = { column: 'occurredFrom', descending: true }
      const info = await write({ filter, columns, sort })
      expect(info.name).toMatch(/^OFFICIAL-SENSITIVE incidents [0-9a-f]{8}\.csv$/)
      const body = await read(info.id)
      expect(createHash('sha256').update(body).digest('hex')).toBe(info.sha256)
      expect(body.length).toBe(info.bytes)
      const records: string[][] = parse(body, { bom: true, relax_column_count: true })
      expect(records[0]).toEqual(['# OFFICIAL-SENSITIVE'])
      const told = records
        .map(([first]) => first)
        .find((line) => line.startsWith('# Where this comes from: '))
      const about = JSON.parse((told ?? '').slice('# Where this comes from: '.length))
      expect(about).toMatchObject({ filter, sort, columns, incidents: 18, dataset: { id: dataset.id } })
      expect(about.sources[0].sha256).toBe(dataset.files[0].sha256)
      expect(records.flat().join()).toContain('# Incidents: note contains “knife”')
      const at = records.findIndex(([first]) => !first.startsWith('#'))
      expect(records[at]).toEqual(['fileRow', 'Occurred from', 'Offence', 'Location', 'Note'])
      const page = await list(filter, { sort })
      const places = columns.map((name) => page.columns.indexOf(name))
      expect(records.slice(at + 1)).toEqual(
        page.rows.map((row) => places.map((place) => String(row[place] ?? ''))),
      )
      expect((await ask('DELETE', `/incident-files/${info.id}`)).status).toBe(200)
      expect((await ask('GET', `/incident-files/${info.id}?offset=0`)).status).toBe(404)
    })
    it('does not let a text become a formula', async () => {
      const info = await write({ filter: { clauses: [text('hyperlink', 'note')] }, columns: ['note'] })
      expect((await read(info.id)).toString()).toMatch(/\r\n"'=HYPERLINK\(""x""\)"\r\n$/)
    })
    it('keeps what is known of persons back under OFFICIAL, in columns and in searches', async () => {
      await setMarking(false)
      const refusal = async (body: object) => {
        const line = await lastLine('/incident-files', { dataset: dataset.id, ...body })
        if (line.kind !== 'problem') return line.kind
        expect(line.problem.cure).toContain('OFFICIAL-SENSITIVE')
        return line.problem.code
      }
      const everyone = { clauses: [] }
      for (const column of ['note', 'victimRef'])
        expect(await refusal({ filter: everyone, columns: ['offence', column] })).toBe('E-INC-MARKING')
      expect(await refusal({ filter, columns: ['offence'] })).toBe('E-INC-MARKING')
      const info = await write({ filter: everyone, columns: ['ref', 'offence'] })
      expect(info.name).toMatch(/^OFFICIAL incidents/)
      expect(info.rows).toBe(90)
      expect((await read(info.id)).toString().split('\r\n')[0]).toBe('\ufeff# OFFICIAL')
      await setMarking(true)
    })
    it('refuses columns that are not held, and nothing to list is a file of headings', async () => {
      const line = await lastLine('/incident-files', { dataset: dataset.id, filter, columns: ['outcome'] })
      expect(line).toMatchObject({ kind: 'problem', problem: { code: 'E-INC-COLUMN' } })
      const none = await write({ filter: { clauses: [text('zebra', 'note')] }, columns: ['offence'] })
      expect(none.rows).toBe(0)
      expect((await read(none.id)).toString().endsWith('\r\nOffence\r\n')).toBe(true)
    })
  })
})
