/**
 * Import against DuckDB: a seeded street-like CSV (12 fields, one quoted comma in every row, snap points that repeat;
 * sorted by month, area and crime type, as data.police.uk publishes it, or with --shuffled in no order within a month)
 * read by `runImport` (to dictionaries and typed columns, projected, duplicates counted, hashed, and flushed to the
 * disk; two threads, and those of the runtime) and by DuckDB's `read_csv` with explicit types into a table (one thread,
 * in memory). `runImport` is run twice: from a copy with its types blanked, as the desktop app ships it, and from the
 * source, whose types Node blanks anew in the reading thread of every import. Each runs in a process of its own; wall
 * time, processor time of all threads and peak memory, the best run of several.
 *
 *   node tests/bench/import.bench.ts [--rows 1000000] [--runs 3] [--shuffled] [--json]
 */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const RUN_IMPORT = 'core/data/ingest/run-import'
const SHIPPED = 'runImport, as shipped'
const SOURCE = 'runImport, from source'
const DUCKDB = 'DuckDB, 1 thread'

interface Measured {
  readonly name: string
  readonly rows: number
  readonly located: number
  readonly seconds: number
  /** User and system time of all threads. */
  readonly cpuSeconds: number
  readonly rssMb: number
}

const HEADER =
  'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context'
const TYPES = [
  'Anti-social behaviour',
  'Bicycle theft',
  'Burglary',
  'Criminal damage and arson',
  'Drugs',
  'Other crime',
  'Other theft',
  'Possession of weapons',
  'Public order',
  'Robbery',
  'Shoplifting',
  'Theft from the person',
  'Vehicle crime',
  'Violence and sexual offences',
]
const OUTCOMES = [
  'Investigation complete; no suspect identified',
  'Unable to prosecute suspect',
  'Local resolution',
  'Awaiting court outcome',
  'Under investigation',
]

/** Mulberry32: the same rows on every machine. */
function random(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function generate(path: string, rows: number, shuffled: boolean): void {
  const next = random(20_251_122)
  const points = Array.from({ length: 21_203 }, (_, i) => ({
    x: (-1.6 + next() * 0.9).toFixed(6),
    y: (52.4 + next() * 0.55).toFixed(6),
    place: `"On or near Street ${i % 9776}, Ward ${i % 176}"`,
    code: `E010${25_000 + (i % 741)}`,
    name: `Leicester ${String(i % 741).padStart(3, '0')}A`,
  }))
  const hex = (): string =>
    Math.floor(next() * 4294967296)
      .toString(16)
      .padStart(8, '0')
  const file = openSync(path, 'w')
  writeSync(file, `${HEADER}\r\n`)
  const months = 36
  for (let month = 0; month < months; month++) {
    const count = Math.floor(((month + 1) * rows) / months) - Math.floor((month * rows) / months)
    const drawn = Array.from({ length: count }, () => ({
      point: next() > 0.02 ? points[Math.floor(next() * next() * points.length)] : undefined,
      type: TYPES[Math.floor(next() * TYPES.length)],
    }))
    if (!shuffled)
      drawn.sort((a, b) => compare(a.point?.name ?? '~', b.point?.name ?? '~') || compare(a.type, b.type))
    const when = `${2019 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
    const lines = drawn.map(({ point, type }) => {
      const asb = type === TYPES[0]
      const ref = asb ? '' : Array.from({ length: 8 }, hex).join('')
      const where = point
        ? `${point.x},${point.y},${point.place},${point.code},${point.name}`
        : ',,"No Location, none",,'
      const outcome = asb ? '' : OUTCOMES[Math.floor(next() * OUTCOMES.length)]
      return `${ref},${when},Leicestershire Police,Leicestershire Police,${where},${type},${outcome},\r\n`
    })
    writeSync(file, lines.join(''))
  }
  closeSync(file)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A copy of the core as `electron/build-app.ts` writes it. */
function ship(out: string): void {
  for (const entry of readdirSync(join(root, 'core'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const from = join(entry.parentPath, entry.name)
    const to = join(out, relative(root, from)).replace(/\.ts$/, '.js')
    mkdirSync(dirname(to), { recursive: true })
    if (!from.endsWith('.ts')) cpSync(from, to)
    else
      writeFileSync(
        to,
        stripTypeScriptTypes(readFileSync(from, 'utf8')).replaceAll(
          /(['"])((?:#|\.{1,2}\/)[^'"\n]+)\.ts\1/g,
          '$1$2.js$1',
        ),
      )
  }
  writeFileSync(
    join(out, 'package.json'),
    JSON.stringify({ type: 'module', imports: { '#core/*': './core/*' } }),
  )
  symlinkSync(join(root, 'node_modules'), join(out, 'node_modules'), 'junction')
}

async function ours(name: string, module: string, path: string): Promise<Measured> {
  const { runImport } = (await import(
    pathToFileURL(module).href
  )) as typeof import('#core/data/ingest/run-import.ts')
  const staging = `${path}.staging`
  const cpu = process.cpuUsage()
  const began = performance.now()
  const manifest = await runImport(
    { files: [{ path, name: 'bench.csv' }], staging },
    () => {},
    () => false,
  )
  const seconds = (performance.now() - began) / 1000
  const cpuSeconds = cpuSince(cpu)
  rmSync(staging, { recursive: true, force: true })
  return {
    name,
    rows: manifest.rowsKept,
    located: manifest.located,
    seconds,
    cpuSeconds,
    rssMb: peakMb(),
  }
}

async function duckdb(path: string): Promise<Measured> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const columns = HEADER.split(',').map(
    (name) => `'${name}': '${name.endsWith('itude') ? 'DOUBLE' : 'VARCHAR'}'`,
  )
  const cpu = process.cpuUsage()
  const began = performance.now()
  await connection.run(
    `CREATE TABLE t AS SELECT * FROM read_csv('${path}', header=true, auto_detect=false, delim=',', quote='"', escape='"', columns={${columns.join(', ')}})`,
  )
  const seconds = (performance.now() - began) / 1000
  const cpuSeconds = cpuSince(cpu)
  const counted = await connection.runAndReadAll('SELECT count(*), count("Longitude") FROM t')
  const [rows, located] = counted.getRows()[0].map(Number)
  return { name: DUCKDB, rows, located, seconds, cpuSeconds, rssMb: peakMb() }
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024
}

function inOwnProcess(name: string, path: string, app: string): Measured {
  const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--one', name, path, app], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  })
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout) as Measured
}

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(name)
  return at < 0 ? fallback : Number(process.argv[at + 1])
}

async function main(): Promise<void> {
  const one = process.argv.indexOf('--one')
  if (one >= 0) {
    const [name, path, app] = process.argv.slice(one + 1)
    const module = name === SHIPPED ? join(app, `${RUN_IMPORT}.js`) : join(root, `${RUN_IMPORT}.ts`)
    const measured = name === DUCKDB ? await duckdb(path) : await ours(name, module, path)
    process.stdout.write(JSON.stringify(measured))
    return
  }
  const rows = option('--rows', 1_000_000)
  const runs = option('--runs', 3)
  const folder = mkdtempSync(join(tmpdir(), 'hotspot-bench-'))
  try {
    const path = join(folder, 'bench.csv')
    generate(path, rows, process.argv.includes('--shuffled'))
    const bytes = statSync(path).size
    const app = join(folder, 'app')
    ship(app)
    const all: Measured[] = []
    // In turn, so that a busy machine hits all alike.
    for (let run = 0; run < runs; run++)
      for (const name of [SHIPPED, DUCKDB, SOURCE]) all.push(inOwnProcess(name, path, app))
    const best = [SHIPPED, SOURCE, DUCKDB].map((name) => {
      const mine = all.filter((measured) => measured.name === name)
      const fastest = mine.reduce((a, b) => (a.seconds <= b.seconds ? a : b))
      return {
        ...fastest,
        rssMb: Math.max(...mine.map((m) => m.rssMb)),
        rowsPerSecond: fastest.rows / fastest.seconds,
      }
    })
    const result = { rows, bytes, runs, best, all }
    if (process.argv.includes('--json')) console.log(JSON.stringify(result))
    else {
      console.log(
        `${rows.toLocaleString('en-GB')} rows, ${(bytes / 1e6).toFixed(0)} MB, best of ${runs}, wall time`,
      )
      for (const b of best)
        console.log(
          `${b.name.padEnd(22)} ${b.seconds.toFixed(2).padStart(7)} s ${b.cpuSeconds.toFixed(2).padStart(6)} s CPU ${Math.round(b.rowsPerSecond).toLocaleString('en-GB').padStart(12)} rows/s ${b.rssMb.toFixed(0).padStart(6)} MB peak   ${b.located} located`,
        )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
