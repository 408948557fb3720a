import { callJson } from './client.ts'

const slice = 16 * 1024 * 1024

/**
 * Sends a file in slices of at most 16 MiB, so that neither side holds a large file in memory.
 *
 * @returns the upload's id, to be named in a preview or an import
 */
export async function uploadFile(
  file: File,
  name: string,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<string> {
  const { id } = await callJson<{ id: string }>('POST', '/uploads', { name, bytes: file.size }, signal)
  for (let offset = 0; offset < file.size; offset += slice) {
    const part = file.slice(offset, offset + slice)
    await callJson('PUT', `/uploads/${encodeURIComponent(id)}?offset=${offset}`, part, signal)
    onSent(Math.min(offset + slice, file.size))
  }
  return id
}
