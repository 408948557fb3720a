import { expect, type Locator, type Page } from 'playwright/test'
import {
  expectHotspots,
  expectSelected,
  filterPanel,
  hotspotPanel,
  hotspotRows,
  numberIn,
  selection,
} from './screen.ts'
import { test } from './workbench.ts'

/** Moves on with Tab (or back) until the focus is on it: what the keyboard cannot reach fails here. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let step = 0; step < 150; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expectFocusShown(target)
      return
    }
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not reach ${target}`)
}

/** The focused element, or the part of it that shows it, has an outline or a ring. */
async function expectFocusShown(target: Locator): Promise<void> {
  const shown = await target.evaluate((element) => {
    const style = getComputedStyle(element)
    const parent = getComputedStyle(element.parentElement ?? element)
    return [style, parent].some(
      (held) =>
        (held.outlineStyle !== 'none' && Number.parseFloat(held.outlineWidth) >= 1) ||
        held.boxShadow !== 'none',
    )
  })
  expect(shown, `${target} shows its focus`).toBe(true)
}

async function typeCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('searchbox', { name: 'Find a command' })).toBeFocused()
  await page.keyboard.type(title)
  await expect(page.getByRole('menuitem')).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Find a command' })).toHaveCount(0)
}

test('the main journey without a mouse', async ({ page, workbench }) => {
  await workbench.open(page)
  await expectHotspots(page)
  const count = async () => numberIn((await selection(page).getByRole('status').textContent()) ?? '')

  await test.step('palette: clear the selection', async () => {
    await typeCommand(page, 'Clear the selection')
    await expectSelected(page, 19_988)
  })
  await test.step('filter: an offence, a flag and a period', async () => {
    const offence = filterPanel(page).getByRole('list', { name: 'Offences' }).getByRole('button').first()
    await tabTo(page, offence)
    await page.keyboard.press('Space')
    await expect(offence).toHaveAttribute('aria-pressed', 'true')
    await expect(selection(page).getByRole('status')).not.toHaveText(/^19,988/)
    const after = await count()
    await tabTo(page, filterPanel(page).getByRole('button', { name: /From$/ }), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Jan 2025')
    await expect(page.getByRole('option', { name: 'Jan 2025' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(selection(page)).toContainText('Jan 2025 – Dec 2025')
    await expect.poll(count).toBeLessThan(after)
  })
  await test.step('hours: a day by its name, an hour by the arrows', async () => {
    const before = await count()
    await tabTo(page, page.getByRole('application', { name: /^Hours of the week/ }))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await expect(selection(page).getByRole('listitem')).toHaveCount(3)
    await expect(selection(page)).toContainText('Tue')
    await expect.poll(count).toBeLessThan(before)
    await page.keyboard.press('Control+z')
    await expect(selection(page).getByRole('listitem')).toHaveCount(2)
    await expect.poll(count).toBe(before)
  })
  await test.step('incidents: open, sort, close, and be back where one was', async () => {
    await tabTo(page, selection(page).getByRole('button', { name: 'Incidents' }))
    await page.keyboard.press('Enter')
    const list = page.getByRole('region', { name: /^Incidents: / })
    await expect(list).toBeFocused()
    await tabTo(page, list.getByRole('button', { name: 'Occurred from' }))
    await page.keyboard.press('Enter')
    await expect(list.getByRole('columnheader', { name: 'Occurred from' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    )
    await page.keyboard.press('Escape')
    await expect(list).toHaveCount(0)
    await expect(selection(page).getByRole('button', { name: 'Incidents' })).toBeFocused()
  })
  await test.step('hotspots: open one, come back, rename it', async () => {
    const first = hotspotRows(page).first()
    await tabTo(page, first.getByRole('button').first())
    await page.keyboard.press('Enter')
    const back = hotspotPanel(page).getByRole('button', { name: 'Back to all hotspots' })
    await tabTo(page, back)
    await page.keyboard.press('Enter')
    await tabTo(page, first.getByRole('button', { name: /^Decide on/ }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Rename…' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Station forecourt')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(first).toContainText('Station forecourt')
  })
  await test.step('export', async () => {
    await page.keyboard.press('Control+e')
    const dialog = page.getByRole('dialog', { name: 'Export briefing pack' })
    await tabTo(page, dialog.getByRole('button', { name: 'Write the pack' }))
    await page.keyboard.press('Enter')
    await expect(dialog.getByText(/pages on/)).toBeVisible({ timeout: 60_000 })
    await tabTo(page, dialog.getByRole('button', { name: /^Save .*briefing-pack\.pdf$/ }))
    const download = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    expect((await download).suggestedFilename()).toMatch(/OFFICIAL-SENSITIVE.*\.pdf$/)
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  })
})

test('a method is run, its result read and the dialog left without a mouse', async ({ page, workbench }) => {
  await workbench.open(page)
  await expectHotspots(page)
  await typeCommand(page, 'Offence mix')
  const dialog = page.getByRole('dialog', { name: 'Analyse the selection' })
  await tabTo(page, dialog.getByRole('button', { name: 'Run', exact: true }))
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('tab', { name: 'Result' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})
