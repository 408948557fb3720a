import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from 'playwright/test'
import { expectHotspots, filterPanel, hotspotPanel, hotspotRows, runCommand, selection } from './screen.ts'
import { type Screen, screens } from './screens.ts'
import { test } from './workbench.ts'

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test.use({ contextOptions: { reducedMotion: 'reduce' } })

/** Colours reach their end over a frame or two even without motion; axe must not look in between. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((next) => requestAnimationFrame(next))
    await frame()
    await frame()
    const ending = document
      .getAnimations()
      .filter((held) => Number.isFinite(Number(held.effect?.getComputedTiming().endTime)))
    await Promise.allSettled(ending.map((held) => held.finished))
  })
}

/** What axe finds, in a line each: the rule and the elements. */
async function violations(page: Page, part?: string, rules?: string[]): Promise<string[]> {
  await settled(page)
  const check = new AxeBuilder({ page }).setLegacyMode()
  if (part) check.include(part)
  const { violations } = await (rules ? check.withRules(rules) : check.withTags(standard)).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`),
  )
}

/**
 * In both themes; the colours are all that differs, so the rules about colour are all that is asked again. Leaves a
 * picture of each in test-results/gallery, to look at.
 */
async function expectAccessible(page: Page, { name, part }: Pick<Screen, 'name' | 'part'>): Promise<void> {
  const found: string[] = []
  const picture = (theme: string) =>
    page.screenshot({ path: join(test.info().project.outputDir, 'gallery', `${name}-${theme}.png`) })
  for (const text of await violations(page, part)) found.push(`${name}, light: ${text}`)
  await picture('light')
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  for (const text of await violations(page, part, ['color-contrast', 'link-in-text-block']))
    found.push(`${name}, dark: ${text}`)
  await picture('dark')
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  expect.soft(found).toEqual([])
}

test('every main screen and dialog meets WCAG 2.2 AA as far as axe can tell, light and dark', async ({
  page,
  workbench,
}) => {
  test.setTimeout(300_000)
  await workbench.open(page)
  for (const screen of screens)
    await test.step(screen.name, async () => {
      await screen.open(page)
      await expectAccessible(page, screen)
      await screen.close(page)
    })
})

test.describe('before there are incidents', () => {
  test.use({ startFrom: 'empty' })

  test('the start screen meets WCAG 2.2 AA as far as axe can tell, light and dark', async ({
    page,
    workbench,
  }) => {
    await workbench.open(page)
    await expectAccessible(page, { name: 'start' })
  })
})

test.describe('at 200 % zoom', () => {
  test.use({ viewport: { width: 720, height: 450 } })

  test('every control can be reached', async ({ page, workbench }) => {
    await workbench.open(page)
    await expectHotspots(page)
    // A trial click scrolls to the control and fails where something lies over it or it is off the screen.
    const reach = (control: Locator) => control.click({ trial: true, timeout: 5000 })
    for (const name of ['Data', 'Edit', 'View', 'Analyse', 'Export'])
      await reach(page.getByRole('button', { name, exact: true }))
    await reach(page.getByRole('button', { name: /^Protective marking/ }))
    await reach(page.getByRole('button', { name: /^Find a command/ }))
    await reach(page.getByRole('button', { name: /^Theme/ }))
    await reach(selection(page).getByRole('button', { name: 'Incidents' }))
    await reach(selection(page).getByRole('button', { name: /^Remove public places/ }))
    await reach(filterPanel(page).getByRole('button', { name: /From$/ }))
    await reach(filterPanel(page).getByRole('list', { name: 'Offences' }).getByRole('button').first())
    await reach(filterPanel(page).getByRole('list', { name: 'Areas' }).getByRole('button').last())
    await reach(page.getByRole('button', { name: 'Zoom in' }))
    await reach(page.getByRole('button', { name: 'By month as a table' }))
    await reach(page.getByRole('button', { name: 'Hour and weekday as a table' }))
    await reach(hotspotPanel(page).getByRole('button', { name: 'Run again' }))
    await reach(hotspotRows(page).last().getByRole('button').first())
    await reach(
      hotspotRows(page)
        .last()
        .getByRole('button', { name: /^Decide/ }),
    )
    await reach(hotspotPanel(page).getByRole('button', { name: 'Export briefing pack…' }))
    for (const [command, button] of [
      ['Import incidents…', 'Choose files…'],
      ['Layers and weights…', 'Add harm weights…'],
      ['Protective marking…', 'Set marking'],
      ['Export briefing pack…', 'Write the pack'],
      ['Offence mix…', 'Run'],
    ]) {
      await runCommand(page, command)
      await reach(page.getByRole('dialog').getByRole('button', { name: button, exact: true }))
      await reach(page.getByRole('dialog').getByRole('button', { name: 'Close' }))
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
  })
})

test('nothing moves for those who asked for less motion', async ({ page, workbench }) => {
  await workbench.open(page)
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .map((held) => Number(held.effect?.getComputedTiming().duration ?? 0))
        .filter((milliseconds) => milliseconds > 1),
    )
  const longest = () =>
    page.evaluate(() =>
      Math.max(
        ...Array.from(document.querySelectorAll('*'), (element) => {
          const { animationDuration, transitionDuration } = getComputedStyle(element)
          return Math.max(...`${animationDuration}, ${transitionDuration}`.split(', ').map(Number.parseFloat))
        }),
      ),
    )
  await expectHotspots(page)
  expect(await longest()).toBeLessThanOrEqual(0.001)
  await runCommand(page, 'Export briefing pack…')
  await expect(page.getByRole('dialog', { name: 'Export briefing pack' })).toBeVisible()
  expect(await moving()).toEqual([])
  expect(await longest()).toBeLessThanOrEqual(0.001)
})
