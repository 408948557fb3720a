import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, type Page } from 'playwright/test'
import { readPdf } from './read-pdf.ts'
import {
  choose,
  chooseFiles,
  expectHotspots,
  expectSelected,
  headlineShares,
  hotspotPanel,
  hotspotRows,
  runCommand,
} from './screen.ts'
import { repository } from './serve.ts'
import { test } from './workbench.ts'

const data = resolve(repository, '../shared/data')
const street = join(data, 'police/leicestershire')
const isHere = existsSync(street)
if (!isHere && process.env.TEST_WORKER_INDEX === '0')
  process.stdout.write('Leicestershire: skipped, as ../shared/data is not here.\n')

test.use({ startFrom: 'empty' })
test.skip(!isHere, 'the open data of ../shared/data are not here')

async function addBoundary(page: Page, name: string, features: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Layers and weights' })
  await chooseFiles(page, dialog.getByRole('button', { name: 'Add boundary…' }), [
    join(data, 'boundaries', name),
  ])
  await expect(dialog.getByRole('table', { name: 'Layers' })).toContainText(features, { timeout: 60_000 })
}

test('35 real months: imported, bounded, ranked and exported', async ({ page, workbench }) => {
  test.setTimeout(300_000)
  await workbench.open(page)
  await test.step('all months through the wizard', async () => {
    await page.getByRole('button', { name: 'Import incidents…' }).click()
    const files = readdirSync(street).map((name) => join(street, name))
    expect(files).toHaveLength(35)
    await chooseFiles(page, page.getByRole('button', { name: 'Choose files…' }), files)
    const dialog = page.getByRole('dialog')
    await expect(page.getByRole('dialog', { name: 'Check the import' })).toBeVisible({ timeout: 60_000 })
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'Import finished' })).toBeVisible({ timeout: 120_000 })
    const facts = dialog.locator('.result-facts')
    await expect(facts).toContainText('Rows read301,838')
    await expect(facts).toContainText('Incidents kept301,838')
    await expect(facts).toContainText('With a location294,375')
    await expect(facts).toContainText('Identical rows7,936')
    await dialog.getByRole('button', { name: 'Open the workbench' }).click()
    await expectSelected(page, 301_838)
  })
  await test.step('areas', async () => {
    await runCommand(page, 'Layers and weights…')
    await addBoundary(page, 'leicestershire_lsoa11.geojson', '611')
    await addBoundary(page, 'leicestershire_wards25.geojson', '176')
    const dialog = page.getByRole('dialog', { name: 'Layers and weights' })
    await choose(dialog, 'Study area', /lsoa11/i)
    await choose(dialog, 'Areas to count by', /wards25/i)
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(page.getByRole('list', { name: 'Areas' })).toContainText('Castle')
  })
  await test.step('the hour is not known, and says why', async () => {
    await expect(page.getByRole('region', { name: 'Hour and weekday' })).toContainText(
      'recorded to the month or day only',
    )
    await runCommand(page, 'Hour and weekday…')
    const dialog = page.getByRole('dialog', { name: 'Analyse the selection' })
    await dialog.getByRole('button', { name: 'Run' }).click()
    await expect(dialog.getByRole('alert')).toContainText(
      'The hour of the week cannot be shown: these incidents are recorded by month, without the time they happened. Nothing was computed.',
    )
    await dialog.getByRole('button', { name: 'Close' }).click()
  })
  await test.step('hotspots', async () => {
    await hotspotPanel(page).getByRole('button', { name: 'Find hotspots' }).click()
    await expectHotspots(page)
    await expect(hotspotPanel(page)).toContainText('of incidents in')
    expect(await hotspotRows(page).count()).toBeGreaterThan(0)
  })
  await test.step('pack', async () => {
    const [share] = await headlineShares(page)
    const hotspots = await hotspotRows(page).count()
    await hotspotPanel(page).getByRole('button', { name: 'Export briefing pack…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export briefing pack' })
    await expect(dialog).toContainText('No harm weights are loaded')
    await dialog.getByRole('button', { name: 'Write the pack' }).click()
    await expect(dialog.getByText(/pages on/)).toContainText(`on ${hotspots} hotspots`, { timeout: 120_000 })
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: /^Save .*briefing-pack\.pdf$/ }).click()
    const pages = await readPdf(readFileSync(await (await download).path()))
    expect(pages[0]).toContain('Incidents selected 301,838')
    expect(pages[1]).toContain(`${share} of incidents`)
    for (const text of pages) expect(text).toContain('OFFICIAL-SENSITIVE')
  })
})
