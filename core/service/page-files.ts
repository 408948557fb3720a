import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from '#core/contract/problem.ts'

export const PAGE_FOLDER = fileURLToPath(new URL('../../dist/renderer/', import.meta.url))

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** The window's files by path, read once: a request can name nothing that is not in here. */
export function readPageFiles(folder = PAGE_FOLDER): Map<string, { bytes: Uint8Array; type: string }> {
  if (!existsSync(join(folder, 'index.html')))
    throw new InputError('E-SYS-002', 'The window has not been built yet.', {
      cure: 'Run "npm run build" first.',
    })
  const files = new Map<string, { bytes: Uint8Array; type: string }>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = `/${path.slice(folder.length).replaceAll('\\', '/').replace(/^\//, '')}`
    files.set(name, { bytes: readFileSync(path), type: types[extname(name)] ?? 'application/octet-stream' })
  }
  files.set('/', files.get('/index.html') as { bytes: Uint8Array; type: string })
  return files
}
