import { readFileSync } from 'node:fs'
import { expect } from 'playwright/test'
import { expectHotspots, expectSelected, numberIn, selection } from './screen.ts'
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
  await forward.focus()
  for (let place = 0; place < 3; place++) {
    await page.keyboard.press('Enter')
    await expect(forward).toBeFocused()
  }
  await page.keyboard.press('Escape')
  await expect(list.getByRole('columnheader', { name: 'Easting' })).toHaveCount(0)
  await expect(list.getByRole('columnheader').first()).toHaveText('Occurred from')

  await list.getByRole('searchbox', { name: 'Find words in the list' }).fill('robbery')
  await page.keyboard.press('Enter')
  await expect(list.locator('mark', { hasText: /^robbery$/i }).first()).toBeVisible()
  await expect(list.getByRole('status')).not.toHaveText(narrowed.toLocaleString('en-GB'))
  await expect(list.getByRole('status')).toHaveText(/^\d/)
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

test('location types, outcomes and days follow the selection and narrow it', async ({ page, workbench }) => {
  test.setTimeout(180_000)
  await workbench.open(page)
  await expectHotspots(page)
  const filter = page.getByRole('complementary', { name: 'Filter' })
  const types = filter.getByRole('list', { name: 'Location type' })
  const first = types.getByRole('listitem').first()
  const counted = numberIn(await first.getByRole('button').nth(1).innerText())
  const title = await first.getByRole('button').first().innerText()
  await first.getByRole('button').first().click()
  await expectSelected(page, counted)
  await expect(selection(page)).toContainText(`Location type: ${title}`)
  expect(await types.getByRole('listitem').count()).toBeGreaterThan(1)
  await expect(filter.getByRole('list', { name: 'Outcome' })).toBeVisible()

  await page.getByRole('radio', { name: 'Days' }).click()
  const calendar = page.getByRole('application', { name: /^Days/ })
  await expect(calendar.locator('.day').first()).toBeVisible()
  await calendar.focus()
  await page.keyboard.press('ArrowLeft')
  const told = await calendar.getByRole('status').innerText()
  await page.keyboard.press('Space')
  await expectSelected(page, numberIn(told.split(': ')[1]))
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Shift+Space')
  await expect(calendar.locator('.day.in')).toHaveCount(8)

  await filter.getByRole('button', { name: 'Count by' }).click()
  await filter.getByText('Outcome', { exact: true }).last().click()
  await expect(filter.getByRole('list', { name: 'Outcome' })).toHaveCount(0)
})
