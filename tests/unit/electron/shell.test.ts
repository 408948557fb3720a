import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { InputError } from '#core/contract/problem.ts'
import { SECURITY_HEADERS } from '#core/service/transport/headers.ts'
import { readArguments } from '#electron/arguments.ts'
import { type FakeElectron, fakeElectron } from './fake-electron.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(path.join(tmpdir(), 'shell-'))
const dataFolder = path.join(folder, 'Hotspot Workbench')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const host = vi.hoisted(() => ({
  options: [] as unknown[],
  closed: 0,
  refuse: undefined as Error | undefined,
}))
vi.mock('../../../core/service/page-files.ts', () => ({
  readPageFiles: () =>
    new Map([['/index.html', { bytes: new TextEncoder().encode('page'), type: 'text/html' }]]),
}))
vi.mock('../../../core/service/transport/host.ts', () => ({
  startHost: async (options: unknown) => {
    host.options.push(options)
    if (host.refuse) throw host.refuse
    return { handle: async () => Response.json({ from: 'core' }), close: async () => void host.closed++ }
  },
}))

let electron: FakeElectron
const argv = process.argv

/** Loads the real shell on a recorder; everything Electron is not asked for by name is an error. */
async function start(
  settings: { isPackaged?: boolean; holdsLock?: boolean; args?: string[] } = {},
): Promise<void> {
  const { isPackaged = true, args = [], ...rest } = settings
  electron = fakeElectron({ isPackaged, ...rest })
  process.argv = ['app.exe', ...args]
  vi.resetModules()
  vi.doMock('electron', () => electron.module)
  await import('#electron/main.ts')
}

async function ready(): Promise<void> {
  electron.becomeReady()
  await vi.waitFor(() => expect(names().some((n) => n === 'window.loadURL' || n === 'app.exit')).toBe(true))
}
const names = () => electron.calls.map(({ name }) => name)
const once = (name: string) => {
  const found = electron.argsOf(name)
  expect(found).toHaveLength(1)
  return found[0]
}

beforeEach(() => {
  host.options = []
  host.closed = 0
  host.refuse = undefined
  vi.stubEnv('LOCALAPPDATA', folder)
})
afterEach(() => {
  process.argv = argv
  vi.unstubAllEnvs()
  vi.doUnmock('electron')
})

describe('before ready', () => {
  it('does these things, in this order, and no others', async () => {
    await start()
    expect(
      electron.calls.map(({ name, args }) => [name, ...args.filter((a) => typeof a !== 'function')]),
    ).toEqual([
      ['app.enableSandbox'],
      [
        'protocol.registerSchemesAsPrivileged',
        [
          {
            scheme: 'app',
            privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
          },
        ],
      ],
      ['app.commandLine.appendSwitch', 'host-resolver-rules', 'MAP * ~NOTFOUND'],
      ['app.commandLine.appendSwitch', 'proxy-server', 'http://127.0.0.1:9'],
      ['app.commandLine.appendSwitch', 'proxy-bypass-list', '<-loopback>'],
      ['app.commandLine.appendSwitch', 'disable-background-networking'],
      ['app.commandLine.appendSwitch', 'no-pings'],
      ['app.commandLine.appendSwitch', 'disable-domain-reliability'],
      ['app.commandLine.appendSwitch', 'disable-quic'],
      ['app.setPath', 'userData', dataFolder],
      ['app.setPath', 'sessionData', dataFolder],
      ['app.setPath', 'crashDumps', dataFolder],
      ['app.requestSingleInstanceLock'],
      ['Menu.buildFromTemplate', [{ role: 'fileMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]],
      ['Menu.setApplicationMenu', 'menu'],
      ['app.on', 'session-created'],
      ['app.on', 'web-contents-created'],
      ['app.on', 'certificate-error'],
      ['app.on', 'login'],
      ['app.on', 'select-client-certificate'],
      ['app.on', 'window-all-closed'],
      ['app.whenReady'],
    ])
    expect(host.options).toEqual([])
  })
  it('quits when another instance holds the data folder', async () => {
    await start({ holdsLock: false })
    expect(names().at(-1)).toBe('app.quit')
    expect(names()).not.toContain('app.whenReady')
  })
  it('lets no certificate, login or client certificate through', async () => {
    await start()
    for (const event of ['certificate-error', 'login', 'select-client-certificate'])
      expect(isPrevented('app', event)).toBe(true)
  })
})

/** Whether a listener of the event prevents it. */
function isPrevented(object: string, event: string, details: object = {}, ...more: unknown[]): boolean {
  let prevented = false
  const given = { ...details, preventDefault: () => (prevented = true) }
  const listeners = electron.listenersOf(object, event)
  expect(listeners.length).toBeGreaterThan(0)
  for (const listener of listeners) (listener as (...args: unknown[]) => void)(given, ...more)
  return prevented
}

describe('arguments', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect-brk=0',
    '--load-extension=C:\\x',
    '--no-sandbox',
    '--disable-web-security',
    '--proxy-server=evil',
    '--js-flags=--expose-gc',
    '-r',
    '--workspace',
    '--workspace=',
    'C:\\cases\\x.csv',
    'https://evil.test',
  ])('%s stops the app before anything is set', async (argument) => {
    await start({ args: [argument] })
    expect(names()).toEqual(['dialog.showErrorBox', 'app.exit'])
    expect(once('dialog.showErrorBox')[1]).toContain(argument)
  })
  it('takes a workspace, and in development the program itself', () => {
    expect(readArguments(['exe', '--workspace=D:\\ws'], true)).toEqual({ workspace: 'D:\\ws' })
    expect(readArguments(['electron', 'electron/main.ts', '--workspace=/ws'], false)).toEqual({
      workspace: '/ws',
    })
    expect(readArguments(['electron', 'electron/main.ts', 'other'], false)).toEqual({ refused: 'other' })
    expect(readArguments(['exe'], true)).toEqual({})
  })
})

describe('after ready', () => {
  const sessions = ['default', 'ours']
  beforeEach(async () => {
    await start({ args: ['--workspace=/cases/one'] })
    await ready()
  })

  it('starts the core for this shell, with intake in a utility process', () => {
    expect(host.options).toEqual([
      { workspace: '/cases/one', shell: 'electron', spawnIntake: expect.any(Function) },
    ])
    const { spawnIntake } = host.options[0] as {
      spawnIntake: () => { kill(): void; send(order: unknown): void }
    }
    const intake = spawnIntake()
    intake.send({ kind: 'places' })
    intake.kill()
    const [module, args, options] = once('utilityProcess.fork')
    expect(module).toBe(path.join(root, 'core/service/intake.ts'))
    expect([args, options]).toEqual([
      [],
      { serviceName: 'Workbench intake', execArgv: ['--max-old-space-size=1024'], stdio: 'ignore' },
    ])
    expect(names().slice(-2)).toEqual(['child.postMessage', 'child.kill'])
  })

  it('sends every request of either session to a dead proxy, and asks no name server', () => {
    const proxy = { mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' }
    for (const object of ['app', ...sessions]) expect(once(`${object}.setProxy`)).toEqual([proxy])
    expect(once('app.configureHostResolver')).toEqual([
      { secureDnsMode: 'off', enableBuiltInResolver: false, enableAdditionalDnsQueryTypes: false },
    ])
    for (const session of sessions) {
      once(`${session}.closeAllConnections`)
      expect(names().indexOf(`${session}.setProxy`)).toBeLessThan(
        names().indexOf(`${session}.closeAllConnections`),
      )
    }
    expect(once('session.fromPartition')).toEqual(['core', { cache: false }])
  })

  it.each(sessions)('%s: refuses every permission Electron knows, asked or checked', (session) => {
    const typings = readFileSync(path.join(root, 'node_modules/electron/electron.d.ts'), 'utf8')
    const literals = (method: string) =>
      [...(typings.match(new RegExp(`${method}\\(handler: .*`))?.[0] ?? '').matchAll(/'([\w-]+)'/g)].map(
        ([, name]) => name,
      )
    const asked = literals('setPermissionRequestHandler')
    const checked = literals('setPermissionCheckHandler')
    expect(asked.length).toBeGreaterThan(40)
    expect(checked.length).toBeGreaterThan(40)
    const [request] = once(`${session}.setPermissionRequestHandler`) as [
      (c: null, p: string, a: (y: boolean) => void) => void,
    ]
    const [check] = once(`${session}.setPermissionCheckHandler`) as [(c: null, p: string) => boolean]
    for (const permission of asked) {
      const answers: boolean[] = []
      request(null, permission, (answer) => answers.push(answer))
      expect([permission, answers]).toEqual([permission, [false]])
    }
    for (const permission of checked)
      expect([permission, check(null, permission)]).toEqual([permission, false])
  })

  it.each(sessions)('%s: refuses devices, screens, pairings, certificates and helpers', (session) => {
    const call = (name: string, ...args: unknown[]) =>
      (once(`${session}.${name}`)[0] as (...given: unknown[]) => unknown)(...args)
    const answerOf = (name: string) => {
      let answer: unknown = 'none'
      call(name, {}, (given: unknown) => {
        answer = given
      })
      return answer
    }
    expect(call('setDevicePermissionHandler')).toBe(false)
    expect(answerOf('setBluetoothPairingHandler')).toEqual({ confirmed: false })
    expect(answerOf('setDisplayMediaRequestHandler')).toBeNull()
    expect(answerOf('setCertificateVerifyProc')).toBe(-2)
    expect(call('setUSBProtectedClassesHandler', { protectedClasses: ['audio', 'hid'] })).toEqual([
      'audio',
      'hid',
    ])
    expect(once(`${session}.setSpellCheckerEnabled`)).toEqual([false])
    expect(once(`${session}.setSpellCheckerLanguages`)).toEqual([[]])
    expect(once(`${session}.setSpellCheckerDictionaryDownloadURL`)).toEqual(['app://workbench/none/'])
    expect(once(`${session}.registerLocalAIHandler`)).toEqual([null])
    expect(once(`${session}.enableNetworkEmulation`)).toEqual([{ offline: true }])
    for (const event of ['select-hid-device', 'select-serial-port', 'select-usb-device'])
      expect(isPrevented(session, event)).toBe(true)
    const [authenticator] = electron.listenersOf(session, 'select-webauthn-authenticator')
    let chosen: unknown = 'none'
    ;(authenticator as (e: unknown, a: (n: unknown) => void) => void)({}, (name) => {
      chosen = name
    })
    expect(chosen).toBeNull()
    expect(electron.listenersOf(session, 'preconnect')).toHaveLength(1)
  })

  it.each(sessions)('%s: cancels every request but the app’s own', (session) => {
    const [filter, listener] = once(`${session}.webRequest.onBeforeRequest`) as [
      unknown,
      (d: { url: string }, a: (c: unknown) => void) => void,
    ]
    expect(filter).toEqual({ urls: ['<all_urls>'] })
    const cancelled = (url: string) => {
      let answer: unknown
      listener({ url }, (given) => {
        answer = given
      })
      return (answer as { cancel: boolean }).cancel
    }
    for (const url of [
      'app://workbench/',
      'app://workbench/api/x',
      'blob:app://workbench/1',
      'data:image/png;base64,A',
    ])
      expect([url, cancelled(url)]).toEqual([url, false])
    for (const url of foreign) expect([url, cancelled(url)]).toEqual([url, true])
  })

  it.each(sessions)('%s: says the security headers again and closes the web schemes', async (session) => {
    const [, listener] = once(`${session}.webRequest.onHeadersReceived`) as [
      unknown,
      (d: object, a: (c: unknown) => void) => void,
    ]
    let answer: unknown
    listener({ responseHeaders: { a: 'b' } }, (given) => {
      answer = given
    })
    expect(answer).toEqual({ responseHeaders: { a: 'b', ...SECURITY_HEADERS } })
    const handled = electron.argsOf(`${session}.protocol.handle`)
    const closedSchemes = handled.filter(([scheme]) => scheme !== 'app')
    expect(closedSchemes.map(([scheme]) => scheme)).toEqual(['file', 'http', 'https'])
    for (const [, handler] of closedSchemes) expect((handler as () => Response)().status).toBe(403)
    expect(handled.filter(([scheme]) => scheme === 'app')).toHaveLength(session === 'ours' ? 1 : 0)
  })

  it('serves page and core under app://workbench, with headers', async () => {
    const [, handler] = electron.argsOf('ours.protocol.handle').find(([scheme]) => scheme === 'app') as [
      string,
      (r: Request) => Promise<Response>,
    ]
    const pageAnswer = await handler(new Request('app://workbench/'))
    expect([pageAnswer.status, await pageAnswer.text()]).toEqual([200, 'page'])
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      expect(pageAnswer.headers.get(name)).toBe(value)
    expect(await (await handler(new Request('app://workbench/api/about'))).json()).toEqual({ from: 'core' })
    expect((await handler(new Request('app://evil/api/about'))).status).toBe(403)
  })

  it('saves what the page made through the save dialog, and nothing else', () => {
    const item = (url: string, options: unknown[]) => ({
      getURL: () => url,
      getFilename: () => 'pack.pdf',
      setSaveDialogOptions: (given: unknown) => options.push(given),
    })
    const asked: unknown[] = []
    expect(isPrevented('ours', 'will-download', {}, item('blob:app://workbench/1', asked))).toBe(false)
    expect(asked).toEqual([{ defaultPath: 'pack.pdf' }])
    expect(isPrevented('ours', 'will-download', {}, item('https://evil.test/x.exe', asked))).toBe(true)
    expect(asked).toHaveLength(1)
  })

  it('opens one window with exactly these preferences and no preload', () => {
    const [options] = once('new BrowserWindow') as [{ webPreferences: Record<string, unknown> }]
    const { session, ...preferences } = options.webPreferences
    expect(session).toBeTruthy()
    expect(preferences).toEqual({
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
      devTools: false,
      plugins: false,
      safeDialogs: true,
      enableDeprecatedPaste: false,
    })
    expect(once('window.loadURL')).toEqual(['app://workbench/'])
  })

  it('has every setting made before the page is loaded', () => {
    const load = names().indexOf('window.loadURL')
    const late = names()
      .slice(load + 1)
      .filter((name) => name !== 'app.on')
    expect(late).toEqual([])
    expect(names().indexOf('ours.closeAllConnections')).toBeLessThan(names().indexOf('new BrowserWindow'))
    expect(names().indexOf('contents.setWindowOpenHandler')).toBeGreaterThan(
      names().indexOf('new BrowserWindow'),
    )
  })

  it('keeps every page where it is', () => {
    expect(once('contents.setWebRTCIPHandlingPolicy')).toEqual(['disable_non_proxied_udp'])
    expect((once('contents.setWindowOpenHandler')[0] as () => unknown)()).toEqual({ action: 'deny' })
    expect(isPrevented('contents', 'will-attach-webview')).toBe(true)
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const url of foreign) expect([url, isPrevented('contents', event, { url })]).toEqual([url, true])
      expect(isPrevented('contents', event, { url: 'app://workbench/' })).toBe(false)
    }
  })

  it('loads a crashed page again once', () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const [listener] = electron.listenersOf('contents', 'render-process-gone')
    for (const reason of ['crashed', 'crashed', 'oom'])
      (listener as (e: unknown, d: object) => void)({}, { reason })
    expect(electron.argsOf('contents.reload')).toHaveLength(1)
    expect(said.mock.calls.map(([line]) => line)).toContain('The page ended: oom\n')
    said.mockRestore()
  })

  it('closes the core before it ends', async () => {
    expect(isPrevented('app', 'will-quit')).toBe(true)
    await vi.waitFor(() => expect(once('app.exit')).toEqual([0]))
    expect(host.closed).toBe(1)
  })

  it('calls nothing of Electron that is not on this list', () => {
    const allowed = new Set([
      ...[
        'app.enableSandbox',
        'app.setPath',
        'app.requestSingleInstanceLock',
        'app.on',
        'app.whenReady',
        'app.quit',
      ],
      ...[
        'app.exit',
        'app.getPath',
        'app.setProxy',
        'app.configureHostResolver',
        'app.commandLine.appendSwitch',
      ],
      ...['protocol.registerSchemesAsPrivileged', 'Menu.buildFromTemplate', 'Menu.setApplicationMenu'],
      ...['session.fromPartition', 'new BrowserWindow', 'window.on', 'window.loadURL', 'window.focus'],
      ...[
        'contents.on',
        'contents.setWebRTCIPHandlingPolicy',
        'contents.setWindowOpenHandler',
        'contents.reload',
      ],
      ...sessions.flatMap((session) =>
        [
          ...[
            'webRequest.onBeforeRequest',
            'webRequest.onHeadersReceived',
            'protocol.handle',
            'on',
            'setProxy',
          ],
          ...['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler'],
          ...['setBluetoothPairingHandler', 'setDisplayMediaRequestHandler', 'setUSBProtectedClassesHandler'],
          ...['setSpellCheckerEnabled', 'setSpellCheckerLanguages', 'setSpellCheckerDictionaryDownloadURL'],
          ...[
            'setCertificateVerifyProc',
            'registerLocalAIHandler',
            'enableNetworkEmulation',
            'closeAllConnections',
          ],
        ].map((name) => `${session}.${name}`),
      ),
    ])
    expect([...new Set(names())].filter((name) => !allowed.has(name))).toEqual([])
  })
})

const foreign = [
  'app://core.evil/',
  'app://workbench.evil/',
  'app://evil@workbench/',
  'http://workbench/',
  'https://127.0.0.1:9/',
  'http://localhost/',
  'ws://workbench/',
  'file:///c:/windows/win.ini',
  'file://workbench/',
  'javascript:alert(1)',
  'data:text/html,<script>',
  'blob:https://evil.test/1',
  'blob:app://evil/1',
  'about:blank',
  'chrome://settings/',
  'devtools://devtools/',
  'view-source:app://workbench/',
  'ftp://workbench/',
  'mailto:a@b.c',
  '//workbench/',
]

describe('other', () => {
  it('has developer tools in development only', async () => {
    await start({ isPackaged: false, args: ['electron/main.ts'] })
    await ready()
    const [options] = once('new BrowserWindow') as [{ webPreferences: Record<string, unknown> }]
    expect(options.webPreferences.devTools).toBe(true)
  })
  it('says why the core did not start, with the cure, and ends', async () => {
    host.refuse = new InputError('E-DB-006', 'This workspace is newer.', {
      cure: 'Open it with the newer version.',
    })
    await start()
    await ready()
    expect(once('dialog.showErrorBox')[1]).toBe('This workspace is newer.\n\nOpen it with the newer version.')
    expect(names()).not.toContain('new BrowserWindow')
  })
  it('keeps its workspace in the local data folder', async () => {
    await start()
    await ready()
    expect(host.options).toMatchObject([{ workspace: path.join(dataFolder, 'workspace') }])
  })
  it('stays within 250 lines, and names no preload, ipc, remote or shell', () => {
    // start.ts is the launcher of `npm start`: it runs in Node, never in Electron.
    const files = ['main.ts', 'arguments.ts', 'security.ts', 'window.ts']
    const text = files.map((name) => readFileSync(path.join(root, 'electron', name), 'utf8')).join('')
    const imported = [...text.matchAll(/from '\.\/([\w-]+\.ts)'/g)].map(([, name]) => name)
    expect(imported.filter((name) => !files.includes(name))).toEqual([])
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(250)
    expect(text).not.toMatch(
      /preload:|ipcMain|contextBridge|@electron\/remote|openExternal|openPath|autoUpdater|crashReporter|enableBlinkFeatures|corsEnabled|bypassCSP|allowServiceWorkers/,
    )
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(path.join(root, 'package.json'), 'utf8'),
    )
    expect(Object.keys({ ...dependencies, ...devDependencies })).not.toContain('@electron/remote')
  })
})
