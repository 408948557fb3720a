import { InputError } from '#core/contract/problem.ts'
import type { SourceArea } from './source-area.ts'

export interface AreaFields {
  /** Empty when the file has none: areas are then numbered. */
  readonly codeField: string
  readonly nameField: string
}

/** Most telling first. ONS: LSOA21CD, WD25CD, PFA20CD; others: ltla24_code, ward_code, GSS_CODE, code, beat, id. */
const CODE_NAMES = [
  /^[a-z]{2,6}\d{2}cd$/i,
  /^[a-z]{2,6}\d{2}[ _-]?code$/i,
  /^(area|gss|ons|ward|lsoa|msoa|oa|lad|la|borough|district|force|pfa|csp|beat|sector|nbhd|neighbourhood|npt)[ _-]?(code|cd|id|ref)$/i,
  /^(code|ref|reference|beat|sector)$/i,
  /code$/i,
  /^[a-z]{2,6}cd$/i,
  /^id$/i,
]
const NAME_NAMES = [
  /^[a-z]{2,6}\d{2}nm$/i,
  /^[a-z]{2,6}\d{2}[ _-]?name$/i,
  /^(area|ward|lsoa|msoa|lad|la|borough|district|force|pfa|csp|beat|sector|nbhd|neighbourhood|npt)[ _-]?(name|nm)$/i,
  /^(name|title|label)$/i,
  /name$/i,
  /^[a-z]{2,6}nm$/i,
]

/**
 * The attributes holding each area's code and name: those asked for, else recognised by name, a code whose values are
 * all different before one whose values repeat (LSOA21CD before LADCD), a name that belongs to the code (WD25NM to
 * WD25CD) before any other.
 *
 * @throws InputError E-GEO-013 when a field asked for is not there
 */
export function areaFields(
  areas: readonly SourceArea[],
  asked: { readonly codeField?: string | undefined; readonly nameField?: string | undefined },
  file: string,
): AreaFields {
  const fields = new Set<string>()
  for (const { properties } of areas) for (const field of properties.keys()) fields.add(field)
  const all = [...fields]
  const named = asked.nameField === undefined ? undefined : wanted(asked.nameField, all, file)
  const codeField = asked.codeField === undefined ? codeAmong(areas, all) : wanted(asked.codeField, all, file)
  const nameField = named ?? partner(codeField, all) ?? firstMatch(NAME_NAMES, all) ?? ''
  return { codeField: codeField === '' ? nameField : codeField, nameField: nameField || codeField }
}

function wanted(field: string, all: readonly string[], file: string): string {
  const found =
    all.find((name) => name === field) ?? all.find((name) => name.toLowerCase() === field.toLowerCase())
  if (found !== undefined) return found
  throw new InputError(
    'E-GEO-013',
    `${file} has no attribute called ${field}; it has ${all.slice(0, 20).join(', ') || 'none'}. Nothing was imported.`,
    { file, column: field, cure: 'Choose one of the attributes it has.' },
  )
}

function codeAmong(areas: readonly SourceArea[], all: readonly string[]): string {
  const candidates: string[] = []
  for (const pattern of CODE_NAMES)
    for (const field of all) if (pattern.test(field) && !candidates.includes(field)) candidates.push(field)
  return (
    candidates.find((field) => isDistinct(areas, field)) ??
    candidates.find((field) => isFilled(areas, field)) ??
    ''
  )
}

function isDistinct(areas: readonly SourceArea[], field: string): boolean {
  const seen = new Set<string>()
  for (const { properties } of areas) {
    const value = fieldText(properties.get(field))
    if (value === '' || seen.has(value)) return false
    seen.add(value)
  }
  return true
}

function isFilled(areas: readonly SourceArea[], field: string): boolean {
  return areas.some(({ properties }) => fieldText(properties.get(field)) !== '')
}

function partner(codeField: string, all: readonly string[]): string | undefined {
  const lower = codeField.toLowerCase()
  const names = [lower.replace(/cd$/, 'nm'), lower.replace(/code$/, 'name'), lower.replace(/code$/, 'nm')]
  return all.find((field) => field.toLowerCase() !== lower && names.includes(field.toLowerCase()))
}

function firstMatch(patterns: readonly RegExp[], all: readonly string[]): string | undefined {
  for (const pattern of patterns) {
    const found = all.find((field) => pattern.test(field))
    if (found !== undefined) return found
  }
  return undefined
}

/** The value of an attribute as the text to show; empty for none. */
export function fieldText(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return ''
}

/** The other attributes of a shape that hold a number, such as a population; none where there are none. */
export function numbersOf(
  properties: ReadonlyMap<string, unknown>,
  { codeField, nameField }: AreaFields,
): { readonly numbers?: Readonly<Record<string, number>> } {
  const held = [...properties].filter(
    (entry): entry is [string, number] =>
      typeof entry[1] === 'number' &&
      Number.isFinite(entry[1]) &&
      entry[0] !== codeField &&
      entry[0] !== nameField &&
      entry[0] !== '__proto__',
  )
  return held.length === 0 ? {} : { numbers: Object.fromEntries(held) }
}
