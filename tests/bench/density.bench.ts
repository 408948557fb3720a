/**
 * How long the density surface takes: seeded random incidents, quartic kernel, through the method as the service runs
 * it (a pool of kernel workers, parts taken as they come, the answer handed back), on one and two workers, and in
 * place. Checked against the formula peers use at 200 cells, and byte for byte between the runs.
 * Run: `node tests/bench/density.bench.ts [incidents] [--json]`.
 */
import assert from 'node:assert/strict'
import { density } from '#core/analysis/density/density.ts'
import { cellX, cellY } from '#core/analysis/space/grid.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { IncidentColumns } from '#core/contract/incident.ts'
import type { Computed } from '#core/contract/method.ts'
import { createPool } from '#core/service/pool.ts'
import { runShares } from '#core/service/run-shares.ts'

interface Times {
  readonly medianMs: number
  readonly leastMs: number
  /** Of all threads together; on a busy machine the better measure of the work. */
  readonly leastProcessorMs: number
}

const size = 100
const side = 1100
const bandwidth = 500
const south = 250_000
const west = 400_000
const params = { cellSize: size, bandwidth }
const given = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)))
const length = given > 0 ? given : 1_000_000

const columns = makeColumns(length)
const mask = new Uint8Array(new SharedArrayBuffer(length)).fill(1)
const context = {
  studyArea: {
    name: 'Square',
    areas: [
      {
        code: 'S',
        name: 'Square',
        rings: [
          [
            [west, south],
            [west + side * size - 1, south],
            [west + side * size - 1, south + side * size - 1],
            [west, south + side * size - 1],
          ],
        ],
      },
    ],
  },
} as const
const task = { method: 'density', dataset: 'bench', mask, params, context }

const results: ({ readonly what: string } & Times)[] = []
const answers: Computed<{ readonly grid: GridSpec }>[] = []
for (const workers of [1, 2]) {
  const pool = createPool(workers)
  const { times, value } = await timed(() =>
    runShares<{ grid: GridSpec }>(pool, task, undefined, { id: 'bench', columns }),
  )
  results.push({ what: `the method through a pool of ${workers}`, ...times })
  answers.push(value)
  await pool.close()
}
const incidents = {
  length,
  mask,
  x: columns.easting,
  y: columns.northing,
  precision: columns.precision,
  from: columns.occurredFrom,
  to: columns.occurredTo,
  timePrecision: columns.timePrecision,
  dictionaries: {},
  flags: {},
}
const patient = { tick: () => undefined }
const settings = readParameters(density.card, params)
const inPlace = await timed(async () => density.run(incidents, settings, context, patient))
results.push({ what: 'the method in place, one thread', ...inPlace.times })
const begun = await timed(async () => density.shares!.begin(incidents, settings, context, patient))
results.push({ what: 'of which: begin', ...begun.times })
answers.push(inPlace.value)

const { grid } = inPlace.value.summary
const surface = inPlace.value.columns.density as Float64Array
for (const { columns: found } of answers) {
  const other = found.density as Float64Array
  assert.equal(Buffer.compare(Buffer.from(other.buffer), Buffer.from(surface.buffer)), 0, 'the same bytes')
}
const differsBy = againstPlainSums(surface)
const summary = {
  incidents: length,
  cells: surface.length,
  cellSize: size,
  bandwidth,
  parts: begun.value.parts,
  node: process.version,
  peer: 'QGIS heatmap, raw quartic: Σ (15/16)(1 − (d/h)²)² at the cell centre; × 16/15 · 3/(πh²) · 10⁶ gives incidents per km²',
  differsBy,
  results,
}
if (process.argv.includes('--json')) console.log(JSON.stringify(summary, null, 1))
else {
  console.log(
    `${length.toLocaleString('en-GB')} incidents, ${surface.length.toLocaleString('en-GB')} cells of ${size} m, quartic, bandwidth ${bandwidth} m, ${summary.parts} parts; Node ${process.version}; 9 runs after 3 to warm up`,
  )
  console.table(results)
  console.log(
    `Largest relative difference from the peer's formula at 200 cells: ${differsBy.toExponential(1)} (${summary.peer})`,
  )
  console.log('One worker, two workers and in place: the same bytes.')
}

function makeColumns(count: number): IncidentColumns {
  let state = 20250401
  const random = (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const easting = new Float64Array(new SharedArrayBuffer(8 * count))
  const northing = new Float64Array(new SharedArrayBuffer(8 * count))
  for (let i = 0; i < count; i++) {
    easting[i] = west + random() * side * size
    northing[i] = south + random() * side * size
  }
  const ints = new Int32Array(new SharedArrayBuffer(4 * count))
  const bytes = new Uint8Array(new SharedArrayBuffer(count))
  return {
    length: count,
    easting,
    northing,
    longitude: easting,
    latitude: northing,
    precision: bytes,
    occurredFrom: ints,
    occurredTo: ints,
    reportedAt: ints,
    timePrecision: bytes,
    source: new Uint16Array(new SharedArrayBuffer(2 * count)),
    sourceRow: ints,
    dictionaries: {},
    flags: {},
  }
}

/** The peer's formula, place by place, at every 6,049th cell. */
function againstPlainSums(found: Float64Array): number {
  const { easting: x, northing: y } = columns
  let worst = 0
  for (let cell = 3; cell < found.length; cell += 6049) {
    let raw = 0
    for (let i = 0; i < length; i++) {
      const d = Math.hypot(x[i] - cellX(grid, cell), y[i] - cellY(grid, cell))
      if (d < bandwidth) raw += (15 / 16) * (1 - (d / bandwidth) ** 2) ** 2
    }
    const expected = raw * (16 / 15) * (3 / (Math.PI * bandwidth ** 2)) * 1e6
    worst = Math.max(worst, Math.abs(found[cell] - expected) / Math.max(1, expected))
  }
  assert.ok(worst < 1e-10, `differs from the plain sums by ${worst}`)
  return worst
}

/** Nine runs after three to warm up: median and least on the clock, least processor time. */
async function timed<T>(run: () => Promise<T>): Promise<{ times: Times; value: T }> {
  const clock: number[] = []
  const processor: number[] = []
  let value = await run()
  await run()
  await run()
  for (let k = 0; k < 9; k++) {
    const start = performance.now()
    const used = process.cpuUsage()
    value = await run()
    const { user, system } = process.cpuUsage(used)
    clock.push(performance.now() - start)
    processor.push((user + system) / 1000)
  }
  clock.sort((a, b) => a - b)
  const tenths = (ms: number): number => Math.round(ms * 10) / 10
  return {
    times: {
      medianMs: tenths(clock[4]),
      leastMs: tenths(clock[0]),
      leastProcessorMs: tenths(Math.min(...processor)),
    },
    value,
  }
}
