/** Runs every bench in turn, each in its own process, so that none warms up or fills the memory of another. `--json` passes through. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const passed = process.argv.slice(2)
let failed = 0
for (const name of readdirSync(folder)
  .filter((each) => each.endsWith('.bench.ts'))
  .sort()) {
  process.stderr.write(`\n── ${name}\n`)
  const { status } = spawnSync(process.execPath, ['--expose-gc', join(folder, name), ...passed], {
    stdio: 'inherit',
  })
  if (status !== 0) failed++
}
process.exitCode = failed === 0 ? 0 : 1
