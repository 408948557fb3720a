import { readFileSync } from 'node:fs'
import { expect } from 'playwright/test'
import { readPdf } from './read-pdf.ts'
import { hourOf, monthOf, type Row, sampleRows } from './sample-tally.ts'
import {
  choose,
  expectHotspots,
  expectSelected,
  filterPanel,
  headlineShares,
  hotspotPanel,
  hotspotRows,
  numberIn,
  readIncidents,
  selection,
} from './screen.ts'
import { test } from './workbench.ts'

const offence = 'Robbery of personal property'
const isRobbery = (row: Row) => row.offence_title === offence
const in2024 = (row: Row) => monthOf(row).startsWith('2024')

test('selects by offence and period: sentence, counts, charts and lists agree with the file', async ({
  page,
  workbench,
}) => {
  const rows = sampleRows()
  await workbench.open(page)
  await test.step('everything', async () => {
    await selection(page).getByRole('button', { name: 'Clear all' }).click()
    await expect(selection(page)).toContainText('All incidents')
    await expectSelected(page, rows.length)
  })
  await test.step('offence and period', async () => {
    await filterPanel(page).getByRole('searchbox', { name: 'Find in offences' }).fill('robbery of pers')
    await filterPanel(page).getByRole('button', { name: offence, exact: true }).click()
    await expectSelected(page, rows.filter(isRobbery).length)
    await choose(filterPanel(page), 'From', 'Jan 2024')
    await choose(filterPanel(page), 'To', 'Dec 2024')
    await expectSelected(page, rows.filter((row) => isRobbery(row) && in2024(row)).length)
    await expect(selection(page).getByRole('listitem')).toHaveText([offence, 'Jan 2024 – Dec 2024'])
  })
  await test.step('the month chart keeps its own months and follows the offence', async () => {
    await page.getByRole('button', { name: 'By month as a table' }).click()
    const table = page.getByRole('table', { name: 'Incidents by month' })
    const counted = rows.filter((row) => isRobbery(row) && monthOf(row) === '2023-11').length
    await expect(table.getByRole('row', { name: /^Nov 2023/ })).toContainText(String(counted))
    const shown = await table.locator('tbody tr td:nth-child(2)').allTextContents()
    const dated = rows.filter((row) => isRobbery(row) && monthOf(row) !== '')
    expect(shown.reduce((sum, text) => sum + numberIn(text), 0)).toBe(dated.length)
    await page.getByRole('button', { name: 'By month as a chart' }).click()
  })
  await test.step('the hours are those of the selection', async () => {
    await page.getByRole('button', { name: 'Hour and weekday as a table' }).click()
    const table = page.getByRole('table', { name: 'Incidents by hour and weekday' })
    const expected = new Array<number>(168).fill(0)
    for (const row of rows) if (isRobbery(row) && in2024(row) && hourOf(row) >= 0) expected[hourOf(row)]++
    const lines = await table.locator('tbody tr').all()
    const shown = await Promise.all(
      lines.map(async (line) => (await line.locator('td').allTextContents()).slice(1).map(numberIn)),
    )
    expect(shown).toHaveLength(24)
    const byWeek = expected.map((_, hour) => shown[hour % 24][Math.floor(hour / 24)])
    expect(byWeek).toEqual(expected)
    await page.getByRole('button', { name: 'Hour and weekday as a chart' }).click()
  })
  const march = rows.filter((row) => isRobbery(row) && monthOf(row) === '2024-03')
  await test.step('a click on a bar chooses its month', async () => {
    const bar = page
      .getByRole('img', { name: /^Incidents by month/ })
      .locator('rect', { has: page.locator('title', { hasText: /^Mar 2024: / }) })
    await bar.click()
    await expectSelected(page, march.length)
    await expect(selection(page).getByRole('listitem')).toHaveText([offence, 'Mar 2024'])
  })
  await test.step('the incidents behind the number are those of the file', async () => {
    const behind = filterPanel(page).getByRole('button', { name: new RegExp(`incidents, ${offence}: show`) })
    await expect(behind).toHaveText(String(march.length))
    await behind.click()
    const list = page.getByRole('region', { name: `Incidents: ${offence}` })
    await expect(list.getByRole('status')).toHaveText(String(march.length))
    const shown = await readIncidents(list)
    expect(Array.from(shown.values(), (row) => row.Reference).sort()).toEqual(
      march.map((row) => row.crime_ref).sort(),
    )
    await page.keyboard.press('Escape')
    await expect(list).toHaveCount(0)
  })
  await test.step('undo and redo of the selection', async () => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await expectSelected(page, rows.filter((row) => isRobbery(row) && in2024(row)).length)
    await page.getByRole('button', { name: 'Redo' }).click()
    await expectSelected(page, march.length)
  })
})

test('decides on hotspots and exports the pack that says so', async ({ page, workbench }) => {
  await workbench.open(page)
  await expectHotspots(page)
  const first = await headlineShares(page)
  const names = await hotspotRows(page)
    .getByRole('button', { name: /^(?!Decide)/ })
    .allTextContents()
  const counts = (await hotspotRows(page).locator('td:nth-child(3)').allTextContents()).map(numberIn)
  await expect(hotspotPanel(page)).toContainText(`${names.length} hotspots`)

  await test.step('the incidents of a hotspot are as many as its row says', async () => {
    await hotspotPanel(page).getByRole('button', { name: names[0], exact: true }).click()
    await expect(hotspotPanel(page).getByRole('heading', { name: names[0] })).toBeVisible()
    await expect(hotspotPanel(page).getByRole('table', { name: 'Offences in this hotspot' })).toBeVisible()
    await hotspotPanel(page).getByRole('button', { name: 'Incidents', exact: true }).click()
    const list = page.getByRole('region', { name: `Incidents: ${names[0]}` })
    await expect(list.getByRole('status')).toHaveText(String(counts[0]))
    await page.getByRole('button', { name: 'Close the list' }).click()
    await hotspotPanel(page).getByRole('button', { name: 'Back to all hotspots' }).click()
  })
  const decide = async (name: string, what: string) => {
    await hotspotPanel(page)
      .getByRole('button', { name: `Decide on ${name}`, exact: true })
      .click()
    await page.getByRole('menuitem', { name: what }).click()
  }
  await test.step('rename', async () => {
    await decide(names[0], 'Rename…')
    await page.getByRole('textbox', { name: 'Name' }).fill('Bus station and arcade')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await expect(hotspotRows(page).first()).toContainText('Bus station and arcade')
  })
  await test.step('a drop needs its reason', async () => {
    await decide(names[2], 'Drop…')
    await expect(page.getByRole('button', { name: 'Drop', exact: true })).toBeDisabled()
    await page.getByRole('textbox', { name: 'Reason' }).fill('Covered by the town centre team')
    await page.getByRole('button', { name: 'Drop', exact: true }).click()
    await expect(hotspotRows(page)).toHaveCount(names.length - 1)
    await expect(hotspotPanel(page)).toContainText('Covered by the town centre team')
    expect(numberIn((await headlineShares(page))[0])).toBeLessThan(numberIn(first[0]))
  })
  await test.step('undo brings it back, redo drops it again', async () => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(hotspotRows(page)).toHaveCount(names.length)
    expect(await headlineShares(page)).toEqual(first)
    await page.getByRole('button', { name: 'Redo' }).click()
    await expect(hotspotRows(page)).toHaveCount(names.length - 1)
  })
  await test.step('merge adds the incidents', async () => {
    await decide(names[4], 'Merge with another…')
    await choose(page.getByRole('dialog'), 'Into', /^1\. Bus station and arcade$/)
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await expect(hotspotRows(page)).toHaveCount(names.length - 2)
    await expect(hotspotRows(page).first().locator('td').nth(2)).toHaveText(String(counts[0] + counts[4]))
  })
  const screen = await headlineShares(page)
  const selected = numberIn((await selection(page).getByRole('status').textContent()) ?? '')
  await test.step('export', async () => {
    await hotspotPanel(page).getByRole('button', { name: 'Export briefing pack…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export briefing pack' })
    await expect(dialog).toContainText('OFFICIAL-SENSITIVE')
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Autumn patrols')
    await dialog.getByRole('textbox', { name: 'Author' }).fill('A. Analyst')
    await dialog.getByRole('button', { name: 'Write the pack' }).click()
    await expect(dialog.getByText(/pages on/)).toContainText(`on ${names.length - 2} hotspots`, {
      timeout: 60_000,
    })
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: /^Save .*briefing-pack\.pdf$/ }).click()
    const pages = await readPdf(readFileSync(await (await download).path()))
    for (const text of pages) expect(text).toContain('OFFICIAL-SENSITIVE')
    const [cover, overview] = pages
    expect(cover).toContain('Autumn patrols')
    expect(cover).toContain('A. Analyst')
    expect(cover).toContain(`Incidents selected ${selected.toLocaleString('en-GB')}`)
    expect(cover).toContain(`Hotspots ${names.length - 2} `)
    expect(overview).toContain(`${screen[0]} of harm in`)
    expect(pages.join(' ')).toContain('Covered by the town centre team')
  })
})

test.describe('on the map', () => {
  test.use({ drawsMap: true })

  test('a hotspot is found by clicking it, an area by drawing it', async ({ page, workbench }) => {
    test.setTimeout(240_000)
    await workbench.open(page)
    await expectHotspots(page)
    const name = (await hotspotRows(page).first().getByRole('button').first().textContent()) ?? ''
    const map = page.getByRole('application', { name: /^Map\./ })
    const box = await map.boundingBox()
    if (!box) throw new Error('the map has no size')
    const at = (x: number, y: number) => ({ position: { x: box.width * x, y: box.height * y } })
    await test.step('the list goes to the hotspot, the map goes back to the list', async () => {
      await hotspotPanel(page).getByRole('button', { name, exact: true }).click()
      await hotspotPanel(page).getByRole('button', { name: 'Back to all hotspots' }).click()
      await expect(async () => {
        await map.click(at(0.5, 0.5))
        await expect(hotspotPanel(page).getByRole('heading', { name })).toBeVisible({ timeout: 3000 })
      }).toPass({ timeout: 120_000 })
    })
    await test.step('draw', async () => {
      const before = numberIn((await selection(page).getByRole('status').textContent()) ?? '')
      await page.getByRole('button', { name: 'Draw an area to select' }).click()
      for (const [x, y] of [
        [0.3, 0.3],
        [0.7, 0.3],
        [0.7, 0.7],
        [0.3, 0.7],
      ]) {
        await map.click(at(x, y))
      }
      await page.getByRole('button', { name: 'Finish' }).click()
      await expect(selection(page)).toContainText('in the drawn area')
      await expect(selection(page).getByRole('status')).not.toHaveText(
        new RegExp(`^${before.toLocaleString('en-GB')} of`),
      )
      const inside = numberIn((await selection(page).getByRole('status').textContent()) ?? '')
      expect(inside).toBeGreaterThan(0)
      await page.keyboard.press('i')
      const list = page.getByRole('region', { name: /^Incidents: / })
      await expect(list.getByRole('status')).toHaveText(inside.toLocaleString('en-GB'))
    })
  })
})
