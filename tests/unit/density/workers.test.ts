import { describe, expect, it } from 'vitest'
import { methodNamed } from '#core/analysis/registry.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import type { Computed, Context } from '#core/contract/method.ts'
import { createPool } from '#core/service/pool.ts'
import { runShares } from '#core/service/run-shares.ts'
import { makeColumns, patient, type Row, toIncidents } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { twoDistricts } from '../space/small-study.ts'

const u = seededNumbers(91, 8000)
const rows = Array.from(
  { length: 4000 },
  (_, i): Row => ({ at: [450_000 + 4000 * u[i], 300_000 + 4000 * u[4000 + i] ** 2] }),
)
const columns = makeColumns(rows, { shared: true })
const mask = new Uint8Array(new SharedArrayBuffer(4000)).fill(1)
for (let i = 0; i < 4000; i += 3) mask[i] = 0
const baseline = mask.map((bit) => 1 - bit)

/** Bytes of every column and the text of the rest, to compare to the last bit. */
function exactly({ columns: found, summary, caveats }: Computed<unknown>): unknown {
  const bytes = Object.entries(found).map(([name, column]) => {
    const { buffer, byteOffset, byteLength } = column as Float64Array
    return [name, Buffer.from(new Uint8Array(buffer, byteOffset, byteLength)).toString('base64')]
  })
  return { bytes, summary, caveats }
}

describe('properties', () => {
  it('in place, on one worker and on three: the same bytes', async () => {
    const pools = [1, 3].map((size) => createPool(size))
    const questions: [string, Record<string, unknown>, Context][] = [
      ['density', { bandwidth: 300, cellSize: 20 }, { studyArea: twoDistricts }],
      [
        'density',
        { adaptive: true, neighbours: 30, edge: 'diggle', cellSize: 40, kernel: 'gaussian' },
        { studyArea: twoDistricts },
      ],
      [
        'density',
        { bandwidth: 300, cellSize: 20, edge: 'uniform', unit: 'relative' },
        { studyArea: twoDistricts },
      ],
      ['densityContours', { bandwidth: 300, cellSize: 50 }, { studyArea: twoDistricts }],
      ['bandwidths', {}, {}],
      [
        'dualDensity',
        { bandwidth: 300, cellSize: 100, permutations: 40 },
        { studyArea: twoDistricts, selections: { baseline } },
      ],
    ]
    for (const [method, params, context] of questions) {
      const { run, card } = methodNamed(method)
      const inPlace = run({ ...toIncidents(columns), mask }, readParameters(card, params), context, patient)
      for (const pool of pools) {
        const task = { method, dataset: 'small', mask, params, context }
        const shared = await runShares(pool, task, undefined, { id: 'small', columns })
        expect(exactly(shared), `${method} on ${pool.size}`).toEqual(exactly(inPlace))
      }
    }
    for (const pool of pools) await pool.close()
  }, 120_000)
})
