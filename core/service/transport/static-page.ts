import { refusal } from './refusal.ts'

export interface PageFile {
  readonly bytes: Uint8Array
  readonly type: string
}

/** The built page by path, `/index.html` and on. Nothing is ever read from a path that came with a request. */
export type Page = ReadonlyMap<string, PageFile>

/** The file of the page at a path already checked by `isPlainPath`; 404 for anything that is not in the map. */
export function answerPage(page: Page, path: string): Response {
  const file = page.get(path === '/' ? '/index.html' : path)
  if (!file) return refusal(404, 'E-REQ-PATH', 'There is nothing at this address.')
  return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': file.type, 'content-length': String(file.bytes.byteLength) },
  })
}

/**
 * Whether a path means what it says: one leading slash, no dot segments, backslashes, control characters or broken
 * escapes, raw or escaped (also twice).
 */
export function isPlainPath(path: string): boolean {
  if (!path.startsWith('/') || path.startsWith('//') || path.length > 2048) return false
  let text = path
  for (let round = 0; round < 3; round++) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    if (/[\\\u0000-\u001f\u007f]/.test(text)) return false
    if (text.split('/').some((segment) => segment === '.' || segment === '..')) return false
    if (!text.includes('%')) return true
    try {
      text = decodeURIComponent(text)
    } catch {
      // A broken escape is refused as it came; a percent sign that an escape stood for is a plain character.
      return round > 0
    }
  }
  return true
}
