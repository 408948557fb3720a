import { callBytes } from './client.ts'

/** Fetches a file with the session's key and hands it to the window's own save step. */
export async function saveFile(path: string, name: string): Promise<void> {
  const bytes = await callBytes('GET', path)
  const address = URL.createObjectURL(new Blob([bytes]))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
