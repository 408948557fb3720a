import { expect, type Locator, type Page } from 'playwright/test'

/** What an analyst reads and does on the screen, by the names they read there. */

export function numberIn(text: string): number {
  const found = /\d[\d,]*(\.\d+)?/.exec(text)
  if (!found) throw new Error(`no number in “${text}”`)
  return Number(found[0].replaceAll(',', ''))
}

export const selection = (page: Page): Locator => page.getByRole('region', { name: 'Selection' })
export const hotspotPanel = (page: Page): Locator => page.getByRole('complementary', { name: 'Hotspots' })
export const filterPanel = (page: Page): Locator => page.getByRole('complementary', { name: 'Filter' })
export const hotspotRows = (page: Page): Locator =>
  hotspotPanel(page).getByRole('table', { name: 'Ranked hotspots' }).locator('tbody tr')

/** Waits until the sentence's count reads “N of …”. */
export async function expectSelected(page: Page, count: number): Promise<void> {
  await expect(selection(page).getByRole('status')).toHaveText(
    new RegExp(`^${count.toLocaleString('en-GB')} of `),
  )
}

/** Waits until the hotspots of the plan are listed. */
export async function expectHotspots(page: Page): Promise<void> {
  await expect(hotspotPanel(page).getByText(/ of the area$/)).toBeVisible({ timeout: 60_000 })
}

/** The share of harm (or incidents) and of area in the headline, as printed. */
export async function headlineShares(page: Page): Promise<readonly [string, string]> {
  const [share, area] = await hotspotPanel(page).locator('.headline strong').allTextContents()
  return [share, area]
}

/** A command by the palette, as typed. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('searchbox', { name: 'Find a command' }).fill(title)
  await page.getByRole('menuitem', { name: title }).first().click()
}

/** Chooses from a drop-down by its label. */
export async function choose(within: Page | Locator, label: string, option: string | RegExp): Promise<void> {
  const page = 'keyboard' in within ? within : within.page()
  await within.getByRole('button', { name: new RegExp(`${label}$`) }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
  await expect(page.getByRole('listbox')).toHaveCount(0)
}

/** Hands files to the window's own file chooser. */
export async function chooseFiles(
  page: Page,
  button: Locator,
  files: string[] | { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await button.click()
  await (await chooser).setFiles(files)
}

/** A small file as the chooser takes it. */
export function textFile(
  name: string,
  text: string,
): { readonly name: string; readonly mimeType: string; readonly buffer: Buffer } {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') }
}

/** Every row of an open incident list, read by scrolling through it: the cells by column title. */
export async function readIncidents(list: Locator): Promise<Map<number, Record<string, string>>> {
  const found = new Map<number, Record<string, string>>()
  const table = list.getByRole('table')
  const total = Number(await table.getAttribute('aria-rowcount')) - 1
  const body = list.getByRole('region', { name: /, rows$/ })
  for (let at = 0; found.size < total && at < 200; at++) {
    await body.evaluate((element, top) => element.scrollTo({ top }), at * 200)
    await expect(table.locator('td', { hasText: /^…$/ })).toHaveCount(0)
    const rows = await table.evaluate((element) => {
      const titles = Array.from(element.querySelectorAll('th'), (cell) => cell.innerText.trim())
      return Array.from(element.querySelectorAll('tbody tr[aria-rowindex]'), (row) => ({
        index: Number(row.getAttribute('aria-rowindex')),
        cells: Object.fromEntries(
          Array.from(row.querySelectorAll('td'), (cell, at) => [titles[at], cell.innerText]),
        ),
      }))
    })
    for (const { index, cells } of rows) found.set(index, cells)
  }
  return found
}
