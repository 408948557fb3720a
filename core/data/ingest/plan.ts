/** What will be read from which file, and how; and what the analyst has to say first. */
import type { ImportProfile, Mapping, Question, Reading } from '#core/contract/dataset.ts'
import { InputError } from '#core/contract/problem.ts'
import type { PlaceReading } from './build/place-builder.ts'
import { chooseFormat } from './choose-format.ts'
import type { ImportJob } from './import-job.ts'
import { type Layout, mappedColumns, resolveLayout } from './layout.ts'
import { type NamedMonth, namedMonth } from './profiles/force-names.ts'
import { askedQuestions } from './questions.ts'
import type { TableSpec } from './reader/read-table.ts'
import { plainName } from './sniff/name-columns.ts'
import {
  addCoordinateEvidence,
  axesSwapped,
  type CoordinateEvidence,
  coordinatesOf,
  newCoordinateEvidence,
} from './sniff/sniff-coordinates.ts'
import { addDateEvidence, type DateEvidence, dateOrderOf, newDateEvidence } from './sniff/sniff-dates.ts'
import { weighValues } from './sniff/weigh-values.ts'
import type { Encoding } from './sources/decode-stream.ts'
import type { Source } from './sources/source.ts'
import type { Survey } from './survey.ts'

export interface FilePlan {
  readonly source: Source
  readonly layout: Layout
  readonly encoding: Encoding
  /** Byte between the fields. */
  readonly delimiter: number
  readonly header: boolean
  readonly reading: Reading
  readonly place: PlaceReading
  readonly wholeMonths: boolean
  /** Force of every row, where the file has no column for it but its name tells; '' otherwise. */
  readonly force: string
  readonly named: NamedMonth | undefined
}

/** What the reader needs of a plan. */
export function tableSpec(plan: FilePlan): TableSpec {
  return {
    source: plan.source.spec,
    name: plan.source.name,
    encoding: plan.encoding,
    delimiter: plan.delimiter,
    header: plan.header,
    columns: plan.layout.names.length,
    mapped: mappedColumns(plan.layout),
    ref: plan.layout.texts.get('ref') ?? -1,
    // A plain file of incidents has 100 to 300 bytes a row; a compressed one tells nothing before it is read.
    rows: Math.round(plan.source.storedBytes / 250),
  }
}

export interface ImportPlan {
  readonly profile: ImportProfile
  readonly files: readonly FilePlan[]
  readonly questions: readonly Question[]
  readonly warnings: readonly string[]
}

/** Decides for all files together. Open questions are answered provisionally, for the preview only. */
export async function planImport(job: ImportJob, surveys: readonly Survey[]): Promise<ImportPlan> {
  const chosen = chooseFormat(job, surveys)
  const { builtIn, profile } = chosen
  const warnings = [...chosen.warnings, ...chosen.surveys.flatMap((survey) => survey.warnings)]
  const dates = newDateEvidence()
  const coordinates = newCoordinateEvidence()
  const laidOut: { survey: Survey; layout: Layout }[] = []
  for (const survey of chosen.surveys) {
    const layout = resolveLayout(profile, builtIn, survey.names, survey.source.name)
    const evidence = await weighValues(survey, layout)
    addDateEvidence(dates, evidence.dates)
    addCoordinateEvidence(coordinates, evidence.coordinates)
    laidOut.push({ survey, layout })
  }
  warnings.push(...placeWarnings(profile.mapping, chosen.surveys[0]), ...valueWarnings(dates))
  const questions = askedQuestions(profile.reading, chosen.surveys, dates, coordinates)
  const reading = settleReading(profile.reading, dates, coordinates, laidOut[0].layout, warnings)

  const files = laidOut.map(({ survey, layout }): FilePlan => {
    const named = namedMonth(survey.source.fileName)
    return {
      source: survey.source,
      layout,
      encoding: survey.encoding,
      delimiter: survey.delimiter.charCodeAt(0),
      header: survey.header,
      reading,
      place: {
        coordinates: (builtIn && coordinatesByName(layout)) || (reading.coordinates ?? 'bng'),
        swapAxes: reading.swapAxes ?? false,
        comma: reading.decimalComma === undefined ? 'none' : reading.decimalComma ? 'decimal' : 'thousands',
        snapped: reading.snapped ?? false,
      },
      wholeMonths: builtIn?.wholeMonths ?? false,
      force: layout.dictionaries.has('force') ? '' : (named?.force ?? ''),
      named,
    }
  })
  refuseTwins(files)
  return { profile: { ...profile, reading }, files, questions, warnings }
}

function settleReading(
  given: Reading,
  dates: DateEvidence,
  coordinates: CoordinateEvidence,
  layout: Layout,
  warnings: string[],
): Reading {
  const reading: { -readonly [K in keyof Reading]: Reading[K] } = { ...given }
  const order = dateOrderOf(dates)
  if (!reading.dateOrder && order) reading.dateOrder = order === 'ask' ? 'day-first' : order
  if (reading.decimalComma === undefined && coordinates.comma !== '') reading.decimalComma = true
  if (layout.x < 0) return reading
  reading.coordinates ??= coordinatesOf(coordinates) ?? coordinatesByName(layout) ?? 'bng'
  if (reading.swapAxes === undefined && axesSwapped(coordinates)) {
    reading.swapAxes = true
    warnings.push(
      `The columns “${layout.names[layout.x]}” and “${layout.names[layout.y]}” fit Great Britain only the other way round; they were exchanged.`,
    )
  }
  return reading
}

/** What the names of the coordinate columns say. */
function coordinatesByName(layout: Layout): 'bng' | 'wgs84' | undefined {
  if (layout.x < 0) return undefined
  const name = plainName(layout.names[layout.x])
  if (name.startsWith('east') || name.startsWith('north')) return 'bng'
  return name.startsWith('l') ? 'wgs84' : undefined
}

function placeWarnings(mapping: Mapping, survey: Survey): string[] {
  if (mapping.x !== undefined && mapping.y !== undefined) return []
  const postcode = survey.names.find((name) => /post\s*_?code/i.test(name))
  const found = postcode ? ` The column “${postcode}” alone cannot be located.` : ''
  return [
    `E-GEO-002: ${survey.source.name} has no coordinates, so none of its incidents can be mapped.${found} Add eastings and northings to the export.`,
  ]
}

function valueWarnings(dates: DateEvidence): string[] {
  const warnings: string[] = []
  if (dates.excelSerial)
    warnings.push(
      `Dates written as Excel serial numbers (for example ${dates.excelSerial}) were read as days since 1900.`,
    )
  if (dates.epoch)
    warnings.push(
      `Dates written as counts since 1970 (for example ${dates.epoch}) were read as UTC and turned into London time.`,
    )
  return warnings
}

/** The same force and month twice would double every count. */
function refuseTwins(files: readonly FilePlan[]): void {
  const seen = new Map<string, string>()
  for (const { source, named } of files) {
    if (!named) continue
    const key = `${named.month} ${named.force}`
    const other = seen.get(key)
    if (other !== undefined)
      throw new InputError(
        'E-IMP-007',
        `${other} and ${source.name} are both for ${named.force}, ${named.month}, with different content. Nothing was imported.`,
        { file: source.name, cure: 'Remove the older of the two.' },
      )
    seen.set(key, source.name)
  }
}
