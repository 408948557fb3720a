/**
 * `npm start`: opens the workbench on the workspace of the demonstration (or the one named), in Electron where its
 * binary is there, else in the default browser. Builds the window first when that has not been done.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const workspace = resolve(process.argv[2] ?? join(root, 'out', 'workspace'))

if (!existsSync(join(root, 'dist', 'renderer', 'index.html'))) {
  process.stderr.write('Building the window (once, about 10 seconds)\n')
  const built = spawnSync(process.execPath, [
    join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    '-c',
    join(root, 'renderer', 'vite.config.ts'),
    '--logLevel',
    'warn',
  ])
  if (built.status !== 0) {
    process.stderr.write(String(built.stderr))
    process.exit(1)
  }
}

const binary = electronBinary()
if (binary) spawnSync(process.execPath, [join(root, 'electron', 'build-app.ts')], { stdio: 'inherit' })
const [command, args] = binary
  ? [binary, [join(root, 'dist', 'app'), `--workspace=${workspace}`]]
  : [process.execPath, [join(root, 'core', 'service', 'cli.ts'), 'serve', '--workspace', workspace, '--open']]
if (!binary)
  process.stderr.write(
    'Electron is not installed here; the workbench opens in the default browser instead.\n',
  )
const child = spawn(command, args, { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 0))

/** Where the electron package keeps its binary once it has been fetched; asking the package itself would fetch it. */
function electronBinary(): string | undefined {
  const folder = join(root, 'node_modules', 'electron')
  const named = join(folder, 'path.txt')
  if (!existsSync(named)) return undefined
  const path = join(folder, 'dist', readFileSync(named, 'utf8').trim())
  return existsSync(path) ? path : undefined
}
