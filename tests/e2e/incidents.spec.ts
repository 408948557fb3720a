import { readFileSync } from 'node:fs'
import { expect } from 'playwright/test'
import { expectHotspots, numberIn, selection } from './screen.ts'
import { test } from './workbench.ts'

test('words narrow the selection, are marked in the list, and the list is saved marked', async ({
  page,
  workbench,
}) => {
  test.setTimeout(180_000)
  await workbench.open(page)
  await expectHotspots(page)
  const before = numberIn(await selection(page).locator('.filter-count strong').innerText())

  const box = page.getByRole('searchbox', { name: 'Words to look for' })
  await box.fill('road')
  await box.press('Enter')
  await expect(selection(page)).toContainText('contains “road”')
  const count = selection(page).locator('.filter-count:not(.stale) strong')
  await expect(async () => expect(numberIn(await count.innerText())).toBeLessThan(before)).toPass()
  const narrowed = numberIn(await count.innerText())
  expect(narrowed).toBeGreaterThan(0)

  await selection(page).getByRole('button', { name: 'Incidents' }).click()
  const list = page.getByRole('region', { name: /^Incidents: / })
  await expect(list.getByRole('status')).toHaveText(narrowed.toLocaleString('en-GB'))
  await expect(list.locator('mark').first()).toHaveText(/^road$/i)

  await list.getByRole('button', { name: 'Columns' }).click()
  const columns = page.getByRole('dialog', { name: 'Columns of the list' })
  await columns.getByText('Easting', { exact: true }).click()
  const forward = columns.getByRole('button', { name: 'Move Occurred from forward' })
  while (await forward.isEnabled()) await forward.click()
  await page.keyboard.press('Escape')
  await expect(list.getByRole('columnheader', { name: 'Easting' })).toHaveCount(0)
  await expect(list.getByRole('columnheader').first()).toHaveText('Occurred from')

  await list.getByRole('searchbox', { name: 'Find words in the list' }).fill('robbery')
  await page.keyboard.press('Enter')
  await expect(list.locator('mark', { hasText: /^robbery$/i }).first()).toBeVisible()
  const found = numberIn(await list.getByRole('status').innerText())
  expect(found).toBeLessThan(narrowed)

  const download = page.waitForEvent('download')
  await list.getByRole('button', { name: 'Save as CSV' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^OFFICIAL-SENSITIVE.* incidents [0-9a-f]{8}\.csv$/)
  const lines = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(lines[0]).toContain('# OFFICIAL-SENSITIVE')
  const rows = lines.filter((line) => !/^[\ufeff"]*#/.test(line))
  expect(rows[0]).toMatch(/^Occurred from,/)
  expect(rows[0]).not.toContain('Easting')
  expect(rows).toHaveLength(found + 1)
  await page.keyboard.press('Escape')

  await page.reload()
  await expect(selection(page)).toContainText('contains “road”')
  await expect(box).toHaveValue('road')
})
