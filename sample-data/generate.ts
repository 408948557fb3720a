/**
 * node sample-data/generate.ts --out DIR [--rows 250000] [--seed 20260101] [--years 3] [--quiet]
 * Writes a wholly fictional force. The same arguments give the same bytes. See README.md beside this page.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { InputError } from '#core/contract/problem.ts'
import { buildForce, type Force } from './force.ts'
import { openOutput, type WrittenFile } from './output-file.ts'
import { plantedTruth, type Truth } from './planted-truth.ts'
import { sampleForce } from './sample-force.ts'
import { writeIncidents } from './write-incidents.ts'
import { writeMap } from './write-map.ts'
import { writePlaces } from './write-places.ts'

export interface SampleOptions {
  readonly out: string
  readonly rows: number
  readonly seed: number
  readonly years: number
}

/** What `sample.json` holds. */
export interface SampleAbout {
  readonly force: string
  readonly fictional: string
  readonly seed: number
  readonly rows: number
  readonly years: readonly number[]
  readonly files: readonly WrittenFile[]
  readonly truth: Truth
}

/**
 * Generates the sample into `out`, which must be new, empty or hold an earlier sample (whose files are replaced).
 * Throws `InputError` E-SAMPLE-OPTION or E-SAMPLE-FOLDER. About 2 s and 15 µs a row; memory does not grow with rows.
 */
export function generateSample(options: SampleOptions): SampleAbout {
  checkOptions(options)
  const force: Force = buildForce(options.seed)
  const { files: incidents, tally } = writeIncidents(options.out, force, options)
  const files = [...incidents, ...writeMap(options.out, force), ...writePlaces(options.out, force)]
  const about: SampleAbout = {
    force: sampleForce.name,
    fictional: 'Everything here is invented. No place, person, address, business or crime in it exists.',
    seed: options.seed,
    rows: options.rows,
    years: Array.from({ length: options.years }, (_, i) => sampleForce.lastYear - options.years + 1 + i),
    files,
    truth: plantedTruth(force, tally),
  }
  const file = openOutput(options.out, sampleForce.files.about)
  file.write(`${JSON.stringify(about, null, 2)}\n`)
  file.close()
  return about
}

function checkOptions({ out, rows, seed, years }: SampleOptions): void {
  const whole = (name: string, value: number, low: number, high: number) => {
    if (Number.isInteger(value) && value >= low && value <= high) return
    const text = `--${name} must be a whole number from ${low} to ${high}. Nothing was written; give another value.`
    throw new InputError('E-SAMPLE-OPTION', text)
  }
  whole('rows', rows, 1000, 9_999_999 * years)
  whole('seed', seed, 0, Number.MAX_SAFE_INTEGER)
  whole('years', years, 1, 10)
  if (!existsSync(out) || readdirSync(out).length === 0) return
  const about = join(out, sampleForce.files.about)
  if (
    existsSync(about) &&
    (JSON.parse(readFileSync(about, 'utf8')) as SampleAbout).force === sampleForce.name
  )
    return
  const text = 'The output folder holds other files. Nothing was written; name a new or empty folder.'
  throw new InputError('E-SAMPLE-FOLDER', text)
}

function main(): void {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      rows: { type: 'string', default: String(sampleForce.rows) },
      seed: { type: 'string', default: String(sampleForce.seed) },
      years: { type: 'string', default: String(sampleForce.years) },
      quiet: { type: 'boolean', default: false },
    },
  })
  if (!values.out) throw new InputError('E-SAMPLE-OPTION', 'Name a folder with --out. Nothing was written.')
  const started = performance.now()
  const options = {
    out: values.out,
    rows: Number(values.rows),
    seed: Number(values.seed),
    years: Number(values.years),
  }
  const about = generateSample(options)
  if (values.quiet) return
  const bytes = about.files.reduce((sum, file) => sum + file.bytes, 0)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    `${about.force}: ${about.rows} rows, ${about.files.length} files, ${(bytes / 1e6).toFixed(1)} MB in ${seconds} s`,
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    main()
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
