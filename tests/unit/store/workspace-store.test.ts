import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openWorkspace } from '#core/data/store/workspace-store.ts'
import { temporaryFolder } from '../../contract/temporary-folder.ts'

const folders: ReturnType<typeof temporaryFolder>[] = []
const fresh = () => {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder.path
}
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})

describe('workspace store', () => {
  it('keeps every state it acknowledged and refuses to overwrite a newer one', () => {
    const path = fresh()
    const store = openWorkspace(path, 'First')
    const { version, state } = store.state()
    expect(state.name).toBe('First')
    const next = store.saveState(version, { ...state, force: 'Northmere' })
    expect(() => store.saveState(version, { ...state, force: 'Other' })).toThrow(/changed elsewhere/)
    store.close()
    const again = openWorkspace(path)
    expect(again.state()).toEqual({ version: next, state: { ...state, force: 'Northmere' } })
    again.close()
  })

  it('sweeps what a process that is gone left in staging, and orphan datasets', () => {
    const path = fresh()
    openWorkspace(path).close()
    mkdirSync(join(path, 'staging', '999999999-abc', 'dataset'), { recursive: true })
    mkdirSync(join(path, 'datasets', 'half-adopted'))
    writeFileSync(join(path, 'results', 'x.arrow.1.part'), 'half')
    const store = openWorkspace(path)
    expect(readdirSync(join(path, 'staging'))).toEqual([])
    expect(readdirSync(join(path, 'datasets'))).toEqual([])
    expect(readdirSync(join(path, 'results'))).toEqual([])
    store.close()
  })

  it('leaves alone the staging of a process that is still running', () => {
    const path = fresh()
    const store = openWorkspace(path)
    const staging = store.workFolder('staging')
    openWorkspace(path).close()
    expect(existsSync(staging)).toBe(true)
    store.close()
  })

  it('finds a kept result again, and not one whose bytes have changed', () => {
    const path = fresh()
    const store = openWorkspace(path)
    const bytes = new Uint8Array([1, 2, 3, 4])
    store.putResult('abc', bytes)
    expect(Array.from(store.openResult('abc') ?? [])).toEqual([1, 2, 3, 4])
    writeFileSync(join(path, 'results', 'abc.arrow'), new Uint8Array([1, 2, 3, 5]))
    expect(store.openResult('abc')).toBeUndefined()
    expect(store.openResult('never')).toBeUndefined()
    store.close()
  })

  it.each([['not a database', 'E-DB-001', (path: string) => writeFileSync(path, 'x'.repeat(5000))]])(
    'refuses a workspace file that is %s',
    (_what, code, spoil) => {
      const path = fresh()
      spoil(join(path, 'workspace.sqlite'))
      expect(() => openWorkspace(path)).toThrow(expect.objectContaining({ code }))
    },
  )

  it('refuses a database of another program, and one from a newer version', async () => {
    const { default: Sqlite } = await import('better-sqlite3')
    const other = fresh()
    const foreign = new Sqlite(join(other, 'workspace.sqlite'))
    foreign.exec('CREATE TABLE t (x)')
    foreign.close()
    expect(() => openWorkspace(other)).toThrow(expect.objectContaining({ code: 'E-DB-005' }))
    const newer = fresh()
    openWorkspace(newer).close()
    const db = new Sqlite(join(newer, 'workspace.sqlite'))
    db.pragma('user_version = 99')
    db.close()
    expect(() => openWorkspace(newer)).toThrow(expect.objectContaining({ code: 'E-DB-006' }))
  })

  it('loses nothing it acknowledged when the process is killed while saving', async () => {
    const path = fresh()
    const script = fileURLToPath(new URL('./save-until-killed.ts', import.meta.url))
    for (let round = 0; round < 5; round++) {
      const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
      let told = ''
      child.stdout.on('data', (chunk) => {
        told += chunk
      })
      await new Promise<void>((resolve) => {
        child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), 60 + round * 55))
        child.once('exit', () => resolve())
      })
      const acknowledged = Number(told.trim().split('\n').at(-1))
      const store = openWorkspace(path)
      const { version, state } = store.state()
      expect(version).toBeGreaterThanOrEqual(acknowledged)
      expect(version).toBeLessThanOrEqual(acknowledged + 1)
      expect(state.force).toBe(`force at ${version}`)
      store.close()
    }
  })
})
