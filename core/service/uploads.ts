import { createWriteStream, existsSync, mkdirSync, rmSync, type WriteStream } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InputError } from '#core/contract/problem.ts'
import type { WorkspaceStore } from '#core/data/store/workspace-store.ts'

/** Files on their way in from the window, slice by slice, into a folder that a crash sweeps. */
export interface Uploads {
  begin(name: string): string
  append(id: string, offset: number, slice: Uint8Array): Promise<number>
  /** Path and name of a finished upload. */
  finish(id: string): Promise<{ path: string; name: string }>
  discard(id: string): void
}

const SLICE_LIMIT = 16 * 1024 * 1024
const NAME_LIMIT = 240

export function createUploads(store: WorkspaceStore): Uploads {
  const open = new Map<string, { path: string; name: string; received: number; out: WriteStream }>()
  let last = 0

  function find(id: string) {
    const upload = open.get(id)
    if (!upload)
      throw new InputError('E-UPL-001', 'That upload is not known any more. Nothing was imported.', {
        status: 404,
        cure: 'Choose the file again.',
      })
    return upload
  }

  return {
    begin(name) {
      const id = `upload-${++last}`
      const folder = store.workFolder('uploads')
      mkdirSync(folder, { recursive: true })
      // Stored under a name of ours; the analyst's name is only shown. Its ending decides nothing by itself.
      const path = join(folder, 'file')
      open.set(id, { path, name: shownName(name), received: 0, out: createWriteStream(path) })
      return id
    },
    async append(id, offset, slice) {
      const upload = find(id)
      if (slice.length > SLICE_LIMIT)
        throw new InputError('E-UPL-002', 'A slice of the file is larger than 16 MB.', { status: 413 })
      if (offset !== upload.received)
        throw new InputError(
          'E-UPL-003',
          `The file arrived out of order (at byte ${offset}, expected ${upload.received}).`,
          {
            status: 409,
            cure: 'Choose the file again.',
          },
        )
      await new Promise<void>((resolve, reject) =>
        upload.out.write(slice, (error) => (error ? reject(error) : resolve())),
      )
      upload.received += slice.length
      return upload.received
    },
    async finish(id) {
      const upload = find(id)
      if (!upload.out.writableEnded)
        await new Promise<void>((resolve, reject) => {
          upload.out.on('error', reject)
          upload.out.end(() => resolve())
        })
      return { path: upload.path, name: upload.name }
    },
    discard(id) {
      const upload = open.get(id)
      open.delete(id)
      upload?.out.destroy()
      if (upload && existsSync(dirname(upload.path)))
        rmSync(dirname(upload.path), { recursive: true, force: true })
    },
  }
}

/** A name for display: no folders, no control characters, not endless. */
function shownName(name: string): string {
  const shown = basename(name.replaceAll('\\', '/'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .slice(0, NAME_LIMIT)
    .trim()
  return shown === '' ? 'unnamed file' : shown
}
