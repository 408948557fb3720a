/** Where each canonical column stands in one particular file. */
import type { ImportProfile, Mapping } from '#core/contract/dataset.ts'
import {
  type DictionaryColumn,
  dictionaryColumns,
  type FlagColumn,
  flagColumns,
  type TextColumn,
  textColumns,
} from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'
import type { BuiltInProfile, WordRepair } from './profiles/built-in-profile.ts'
import { plainName } from './sniff/name-columns.ts'

export interface Layout {
  readonly names: readonly string[]
  /** Column numbers; −1 where the file has none. */
  readonly x: number
  readonly y: number
  /** Date column, or date and time columns; empty where the file has none. */
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly reported: readonly number[]
  /** The source's own word for how well it knows the place; also kept as a further column. */
  readonly precision: number
  readonly dictionaries: ReadonlyMap<DictionaryColumn, number>
  readonly flags: ReadonlyMap<FlagColumn, number>
  readonly texts: ReadonlyMap<TextColumn, number>
  /** Further columns, by the name they are kept under. */
  readonly extras: ReadonlyMap<string, number>
  /** Repairs of words, by column number. */
  readonly repairs: ReadonlyMap<number, ReadonlyMap<string, WordRepair>>
}

const reserved = new Set<string>([
  ...dictionaryColumns,
  ...flagColumns,
  ...textColumns,
  'easting',
  'northing',
  'longitude',
  'latitude',
  'precision',
  'occurredFrom',
  'occurredTo',
  'reportedAt',
  'timePrecision',
  'source',
  'sourceRow',
])

/**
 * Finds the profile's columns among `names`, exactly or by plain form, and for built-in profiles by alias. A mapped
 * column that the file lacks is refused (E-IMP-005) when the profile was made by hand or the format cannot do
 * without it; columns that are mapped nowhere become extras unless the mapping lists its extras.
 */
export function resolveLayout(
  profile: ImportProfile,
  builtIn: BuiltInProfile | undefined,
  names: readonly string[],
  file: string,
): Layout {
  const { mapping } = profile
  const used = new Set<number>()

  const find = (target: keyof Mapping, wanted: string): number => {
    let at = names.indexOf(wanted)
    if (at < 0) at = names.findIndex((name) => plainName(name) === plainName(wanted))
    for (const alias of builtIn?.aliases[target] ?? [])
      if (at < 0) at = names.findIndex((name) => plainName(name) === alias)
    if (at >= 0) used.add(at)
    else if (!builtIn || builtIn.needs.includes(target)) refuseMissing(wanted, file)
    return at
  }
  const one = (target: keyof Mapping): number => {
    const wanted = mapping[target] as string | undefined
    return wanted === undefined ? -1 : find(target, wanted)
  }
  const several = (target: 'from' | 'to' | 'reported'): number[] =>
    (mapping[target] ?? []).map((wanted) => find(target, wanted)).filter((at) => at >= 0)
  const among = <T extends keyof Mapping>(targets: readonly T[]): Map<T, number> => {
    const found = new Map<T, number>()
    for (const target of targets) {
      const at = one(target)
      if (at >= 0) found.set(target, at)
    }
    return found
  }

  const precision = one('precision')
  used.delete(precision)
  const x = one('x')
  const y = one('y')
  const layout = {
    names,
    x: y >= 0 ? x : -1,
    y: x >= 0 ? y : -1,
    from: several('from'),
    to: several('to'),
    reported: several('reported'),
    precision,
    dictionaries: among(dictionaryColumns),
    flags: among(flagColumns),
    texts: among(textColumns),
  }
  return { ...layout, extras: findExtras(mapping, names, used, file), repairs: findRepairs(builtIn, names) }
}

/** Columns of the file that stand for something the product knows. */
export function mappedColumns(layout: Layout): number[] {
  const { x, y, from, to, reported, dictionaries, flags, texts } = layout
  return [
    x,
    y,
    ...from,
    ...to,
    ...reported,
    ...dictionaries.values(),
    ...flags.values(),
    ...texts.values(),
  ].filter((at) => at >= 0)
}

function findExtras(
  mapping: Mapping,
  names: readonly string[],
  used: ReadonlySet<number>,
  file: string,
): Map<string, number> {
  const extras = new Map<string, number>()
  const listed = mapping.extra
  if (listed)
    for (const wanted of listed) {
      const at = names.indexOf(wanted)
      if (at < 0) refuseMissing(wanted, file)
      extras.set(extraName(wanted), at)
    }
  else
    names.forEach((name, at) => {
      if (!used.has(at)) extras.set(extraName(name), at)
    })
  return extras
}

/** A further column may not take the name of a column of the product. */
function extraName(name: string): string {
  return reserved.has(name) ? `${name} (source)` : name
}

function findRepairs(
  builtIn: BuiltInProfile | undefined,
  names: readonly string[],
): Map<number, ReadonlyMap<string, WordRepair>> {
  const repairs = new Map<number, ReadonlyMap<string, WordRepair>>()
  for (const [column, words] of Object.entries(builtIn?.repairs ?? {})) {
    const at = names.findIndex((name) => plainName(name) === plainName(column))
    if (at >= 0) repairs.set(at, words)
  }
  return repairs
}

function refuseMissing(wanted: string, file: string): never {
  throw new InputError(
    'E-IMP-005',
    `${file} has no column “${wanted}”, which the mapping needs. Nothing was imported.`,
    {
      file,
      column: wanted,
      cure: 'Correct the mapping, or leave this file out.',
    },
  )
}
