import { afterAll, describe, expect, it } from 'vitest'
import type { IncidentColumns } from '#core/contract/incident.ts'
import { Cancelled } from '#core/contract/problem.ts'
import type { Job } from '#core/service/jobs.ts'
import { createPool } from '#core/service/pool.ts'
import { makeColumns } from '../select/make-incidents.ts'

/** A job that can be cancelled by hand. */
function makeJob(): { readonly job: Job; readonly cancel: () => void } {
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const acts: (() => void)[] = []
  return {
    job: {
      id: 'job',
      flag,
      tell() {},
      onCancel: (act) => acts.push(act),
      throwIfCancelled() {
        if (flag[0] === 1) throw new Cancelled()
      },
    },
    cancel() {
      Atomics.store(flag, 0, 1)
      for (const act of acts) act()
    },
  }
}

/** Columns over the whole of a square, all of it inside thousands of areas that overlap: seconds of work. */
function many(length: number): IncidentColumns {
  const shared = (value: (i: number) => number) => {
    const out = new Float64Array(new SharedArrayBuffer(length * 8))
    for (let i = 0; i < length; i++) out[i] = value(i)
    return out
  }
  return {
    ...makeColumns([], { shared: true }),
    length,
    easting: shared((i) => 400_000 + (i % 1000)),
    northing: shared((i) => 300_000 + (i % 977)),
  }
}
const ring = (k: number): [number, number][] =>
  Array.from({ length: 200 }, (_, at) => {
    const angle = (at / 200) * 2 * Math.PI
    return [390_000 - k + 3000 * Math.cos(angle), 300_000 + 3000 * Math.sin(angle)]
  })

describe('the pool of kernel workers', () => {
  const pool = createPool(1)
  afterAll(() => pool.close())

  it('ends a task that does not look whether it was cancelled, and goes on with the next', async () => {
    const { job, cancel } = makeJob()
    // Outlines that reach the places' box but hold none of them: every one is tried for every place.
    const areas = Array.from({ length: 400 }, (_, k) => ({
      rings: [[...ring(k), [400_999, 300_977] as [number, number], [400_999, 300_978] as [number, number]]],
    }))
    const columns = many(4_000_000)
    const run = pool.run({ kind: 'locate', dataset: 'many', areas }, job, { id: 'many', columns })
    setTimeout(cancel, 200)
    await expect(run).rejects.toBeInstanceOf(Cancelled)

    const few = many(10)
    const found = await pool.run<Int32Array>(
      { kind: 'locate', dataset: 'few', areas: [{ rings: [ring(0).map(([x, y]) => [x + 10_000, y])] }] },
      undefined,
      { id: 'few', columns: few },
    )
    expect(found).toHaveLength(10)
  })

  it('hands over the dataset again to the worker that took the seat', async () => {
    const { job, cancel } = makeJob()
    const columns = many(10)
    const areas = [{ rings: [ring(0)] }]
    await pool.run({ kind: 'locate', dataset: 'ten', areas }, job, { id: 'ten', columns })
    cancel()
    const again = await pool.run<Int32Array>({ kind: 'locate', dataset: 'ten', areas }, undefined, {
      id: 'ten',
      columns,
    })
    expect(again).toHaveLength(10)
  })
})
