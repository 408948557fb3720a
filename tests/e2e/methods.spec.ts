import { readFileSync } from 'node:fs'
import { expect, type Page } from 'playwright/test'
import { expectHotspots, numberIn, runCommand, selection } from './screen.ts'
import { test } from './workbench.ts'

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Analyse the selection' })

async function open(page: Page, method: string): Promise<void> {
  await runCommand(page, 'Hot and cold cells')
  await dialogOf(page).getByRole('textbox', { name: 'Find a method' }).fill(method)
  await dialogOf(page).getByRole('option', { name: method }).click()
}

async function run(page: Page): Promise<void> {
  const dialog = dialogOf(page)
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(dialog.getByRole('tab', { name: 'Result' })).toHaveAttribute('aria-selected', 'true', {
    timeout: 60_000,
  })
}

test('a result as rows, on the map, as a file, and kept for the next day', async ({ page, workbench }) => {
  test.setTimeout(180_000)
  await workbench.open(page)
  await expectHotspots(page)
  const dialog = dialogOf(page)
  await open(page, 'Hot and cold cells')
  await run(page)
  const tested = numberIn(await dialog.getByRole('row', { name: /^Places tested/ }).innerText())
  const table = dialog.getByRole('region', { name: 'Rows of the result' }).getByRole('table')
  await expect(table).toHaveAttribute('aria-rowcount', String(tested + 1))
  await table.getByRole('button', { name: 'Gi* z' }).click()
  const z = table.locator('tr[aria-rowindex="2"] td').nth(5)
  await expect(table.getByRole('columnheader', { name: 'Gi* z' })).toHaveAttribute('aria-sort', 'descending')
  const first = numberIn(await z.innerText())
  expect(first).toBeGreaterThan(2.6)

  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save rows as CSV' }).click()
  const lines = readFileSync(await (await download).path(), 'utf8').split('\r\n')
  expect(lines[0]).toContain('Gi* z')
  expect(lines.filter((line) => line !== '' && !/^"?#/.test(line))).toHaveLength(tested + 1)
  expect(lines.at(-2)).toContain('sha256')

  await dialog.getByRole('button', { name: 'Keep in the workspace' }).click()
  await dialog.getByRole('button', { name: 'Show on the map' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('.legend')).toContainText('Hot and cold cells')
  await page.getByRole('button', { name: 'Take the result off the map' }).click()
  await expect(page.locator('.legend')).toContainText(/Incidents per|One dot/)

  await expect(page.getByText('Saved')).toBeVisible()
  await page.reload()
  await expectHotspots(page)
  await runCommand(page, 'Hot and cold cells')
  await dialog.getByRole('tab', { name: 'Earlier runs' }).click()
  await dialog.getByRole('button', { name: 'Open' }).click()
  await expect(dialog.getByRole('row', { name: /^Places tested/ })).toContainText(
    tested.toLocaleString('en-GB'),
  )
})

test('a selection kept under a name is there to compare with', async ({ page, workbench }) => {
  test.setTimeout(180_000)
  await workbench.open(page)
  await expectHotspots(page)
  await selection(page).getByRole('button', { name: 'Selections' }).click()
  await page.getByRole('menuitem', { name: 'Keep this selection…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Violence in public')
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await selection(page)
    .getByRole('button', { name: /^Remove/ })
    .first()
    .click()

  await open(page, 'Are two patterns the same')
  const dialog = dialogOf(page)
  await dialog.getByRole('button', { name: /Compare the selection with$/ }).click()
  await page.getByRole('option', { name: 'Violence in public', exact: true }).click()
  await expect(dialog.getByText(/^.*Chosen: .*public places/)).toBeVisible()
  await run(page)
  await expect(dialog.getByRole('row', { name: /similar/i }).first()).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()

  await selection(page).getByRole('button', { name: 'Selections' }).click()
  await page.getByRole('menuitem', { name: 'Violence in public' }).click()
  await expect(selection(page)).toContainText('public places')
})

test('every method is listed under its question and opens its form', async ({ page, workbench }) => {
  test.setTimeout(180_000)
  await workbench.open(page)
  await expectHotspots(page)
  await runCommand(page, 'Hot and cold cells')
  const dialog = dialogOf(page)
  const options = dialog.getByRole('listbox', { name: 'Methods' }).getByRole('option')
  const count = await options.count()
  expect(count).toBeGreaterThan(30)
  for (let at = 0; at < count; at++) {
    await options.nth(at).click()
    await expect(dialog.locator('.analyse-title')).toHaveText(await options.nth(at).innerText())
    await expect(dialog.getByRole('tabpanel')).toBeVisible()
  }
})
