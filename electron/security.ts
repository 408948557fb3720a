/**
 * Every security setting of the shell, in an order that matters: some are too late after `ready`. No preload, no IPC: the
 * page's only verb is fetch. Each setting is asserted in tests/unit/electron/shell.test.ts.
 */
import type { Event, ProxyConfig, Session, WebContents, WebPreferences } from 'electron'
import { APP_ORIGIN, APP_SCHEME, isAppUrl } from '#core/service/transport/app-scheme.ts'
import { SECURITY_HEADERS } from '#core/service/transport/headers.ts'

export type ElectronModule = Pick<
  typeof import('electron'),
  'app' | 'BrowserWindow' | 'dialog' | 'Menu' | 'protocol' | 'session' | 'utilityProcess'
>

/** Nothing listens there; without `<-loopback>` loopback addresses would go round it. */
const [NOWHERE, NO_BYPASS] = ['http://127.0.0.1:9', '<-loopback>']
const DEAD_PROXY: ProxyConfig = { mode: 'fixed_servers', proxyRules: NOWHERE, proxyBypassRules: NO_BYPASS }
const SWITCHES = ['disable-background-networking', 'no-pings', 'disable-domain-reliability', 'disable-quic']

/** Before `ready`, the arguments having passed. False: another instance holds the data folder. */
export function beforeReady({ app, protocol, Menu }: ElectronModule, dataFolder: string): boolean {
  app.enableSandbox()
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }])
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('proxy-server', NOWHERE)
  app.commandLine.appendSwitch('proxy-bypass-list', NO_BYPASS)
  for (const name of SWITCHES) app.commandLine.appendSwitch(name)
  // Local, not roaming. No crash reporter is started; dumps would stay here.
  for (const name of ['userData', 'sessionData', 'crashDumps'] as const) app.setPath(name, dataFolder)
  if (!app.requestSingleInstanceLock()) return false
  // None of these menus reloads, zooms or opens developer tools.
  const menus = [{ role: 'fileMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] as const
  Menu.setApplicationMenu(Menu.buildFromTemplate([...menus]))
  app.on('session-created', (created) => void closeSession(created))
  app.on('web-contents-created', (_event, contents) => closeContents(contents))
  app.on('certificate-error', prevent)
  app.on('login', prevent)
  app.on('select-client-certificate', prevent)
  return true
}

/** After `ready`: both sessions closed, ours given the app's own scheme. */
export async function afterReady(
  { app, session }: ElectronModule,
  handle: (request: Request) => Promise<Response>,
): Promise<Session> {
  await app.setProxy(DEAD_PROXY)
  const noDns = { enableBuiltInResolver: false, enableAdditionalDnsQueryTypes: false }
  app.configureHostResolver({ secureDnsMode: 'off', ...noDns })
  await closeSession(session.defaultSession)
  const ours = session.fromPartition('core', { cache: false })
  await closeSession(ours)
  ours.protocol.handle(APP_SCHEME, handle)
  return ours
}

const closed = new WeakMap<Session, Promise<void>>()

/** Shuts a session to everything but the app's own scheme; a session that is being shut is waited for. */
function closeSession(ses: Session): Promise<void> {
  const done = closed.get(ses) ?? shut(ses)
  closed.set(ses, done)
  return done
}

async function shut(ses: Session): Promise<void> {
  const every = { urls: ['<all_urls>'] }
  ses.webRequest.onBeforeRequest(every, ({ url }, answer) => answer({ cancel: !isOwn(url) }))
  ses.webRequest.onHeadersReceived(every, ({ responseHeaders }, answer) =>
    answer({ responseHeaders: { ...responseHeaders, ...SECURITY_HEADERS } }),
  )
  for (const scheme of ['file', 'http', 'https'])
    ses.protocol.handle(scheme, () => new Response(null, { status: 403 }))
  ses.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  ses.setPermissionCheckHandler(() => false)
  ses.setDevicePermissionHandler(() => false)
  ses.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  ses.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  ses.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses)
  // webPreferences.spellcheck alone does not keep Electron from fetching dictionaries.
  ses.setSpellCheckerEnabled(false)
  ses.setSpellCheckerLanguages([])
  ses.setSpellCheckerDictionaryDownloadURL(`${APP_ORIGIN}/none/`)
  ses.setCertificateVerifyProc((_request, answer) => answer(-2))
  ses.registerLocalAIHandler(null)
  ses.enableNetworkEmulation({ offline: true })
  ses.on('will-download', (event, item) => {
    // The page's own files go where the analyst says, through the system's save dialog; nothing else is saved.
    if (isOwn(item.getURL())) item.setSaveDialogOptions({ defaultPath: item.getFilename() })
    else event.preventDefault()
  })
  ses.on('select-hid-device', prevent)
  ses.on('select-serial-port', prevent)
  ses.on('select-usb-device', prevent)
  ses.on('select-webauthn-authenticator', (_event, answer) => answer(null))
  ses.on('preconnect', (_event, url) => note(`E-NET-001 a connection was about to be opened to ${url}`))
  await ses.setProxy(DEAD_PROXY)
  await ses.closeAllConnections()
}

function closeContents(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', prevent)
}

export function webPreferences(session: Session, isPackaged: boolean): WebPreferences {
  return {
    session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    disableBlinkFeatures: 'Auxclick',
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !isPackaged,
    plugins: false,
    safeDialogs: true,
    enableDeprecatedPaste: false,
  }
}

/** For whoever runs the app from a terminal. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

function prevent(event: Event): void {
  event.preventDefault()
}

function stay(event: Event<{ url: string }>): void {
  if (!isAppUrl(event.url)) event.preventDefault()
}

/** The app's own addresses, what the page made itself, and pictures written out in the page. */
function isOwn(url: string): boolean {
  return isAppUrl(url) || url.startsWith(`blob:${APP_ORIGIN}/`) || url.startsWith('data:image/')
}
