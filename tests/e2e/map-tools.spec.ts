import { expect } from 'playwright/test'
import { runCommand } from './screen.ts'
import { test } from './workbench.ts'

test('a place is found by name, by reference and by nothing', async ({ page, workbench }) => {
  await workbench.open(page)
  const box = page.getByRole('combobox', { name: 'Find a place' })
  const list = page.getByRole('listbox', { name: 'Places found' })
  await test.step('the key opens it, a name of a places layer is offered', async () => {
    await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible()
    await page.keyboard.press('Control+f')
    await expect(box).toBeFocused()
    await box.fill('schoo')
    await expect(list.getByRole('option').first()).toContainText(/school/i)
    await expect(list.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('ArrowDown')
    const second = list.getByRole('option').nth(1)
    await expect(second).toHaveAttribute('aria-selected', 'true')
    const name = (await second.locator('span').first().textContent()) ?? ''
    await page.keyboard.press('Enter')
    await expect(box).toHaveValue(name)
    await expect(list).toBeHidden()
  })
  await test.step('a grid square', async () => {
    await box.fill('sk 58 04')
    await expect(list.getByRole('option')).toHaveText([/^SK 58 04grid reference · square of 1 km$/])
    await list.getByRole('option').click()
    await expect(box).toHaveValue('SK 58 04')
  })
  await test.step('nothing says what can be typed', async () => {
    await box.fill('qqqq')
    await expect(page.getByRole('search').getByRole('status')).toContainText(
      'Nothing found. Grid references (SK 586 044)',
    )
    await page.keyboard.press('Escape')
    await expect(box).toHaveCount(0)
    await runCommand(page, 'Find a place on the map…')
    await expect(box).toBeFocused()
    await expect(box).toHaveValue('')
  })
})
