/**
 * How long the density surface takes: seeded random incidents, quartic kernel, in place and on one and two workers over
 * one shared surface. Checked against a plain sum at 200 cells, against the formula peers use, and byte for byte
 * between the splits. Run: `node tests/bench/density.bench.ts [incidents] [--json]`.
 */
import assert from 'node:assert/strict'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { densityBand, kernelReach, type RowSorted, sortByRow } from '#core/analysis/density/density-band.ts'
import { cellX, cellY } from '#core/analysis/space/grid.ts'
import type { GridSpec } from '#core/contract/grid.ts'

interface Task {
  readonly sorted: RowSorted
  readonly fromRow: number
  readonly toRow: number
  readonly out: Float64Array
}

interface Times {
  readonly medianMs: number
  readonly leastMs: number
  /** Of the calling thread; on a busy machine the better measure of the work. */
  readonly leastProcessorMs: number
}

const grid: GridSpec = {
  shape: 'square',
  size: 100,
  originX: 400_000,
  originY: 250_000,
  columns: 1100,
  rows: 1100,
}
const bandwidth = 500

if (isMainThread) await main()
else
  parentPort!.on('message', ({ sorted, fromRow, toRow, out }: Task) => {
    densityBand(sorted, grid, 'quartic', bandwidth, fromRow, toRow, out)
    parentPort!.postMessage(null)
  })

async function main(): Promise<void> {
  const given = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)))
  const length = given > 0 ? given : 1_000_000
  let state = 20250401
  const random = (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const x = new Float64Array(length)
  const y = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    x[i] = grid.originX + random() * grid.columns * grid.size
    y[i] = grid.originY + random() * grid.rows * grid.size
  }
  const mask = new Uint8Array(length).fill(1)
  const cells = grid.columns * grid.rows
  const sort = (): RowSorted =>
    sortByRow(x, y, mask, null, grid, kernelReach('quartic', bandwidth), { tick: () => undefined }, true)

  const inPlace = await timed(async () => {
    const out = new Float64Array(cells)
    densityBand(sort(), grid, 'quartic', bandwidth, 0, grid.rows, out)
    return out
  })
  const sortOnly = await timed(async () => sort())
  const workers = [0, 1].map(() => new Worker(new URL(import.meta.url)))
  const shared = new Float64Array(new SharedArrayBuffer(cells * 8))
  const one = await timed(() => onWorkers(sort(), shared, workers.slice(0, 1)))
  check(inPlace.value, shared)
  shared.fill(-1)
  const two = await timed(() => onWorkers(sort(), shared, workers))
  check(inPlace.value, shared)
  for (const worker of workers) await worker.terminate()
  const differsBy = againstPlainSums(x, y, inPlace.value)

  const results = [
    { what: 'sorting by row alone', ...sortOnly.times },
    { what: 'sorting and summing, in place', ...inPlace.times },
    { what: 'sorting in place, summing on 1 worker', ...one.times },
    { what: 'sorting in place, summing on 2 workers', ...two.times },
  ]
  const peer =
    'QGIS heatmap, raw quartic: Σ (15/16)(1 − (d/h)²)² at the cell centre; × 16/15 · 3/(πh²) · 10⁶ gives incidents per km²'
  const summary = {
    incidents: length,
    cells,
    cellSize: grid.size,
    bandwidth,
    node: process.version,
    peer,
    differsBy,
    results,
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify(summary, null, 1))
  else {
    console.log(
      `${length.toLocaleString('en-GB')} incidents, ${cells.toLocaleString('en-GB')} cells of ${grid.size} m, quartic, bandwidth ${bandwidth} m; Node ${process.version}; 7 runs after 2 to warm up`,
    )
    console.table(results)
    console.log(
      `Largest relative difference from the peer's formula at 200 cells: ${differsBy.toExponential(1)} (${peer})`,
    )
    console.log('One band, one worker and two workers: the same bytes.')
  }
}

function check(a: Float64Array, b: Float64Array): void {
  assert.equal(
    Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer)),
    0,
    'any split must give the same bytes',
  )
}

async function onWorkers(
  sorted: RowSorted,
  out: Float64Array,
  workers: readonly Worker[],
): Promise<Float64Array> {
  await Promise.all(
    workers.map(
      (worker, k) =>
        new Promise<void>((resolve, reject) => {
          worker.once('error', reject)
          worker.once('message', () => {
            worker.removeListener('error', reject)
            resolve()
          })
          const fromRow = Math.floor((grid.rows * k) / workers.length)
          const toRow = Math.floor((grid.rows * (k + 1)) / workers.length)
          worker.postMessage({ sorted, fromRow, toRow, out } satisfies Task)
        }),
    ),
  )
  return out
}

/** The peer's formula, place by place, at every 6,049th cell. */
function againstPlainSums(x: Float64Array, y: Float64Array, surface: Float64Array): number {
  let worst = 0
  for (let cell = 3; cell < surface.length; cell += 6049) {
    let raw = 0
    for (let i = 0; i < x.length; i++) {
      const d = Math.hypot(x[i] - cellX(grid, cell), y[i] - cellY(grid, cell))
      if (d < bandwidth) raw += (15 / 16) * (1 - (d / bandwidth) ** 2) ** 2
    }
    const expected = raw * (16 / 15) * (3 / (Math.PI * bandwidth ** 2)) * 1e6
    worst = Math.max(worst, Math.abs(surface[cell] - expected) / Math.max(1, expected))
  }
  assert.ok(worst < 1e-10, `differs from the plain sums by ${worst}`)
  return worst
}

/** Seven runs after two to warm up: median and least on the clock, least processor time of this thread. */
async function timed<T>(run: () => Promise<T>): Promise<{ times: Times; value: T }> {
  const clock: number[] = []
  const processor: number[] = []
  let value = await run()
  await run()
  for (let k = 0; k < 7; k++) {
    const start = performance.now()
    const used = process.threadCpuUsage()
    value = await run()
    const { user, system } = process.threadCpuUsage(used)
    clock.push(performance.now() - start)
    processor.push((user + system) / 1000)
  }
  clock.sort((a, b) => a - b)
  const tenths = (ms: number): number => Math.round(ms * 10) / 10
  return {
    times: {
      medianMs: tenths(clock[3]),
      leastMs: tenths(clock[0]),
      leastProcessorMs: tenths(Math.min(...processor)),
    },
    value,
  }
}
