import { spawn } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openColumns } from '#core/data/columns/open-columns.ts'
import { openWorkspace } from '#core/data/store/workspace-store.ts'
import { smallExtract } from './small-force.ts'
import { temporaryFolder } from './temporary-folder.ts'

const launcher = fileURLToPath(new URL('../../core/service/hotspot.mjs', import.meta.url))

/** Made larger by repeating it under new references, so that the import lasts long enough to be killed in every phase. */
function longExtract(times: number): string {
  const [header, ...rows] = smallExtract().trimEnd().split('\n')
  const copies = Array.from({ length: times }, (_, copy) =>
    rows.map((row) => row.replace('T/', `T/${copy}-`)),
  )
  return `${[header, ...copies.flat()].join('\n')}\n`
}

describe('an import that is killed', () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'extract.csv')
  const rows = 600 * 250
  beforeAll(() => writeFileSync(file, longExtract(250)))
  afterAll(folder.remove)

  it('leaves all of it or nothing, and a workspace that opens', async () => {
    let whole = 0
    let nothing = 0
    for (let round = 0; round < 10; round++) {
      const workspace = join(folder.path, `w${round}`)
      const child = spawn(
        process.execPath,
        [launcher, 'import', file, '--workspace', workspace, '--quiet', '--profile', 'force-extract'],
        {
          stdio: 'ignore',
          detached: true,
        },
      )
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
      await new Promise((resolve) => setTimeout(resolve, 250 + round * 150))
      try {
        // The command and its intake process die together, as in a power cut.
        process.kill(-(child.pid as number), 'SIGKILL')
      } catch {
        // It had ended already.
      }
      await ended
      if (!existsSync(join(workspace, 'workspace.sqlite'))) {
        nothing++
        continue
      }
      const store = openWorkspace(workspace)
      const datasets = store.datasets()
      expect(datasets.length).toBeLessThanOrEqual(1)
      expect(readdirSync(join(workspace, 'staging'))).toEqual([])
      expect(readdirSync(join(workspace, 'datasets'))).toEqual(datasets.map((each) => each.id))
      if (datasets.length === 1) {
        expect(openColumns(store.datasetFolder(datasets[0].id), datasets[0]).length).toBe(rows)
        whole++
      } else nothing++
      store.close()
    }
    expect(whole + nothing).toBe(10)
    // Kills must have fallen on both sides of the end, else the test has shown nothing.
    expect(nothing).toBeGreaterThan(0)
  })
})
