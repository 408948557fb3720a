/**
 * The test command: types, lint, the build, unit, contract, oracle and architecture tests, then the browser suite with
 * every network but loopback cut off where this machine allows it. `node tests/run-all.ts STAGE…` runs some of them.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './e2e/find-chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
const reports = mkdtempSync(join(tmpdir(), 'hotspot-tests-'))
const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
}

interface Counts {
  passed: number
  failed: number
  skipped: number
}
const total: Counts = { passed: 0, failed: 0, skipped: 0 }

function run(command: string, args: readonly string[]): boolean {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env })
  return status === 0
}

function add({ passed, failed, skipped }: Counts): void {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

/** One type check per folder: each sees only the globals it may use. */
function types(): boolean {
  const projects = ['core', '.']
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(parent, name)))
    .filter((folder) => existsSync(join(root, folder, 'tsconfig.json')) && !folder.includes('node_modules'))
  return projects.map((folder) => run(bin('tsc'), ['-p', folder])).every(Boolean)
}

function unit(): boolean {
  const report = join(reports, 'unit.json')
  const ok = run(bin('vitest'), [
    'run',
    '-c',
    'tests/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  if (existsSync(report)) {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
    add({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests })
  }
  return ok
}

function browser(): boolean {
  if (!findChromium()) {
    process.stderr.write(
      'The browser tests need Chromium: install the Debian package chromium, or set CHROMIUM to one.\n',
    )
    return false
  }
  const report = join(reports, 'browser.json')
  const suite = [bin('playwright'), 'test', '-c', 'tests/e2e/playwright.config.ts']
  // A network namespace of its own holds nothing but loopback: what needs the internet fails there.
  const cutOff = spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up']).status === 0
  process.stdout.write(
    cutOff
      ? 'Network: cut off but for loopback.\n'
      : 'Network: not cut off, as this machine does not allow unshare -n; requests off-origin still fail the suite.\n',
  )
  env.PLAYWRIGHT_JSON_OUTPUT_NAME = report
  const ok = cutOff
    ? run('unshare', ['-n', 'sh', '-c', `ip link set lo up && exec ${suite.join(' ')}`])
    : run(suite[0], suite.slice(1))
  if (existsSync(report)) {
    const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(report, 'utf8')).stats
    add({ passed: expected + flaky, failed: unexpected, skipped })
  }
  return ok
}

const stages: Readonly<Record<string, () => boolean>> = {
  types,
  lint: () => run(bin('biome'), ['check', '--error-on-warnings', '.']),
  // Before the unit tests: those of packaging look at what was built.
  build: () => run(bin('vite'), ['build', '-c', 'renderer/vite.config.ts', '--logLevel', 'warn']),
  unit,
  browser,
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(stages)
let good = true
for (const name of wanted) {
  const began = performance.now()
  process.stdout.write(`\n── ${name}\n`)
  const ok = stages[name]?.() ?? false
  process.stdout.write(
    `── ${name}: ${ok ? 'passed' : 'FAILED'} in ${((performance.now() - began) / 1000).toFixed(1)} s\n`,
  )
  good &&= ok
  // Later stages stand on earlier ones; a red one ends the run.
  if (!ok) break
}
rmSync(reports, { recursive: true, force: true })
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exitCode = good ? 0 : 1
