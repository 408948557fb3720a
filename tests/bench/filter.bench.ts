/**
 * How long a changed filter takes until every linked view has its new counts: seeded synthetic incidents, one and two
 * threads, checked against a naive loop. Run: `node tests/bench/filter.bench.ts [incidents] [--json]`.
 */
import assert from 'node:assert/strict'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { compileFilter } from '#core/analysis/select/compile-filter.ts'
import { evaluateFilter } from '#core/analysis/select/evaluate-filter.ts'
import { finishSelection } from '#core/analysis/select/finish-selection.ts'
import { prepareSelection } from '#core/analysis/select/prepare-selection.ts'
import { type SelectionParts, selectionParts, summariseRange } from '#core/analysis/select/selection.ts'
import { cellOf, gridOver } from '#core/analysis/space/grid.ts'
import { hourOfWeek, minutesOf, monthIndex } from '#core/analysis/support/wall-clock.ts'
import type { Filter } from '#core/contract/filter.ts'
import type { IncidentColumns } from '#core/contract/incident.ts'

interface Task {
  readonly parts: SelectionParts
  readonly from: number
  readonly to: number
  readonly counts: Uint32Array
}

if (isMainThread) await main()
else
  parentPort!.on('message', ({ parts, from, to, counts }: Task) => {
    summariseRange(parts, from, to, counts)
    parentPort!.postMessage(null)
  })

function shared<T>(make: (buffer: SharedArrayBuffer) => T, bytes: number): T {
  return make(new SharedArrayBuffer(bytes))
}

/** Five years of a force: 40 offences, four flags, a fifth of the places clustered, 3 % unlocated, 2 % without a time. */
function synthetic(length: number): { columns: IncidentColumns; area: Int32Array; areaCodes: string[] } {
  let state = 20250401
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 4294967296
  }
  const doubles = (): Float64Array => shared((b) => new Float64Array(b), length * 8)
  const ints = (): Int32Array => shared((b) => new Int32Array(b), length * 4)
  const bytes = (): Uint8Array => shared((b) => new Uint8Array(b), length)
  const columns = {
    length,
    easting: doubles(),
    northing: doubles(),
    longitude: doubles(),
    latitude: doubles(),
    precision: bytes(),
    occurredFrom: ints(),
    occurredTo: ints(),
    reportedAt: ints(),
    timePrecision: bytes(),
    source: shared((b) => new Uint16Array(b), length * 2),
    sourceRow: ints(),
    dictionaries: {
      offence: {
        codes: shared((b) => new Uint16Array(b), length * 2),
        words: ['', ...Array.from({ length: 40 }, (_, k) => `Offence ${String(k + 1).padStart(2, '0')}`)],
      },
    },
    flags: { alcohol: bytes(), domestic: bytes(), knife: bytes(), publicSpace: bytes() },
  }
  const area = ints()
  const first = minutesOf(2021, 1, 1)
  const span = minutesOf(2026, 1, 1) - first
  for (let row = 0; row < length; row++) {
    const clustered = random() < 0.2
    columns.easting[row] = 400000 + (clustered ? 40000 + random() * 4000 : random() * 122000)
    columns.northing[row] = 250000 + (clustered ? 40000 + random() * 4000 : random() * 122000)
    if (random() < 0.03) columns.easting[row] = columns.northing[row] = Number.NaN
    columns.occurredFrom[row] = first + Math.floor(random() * span)
    columns.timePrecision[row] = random() < 0.02 ? 1 : 0
    columns.dictionaries.offence.codes[row] = Math.floor(random() * random() * 41)
    for (const flag of Object.values(columns.flags)) {
      const draw = random()
      flag[row] = draw < 0.15 ? 1 : draw < 0.9 ? 0 : 255
    }
    area[row] = Math.floor(random() * 601) - 1
  }
  return { columns, area, areaCodes: Array.from({ length: 600 }, (_, k) => `E${k}`) }
}

async function main(): Promise<void> {
  const length = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 5_000_000)
  const { columns, area, areaCodes } = synthetic(length)
  const grid = gridOver([400000, 250000, 522000, 372000], 'hexagon', 200)
  const areas = { ward: { codes: areaCodes, index: area } }
  const words = columns.dictionaries.offence.words
  const night = [20, 21, 22, 23].flatMap((hour) => [96 + hour, 120 + hour])
  const filters: Record<string, Filter> = {
    'no clause': { clauses: [] },
    'two offences': { clauses: [{ kind: 'oneOf', column: 'offence', values: [words[1], words[2]] }] },
    'four clauses': {
      clauses: [
        { kind: 'oneOf', column: 'offence', values: words.slice(1, 12) },
        { kind: 'period', from: '2022-01-01', to: '2025-01-01' },
        { kind: 'hours', hours: [...night, 144, 145, 146, 120, 121, 122, 0, 1] },
        { kind: 'flag', column: 'domestic', states: ['no', 'unknown'] },
      ],
    },
    'polygon and area': {
      clauses: [
        {
          kind: 'polygon',
          rings: [Array.from({ length: 200 }, (_, k) => circle(k / 200, 461000, 311000, 45000))],
        },
        { kind: 'area', layer: 'ward', codes: areaCodes.slice(0, 300) },
      ],
    },
  }
  const prepareStart = performance.now()
  const prepared = prepareSelection(columns, grid)
  const prepareMs = performance.now() - prepareStart
  const workers = [0, 1].map(() => new Worker(new URL(import.meta.url), { workerData: null }))
  void workerData
  const results: Record<string, string | number>[] = []
  for (const [name, filter] of Object.entries(filters)) {
    const one = await timed(() => count(filter, []))
    const oneWorker = await timed(() => count(filter, workers.slice(0, 1)))
    const two = await timed(() => count(filter, workers))
    assert.deepEqual(one.value, two.value, 'two threads must give the same counts')
    assert.deepEqual(one.value, oneWorker.value)
    const mask = await timed(async () => evaluateFilter(filter, columns, areas, { hour: prepared.hour }))
    check(filter, one.value)
    results.push({
      filter: name,
      selected: one.value[0],
      'in place, ms': one.median,
      '1 worker, ms': oneWorker.median,
      '2 workers, ms': two.median,
      'mask only, ms': mask.median,
    })
  }
  for (const worker of workers) await worker.terminate()
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  const summary = {
    incidents: length,
    cells: grid.columns * grid.rows,
    prepareMs: Math.round(prepareMs),
    peakRssMb: peakMb,
    node: process.version,
    results,
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify(summary, null, 1))
  else {
    console.log(
      `${length.toLocaleString('en-GB')} incidents, grid of ${summary.cells.toLocaleString('en-GB')} hexagons; ` +
        `prepared once in ${summary.prepareMs} ms; peak memory ${peakMb} MB; Node ${process.version}; median of 7`,
    )
    console.table(results)
  }

  async function count(filter: Filter, threads: Worker[]): Promise<Uint32Array> {
    const parts = selectionParts(prepared, filter, areas, 'ward')
    const size = parts.layout.length
    if (threads.length === 0) {
      const counts = new Uint32Array(size)
      summariseRange(parts, 0, length, counts)
      finishSelection(parts, counts, { coverage: [], areaNames: {} })
      return counts
    }
    const pieces = await Promise.all(
      threads.map((worker, at) => {
        const counts = shared((b) => new Uint32Array(b), size * 4)
        const from = Math.floor((length * at) / threads.length)
        const to = Math.floor((length * (at + 1)) / threads.length)
        return new Promise<Uint32Array>((resolve, reject) => {
          worker.once('error', reject)
          worker.once('message', () => {
            worker.removeListener('error', reject)
            resolve(counts)
          })
          worker.postMessage({ parts, from, to, counts } satisfies Task)
        })
      }),
    )
    const sum = new Uint32Array(size)
    for (const piece of pieces) for (let k = 0; k < size; k++) sum[k] += piece[k]
    finishSelection(parts, sum, { coverage: [], areaNames: {} })
    return sum
  }

  /** The same counts by the plainest loop: every clause of every incident asked in turn. */
  function check(filter: Filter, counts: Uint32Array): void {
    const parts = selectionParts(prepared, filter, areas, 'ward')
    const { layout } = parts
    const bare = compileFilter(
      { clauses: filter.clauses.filter((c) => c.kind === 'polygon') },
      columns,
      areas,
    )
    const expected = new Uint32Array(counts.length)
    const inPolygon =
      bare.length > 0 ? evaluateFilter({ clauses: filter.clauses.slice(0, 1) }, columns, areas) : null
    for (let row = 0; row < length; row++) {
      const minutes = columns.occurredFrom[row]
      const month = monthIndex(minutes) - parts.firstMonth
      const hour = columns.timePrecision[row] === 0 ? hourOfWeek(minutes) : 255
      const offence = columns.dictionaries.offence.codes[row]
      const failed = new Set<string>()
      for (const clause of filter.clauses) {
        if (clause.kind === 'oneOf' && !clause.values.includes(words[offence])) failed.add('offence')
        if (clause.kind === 'hours' && !clause.hours.includes(hour)) failed.add('hours')
        if (clause.kind === 'period' && (minutes < minutesOf(2022, 1, 1) || minutes >= minutesOf(2025, 1, 1)))
          failed.add('period')
        if (clause.kind === 'flag' && columns.flags.domestic[row] === 1) failed.add('other')
        if (clause.kind === 'area' && !(area[row] >= 0 && area[row] < 300)) failed.add('other')
        if (clause.kind === 'polygon' && inPolygon![row] === 0) failed.add('other')
      }
      const only = failed.size === 1 ? [...failed][0] : failed.size === 0 ? '' : 'several'
      if (only === '' || only === 'period') expected[layout.months + month]++
      if (only === '' || only === 'hours') expected[layout.hours + hour]++
      if (only === '' || only === 'offence') expected[layout.offences + offence]++
      if (only !== '') continue
      expected[layout.selected]++
      expected[layout.areas + area[row]]++
      let folded = Number.isNaN(columns.easting[row]) ? 0 : 81
      parts.flagNames.forEach((name, at) => {
        const flag = columns.flags[name as 'knife'][row]
        folded += (flag === 255 ? 2 : flag) * 3 ** at
      })
      expected[layout.states + folded]++
      expected[layout.cells + cellOf(grid, columns.easting[row], columns.northing[row])]++
    }
    assert.deepEqual(counts, expected, 'counts must equal the naive loop')
  }
}

function circle(turn: number, x: number, y: number, radius: number): [number, number] {
  return [x + radius * Math.cos(turn * 2 * Math.PI), y + radius * Math.sin(turn * 2 * Math.PI)]
}

/** Median of seven runs after two to warm up, in tenths of a millisecond. */
async function timed<T>(run: () => Promise<T>): Promise<{ median: number; value: T }> {
  const times: number[] = []
  let value = await run()
  await run()
  for (let k = 0; k < 7; k++) {
    const start = performance.now()
    value = await run()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return { median: Math.round(times[3] * 10) / 10, value }
}
