import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, type Page } from 'playwright/test'
import { choose, chooseFiles, expectSelected, runCommand, selection, textFile } from './screen.ts'
import { test } from './workbench.ts'

test.use({ startFrom: 'empty' })

const wizard = (page: Page): Locator => page.getByRole('dialog')

async function startImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import incidents…' }).click()
  await expect(page.getByRole('dialog', { name: 'Import incidents' })).toBeVisible()
}

const chooseButton = (page: Page) => wizard(page).getByRole('button', { name: 'Choose files…' })

/** A month of made-up street-level crime in the form of data.police.uk; the last row has no location. */
function streetMonth(month: string, rows: number) {
  const header =
    'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context'
  const lines = Array.from({ length: rows }, (_, at) => {
    const placed = at < rows - 1
    const place = placed
      ? `${(-1.13 + at * 0.001).toFixed(6)},${(52.63 + at * 0.0005).toFixed(6)},On or near Made Street,E01000001,Madeup 001A`
      : ',,No Location,,'
    const type = at % 3 === 0 ? 'Violence and sexual offences' : 'Bicycle theft'
    return `${month}-${String(at).padStart(4, '0')},${month},Testshire Police,Testshire Police,${place},${type},Under investigation,`
  })
  return textFile(`${month}-testshire-street.csv`, [header, ...lines, ''].join('\r\n'))
}

test('street files of data.police.uk are recognised, and a month that is not there is said to be unknown', async ({
  page,
  workbench,
}) => {
  await workbench.open(page)
  await startImport(page)
  const months = ['2024-01', '2024-02', '2024-04', '2024-05'].map((month) => streetMonth(month, 30))
  await chooseFiles(page, chooseButton(page), months)
  await expect(page.getByRole('dialog', { name: 'Check the import' })).toBeVisible()
  await expect(wizard(page)).toContainText('120 of 120 rows tried would be kept')
  await expect(wizard(page).getByRole('button', { name: /Read as$/ })).toContainText('street-level crime')
  await expect(wizard(page)).toContainText(
    'Testshire Police: nothing for 2024-03. Missing months are not zero.',
  )
  await wizard(page).getByRole('tab', { name: 'Months' }).click()
  const coverage = wizard(page).getByRole('table', { name: 'Testshire Police' })
  const cells = coverage.getByRole('row', { name: /^2024/ }).getByRole('cell')
  await expect(cells.nth(1)).toContainText('30 rows')
  await expect(cells.nth(2)).toContainText('not held')
  await expect(cells.nth(3)).toContainText('30 rows')
  await wizard(page)
    .getByRole('tab', { name: /^Files/ })
    .click()
  await expect(wizard(page).getByRole('table', { name: 'Files' }).locator('tbody tr')).toHaveCount(4)

  await wizard(page).getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Import finished' })).toBeVisible({ timeout: 60_000 })
  const facts = wizard(page).locator('.result-facts')
  await expect(facts).toContainText('Rows read120')
  await expect(facts).toContainText('Incidents kept120')
  await expect(facts).toContainText('With a location116')
  await wizard(page).getByRole('button', { name: 'Open the workbench' }).click()
  await expectSelected(page, 120)
  await expect(page.getByRole('region', { name: 'By month' })).toContainText('not held: Mar 2024')
  await page.getByRole('button', { name: 'By month as a table' }).click()
  const march = page
    .getByRole('table', { name: 'Incidents by month' })
    .getByRole('row', { name: /^Mar 2024/ })
  await expect(march).toContainText('not held')
})

/** A force's own layout: semicolons, its own names, dates that can be read both ways, one row without a place. */
function oddFile(name: string, first: number) {
  const lines = Array.from({ length: 12 }, (_, at) =>
    [
      `Q${first + at}`,
      `0${(at % 9) + 1}/04/2025 21:15`,
      at === 5 ? '' : String(458_000 + at * 10),
      at === 5 ? '' : String(304_000 + at * 10),
      at % 2 ? 'Moped theft' : 'Street robbery',
      'Long Row',
    ].join(';'),
  )
  return textFile(name, ['Log no;Date;Grid E;Grid N;Nature;Where', ...lines, ''].join('\n'))
}

test('an odd file is mapped and its dates are asked about; the reading is saved and used again', async ({
  page,
  workbench,
}) => {
  await workbench.open(page)
  await startImport(page)
  await chooseFiles(page, chooseButton(page), [oddFile('week-14.csv', 100)])
  await expect(page.getByRole('dialog', { name: 'Check the import' })).toBeVisible()
  await test.step('the question must be answered', async () => {
    await expect(wizard(page).getByRole('button', { name: 'Answer 1 question first' })).toBeDisabled()
    const question = wizard(page).getByRole('radiogroup', { name: /Dates such as .* can be read both ways/ })
    await question.getByText('The day: 3 April').click()
  })
  await test.step('columns are mapped by hand', async () => {
    await wizard(page).getByRole('tab', { name: 'Columns' }).click()
    for (const [field, column] of [
      ['Easting or longitude', /^Grid E/],
      ['Northing or latitude', /^Grid N/],
      ['Occurred from', /^Date /],
      ['Offence', /^Nature/],
      ['Location', /^Where/],
      ['Reference', /^Log no/],
    ] as const)
      await choose(wizard(page), ` ${field}`, column)
    await expect(wizard(page)).toContainText('12 of 12 rows tried would be kept')
  })
  await wizard(page).getByRole('textbox', { name: 'Save this reading for next time as' }).fill('Weekly log')
  await wizard(page).getByRole('textbox', { name: 'Name of the dataset' }).fill('Week 14')
  await wizard(page).getByRole('button', { name: 'Import', exact: true }).click()
  await expect(wizard(page).locator('.result-facts')).toContainText('With a location11')
  await wizard(page).getByRole('button', { name: 'Open the workbench' }).click()
  await expectSelected(page, 12)
  await test.step('the first row happened on 1 April, not on 4 January', async () => {
    await selection(page).getByRole('button', { name: 'Incidents' }).click()
    const row = page.getByRole('row', { name: /Q100/ })
    await expect(row).toContainText('Street robbery')
    await expect(row).toContainText('2025-04-01 21:15')
    await page.keyboard.press('Escape')
  })
  await test.step('next week nothing is asked', async () => {
    await runCommand(page, 'Import incidents…')
    await chooseFiles(page, chooseButton(page), [oddFile('week-15.csv', 200)])
    await choose(wizard(page), 'Read as', 'Weekly log')
    await expect(wizard(page)).toContainText('12 of 12 rows tried would be kept')
    await expect(wizard(page).getByRole('radiogroup')).toHaveCount(0)
    await wizard(page).getByRole('textbox', { name: 'Name of the dataset' }).fill('Week 15')
    await wizard(page).getByRole('button', { name: 'Import', exact: true }).click()
    await wizard(page).getByRole('button', { name: 'Open the workbench' }).click()
    await selection(page).getByRole('button', { name: 'Incidents' }).click()
    await expect(page.getByRole('row', { name: /Q200/ })).toContainText('Street robbery')
  })
})

test('a file none of whose columns is known can still be mapped', async ({ page, workbench }) => {
  await workbench.open(page)
  await startImport(page)
  const lines = Array.from({ length: 5 }, (_, at) => `${458_000 + at};${304_000 + at};2025-04-0${at + 1}`)
  await chooseFiles(page, chooseButton(page), [textFile('log.csv', ['A;B;C', ...lines, ''].join('\n'))])
  await choose(wizard(page), ' Easting or longitude', /^A /)
  await choose(wizard(page), ' Northing or latitude', /^B /)
  await choose(wizard(page), ' Occurred from', /^C /)
  await expect(wizard(page)).toContainText('5 of 5 rows tried would be kept')
})

test('a file that is no table is refused in a sentence, and nothing is kept of it', async ({
  page,
  workbench,
}) => {
  await workbench.open(page)
  await startImport(page)
  const picture = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(4000)])
  await chooseFiles(page, chooseButton(page), [{ name: 'photo.csv', mimeType: 'text/csv', buffer: picture }])
  const refusal = wizard(page).getByRole('alert')
  await expect(refusal).toContainText('photo.csv')
  await expect(refusal).toContainText('Nothing was imported.')
  await expect(refusal).toContainText(/E-[A-Z]+-\d+/)
  await expect(refusal).not.toContainText(/\/tmp|staging|uploads|at .*\.ts/)
  await wizard(page).getByRole('button', { name: 'Close' }).click()
  await expect(
    page.getByRole('heading', { name: 'From incident files to a hotspot briefing pack' }),
  ).toBeVisible()
  expect(readdirSync(join(workbench.served.workspace, 'datasets'))).toEqual([])
})

test('a cancelled import leaves nothing behind', async ({ page, workbench }) => {
  await workbench.open(page)
  await startImport(page)
  const path = join(workbench.served.workspace, '..', 'long.csv')
  const lines = ['crime_ref,committed_from,easting,northing,offence_title,address_text']
  for (let at = 0; at < 700_000; at++)
    lines.push(
      `L${at},${String(13 + (at % 15))}/03/2025 ${String(at % 24).padStart(2, '0')}:10,${450_000 + (at % 9_000)},${300_000 + (at % 7_000)},Criminal damage,${at % 5000} Long Road`,
    )
  writeFileSync(path, lines.join('\n'))
  await chooseFiles(page, chooseButton(page), [path])
  await expect(page.getByRole('dialog', { name: 'Check the import' })).toBeVisible({ timeout: 60_000 })
  await wizard(page).getByRole('button', { name: 'Import', exact: true }).click()
  await expect(wizard(page).getByRole('progressbar', { name: 'Importing' })).toContainText(/\d rows/, {
    timeout: 30_000,
  })
  await wizard(page).getByRole('button', { name: 'Cancel import' }).click()
  await expect(page.getByRole('dialog', { name: 'Check the import' })).toBeVisible()
  await wizard(page).getByRole('button', { name: 'Close' }).click()
  await expect(
    page.getByRole('heading', { name: 'From incident files to a hotspot briefing pack' }),
  ).toBeVisible()
  await runCommand(page, 'Workspace and datasets…')
  await expect(wizard(page)).toContainText('None yet.')
  const left = () =>
    ['datasets', 'staging'].flatMap((name) => readdirSync(join(workbench.served.workspace, name)))
  await expect.poll(left, { timeout: 30_000 }).toEqual([])
})
