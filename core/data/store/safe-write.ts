import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file so that a crash leaves the old one or the new one, never part of one: temporary name in the same
 * folder, fsync, rename, fsync of the folder (which Windows does not have and does not need for this).
 */
export function safeWrite(file: string, bytes: Uint8Array | string): void {
  const part = `${file}.${process.pid}.part`
  const handle = openSync(part, 'w')
  try {
    const data = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
    let written = 0
    while (written < data.length) written += writeSync(handle, data, written)
    fsyncSync(handle)
  } catch (error) {
    closeSync(handle)
    rmSync(part, { force: true })
    throw error
  }
  closeSync(handle)
  safeRename(part, file)
}

/** Renames, waiting out a virus scanner that holds the file for a moment (Windows), then makes the rename durable. */
export function safeRename(from: string, to: string): void {
  for (let attempt = 0; ; attempt++) {
    try {
      renameSync(from, to)
      break
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (attempt >= 100 || !(code === 'EPERM' || code === 'EACCES' || code === 'EBUSY')) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
  syncFolder(dirname(to))
}

export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
