/** The desktop shell: settings, one window, and the core behind app://workbench. Nothing here knows what the app is about. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as electron from 'electron'
import { openAppHost } from '#core/service/transport/app-host.ts'
import type { HostOptions } from '#core/service/transport/host.ts'
import { readArguments } from './arguments.ts'
import { afterReady, beforeReady } from './security.ts'
import { openWindow } from './window.ts'

const { app, dialog } = electron
const asked = readArguments(process.argv, app.isPackaged)
if (asked.refused === undefined) void start()
else stop(`The workbench does not start with ${asked.refused}.`)

async function start(): Promise<void> {
  const folder = join(process.env.LOCALAPPDATA ?? app.getPath('appData'), 'Hotspot Workbench')
  mkdirSync(folder, { recursive: true })
  if (!beforeReady(electron, folder)) return app.quit()
  app.on('window-all-closed', () => app.quit())
  await app.whenReady()
  try {
    const host = await openAppHost({ workspace: asked.workspace ?? join(folder, 'workspace'), spawnIntake })
    app.on('will-quit', (event) => {
      event.preventDefault()
      void host.close().finally(() => app.exit(0))
    })
    const window = openWindow(electron, await afterReady(electron, host.handle))
    app.on('second-instance', () => window.focus())
  } catch (error) {
    const cure = (error as { detail?: { cure?: string } }).detail?.cure
    stop([(error as Error).message, cure].filter(Boolean).join('\n\n'))
  }
}

function stop(sentence: string): void {
  dialog.showErrorBox('Hotspot Workbench cannot start', sentence)
  app.exit(1)
}

/** Files from outside are read in a utility process, which can be killed; the fuses leave no other way to start one. */
function spawnIntake(): ReturnType<NonNullable<HostOptions['spawnIntake']>> {
  const module = fileURLToPath(new URL('../core/service/intake.ts', import.meta.url))
  const options = { serviceName: 'Workbench intake', execArgv: ['--max-old-space-size=1024'] }
  const child = electron.utilityProcess.fork(module, [], { ...options, stdio: 'ignore' })
  return {
    send: (order) => child.postMessage(order),
    onMessage: (hear) => void child.on('message', hear),
    onExit: (hear) => void child.on('exit', hear),
    kill: () => void child.kill(),
  }
}
