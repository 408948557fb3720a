import { expect, type Page } from 'playwright/test'
import {
  chooseFiles,
  expectHotspots,
  hotspotPanel,
  hotspotRows,
  runCommand,
  selection,
  textFile,
} from './screen.ts'

/** A screen or dialog of the window: how to get there from the workbench, and how to leave it. */
export interface Screen {
  readonly name: string
  /** What is new on it, as a selector; absent: all of the window. */
  readonly part?: string
  readonly open: (page: Page) => Promise<void>
  readonly close: (page: Page) => Promise<void>
}

async function closeDialog(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

async function dialogOf(page: Page, command: string, title: string): Promise<void> {
  await runCommand(page, command)
  await expect(page.getByRole('dialog', { name: title })).toBeVisible()
}

async function decide(page: Page, what: string, title: string): Promise<void> {
  await hotspotRows(page)
    .nth(1)
    .getByRole('button', { name: /^Decide on/ })
    .click()
  await page.getByRole('menuitem', { name: what }).click()
  await expect(page.getByRole('dialog', { name: title })).toBeVisible()
}

/** Two months with a gap, one row out of shape and dates that must be asked about: every part of the check step. */
const askedFile = textFile(
  'asked.csv',
  [
    'ref,date,easting,northing,offence',
    ...Array.from({ length: 9 }, (_, at) => `A${at},0${at + 1}/04/2025,458${at}00,304000,Robbery`),
    'A10,05/04/2025',
    '',
  ].join('\n'),
)

const dialogPart = '[role="dialog"]'

/** Every main screen and dialog of the workbench on the sample, in an order in which each leaves the window as it was. */
export const screens: readonly Screen[] = [
  { name: 'workbench', open: (page) => expectHotspots(page), close: async () => {} },
  {
    name: 'charts-as-tables',
    part: 'section[aria-label="By month"], section[aria-label="Hour and weekday"]',
    async open(page) {
      await page.getByRole('button', { name: 'By month as a table' }).click()
      await page.getByRole('button', { name: 'Hour and weekday as a table' }).click()
      await expect(page.getByRole('table', { name: 'Incidents by month' })).toBeVisible()
    },
    async close(page) {
      await page.getByRole('button', { name: 'By month as a chart' }).click()
      await page.getByRole('button', { name: 'Hour and weekday as a chart' }).click()
    },
  },
  {
    name: 'days-and-words',
    async open(page) {
      await page.getByRole('radio', { name: 'Days' }).click()
      await expect(page.getByRole('application', { name: /^Days/ })).toBeVisible()
      await page.getByRole('button', { name: /^In: / }).click()
      await expect(page.getByRole('group', { name: 'Columns to look in' })).toBeVisible()
    },
    async close(page) {
      await page.getByRole('button', { name: /^In: / }).click()
      await page.getByRole('radio', { name: 'Months' }).click()
    },
  },
  {
    name: 'incident-columns',
    part: '.columns-menu',
    async open(page) {
      await selection(page).getByRole('button', { name: 'Incidents' }).click()
      await page.getByRole('button', { name: 'Columns' }).click()
      await expect(page.getByRole('dialog', { name: 'Columns of the list' })).toBeVisible()
    },
    async close(page) {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Close the list' }).click()
    },
  },
  {
    name: 'incidents',
    part: 'section[aria-label^="Incidents:"]',
    async open(page) {
      await selection(page).getByRole('button', { name: 'Incidents' }).click()
      await expect(
        page
          .getByRole('region', { name: /, rows$/ })
          .getByRole('row')
          .nth(5),
      ).toContainText('NM/')
    },
    async close(page) {
      await page.getByRole('button', { name: 'Close the list' }).click()
    },
  },
  {
    name: 'hotspot',
    part: 'aside[aria-label="Hotspots"]',
    async open(page) {
      await hotspotRows(page).first().getByRole('button').first().click()
      await expect(
        hotspotPanel(page).getByRole('table', { name: 'Repeat places in this hotspot' }),
      ).toBeVisible()
    },
    async close(page) {
      await hotspotPanel(page).getByRole('button', { name: 'Back to all hotspots' }).click()
    },
  },
  {
    name: 'hotspot-settings',
    part: 'aside[aria-label="Hotspots"]',
    async open(page) {
      await hotspotPanel(page).getByRole('button', { name: 'Settings' }).click()
      await expect(hotspotPanel(page).getByRole('textbox', { name: 'Number of hotspots' })).toBeVisible()
    },
    async close(page) {
      await hotspotPanel(page).getByRole('button', { name: 'Settings' }).click()
    },
  },
  {
    name: 'menu',
    part: '[role="menu"]',
    async open(page) {
      await page.getByRole('button', { name: 'View', exact: true }).click()
      await expect(page.getByRole('menu')).toBeVisible()
    },
    async close(page) {
      await page.getByRole('menu').press('Escape')
      await expect(page.getByRole('menu')).toHaveCount(0)
    },
  },
  {
    name: 'palette',
    part: dialogPart,
    async open(page) {
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog', { name: 'Find a command' })).toBeVisible()
    },
    close: (page) => escapeTwice(page),
  },
  {
    name: 'rename',
    part: dialogPart,
    open: (page) => decide(page, 'Rename…', 'Rename hotspot'),
    close: closeDialog,
  },
  {
    name: 'drop',
    part: dialogPart,
    open: (page) => decide(page, 'Drop…', 'Drop hotspot'),
    close: closeDialog,
  },
  {
    name: 'merge',
    part: dialogPart,
    open: (page) => decide(page, 'Merge with another…', 'Merge hotspots'),
    close: closeDialog,
  },
  {
    name: 'layers',
    part: dialogPart,
    open: (page) => dialogOf(page, 'Layers and weights…', 'Layers and weights'),
    close: closeDialog,
  },
  {
    name: 'weights',
    part: dialogPart,
    async open(page) {
      await dialogOf(page, 'Layers and weights…', 'Layers and weights')
      await page.getByRole('button', { name: 'Add harm weights…' }).click()
      await expect(page.getByRole('group', { name: 'Add harm weights' })).toBeVisible()
    },
    close: closeDialog,
  },
  {
    name: 'marking',
    part: dialogPart,
    open: (page) => dialogOf(page, 'Protective marking…', 'Protective marking'),
    close: closeDialog,
  },
  {
    name: 'workspace',
    part: dialogPart,
    open: (page) => dialogOf(page, 'Workspace and datasets…', 'Workspace'),
    close: closeDialog,
  },
  {
    name: 'analyse',
    part: dialogPart,
    open: (page) => dialogOf(page, 'Offence mix…', 'Analyse the selection'),
    close: closeDialog,
  },
  {
    name: 'analyse-result',
    part: dialogPart,
    async open(page) {
      await dialogOf(page, 'Offence mix…', 'Analyse the selection')
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await expect(page.getByRole('tab', { name: 'Result' })).toHaveAttribute('aria-selected', 'true')
    },
    close: closeDialog,
  },
  {
    name: 'about-method',
    part: dialogPart,
    async open(page) {
      await dialogOf(page, 'Hot and cold cells', 'Analyse the selection')
      await page.getByRole('tab', { name: 'About this method' }).click()
      await expect(page.getByText('Assumes')).toBeVisible()
    },
    close: closeDialog,
  },
  {
    name: 'import',
    part: dialogPart,
    open: (page) => dialogOf(page, 'Import incidents…', 'Import incidents'),
    close: closeDialog,
  },
  {
    name: 'import-check',
    part: dialogPart,
    async open(page) {
      await dialogOf(page, 'Import incidents…', 'Import incidents')
      await chooseFiles(page, page.getByRole('button', { name: 'Choose files…' }), [askedFile])
      await expect(page.getByRole('dialog').getByRole('radiogroup')).toBeVisible()
    },
    close: closeDialog,
  },
  {
    name: 'import-issues',
    part: dialogPart,
    async open(page) {
      await dialogOf(page, 'Import incidents…', 'Import incidents')
      await chooseFiles(page, page.getByRole('button', { name: 'Choose files…' }), [askedFile])
      await page.getByText('The day: 3 April').click()
      await expect(page.getByRole('dialog').getByRole('status')).toContainText('would be kept')
      await page.getByRole('tab', { name: /^Issues/ }).click()
      await expect(page.getByRole('table', { name: 'Issues by reason' })).toBeVisible()
    },
    close: closeDialog,
  },
  {
    name: 'pack',
    part: dialogPart,
    open: (page) => dialogOf(page, 'Export briefing pack…', 'Export briefing pack'),
    close: closeDialog,
  },
]

/** The palette's search takes the first Escape to clear itself. */
async function escapeTwice(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
