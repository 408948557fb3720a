import { parseArgs } from 'node:util'
import type { Mapping, Reading } from '#core/contract/dataset.ts'
import { InputError } from '#core/contract/problem.ts'

/** The command's words: what stands alone, and the options. */
export interface Given {
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | readonly string[]>>
}

const options = {
  workspace: { type: 'string', short: 'w' },
  input: { type: 'string', short: 'i', multiple: true },
  dataset: { type: 'string' },
  name: { type: 'string' },
  profile: { type: 'string' },
  map: { type: 'string' },
  reading: { type: 'string' },
  'save-profile': { type: 'string' },
  params: { type: 'string' },
  filter: { type: 'string' },
  boundary: { type: 'string', multiple: true },
  basemap: { type: 'string', multiple: true },
  places: { type: 'string', multiple: true },
  layer: { type: 'string', multiple: true },
  agreement: { type: 'boolean' },
  'study-area': { type: 'string' },
  areas: { type: 'string' },
  columns: { type: 'string' },
  sort: { type: 'string' },
  weights: { type: 'string' },
  'table-version': { type: 'string' },
  unit: { type: 'string' },
  force: { type: 'string' },
  title: { type: 'string' },
  author: { type: 'string' },
  out: { type: 'string', short: 'o' },
  port: { type: 'string' },
  source: { type: 'string' },
  kind: { type: 'string' },
  open: { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

export function readArguments(args: readonly string[]): Given {
  // `analyse METHOD --input a.csv b.csv c.csv`: files may follow an option as plain words, as a shell's * leaves them.
  const spread: string[] = []
  let following = ''
  for (const word of args) {
    if (word.startsWith('-')) {
      following = ['--input', '-i', '--boundary', '--basemap', '--places'].includes(word) ? word : ''
      spread.push(word)
    } else {
      if (following !== '' && spread[spread.length - 1] !== following) spread.push(following)
      spread.push(word)
    }
  }
  try {
    const { values, positionals } = parseArgs({ args: spread, options, allowPositionals: true, strict: true })
    return { words: positionals, options: values as Given['options'] }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** The command was not understood; answered with exit code 2 and the help line. */
export class UsageError extends Error {}

export function textOption({ options: given }: Given, name: keyof typeof options): string | undefined {
  const value = given[name]
  return typeof value === 'string' ? value : undefined
}

export function listOption({ options: given }: Given, name: keyof typeof options): readonly string[] {
  const value = given[name]
  return Array.isArray(value) ? value : []
}

export function neededOption(given: Given, name: keyof typeof options): string {
  const value = textOption(given, name)
  if (value === undefined) throw new UsageError(`--${name} is needed here`)
  return value
}

export function jsonOption(given: Given, name: 'params' | 'filter'): Record<string, unknown> | undefined {
  const value = textOption(given, name)
  if (value === undefined) return undefined
  try {
    return JSON.parse(value)
  } catch {
    throw new InputError('E-CLI-JSON', `--${name} is not valid JSON.`, {
      cure: `Quote it for the shell, for example --${name} '{"cellSize": 200}'.`,
    })
  }
}

const lists = new Set(['from', 'to', 'reported', 'extra'])
const shortNames: Readonly<Record<string, string>> = {
  easting: 'x',
  northing: 'y',
  longitude: 'x',
  latitude: 'y',
}

/** `x=easting,y=northing,from=date+time`: canonical column = source column; date and time columns joined by +. */
export function mappingOption(given: Given): Mapping | undefined {
  const pairs = pairsOf(given, 'map')
  if (!pairs) return undefined
  return Object.fromEntries(
    pairs.map(([key, value]) => {
      const name = shortNames[key] ?? key
      return [name, lists.has(name) ? value.split('+') : value]
    }),
  ) as Mapping
}

/** `dateOrder=day-first,coordinates=bng`. */
export function readingOption(given: Given): Reading | undefined {
  const pairs = pairsOf(given, 'reading')
  if (!pairs) return undefined
  return Object.fromEntries(
    pairs.map(([key, value]) => [key, value === 'true' ? true : value === 'false' ? false : value]),
  ) as Reading
}

function pairsOf(given: Given, name: 'map' | 'reading'): [string, string][] | undefined {
  const value = textOption(given, name)
  if (value === undefined) return undefined
  return value.split(',').map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`--${name} takes pairs like x=easting,y=northing; “${pair}” is not one`)
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
  })
}
