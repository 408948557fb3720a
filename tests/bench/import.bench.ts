/**
 * Import against DuckDB: a seeded street-like CSV (12 fields, one quoted comma in every row, snap points that repeat)
 * read by `runImport` (to typed columns, projected, hashed and on the disk) and by DuckDB's `read_csv` with explicit
 * types into a table (one thread, in memory). Each runs in a process of its own; wall time and peak memory.
 *
 *   node tests/bench/import.bench.ts [--rows 1000000] [--runs 3] [--json]
 */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runImport } from '#core/data/ingest/run-import.ts'

interface Measured {
  readonly name: string
  readonly rows: number
  readonly located: number
  readonly seconds: number
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

function generate(path: string, rows: number): void {
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
  let text = `${HEADER}\r\n`
  for (let row = 0; row < rows; row++) {
    const point = points[Math.floor(next() * next() * points.length)]
    const month = Math.floor((row / rows) * 36)
    const type = TYPES[Math.floor(next() * TYPES.length)]
    const asb = type === TYPES[0]
    const ref = asb ? '' : `${hex()}${hex()}${hex()}${hex()}${hex()}${hex()}${hex()}${hex()}`
    const located = next() > 0.02
    const when = `${2019 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
    const where = located
      ? `${point.x},${point.y},${point.place},${point.code},${point.name}`
      : ',,"No Location, none",,'
    text += `${ref},${when},Leicestershire Police,Leicestershire Police,${where},${type},${asb ? '' : OUTCOMES[Math.floor(next() * OUTCOMES.length)]},\r\n`
    if (text.length > 1 << 20) {
      writeSync(file, text)
      text = ''
    }
  }
  writeSync(file, text)
  closeSync(file)
}

async function ours(path: string): Promise<Measured> {
  const staging = `${path}.staging`
  const began = performance.now()
  const manifest = await runImport(
    { files: [{ path, name: 'bench.csv' }], staging },
    () => {},
    () => false,
  )
  const seconds = (performance.now() - began) / 1000
  rmSync(staging, { recursive: true, force: true })
  return { name: 'runImport', rows: manifest.rowsKept, located: manifest.located, seconds, rssMb: peakMb() }
}

async function duckdb(path: string): Promise<Measured> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const columns = HEADER.split(',').map(
    (name) => `'${name}': '${name.endsWith('itude') ? 'DOUBLE' : 'VARCHAR'}'`,
  )
  const began = performance.now()
  await connection.run(
    `CREATE TABLE t AS SELECT * FROM read_csv('${path}', header=true, auto_detect=false, delim=',', quote='"', escape='"', columns={${columns.join(', ')}})`,
  )
  const seconds = (performance.now() - began) / 1000
  const counted = await connection.runAndReadAll('SELECT count(*), count("Longitude") FROM t')
  const [rows, located] = counted.getRows()[0].map(Number)
  return { name: 'DuckDB, 1 thread', rows, located, seconds, rssMb: peakMb() }
}

function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024
}

function inOwnProcess(which: string, path: string): Measured {
  const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--one', which, path], {
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
    const path = process.argv[one + 2]
    process.stdout.write(
      JSON.stringify(process.argv[one + 1] === 'ours' ? await ours(path) : await duckdb(path)),
    )
    return
  }
  const rows = option('--rows', 1_000_000)
  const runs = option('--runs', 3)
  const folder = mkdtempSync(join(tmpdir(), 'hotspot-bench-'))
  try {
    const path = join(folder, 'bench.csv')
    generate(path, rows)
    const bytes = statSync(path).size
    const all: Measured[] = []
    // In turn, so that a busy machine hits both alike.
    for (let run = 0; run < runs; run++) all.push(inOwnProcess('ours', path), inOwnProcess('duckdb', path))
    const best = ['runImport', 'DuckDB, 1 thread'].map((name) => {
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
          `${b.name.padEnd(18)} ${b.seconds.toFixed(2).padStart(7)} s ${Math.round(b.rowsPerSecond).toLocaleString('en-GB').padStart(12)} rows/s ${b.rssMb.toFixed(0).padStart(6)} MB peak   ${b.located} located`,
        )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
