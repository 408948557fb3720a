/**
 * How long scans take: seeded synthetic incidents of one year, half of them around 300 centres, in a town
 * (8 km across) and over a force (40 km across). The replications are handed to as many processes as there are
 * processors, as the service hands them to its workers. Run: `node tests/bench/scan.bench.ts [incidents] [--json]`.
 */
import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { scanSpaceTime } from '#core/analysis/scan/scan-space-time.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { minutesOf } from '#core/analysis/support/wall-clock.ts'
import type { Context, Incidents } from '#core/contract/method.ts'

const given = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)))
const length = given > 0 ? given : 10_000
const patient = { tick: (): void => undefined }

function synthetic(extent: number): Incidents {
  let state = 20250401
  const random = (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const centres = Array.from({ length: 300 }, () => [random() * extent, random() * extent])
  const x = new Float64Array(length)
  const y = new Float64Array(length)
  const from = new Int32Array(length)
  const first = minutesOf(2024, 1, 1)
  for (let i = 0; i < length; i++) {
    const [cx, cy] =
      i % 2 === 0 ? centres[Math.floor(random() * 300)] : [random() * extent, random() * extent]
    const spread = i % 2 === 0 ? 600 : 0
    x[i] = 400_000 + Math.round(cx + (random() - 0.5) * spread)
    y[i] = 300_000 + Math.round(cy + (random() - 0.5) * spread)
    from[i] = first + Math.floor(random() * 366 * 1440)
  }
  return {
    length,
    mask: new Uint8Array(length).fill(1),
    x,
    y,
    precision: new Uint8Array(length),
    from,
    to: from,
    timePrecision: new Uint8Array(length),
    dictionaries: {},
    flags: {},
  }
}

/** The parts over all processors: the next free one takes the next part. */
async function replicate(state: unknown, parts: number): Promise<unknown[]> {
  const next = new Int32Array(new SharedArrayBuffer(4))
  const done: unknown[] = new Array(parts)
  await Promise.all(
    Array.from(
      { length: availableParallelism() },
      () =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: { state, next, parts } })
          worker.on('message', ([index, part]: [number, unknown]) => {
            done[index] = part
          })
          worker.on('error', reject)
          worker.on('exit', () => resolve())
        }),
    ),
  )
  return done
}

if (isMainThread) {
  const context: Context = { period: { from: '2024-01-01', to: '2025-01-01' } }
  const results = []
  // At any time in a town is left out: every circle holds hundreds of incidents, 5 s for each replication.
  for (const { area, extent, time } of [
    { area: 'force', extent: 40_000, time: 'prospective' },
    { area: 'town', extent: 8_000, time: 'prospective' },
    { area: 'force', extent: 40_000, time: 'retrospective' },
  ]) {
    const incidents = synthetic(extent)
    const params = readParameters(scanSpaceTime.card, { time })
    const start = performance.now()
    const { state, parts } = scanSpaceTime.shares!.begin(incidents, params, context, patient)
    const begun = performance.now()
    const done = await replicate(state, parts)
    const { summary } = scanSpaceTime.shares!.finish(state, done, incidents, params, context, patient)
    assert.equal(summary.replications, 999)
    assert.equal(summary.incidents, length)
    results.push({
      area,
      time,
      places: summary.places,
      beginMs: Math.round(begun - start),
      totalMs: Math.round(performance.now() - start),
      memoryMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
      firstP: summary.clusters[0].pValue,
    })
  }
  if (process.argv.includes('--json'))
    console.log(
      JSON.stringify(
        { incidents: length, processors: availableParallelism(), node: process.version, results },
        null,
        1,
      ),
    )
  else {
    console.log(
      `${length.toLocaleString('en-GB')} incidents, radius 1 km, windows to 28 days, 999 replications; ${availableParallelism()} processors; Node ${process.version}`,
    )
    console.table(results)
  }
} else {
  const { state, next, parts } = workerData
  for (let index = Atomics.add(next, 0, 1); index < parts; index = Atomics.add(next, 0, 1))
    parentPort!.postMessage([index, scanSpaceTime.shares!.part(state, index, patient)])
}
