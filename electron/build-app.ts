/**
 * Writes dist/app: the desktop app as plain JavaScript, because Electron's Node is not promised to strip types. Types are
 * blanked out in place (no bundler, no renaming but `.ts` to `.js`), so a line number in a trace is the line in the source.
 * The window must have been built before (`npm run build`).
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Of electron/, only what runs inside Electron. */
const SHELL = new Set(['main.ts', 'arguments.ts', 'security.ts', 'window.ts'])
const NOT_SHIPPED = /(^|\/)(tsconfig\.json|decisions)(\/|$)/

buildApp(resolve(process.argv[2] ?? join(root, 'dist', 'app')))

function buildApp(out: string): void {
  const page = join(root, 'dist', 'renderer')
  if (!existsSync(join(page, 'index.html')))
    throw new Error('dist/renderer is not built: run "npm run build" first.')
  rmSync(out, { recursive: true, force: true })
  for (const file of filesIn('core')) if (!NOT_SHIPPED.test(file)) copy(file, out)
  for (const file of SHELL) copy(`electron/${file}`, out)
  cpSync(page, join(out, 'dist', 'renderer'), { recursive: true })
  const { name, version, description, type, dependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const manifest = {
    ...{ name, version, description, type, private: true },
    main: 'electron/main.js',
    imports: { '#core/*': './core/*', '#electron/*': './electron/*' },
    dependencies,
  }
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

function copy(file: string, out: string): void {
  const from = join(root, file)
  const to = join(out, file.replace(/\.ts$/, '.js'))
  mkdirSync(dirname(to), { recursive: true })
  if (file.endsWith('.ts')) writeFileSync(to, toJavaScript(readFileSync(from, 'utf8')))
  else cpSync(from, to)
}

/** Types blanked, and every specifier of a module of our own (imports, workers, forks) pointed to its new name. */
function toJavaScript(source: string): string {
  return stripTypeScriptTypes(source).replaceAll(/(['"])((?:#|\.{1,2}\/)[^'"\n]+)\.ts\1/g, '$1$2.js$1')
}
