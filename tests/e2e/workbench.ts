import { join } from 'node:path'
import { type BrowserContext, test as base, expect, type Page } from 'playwright/test'
import { builtFolder, type Served, serveCopy } from './serve.ts'

export interface Workbench {
  readonly served: Served
  /** What the watch has seen so far, a line each. */
  readonly faults: readonly string[]
  /** A fault this test provokes on purpose. */
  expectError(text: RegExp): void
  /** Watches a further context as the first is watched. */
  watch(context: BrowserContext): Promise<void>
  /** Opens the start address and waits for the window; once per test, as the address works once. */
  open(page: Page): Promise<void>
}

interface Options {
  readonly startFrom: 'sample' | 'empty'
  /**
   * Whether the browser offers WebGL. Drawing the map without a graphics card costs many seconds of both cores at
   * every start, so only tests that look at the map ask for it; the others also prove the window usable without.
   */
  readonly drawsMap: boolean
}

/**
 * A server on its own copy of a workspace for every test, and a watch over every page: a request off its own origin,
 * an error in the console, an uncaught error or a breach of the content security policy fails the test.
 */
export const test = base.extend<{ workbench: Workbench } & Options>({
  startFrom: ['sample', { option: true }],
  drawsMap: [false, { option: true }],
  workbench: async ({ startFrom, drawsMap, context }, use) => {
    const served = await serveCopy(join(builtFolder(), startFrom))
    const faults: string[] = []
    const allowed: RegExp[] = []
    const watch = async (watched: BrowserContext) => {
      watched.on('request', (request) => {
        if (!isOwn(request.url(), served.origin)) faults.push(`request off the origin: ${request.url()}`)
      })
      watched.on('weberror', (error) => faults.push(`uncaught: ${error.error().message}`))
      watched.on('console', (message) => {
        if (message.type() === 'error') faults.push(`console: ${message.text()}`)
      })
      await watched.exposeBinding('reportViolation', (_, text: string) => {
        faults.push(`content security policy: ${text}`)
      })
      await watched.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) => {
          const report = Reflect.get(globalThis, 'reportViolation') as (text: string) => void
          report(`${event.violatedDirective} ${event.blockedURI}`)
        })
      })
      if (!drawsMap) await watched.addInitScript(withoutWebGl)
    }
    await watch(context)
    try {
      await use({
        served,
        faults,
        watch,
        expectError: (text) => allowed.push(text),
        async open(page) {
          await page.goto(served.url)
          await expect(page.getByRole('heading', { name: 'Hotspot Workbench' })).toBeVisible()
        },
      })
      // One round trip to every page, so that nothing it reported is still on its way; what fails after that, with the
      // server gone, is not the window's fault.
      await Promise.all(context.pages().map((page) => page.evaluate(() => 0)))
      expect(faults.filter((fault) => !allowed.some((text) => text.test(fault)))).toEqual([])
    } finally {
      await served.close()
    }
  },
})

function isOwn(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`) || url.startsWith(`blob:${origin}/`) || url.startsWith('data:')
}

/** Runs in the page: a browser on a machine that cannot draw. */
function withoutWebGl(): void {
  const held = HTMLCanvasElement.prototype.getContext
  const refuse = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
    return kind.startsWith('webgl') ? null : Reflect.apply(held, this, [kind, ...rest])
  }
  HTMLCanvasElement.prototype.getContext = refuse as typeof held
}
