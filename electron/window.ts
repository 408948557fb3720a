import type { BrowserWindow, Session } from 'electron'
import { APP_ORIGIN } from '#core/service/transport/app-scheme.ts'
import { type ElectronModule, note, webPreferences } from './security.ts'

/** Opens the one window. A page that crashes is loaded again once; the workspace is on disk. */
export function openWindow({ app, BrowserWindow }: ElectronModule, session: Session): BrowserWindow {
  const size = { width: 1600, height: 1000, minWidth: 1024, minHeight: 700 }
  const window = new BrowserWindow({
    ...size,
    title: 'Hotspot Workbench',
    backgroundColor: '#ffffff',
    webPreferences: webPreferences(session, app.isPackaged),
  })
  let reloaded = false
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    note(`The page ended: ${reason}`)
    if (reloaded || reason === 'clean-exit') return
    reloaded = true
    window.webContents.reload()
  })
  window.webContents.on('console-message', ({ level, message }) => {
    if (level === 'error') note(`page: ${message}`)
  })
  window.on('unresponsive', () => note('The page does not answer.'))
  void window.loadURL(`${APP_ORIGIN}/`)
  return window
}
