import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { readPageFiles } from '../page-files.ts'
import { startHost } from '../transport/host.ts'
import { serveLoopback } from '../transport/loopback.ts'
import { type Given, neededOption, textOption } from './arguments.ts'

/** Serves the workbench to this machine's browser until it is told to stop. */
export async function serveCommand(given: Given): Promise<number> {
  const page = readPageFiles()
  const host = await startHost({ workspace: resolve(neededOption(given, 'workspace')), shell: 'browser' })
  const port = textOption(given, 'port')
  const server = await serveLoopback({
    handle: host.handle,
    page,
    ...(port !== undefined && { port: Number(port) }),
  })
  if (given.options.json)
    process.stdout.write(`${JSON.stringify({ url: server.url, origin: server.origin })}\n`)
  else
    process.stdout.write(
      `The workbench is at ${server.url}\nThe address works once, on this machine only. Press Ctrl+C to stop.\n`,
    )
  if (given.options.open) openBrowser(server.url)
  await new Promise<void>((stop) => {
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
  await server.close()
  await host.close()
  return 0
}

/** Asks the desktop for its default browser; where there is none, the printed address has to do. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', url]
      : process.platform === 'darwin'
        ? ['open', url]
        : ['xdg-open', url]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () =>
    process.stdout.write('No default browser was found; open the address above yourself.\n'),
  )
  child.unref()
}
