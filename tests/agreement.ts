import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Agreement } from '#core/contract/agreement.ts'

const folder = join(import.meta.dirname, '../core/service/agreement')

/**
 * States in a test that a method agrees with a peer: the difference just measured must be within the tolerance and
 * no larger than the one that `hotspot methods --agreement` prints. With RECORD_AGREEMENT=1 the measured row is
 * written instead, one file each, to be committed.
 *
 * @param measured the difference, `largestDifference`, that this run found; relative or absolute as `data` says
 */
export function expectAgreement(row: Agreement): void {
  expect(row.largestDifference, `${row.method} against ${row.peer}`).toBeLessThanOrEqual(row.tolerance)
  const file = join(folder, `${row.method}--${slug(row.peer)}--${slug(row.data)}.json`)
  if (process.env.RECORD_AGREEMENT === '1') {
    mkdirSync(folder, { recursive: true })
    // Rounded up, so that the last bits of another machine do not pass the printed figure.
    const largestDifference =
      row.largestDifference === 0 ? 0 : Number((row.largestDifference * 1.05).toPrecision(2))
    writeFileSync(file, `${JSON.stringify({ ...row, largestDifference }, null, 2)}\n`)
    return
  }
  const printed = JSON.parse(readFileSync(file, 'utf8')) as Agreement
  expect({ ...row, largestDifference: 0 }).toEqual({ ...printed, largestDifference: 0 })
  // A figure of rounding size may be another's rounding on another machine.
  expect(row.largestDifference).toBeLessThanOrEqual(Math.max(printed.largestDifference * 1.5, 1e-12))
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
}
