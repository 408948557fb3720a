/**
 * node tests/gallery/screenshot.ts: the picture of the README, sample-data/workbench.png. Needs "npm run build" and the
 * workspace that "npm run demo" makes in out/.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { findChromium } from '../e2e/find-chromium.ts'
import { repository, serveCopy } from '../e2e/serve.ts'

const workspace = join(repository, 'out/workspace')
const target = join(repository, 'sample-data/workbench.png')
const mostBytes = 400_000

/** The picture once two taken in a row are the same: the map paints in its own time. */
async function settled(page: Page): Promise<Buffer> {
  let last = await page.screenshot({ timeout: 120_000 })
  for (let attempt = 0; attempt < 60; attempt++) {
    await page.waitForTimeout(1000)
    const next = await page.screenshot({ timeout: 120_000 })
    if (next.equals(last)) return next
    last = next
  }
  throw new Error('The window did not come to rest.')
}

async function takePicture(): Promise<void> {
  if (!existsSync(workspace)) throw new Error('There is no sample workspace yet: run "npm run demo" first.')
  const executablePath = findChromium()
  const served = await serveCopy(workspace)
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  })
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB',
    })
    await page.goto(served.url)
    const panel = page.getByRole('complementary', { name: 'Hotspots' })
    await panel.getByText(/ of the area$/).waitFor({ timeout: 120_000 })
    await page.getByRole('radio', { name: 'Counts' }).click()
    await panel.getByRole('table').getByRole('button').first().click()
    await panel.getByRole('button', { name: 'Back to all hotspots' }).click()
    for (let steps = 0; steps < 3; steps++) await page.getByRole('button', { name: 'Zoom out' }).click()
    await page.mouse.move(1200, 885)
    await page.getByText('Saved', { exact: true }).waitFor()
    await settled(page)
    const picture = await settled(page)
    if (picture.byteLength > mostBytes) throw new Error(`The picture has ${picture.byteLength} bytes.`)
    writeFileSync(target, picture)
    process.stdout.write(`${target}: ${picture.byteLength} bytes\n`)
  } finally {
    await browser.close()
    await served.close()
  }
}

await takePicture()
