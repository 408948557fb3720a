import { callBytes } from './client.ts'

/** Fetches a file with the session's key and hands it to the window's own save step. */
export async function saveFile(path: string, name: string): Promise<void> {
  save(new Blob([await callBytes('GET', path)]), name)
}

/** Hands text to the window's own save step; the mark at its start tells a spreadsheet that it is UTF-8. */
export function saveText(text: string, name: string): void {
  save(new Blob(['\uFEFF', text], { type: 'text/csv' }), name)
}

/** Hands the parts of a file, fetched one after the other, to the window's own save step. */
export function saveParts(parts: readonly ArrayBuffer[], name: string): void {
  save(new Blob([...parts], { type: 'text/csv' }), name)
}

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
