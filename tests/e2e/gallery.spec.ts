import { join } from 'node:path'
import { expect } from 'playwright/test'
import { expectHotspots } from './screen.ts'
import { test } from './workbench.ts'

test.use({ drawsMap: true })

/** Pictures to look at, in test-results/gallery, beside those of every screen. Not compared with anything. */
test('pictures of the map', async ({ page, workbench }, info) => {
  test.setTimeout(300_000)
  await workbench.open(page)
  await expectHotspots(page)
  for (const mode of ['Dots', 'Counts', 'Density']) {
    await page.getByRole('radio', { name: mode }).click()
    await expect(page.getByRole('radio', { name: mode })).toBeChecked()
    await page.screenshot({
      path: join(info.project.outputDir, 'gallery', `map-${mode.toLowerCase()}.png`),
      timeout: 120_000,
    })
  }
})
