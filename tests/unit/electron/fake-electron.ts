/** A stand-in for `electron` that writes down every call, in order, and lets a test fire the events listened for. */
export interface Call {
  readonly name: string
  readonly args: readonly unknown[]
}

type Returns = Readonly<Record<string, unknown>>

export interface FakeElectron {
  readonly calls: Call[]
  /** Arguments of every call of that name. */
  argsOf(name: string): (readonly unknown[])[]
  /** Listeners registered by `on` and the like for an event of an object, such as `app.on window-all-closed`. */
  listenersOf(object: string, event: string): ((...args: never[]) => unknown)[]
  readonly module: Record<string, unknown>
  becomeReady(): void
}

export function fakeElectron(settings: {
  readonly isPackaged: boolean
  readonly holdsLock?: boolean
}): FakeElectron {
  const calls: Call[] = []
  let becomeReady = (): void => {}
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve
  })
  const contents = record('contents', {})
  const window = record('window', { webContents: contents })
  const ours = record('ours', {
    webRequest: record('ours.webRequest', {}),
    protocol: record('ours.protocol', {}),
  })
  const defaultSession = record('default', {
    webRequest: record('default.webRequest', {}),
    protocol: record('default.protocol', {}),
  })

  /** Properties in `known` are given as they are, or called when they are functions; everything else is recorded. */
  function record(name: string, known: Returns): Record<string, unknown> {
    return new Proxy({} as Record<string, unknown>, {
      get(_target, property) {
        if (typeof property === 'symbol' || property === 'then') return undefined
        const given = known[property]
        if (given !== undefined && typeof given !== 'function') return given
        return (...args: unknown[]) => {
          calls.push({ name: `${name}.${property}`, args })
          return typeof given === 'function' ? given(...args) : undefined
        }
      },
    })
  }

  const app = record('app', {
    isPackaged: settings.isPackaged,
    commandLine: record('app.commandLine', {}),
    requestSingleInstanceLock: () => settings.holdsLock ?? true,
    whenReady: () => ready,
    getPath: () => '/nowhere',
  })
  const module = {
    app,
    protocol: record('protocol', {}),
    Menu: record('Menu', { buildFromTemplate: () => 'menu' }),
    dialog: record('dialog', {}),
    session: record('session', {
      defaultSession,
      fromPartition: () => {
        // Electron tells of a new session before it hands it over.
        for (const listener of listenersOf('app', 'session-created')) (listener as (s: unknown) => void)(ours)
        return ours
      },
    }),
    utilityProcess: record('utilityProcess', { fork: () => record('child', {}) }),
    BrowserWindow: class {
      constructor(options: unknown) {
        calls.push({ name: 'new BrowserWindow', args: [options] })
        for (const listener of listenersOf('app', 'web-contents-created'))
          (listener as (e: unknown, c: unknown) => void)({}, contents)
        // biome-ignore lint/correctness/noConstructorReturn: the recorder stands in for the window
        return window as object
      }
    },
  }
  const argsOf = (name: string) => calls.filter((call) => call.name === name).map(({ args }) => args)
  function listenersOf(object: string, event: string) {
    return argsOf(`${object}.on`)
      .filter(([name]) => name === event)
      .map(([, listener]) => listener as (...args: never[]) => unknown)
  }
  return { calls, argsOf, listenersOf, module, becomeReady: () => becomeReady() }
}
