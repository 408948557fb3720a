import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

export interface Served {
  /** Start address: works once. */
  readonly url: string
  readonly origin: string
  readonly workspace: string
  close(): Promise<void>
}

/** The folder the run's workspaces and sample files are in. */
export function builtFolder(): string {
  const folder = process.env.HOTSPOT_E2E
  if (!folder) throw new Error('HOTSPOT_E2E is not set: run the suite with tests/e2e/playwright.config.ts.')
  return folder
}

/** Serves a fresh copy of a workspace with the product's own command, as a user would. */
export async function serveCopy(workspace: string): Promise<Served> {
  const home = mkdtempSync(join(tmpdir(), 'hotspot-served-'))
  const copy = join(home, 'workspace')
  cpSync(workspace, copy, { recursive: true })
  const child = spawn(
    process.execPath,
    [join(repository, 'core/service/cli.ts'), 'serve', '--workspace', copy, '--json'],
    { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  )
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), ended.then(() => null)])
  if (!first) throw new Error('The server ended before it printed its address.')
  const { url, origin } = JSON.parse(first[0]) as { url: string; origin: string }
  return {
    url,
    origin,
    workspace: copy,
    async close() {
      child.kill('SIGTERM')
      await ended
      rmSync(home, { recursive: true, force: true })
    },
  }
}
