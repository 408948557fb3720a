/**
 * The shell in real Electron, where its binary is installed: starts, shows the page isolated from other origins, without
 * Node and without a network, and ends. Everything else about the shell is tested without Electron in shell.test.ts.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const named = path.join(root, 'node_modules/electron/path.txt')
const binary = existsSync(named)
  ? path.join(root, 'node_modules/electron/dist', readFileSync(named, 'utf8').trim())
  : undefined
const reason =
  !binary || !existsSync(binary)
    ? 'the Electron binary is not installed here (node_modules/electron/dist)'
    : !existsSync(path.join(root, 'dist/renderer/index.html'))
      ? 'the window is not built (npm run build)'
      : process.platform === 'linux' && !process.env.DISPLAY
        ? 'there is no display'
        : undefined
if (reason) process.stdout.write(`Skipped: real Electron, because ${reason}.\n`)

/** Evaluated in the page; the shell offers no way in, so the probe is loaded as a second main module. */
const PROBE = `({
  isolated: crossOriginIsolated,
  node: [typeof require, typeof process, typeof module].join(),
  origin: location.origin,
  about: await fetch('/api/about').then((r) => r.status),
  file: await fetch('file:///etc/hostname').then(() => 'read', () => 'refused'),
  web: await fetch('http://127.0.0.1:9/').then(() => 'read', () => 'refused'),
  other: await fetch('app://other/api/about').then((r) => 'status ' + r.status, () => 'refused'),
  opened: window.open('app://workbench/') === null,
})`

describe.skipIf(reason !== undefined)(`real Electron${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it('starts, is isolated, reaches nothing, and ends', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'electron-'))
    try {
      execFileSync(process.execPath, [path.join(root, 'electron/build-app.ts'), path.join(folder, 'app')])
      symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'app/node_modules'), 'dir')
      writeFileSync(
        path.join(folder, 'app/probe.js'),
        `import { app } from 'electron'
         app.on('web-contents-created', (_event, contents) => contents.once('did-finish-load', async () => {
           const found = await contents.executeJavaScript(${JSON.stringify(`(async () => ${PROBE})()`)})
           process.stdout.write('PROBE ' + JSON.stringify(found) + '\\n')
           app.quit()
         }))
         await import('./electron/main.js')`,
      )
      const manifest = path.join(folder, 'app/package.json')
      writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('electron/main.js', 'probe.js'))
      const output = await run(
        binary as string,
        [path.join(folder, 'app'), `--workspace=${path.join(folder, 'ws')}`],
        {
          ...process.env,
          LOCALAPPDATA: folder,
          ELECTRON_DISABLE_SANDBOX: process.getuid?.() === 0 ? '1' : '',
        },
      )
      expect(JSON.parse(/PROBE (.*)/.exec(output)?.[1] ?? 'null')).toEqual({
        isolated: true,
        node: 'undefined,undefined,undefined',
        origin: 'app://workbench',
        about: 200,
        file: 'refused',
        web: 'refused',
        other: 'refused',
        opened: true,
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }, 60_000)
})

function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const hear = (piece: Buffer): void => {
      output += piece.toString()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    const late = setTimeout(() => child.kill('SIGKILL'), 45_000)
    child.on('error', reject)
    child.on('exit', () => {
      clearTimeout(late)
      resolve(output)
    })
  })
}
