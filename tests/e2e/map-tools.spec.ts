import { expect, type Page } from 'playwright/test'
import { expectSelected, numberIn, runCommand, selection } from './screen.ts'
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

const drawBar = (page: Page) => page.getByRole('region', { name: 'Draw and measure' })
const selected = async (page: Page) =>
  numberIn((await selection(page).getByRole('status').textContent()) ?? '')

test('a circle is drawn and changed by typing alone', async ({ page, workbench }) => {
  await workbench.open(page)
  await expect(selection(page).getByRole('status')).toHaveText(/^[\d,]+ of /)
  await runCommand(page, 'Clear the selection')
  await expectSelected(page, 19_988)
  const bar = drawBar(page)
  await page.keyboard.press('Control+f')
  await page.getByRole('combobox', { name: 'Find a place' }).fill('primary school')
  const place = page.getByRole('option').first()
  const name = (await place.locator('span').first().textContent()) ?? ''
  await page.keyboard.press('Escape')
  await runCommand(page, 'Draw a circle to select')
  await bar.getByRole('textbox', { name: 'Centre' }).fill(name)
  await page.keyboard.press('Enter')
  await bar.getByRole('textbox', { name: 'Radius' }).fill('2000')
  // A circle of 2 km has 12.57 km², its 128 corners 0.04% less.
  await expect(bar.getByRole('status')).toContainText('12.6 km² · 2 km radius')
  await bar.getByRole('button', { name: 'Finish' }).click()
  await expect(selection(page)).toContainText('in the 2000 m circle at')
  await expect.poll(() => selected(page)).toBeLessThan(19_988)
  const within = await selected(page)
  expect(within).toBeGreaterThan(0)
  await runCommand(page, 'Change the drawn area')
  await bar.getByRole('textbox', { name: 'Radius' }).fill('1000')
  await bar.getByRole('textbox', { name: 'Name' }).fill('the school’s surroundings')
  await bar.getByRole('button', { name: 'Finish' }).click()
  await expect(selection(page)).toContainText('in the school’s surroundings')
  await expect.poll(() => selected(page)).toBeLessThan(within)
  await page.keyboard.press('Control+z')
  await expectSelected(page, within)
})

test.describe('with the pointer', () => {
  test.use({ drawsMap: true })

  test('a rectangle is dragged and changed, a strip clicked, a distance measured', async ({
    page,
    workbench,
  }) => {
    // Without a graphics card every picture of the map takes seconds.
    test.setTimeout(300_000)
    await workbench.open(page)
    await expect(selection(page).getByRole('status')).toHaveText(/^[\d,]+ of /)
    const all = await selected(page)
    const bar = drawBar(page)
    const status = bar.getByRole('status')
    const frame = await page.getByRole('application', { name: /^Map\./ }).boundingBox()
    if (!frame) throw new Error('the map has no size')
    const spot = (x: number, y: number) => [frame.x + frame.width * x, frame.y + frame.height * y] as const
    const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
      await page.mouse.move(...from)
      await page.mouse.down()
      await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2)
      await page.mouse.move(...to)
      await page.mouse.up()
    }
    await test.step('a rectangle, one corner dragged inwards', async () => {
      await runCommand(page, 'Draw a rectangle to select')
      await drag(spot(0.35, 0.4), spot(0.65, 0.8))
      await expect(status).toContainText('km²')
      const before = numberIn((await status.textContent()) ?? '')
      await drag(spot(0.35, 0.4), spot(0.5, 0.6))
      await expect.poll(async () => numberIn((await status.textContent()) ?? '')).toBeLessThan(before / 3)
      await bar.getByRole('button', { name: 'Finish' }).click()
      await expect(selection(page)).toContainText('in the drawn rectangle')
      await expect.poll(() => selected(page)).toBeLessThan(all)
      await page.keyboard.press('Control+z')
      await expectSelected(page, all)
    })
    await test.step('a strip along a line', async () => {
      await runCommand(page, 'Draw a line and select along it')
      await page.mouse.click(...spot(0.35, 0.5))
      await page.mouse.click(...spot(0.65, 0.6))
      await bar.getByRole('textbox', { name: 'Either side' }).fill('1000')
      await bar.getByRole('button', { name: 'Finish' }).click()
      await expect(selection(page)).toContainText('in the 1000 m strip along the drawn line')
      await page.keyboard.press('Control+z')
      await expectSelected(page, all)
    })
    await test.step('measure', async () => {
      await page.keyboard.press('m')
      await page.mouse.click(...spot(0.4, 0.5))
      await page.mouse.click(...spot(0.6, 0.5))
      await expect(status).toHaveText(/^[\d.]+ km along the line$/)
      await page.mouse.click(...spot(0.6, 0.7))
      await expect(status).toHaveText(/^[\d.]+ km along the line · [\d.]+ km² inside$/)
      await bar.getByRole('button', { name: 'Close' }).click()
      await expectSelected(page, all)
    })
  })
})
