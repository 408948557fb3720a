import { expect } from 'playwright/test'
import {
  chooseFiles,
  expectHotspots,
  expectSelected,
  filterPanel,
  hotspotPanel,
  hotspotRows,
  runCommand,
  selection,
  textFile,
} from './screen.ts'
import { test } from './workbench.ts'

const markup = '<img src=x onerror="document.title=1">'
// biome-ignore lint/suspicious/noTemplateCurlyInString: the point is that nothing fills it in
const template = '${7*7} {{7*7}} <%= 7*7 %>'
/** Right-to-left override and isolate, which would turn what follows them around. */
const turned = '\u202Eevil\u2067 txt.exe'

test.describe('imported text', () => {
  test.use({ startFrom: 'empty' })

  test('is shown as it stands, never run', async ({ page, workbench }) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await workbench.open(page)
    await page.getByRole('button', { name: 'Import incidents…' }).click()
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    const rows = [markup, template, turned].flatMap((text, kind) =>
      Array.from({ length: 3 + kind }, (_, at) =>
        [
          `X${kind}${at}`,
          `1${at}/03/2025 2${kind}:10`,
          458_000 + kind * 900,
          304_000 + at,
          quoted(text),
          quoted(`${text} Road`),
        ].join(','),
      ),
    )
    const header = 'crime_ref,committed_from,easting,northing,offence_title,address_text'
    await chooseFiles(page, page.getByRole('button', { name: 'Choose files…' }), [
      textFile(`${markup.replaceAll('"', "'")}.csv`, `${[header, ...rows].join('\n')}\n`),
    ])
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('tab', { name: 'First rows' }).click()
    await expect(dialog.getByRole('cell', { name: markup, exact: true }).first()).toBeVisible()
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await dialog.getByRole('button', { name: 'Open the workbench' }).click()
    await expectSelected(page, rows.length)

    for (const [text, count] of [
      [markup, 3],
      [template, 4],
      [turned, 5],
    ] as const) {
      const line = filterPanel(page).getByRole('listitem').filter({ hasText: text })
      await expect(line.getByRole('button').first()).toHaveText(text)
      const number = line.getByRole('button').last()
      await expect(number).toHaveText(String(count))
      // What turns its own text around must not carry the count to the other side.
      const title = await line.getByRole('button').first().boundingBox()
      const shown = await number.boundingBox()
      expect(shown!.x).toBeGreaterThanOrEqual(title!.x + title!.width - 1)
      await line.getByRole('button').first().click()
      await expectSelected(page, count)
      await expect(selection(page).getByRole('listitem')).toHaveText([text])
      await selection(page).getByRole('button', { name: 'Incidents' }).click()
      const list = page.getByRole('region', { name: /^Incidents: / })
      await expect(list.getByRole('cell', { name: `${text} Road`, exact: true })).toHaveCount(count)
      await page.keyboard.press('Escape')
      await selection(page)
        .getByRole('button', { name: /^Remove/ })
        .click()
    }
    expect(await page.title()).toBe('Hotspot Workbench')
    expect(await page.locator('img').count()).toBe(0)
    expect(asked.filter((path) => path === '/x')).toEqual([])
  })
})

test('a reload keeps the session and the selection, and the address holds no token', async ({
  page,
  workbench,
}) => {
  await workbench.open(page)
  expect(new URL(page.url()).hash).toBe('')
  await selection(page).getByRole('button', { name: 'Clear all' }).click()
  await filterPanel(page)
    .getByRole('button', { name: /^Knife: yes/ })
    .click()
  await expect(selection(page).getByRole('listitem')).toHaveText(['knife-enabled'])
  const counted = selection(page).getByRole('status')
  await expect(counted).not.toHaveText(/^19,988/)
  const before = await counted.textContent()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(selection(page).getByRole('listitem')).toHaveText(['knife-enabled'])
  await expect(counted).toHaveText(before ?? '')
})

test('another window without the token is refused, and so is the used address', async ({
  page,
  browser,
  workbench,
}) => {
  await workbench.open(page)
  const stranger = await browser.newContext()
  await workbench.watch(stranger)
  workbench.expectError(/status of 401/)
  try {
    const other = await stranger.newPage()
    for (const address of [workbench.served.origin, workbench.served.url]) {
      await other.goto('about:blank')
      await other.goto(address)
      await expect(other.getByRole('alert')).toContainText('This window is not signed in to the workbench.')
      await expect(other.getByRole('main')).not.toContainText('incidents')
    }
    const statuses = await other.evaluate(async () => {
      const paths = ['/api/workspace', '/api/methods', '/api/about']
      const answers = await Promise.all(paths.map((path) => fetch(path)))
      const guessed = await fetch('/api/workspace', { headers: { 'x-hotspot-key': 'a'.repeat(43) } })
      return [...answers, guessed].map((answer) => answer.status)
    })
    expect(statuses).toEqual([401, 401, 401, 401])
  } finally {
    await stranger.close()
  }
  await expectHotspots(page)
})

test('without WebGL a note says so, and everything but the map works', async ({ page, workbench }) => {
  await workbench.open(page)
  await expect(page.getByText('This computer cannot draw the map (WebGL 2 is not available).')).toBeVisible()
  await expectHotspots(page)
  await hotspotRows(page).first().getByRole('button').first().click()
  await expect(hotspotPanel(page).getByRole('table', { name: 'Offences in this hotspot' })).toBeVisible()
  await page.keyboard.press('i')
  await expect(page.getByRole('region', { name: /^Incidents: / }).getByRole('row')).not.toHaveCount(1)
  await page.keyboard.press('Escape')
  await runCommand(page, 'Export briefing pack…')
  await expect(page.getByRole('button', { name: 'Write the pack' })).toBeEnabled()
})
