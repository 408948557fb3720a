import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../contract/temporary-folder.ts'

// The import rules are only worth something if breaking them fails: each case plants a violation and expects a "no".
const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = (name: string) => join(root, 'node_modules', '.bin', name)

const forbidden = [
  ['core/contract/planted.ts', '#core/analysis/registry.ts'],
  ['core/contract/planted.ts', 'node:fs'],
  ['core/analysis/planted.ts', '#core/data/store/workspace-store.ts'],
  ['core/analysis/density/planted.ts', 'node:fs'],
  ['core/analysis/planted.ts', '#renderer/app/App.tsx'],
  ['core/data/planted.ts', '#core/service/core.ts'],
  ['core/data/planted.ts', '#core/report/pack/pack.ts'],
  ['core/data/planted.ts', '#core/analysis/hotspot/hotspots.ts'],
  ['core/report/pack/planted.ts', '#core/data/store/workspace-store.ts'],
  ['core/report/pack/planted.ts', 'node:fs'],
  ['core/programme/planted.ts', '#core/service/core.ts'],
  ['core/service/planted.ts', '#renderer/app/App.tsx'],
  ['core/service/planted.ts', 'electron'],
  ['renderer/features/planted.ts', '#core/analysis/registry.ts'],
  ['renderer/features/planted.ts', '#core/report/pack/pack.ts'],
  ['renderer/features/planted.ts', 'node:fs'],
  ['electron/planted.ts', '#core/service/core.ts'],
  ['electron/planted.ts', '#core/contract/incident.ts'],
] as const
const allowed = [
  ['core/analysis/planted.ts', '#core/contract/grid.ts'],
  ['core/data/planted.ts', '#core/analysis/space/national-grid.ts'],
  ['core/report/planted.ts', '#core/analysis/space/polygon.ts'],
  ['renderer/planted.ts', '#core/report/figure/drawing.ts'],
  ['electron/planted.ts', '#core/service/transport/host.ts'],
] as const

/** Lints one planted import per file, all in one run, in a folder laid out like ours under our own rules. */
function refusedFiles(cases: readonly (readonly [string, string])[]): Set<string> {
  const folder = temporaryFolder()
  try {
    const rules = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
    writeFileSync(
      join(folder.path, 'biome.json'),
      JSON.stringify({ ...rules, $schema: undefined, vcs: undefined }),
    )
    cases.forEach(([file, specifier], i) => {
      const path = join(folder.path, file.replace('planted', `planted-${i}`))
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, `import { x } from '${specifier}'\n\nexport const y = x\n`)
    })
    const { stdout } = spawnSync(bin('biome'), ['lint', '--reporter=json', '--max-diagnostics=none', '.'], {
      cwd: folder.path,
      encoding: 'utf8',
    })
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { category: string; location: { path: string | { file: string } } }[]
    }
    return new Set(
      diagnostics
        .filter((each) => each.category === 'lint/style/noRestrictedImports')
        .map(({ location }) =>
          (typeof location.path === 'string' ? location.path : location.path.file).replace(/^\.\//, ''),
        ),
    )
  } finally {
    folder.remove()
  }
}

describe('who may import whom', () => {
  const refused = refusedFiles([...forbidden, ...allowed])

  it.each(forbidden.map((each, i) => [...each, i] as const))(
    '%s may not import %s',
    (file, _specifier, i) => {
      expect(refused).toContain(file.replace('planted', `planted-${i}`))
    },
  )

  it.each(allowed.map((each, i) => [...each, forbidden.length + i] as const))(
    '%s may import %s',
    (file, _specifier, i) => {
      expect(refused).not.toContain(file.replace('planted', `planted-${i}`))
    },
  )
})

describe('what a folder cannot even name', () => {
  const folder = join(root, 'test-results', 'planted')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each([
    ['core/analysis', 'export const n = process.pid'],
    ['core/analysis', 'export const d = document.title'],
    ['core/contract', 'export const n = process.pid'],
    ['core/programme', 'export const n = Buffer.alloc(1)'],
    ['core/report', 'export const n = process.pid'],
    ['core/report', 'export const d = document.title'],
    ['core/data', 'export const d = document.title'],
    ['core/service', 'export const d = window.name'],
    ['renderer', 'export const n = process.pid'],
  ])('%s: %s does not compile', (layer, line) => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'planted.ts'), `${line}\n`)
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, layer, 'tsconfig.json'),
        include: ['planted.ts'],
        files: ['planted.ts'],
      }),
    )
    const { status, stdout } = spawnSync(bin('tsc'), ['-p', folder], { cwd: root, encoding: 'utf8' })
    expect(status).not.toBe(0)
    expect(stdout).toMatch(/Cannot find name|TS2584|TS2591|TS2580/)
  })
})
