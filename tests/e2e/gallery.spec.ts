import { join } from 'node:path'
import { expect } from 'playwright/test'
import { screens } from './screens.ts'
import { test } from './workbench.ts'

/** Pictures to look at, in test-results/gallery: every screen in both themes. Not compared with anything. */
test('pictures of every screen', async ({ page, workbench }, info) => {
  test.setTimeout(300_000)
  const folder = join(info.project.outputDir, 'gallery')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await workbench.open(page)
  for (const screen of screens) {
    await screen.open(page)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
      const picture = await page.screenshot({ path: join(folder, `${screen.name}-${colorScheme}.png`) })
      expect(picture.byteLength).toBeGreaterThan(10_000)
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await screen.close(page)
  }
})

test.describe('with the map', () => {
  test.use({ drawsMap: true })

  test('pictures of the map', async ({ page, workbench }, info) => {
    test.setTimeout(300_000)
    const folder = join(info.project.outputDir, 'gallery')
    await workbench.open(page)
    await screens[0].open(page)
    for (const mode of ['Dots', 'Counts', 'Density'] as const) {
      await page.getByRole('radio', { name: mode }).click()
      await expect(page.getByText(/core \d+ ms/)).toBeVisible()
      await page.screenshot({ path: join(folder, `map-${mode.toLowerCase()}.png`), timeout: 120_000 })
    }
  })
})
