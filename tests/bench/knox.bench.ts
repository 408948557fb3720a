/**
 * How long the Knox test takes: seeded incidents of one year in a town of 20 km × 20 km, half of them around its
 * centre, bands of 50, 100, 200 and 400 m by 7, 14 and 28 days, 999 permutations: seconds on the clock, and of
 * processor time over all workers. Checked: one worker and two give the same bytes; every pair of 10,000 incidents
 * counted anew one by one gives the same table.
 * Run: `node tests/bench/knox.bench.ts [incidents] [--json]`; 1,000,000 incidents: the observed table alone.
 */
import assert from 'node:assert/strict'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { knox } from '#core/analysis/near-repeat/knox.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { minutesOf } from '#core/analysis/support/wall-clock.ts'
import type { Control, Incidents } from '#core/contract/method.ts'

const patient: Control = { tick: () => undefined }

if (isMainThread) await main()
else
  parentPort!.on('message', ({ state, next, parts }: { state: unknown; next: Int32Array; parts: number }) => {
    const taken: [number, unknown][] = []
    for (let index = Atomics.add(next, 0, 1); index < parts; index = Atomics.add(next, 0, 1))
      taken.push([index, knox.shares!.part(state, index, patient)])
    const { user, system } = process.threadCpuUsage()
    parentPort!.postMessage([taken, (user + system) / 1e6])
  })

async function main(): Promise<void> {
  const given = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)))
  const sizes = given > 0 ? [given] : [10_000, 100_000]
  const results: Record<string, unknown>[] = []
  for (const length of sizes) {
    const incidents = town(length)
    const permutations = length > 200_000 ? 0 : 999
    const workerCounts = permutations === 0 ? [1] : length > 20_000 ? [2] : [2, 1]
    let bytes = ''
    for (const workers of workerCounts) {
      const { seconds, processorSeconds, answer } = await timed(incidents, permutations, workers)
      const own = JSON.stringify([answer.summary, [...(answer.columns.expectedMean as Float64Array)]])
      assert.ok(bytes === '' || bytes === own, 'any number of workers must give the same bytes')
      bytes = own
      const observed = answer.columns.observed as Float64Array
      const reached = [...observed].slice(0, 20).reduce((sum, each) => sum + each, 0)
      results.push({
        incidents: length,
        permutations,
        workers,
        seconds,
        processorSeconds,
        pairsWithin400m: reached,
      })
    }
    if (length <= 20_000) checkAgainstEveryPair(incidents)
  }
  const memoryMB = Math.round(process.resourceUsage().maxRSS / 1024)
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ node: process.version, memoryMB, results }))
  else {
    console.log(`Knox test; Node ${process.version}; one run each; ${memoryMB} MB at most`)
    console.table(results)
  }
}

async function timed(incidents: Incidents, permutations: number, workers: number) {
  const params = readParameters(knox.card, { permutations })
  const crew = Array.from({ length: workers }, () => new Worker(new URL(import.meta.url)))
  await Promise.all(crew.map((worker) => new Promise((resolve) => worker.once('online', resolve))))
  const start = performance.now()
  const { state, parts } = knox.shares!.begin(incidents, params, {}, patient)
  const next = new Int32Array(new SharedArrayBuffer(4))
  const taken = await Promise.all(
    crew.map(
      (worker) =>
        new Promise<[[number, unknown][], number]>((resolve, reject) => {
          worker.once('error', reject)
          worker.once('message', resolve)
          worker.postMessage({ state, next, parts })
        }),
    ),
  )
  const inOrder: unknown[] = []
  for (const [index, part] of taken.flatMap(([own]) => own)) inOrder[index] = part
  const answer = knox.shares!.finish(state, inOrder, incidents, params, {}, patient)
  const seconds = Math.round((performance.now() - start) / 10) / 100
  const processorSeconds = Math.round(100 * taken.reduce((sum, [, own]) => sum + own, 0)) / 100
  for (const worker of crew) await worker.terminate()
  return { seconds, processorSeconds, answer }
}

/** Observed pairs of the first distance and time bands, one pair at a time. */
function checkAgainstEveryPair(incidents: Incidents): void {
  const params = readParameters(knox.card, { permutations: 0 })
  const { columns } = knox.run(incidents, params, {}, patient)
  const expected = new Float64Array(24)
  const { x, y, from, length } = incidents
  for (let i = 0; i < length; i++)
    for (let j = 0; j < i; j++) {
      const d = Math.abs(x[i] - x[j]) + Math.abs(y[i] - y[j])
      const days = Math.abs(Math.floor(from[i] / 1440) - Math.floor(from[j] / 1440))
      const s = d < 1 ? 0 : d < 50 ? 1 : d < 100 ? 2 : d < 200 ? 3 : d < 400 ? 4 : 5
      expected[4 * s + (days < 7 ? 0 : days < 14 ? 1 : days < 28 ? 2 : 3)]++
    }
  assert.deepEqual([...(columns.observed as Float64Array)], [...expected])
}

function town(length: number): Incidents {
  let state = 20250401
  const random = (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const bell = (): number => (random() + random() + random() - 1.5) / 1.5
  const x = new Float64Array(length)
  const y = new Float64Array(length)
  const from = new Int32Array(length)
  const first = minutesOf(2024, 1, 1)
  // A town of a million incidents would be one of forty times the people: it is spread wider.
  const extent = length > 200_000 ? 60_000 : 20_000
  for (let i = 0; i < length; i++) {
    const central = random() < 0.5
    x[i] = 400_000 + (central ? extent / 2 + (bell() * extent) / 6 : random() * extent)
    y[i] = 300_000 + (central ? extent / 2 + (bell() * extent) / 6 : random() * extent)
    from[i] = first + Math.floor(random() * 365 * 1440)
  }
  return {
    length,
    mask: new Uint8Array(length).fill(1),
    x,
    y,
    longitude: new Float64Array(length).fill(Number.NaN),
    latitude: new Float64Array(length).fill(Number.NaN),
    precision: new Uint8Array(length),
    from,
    to: from,
    timePrecision: new Uint8Array(length),
    dictionaries: {},
    flags: {},
  }
}
