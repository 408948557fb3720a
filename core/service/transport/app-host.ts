import { readPageFiles } from '../page-files.ts'
import { appHandler } from './app-scheme.ts'
import { type Host, type HostOptions, startHost } from './host.ts'

/** Core, page and checks behind one handler: all that the desktop shell needs to know of the product. */
export async function openAppHost(options: Omit<HostOptions, 'shell'>): Promise<Host> {
  const page = readPageFiles()
  const { handle, close } = await startHost({ ...options, shell: 'electron' })
  return { handle: appHandler(handle, page), close }
}
