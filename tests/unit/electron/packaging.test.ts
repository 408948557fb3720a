import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const notBuilt = !existsSync(path.join(root, 'dist/renderer/index.html'))
if (notBuilt)
  process.stdout.write('Skipped: the app as JavaScript, because the window is not built (npm run build).\n')

interface FusesModule {
  readonly FUSES: Readonly<Record<string, boolean>>
  fuseConfig(version: object, options: object): Record<string, unknown>
}
const fuses = async (): Promise<FusesModule> => import(path.join(root, 'electron/fuses.mjs'))

describe('fuses', () => {
  // The numbers of @electron/fuses 2.1.3.
  const numbers = {
    RunAsNode: 0,
    EnableCookieEncryption: 1,
    EnableNodeOptionsEnvironmentVariable: 2,
    EnableNodeCliInspectArguments: 3,
    EnableEmbeddedAsarIntegrityValidation: 4,
    OnlyLoadAppFromAsar: 5,
    LoadBrowserProcessSpecificV8Snapshot: 6,
    GrantFileProtocolExtraPrivileges: 7,
    WasmTrapHandlers: 8,
  }
  it('are all nine, strictly', async () => {
    const { fuseConfig } = await fuses()
    expect(fuseConfig({ V1: '1' }, numbers)).toEqual({
      version: '1',
      strictlyRequireAllFuses: true,
      ...{ 0: false, 1: true, 2: false, 3: false, 4: true, 5: true, 6: false, 7: false, 8: true },
    })
  })
  it('fail the build where one is not known', async () => {
    const { WasmTrapHandlers: _, ...eight } = numbers
    const { fuseConfig } = await fuses()
    expect(() => fuseConfig({ V1: '1' }, eight)).toThrow(/WasmTrapHandlers/)
  })
})

it('the packaging says: archive, native code outside it, per machine, nothing published', () => {
  const text = readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trimEnd())
  for (const line of [
    'asar: true',
    "  - '**/*.node'",
    'npmRebuild: false',
    'afterPack: ./electron/fuses.mjs',
    '    - target: portable',
    '    - target: nsis',
    '  perMachine: true',
    '  deleteAppDataOnUninstall: false',
    '  differentialPackage: false',
    'publish: null',
  ])
    expect(lines).toContain(line)
  expect(lines.join('\n')).not.toMatch(
    /autoUpdate|electron-updater|provider:|fileAssociations|protocols|electronFuses/,
  )
})

describe.skipIf(notBuilt)(`the app as JavaScript${notBuilt ? ' (skipped: npm run build first)' : ''}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-'))
  const app = path.join(folder, 'app')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeAll(() => {
    execFileSync(process.execPath, [path.join(root, 'electron/build-app.ts'), app], { stdio: 'pipe' })
    symlinkSync(path.join(root, 'node_modules'), path.join(app, 'node_modules'), 'dir')
  })

  it('holds no TypeScript and nothing of the tests', () => {
    const files = readdirSync(app, { recursive: true })
      .map(String)
      .filter((name) => !name.startsWith('node_modules'))
    expect(
      files.filter((name) => /\.tsx?$|\.test\.|^tests|tsconfig|^electron.(start|build-app)/.test(name)),
    ).toEqual([])
    expect(JSON.parse(readFileSync(path.join(app, 'package.json'), 'utf8')).main).toBe('electron/main.js')
    expect(files).toContain(path.join('electron', 'main.js'))
  })

  it('starts its core, and reads a file in an intake process, on a Node that strips no types', () => {
    const script = path.join(app, 'try.mjs')
    writeFileSync(
      script,
      `import { openAppHost } from '#core/service/transport/app-host.js'
       const host = await openAppHost({ workspace: ${JSON.stringify(path.join(folder, 'ws'))} })
       const ask = async (method, path, body) => {
         const headers = { 'content-type': typeof body === 'string' ? 'application/octet-stream' : 'application/json' }
         const sent = body === undefined ? {} : { headers, body: typeof body === 'string' ? body : JSON.stringify(body) }
         return host.handle(new Request('app://workbench' + path, { method, ...sent }))
       }
       const csv = 'name,kind,easting,northing\\nBell Inn,pub,400000,300000\\n'
       const found = { page: (await ask('GET', '/')).status, about: await (await ask('GET', '/api/about')).json() }
       const { id } = await (await ask('POST', '/api/uploads', { name: 'pubs.csv', bytes: csv.length })).json()
       found.upload = (await ask('PUT', '/api/uploads/' + id + '?offset=0', csv)).status
       const lines = await (await ask('POST', '/api/layers', { files: [{ upload: id }], kind: 'places' })).text()
       found.last = JSON.parse(lines.trim().split('\\n').at(-1))
       await host.close()
       process.stdout.write(JSON.stringify(found))`,
    )
    const output = execFileSync(process.execPath, ['--no-experimental-strip-types', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    expect(JSON.parse(output.toString())).toMatchObject({
      page: 200,
      about: { product: 'Hotspot Workbench', shell: 'electron' },
      upload: 200,
      last: { kind: 'result', result: { kind: 'places', features: 1 } },
    })
  })
})
