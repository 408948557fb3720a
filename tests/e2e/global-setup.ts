import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Builds the workspaces of the run in a temporary folder (named by HOTSPOT_E2E) and removes them after it. */
export function buildWorkspaces(): () => void {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  if (!existsSync(join(root, 'dist/renderer/index.html')))
    throw new Error('The window has not been built yet: run "npm run build" first.')
  const folder = mkdtempSync(join(tmpdir(), 'hotspot-e2e-'))
  const { status } = spawnSync(process.execPath, [join(root, 'tests/e2e/build-workspaces.ts'), folder], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  if (status !== 0) throw new Error('The sample workspace of the browser tests could not be built.')
  process.env.HOTSPOT_E2E = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

// Playwright takes the setup of a run as the default export of its file.
// biome-ignore lint/style/noDefaultExport: see above
export default buildWorkspaces
