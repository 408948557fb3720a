import { expect } from 'playwright/test'
import { test } from './workbench.ts'

// One planted fault of each kind, so that the silence of the watch in all other tests means something.
test.use({ startFrom: 'empty' })

test('the watch over every page sees what it is there to see', async ({ page, workbench }) => {
  const { faults, served } = workbench
  await workbench.open(page)
  expect(faults).toEqual([])
  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noConsole: one of the faults this test is about
    console.error('planted in the console')
    setTimeout(() => {
      throw new Error('planted and uncaught')
    }, 0)
    const frame = document.createElement('iframe')
    frame.src = '/index.html'
    document.body.append(frame)
  })
  await expect.poll(() => faults.join('\n')).toContain('console: planted in the console')
  await expect.poll(() => faults.join('\n')).toContain('uncaught: planted and uncaught')
  await expect.poll(() => faults.join('\n')).toContain('content security policy: frame-src')
  const elsewhere = `${served.origin.replace('127.0.0.1', 'localhost')}/`
  await page.goto(elsewhere)
  await expect.poll(() => faults.join('\n')).toContain(`request off the origin: ${elsewhere}`)
  workbench.expectError(/./)
})
