import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everything } from '#core/contract/filter.ts'
import type { MethodCard } from '#core/contract/method.ts'
import type { Line } from '#core/contract/progress.ts'
import type { HotspotsSummary } from '#core/contract/results.ts'
import type { AnalysisResult, IncidentsPage, PackInfo, SelectionSummary } from '#core/contract/routes.ts'
import type { DatasetInfo, Workspace } from '#core/contract/workspace.ts'
import { decodeTable } from '#core/data/columns/encode-table.ts'
import { smallAreas, smallExtract } from './small-force.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { transports } from './transports.ts'

describe.each(transports)('the boundary over $name', ({ open }) => {
  const folder = temporaryFolder()
  let core: Awaited<ReturnType<typeof open>>
  let dataset: DatasetInfo
  let studyArea: string

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
  const lines = async <T>(path: string, body: unknown): Promise<Line<T>[]> =>
    (await (await ask('POST', path, body)).text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  const resultOf = async <T>(path: string, body: unknown): Promise<T> => {
    const last = (await lines<T>(path, body)).at(-1)
    if (last?.kind !== 'result') throw new Error(JSON.stringify(last))
    return last.result
  }
  const upload = async (name: string, text: string) => {
    const bytes = new TextEncoder().encode(text)
    const { id } = await (await ask('POST', '/uploads', { name, bytes: bytes.length })).json()
    const half = bytes.length >> 1
    await ask('PUT', `/uploads/${id}?offset=0`, bytes.slice(0, half))
    await ask('PUT', `/uploads/${id}?offset=${half}`, bytes.slice(half))
    return { upload: id as string }
  }

  beforeAll(async () => {
    core = await open(folder.path)
    dataset = await resultOf<DatasetInfo>('/imports', {
      files: [await upload('extract.csv', smallExtract())],
      name: 'Small force',
    })
    studyArea = (
      await resultOf<{ id: string }>('/layers', {
        files: [await upload('areas.geojson', smallAreas())],
        kind: 'boundary',
      })
    ).id
  })
  afterAll(async () => {
    await core.close()
    folder.remove()
  })

  it('imports an upload and lists it', async () => {
    expect(dataset).toMatchObject({
      rowsRead: 600,
      rowsKept: 600,
      rowsRejected: 0,
      located: 599,
      timePrecision: 'minute',
    })
    const workspace: Workspace = await (await ask('GET', '/workspace')).json()
    expect(workspace.datasets.map((each) => each.id)).toEqual([dataset.id])
    expect(workspace.profiles.some((profile) => profile.id === 'police-uk-street')).toBe(true)
  })

  it('counts a selection, each histogram leaving out its own clause', async () => {
    const filter = { clauses: [{ kind: 'oneOf', column: 'offence', values: ['Robbery'] }] }
    const response = await ask('POST', '/selections', {
      dataset: dataset.id,
      filter,
      grid: { shape: 'hexagon', size: 200 },
      areaLayer: studyArea,
    })
    const { summary, columns } = decodeTable(new Uint8Array(await response.arrayBuffer()))
    const told = summary as SelectionSummary
    expect(told.total).toBe(600)
    expect(told.selected).toBe(120)
    expect(told.offences.find((each) => each.value === 'Assault with injury')?.count).toBe(480)
    expect(told.months.reduce((sum, month) => sum + month.count, 0)).toBe(120)
    expect(Array.from(columns.count as Uint32Array).reduce((a, b) => a + b, 0)).toBe(told.located)
    expect(told.areas.map((area) => area.name).sort()).toEqual(['East side', 'West side'])
  })

  it('shows the incidents behind a number, with the text of their rows', async () => {
    const response = await ask('POST', '/incidents', {
      dataset: dataset.id,
      filter: { clauses: [{ kind: 'oneOf', column: 'offence', values: ['Robbery'] }] },
      offset: 100,
      limit: 50,
      sort: { column: 'occurredFrom', descending: true },
    })
    const page: IncidentsPage = await response.json()
    expect(page.total).toBe(120)
    expect(page.rows).toHaveLength(20)
    const [ref, from] = [page.columns.indexOf('ref'), page.columns.indexOf('occurredFrom')]
    expect(page.rows.every((row) => /^T\/\d+$/.test(String(row[ref])))).toBe(true)
    const times = page.rows.map((row) => String(row[from]))
    expect(times).toEqual([...times].sort().reverse())
  })

  it('runs a method, keeps its answer under its key, and gives the same answer again', async () => {
    const request = {
      method: 'hotspots',
      params: { hotspots: 2 },
      dataset: dataset.id,
      filter: everything,
      studyArea,
    }
    const { methods }: { methods: MethodCard[] } = await (await ask('GET', '/methods')).json()
    const card = methods.find((each) => each.id === 'hotspots')
    const numberOf = Object.keys(card?.parameters ?? {}).find(
      (name) => card?.parameters[name].default === 18,
    ) as string
    const body = { ...request, params: { [numberOf]: 2 } }
    const first = await resultOf<AnalysisResult<HotspotsSummary>>('/analyses', body)
    const again = await resultOf<AnalysisResult<HotspotsSummary>>('/analyses', body)
    expect(again).toEqual(first)
    expect(first.summary.hotspots[0].place).toBe('Market Street, Centre')
    expect(first.summary.hotspots[0].area).toBe('East side')
    const kept = await ask('GET', `/results/${first.key}`)
    expect(kept.headers.get('content-length')).toBeTruthy()
    const { columns } = decodeTable(new Uint8Array(await kept.arrayBuffer()))
    expect(Array.from(columns.count as Float64Array).reduce((a, b) => a + b, 0)).toBe(599)
  })

  it('writes a pack: marked, with its provenance, and the same bytes for the same plan', async () => {
    const workspace: Workspace = await (await ask('GET', '/workspace')).json()
    await ask('PUT', '/workspace', {
      ifVersion: workspace.version,
      state: { ...workspace.state, force: 'Small Force', dataset: dataset.id, studyArea },
    })
    const body = { plan: { dataset: dataset.id, filter: everything, params: {}, decisions: [] } }
    const first = await resultOf<PackInfo>('/packs', body)
    const again = await resultOf<PackInfo>('/packs', body)
    expect(again.files).toEqual(first.files)
    expect(first.folder).toBeUndefined()
    const pdf = first.files.find((file) => file.name.endsWith('.pdf'))
    expect(pdf?.name).toMatch(/^OFFICIAL-SENSITIVE /)
    const bytes = new Uint8Array(
      await (await ask('GET', `/packs/${first.id}/${encodeURIComponent(pdf?.name ?? '')}`)).arrayBuffer(),
    )
    expect(bytes.length).toBe(pdf?.bytes)
    const json = first.files.find((file) => file.name.endsWith('provenance.json'))
    const claim = await (
      await ask('GET', `/packs/${first.id}/${encodeURIComponent(json?.name ?? '')}`)
    ).json()
    const verified = await resultOf<{ figures: number; agree: number }>('/verifications', claim)
    expect(verified.figures).toBeGreaterThan(50)
    expect(verified.agree).toBe(verified.figures)
    claim.figures[3][1] = 123456
    expect(await resultOf<{ differ: unknown[] }>('/verifications', claim)).toMatchObject({
      differ: [{ id: claim.figures[3][0], printed: 123456 }],
    })
  })

  it('saves the workspace only over the state it read', async () => {
    const workspace: Workspace = await (await ask('GET', '/workspace')).json()
    const save = { ifVersion: workspace.version, state: { ...workspace.state, name: 'Renamed' } }
    expect((await ask('PUT', '/workspace', save)).status).toBe(200)
    const late = await ask('PUT', '/workspace', save)
    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject({ code: 'E-WSP-CONFLICT' })
  })

  it.each([
    ['GET', '/nothing', undefined, 404, 'E-REQ-PATH'],
    ['DELETE', '/workspace', undefined, 405, 'E-REQ-METHOD'],
    ['GET', '/datasets/none', undefined, 404, 'E-DAT-001'],
    ['GET', '/results/../../etc/passwd', undefined, 404, 'E-REQ-PATH'],
    ['GET', '/results/not-a-key', undefined, 404, 'E-RES-001'],
    ['POST', '/incidents', { dataset: 'x' }, 400, 'E-REQ-SHAPE'],
    [
      'POST',
      '/incidents',
      { dataset: 'none', filter: { clauses: [] }, offset: 0, limit: 10 },
      404,
      'E-DAT-001',
    ],
    ['POST', '/imports', { files: [{ path: '/etc/passwd' }] }, 200, 'E-REQ-PATHS'],
    ['POST', '/imports', { files: [{ upload: 'upload-999' }] }, 200, 'E-UPL-001'],
    [
      'POST',
      '/analyses',
      { method: 'guess', params: {}, dataset: 'none', filter: { clauses: [] } },
      200,
      'E-MTH-UNKNOWN',
    ],
    [
      'POST',
      '/selections',
      { dataset: 'none', filter: { clauses: [] }, grid: { shape: 'hexagon', size: 200 } },
      404,
      'E-DAT-001',
    ],
  ])('refuses %s %s with its code', async (method, path, body, status, code) => {
    const response = await ask(method, path, body)
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(code)
  })

  it('answers what is not JSON, and JSON that tries to change objects, with a refusal', async () => {
    const send = (body: string) =>
      core.handle(
        new Request('http://core.invalid/api/incidents', {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json' },
        }),
      )
    expect((await send('{')).status).toBe(400)
    expect((await send('{"__proto__":{"polluted":1},"dataset":"x"}')).status).toBe(400)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    expect((await send(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).status).toBe(400)
  })

  it('can be told to stop a job', async () => {
    const response = await ask('DELETE', '/jobs/job-999999')
    expect(await response.json()).toEqual({ cancelled: false })
  })
})
