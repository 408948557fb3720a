/**
 * The second look at an import, before it is adopted: the parser's output against the rules of the data model. Shares
 * no code with the parser, because what it guards against is the parser having been led astray.
 */
import { readdirSync } from 'node:fs'
import type { Manifest } from '#core/contract/dataset.ts'
import {
  FLAG_NO,
  FLAG_UNKNOWN,
  FLAG_YES,
  NO_TIME,
  precisions,
  timePrecisions,
} from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'
import { readCheckedSegment } from './check-segment.ts'
import { decodeSegment } from './decode-segment.ts'
import { openColumns } from './open-columns.ts'
import { FLAG, fixedColumns, TEXT, WORD } from './segment-format.ts'

const EAST_END = 700_000
const NORTH_END = 1_300_000

/**
 * Refuses (E-STG-001 to -005, and E-ARW for the files themselves) unless: the folder holds the manifest's files and
 * nothing else; every column is of the right name and type; row counts add up; codes lie within their dictionaries;
 * flags, qualities and source numbers are of the known values; places lie on the National Grid or are missing in all
 * four columns. Reads everything once; memory as `openColumns`.
 */
export function verifyStaging(folder: string, manifest: Manifest): void {
  checkManifest(manifest)
  checkFiles(folder, manifest)
  checkSchemas(folder, manifest)
  const columns = openColumns(folder, manifest)
  const { easting, northing, longitude, latitude, precision } = columns
  const nowhere = precisions.indexOf('none')
  let located = 0
  for (let row = 0; row < columns.length; row++) {
    const x = easting[row]
    const y = northing[row]
    if (Number.isNaN(x)) {
      if (
        !Number.isNaN(y) ||
        !Number.isNaN(longitude[row]) ||
        !Number.isNaN(latitude[row]) ||
        precision[row] !== nowhere
      )
        refuse('E-STG-004', `half a place in row ${row + 1}`)
      continue
    }
    located++
    const onGrid = x >= 0 && x <= EAST_END && y >= 0 && y <= NORTH_END
    const onGlobe = Math.abs(longitude[row]) <= 180 && Math.abs(latitude[row]) <= 90
    if (!onGrid || !onGlobe || precision[row] >= nowhere)
      refuse('E-STG-004', `an impossible place in row ${row + 1}`)
  }
  if (located !== manifest.located) refuse('E-STG-002', 'another number of located incidents')
  const timeless = timePrecisions.indexOf('none')
  for (let row = 0; row < columns.length; row++) {
    const quality = columns.timePrecision[row]
    if (quality > timeless || (quality === timeless) !== (columns.occurredFrom[row] === NO_TIME))
      refuse('E-STG-005', `an impossible time quality in row ${row + 1}`)
    if (columns.source[row] >= manifest.files.length || columns.sourceRow[row] < 1)
      refuse('E-STG-005', `an impossible source in row ${row + 1}`)
  }
  for (const [name, values] of Object.entries(columns.flags))
    for (let row = 0; row < values.length; row++)
      if (values[row] !== FLAG_NO && values[row] !== FLAG_YES && values[row] !== FLAG_UNKNOWN)
        refuse('E-STG-005', `an impossible flag (${name}) in row ${row + 1}`)
}

function checkManifest(manifest: Manifest): void {
  const rows = manifest.segments.reduce((sum, segment) => sum + segment.rows, 0)
  const kept = manifest.files.reduce((sum, file) => sum + file.kept, 0)
  const read = manifest.files.reduce((sum, file) => sum + file.rows, 0)
  if (rows !== manifest.rowsKept || kept !== rows || read !== manifest.rowsRead)
    refuse('E-STG-002', 'row counts that do not add up')
  if (manifest.rowsRead - manifest.rowsKept !== manifest.rowsRejected)
    refuse('E-STG-002', 'row counts that do not add up')
  for (const [name, words] of Object.entries(manifest.dictionaries))
    if (words[0] !== '' || new Set(words).size !== words.length)
      refuse('E-STG-003', `a faulty dictionary (${name})`)
}

function checkFiles(folder: string, manifest: Manifest): void {
  const wanted = new Set([...manifest.segments.map((segment) => segment.name), 'issues.csv', 'manifest.json'])
  for (const name of readdirSync(folder))
    if (!wanted.delete(name)) refuse('E-STG-001', `a file that does not belong there (${name.slice(0, 60)})`)
  const [absent] = wanted
  if (absent) refuse('E-STG-001', `no ${absent}`)
}

/** Every column of every segment must be one the manifest speaks of. */
function checkSchemas(folder: string, manifest: Manifest): void {
  const texts = new Set(manifest.textColumns)
  for (const file of manifest.segments) {
    const { columns } = decodeSegment(readCheckedSegment(folder, file), file.name)
    for (const column of columns) {
      const { name } = column
      const known =
        Object.hasOwn(fixedColumns, name) ||
        (name.startsWith(WORD) && Object.hasOwn(manifest.dictionaries, name.slice(WORD.length))) ||
        (name.startsWith(FLAG) && manifest.flags.includes(name.slice(FLAG.length))) ||
        (name.startsWith(TEXT) && texts.has(name.slice(TEXT.length)) && 'offsets' in column)
      if (!known) refuse('E-STG-003', 'a column the manifest does not name')
    }
  }
}

function refuse(code: string, what: string): never {
  throw new InputError(
    code,
    `The import was not adopted: its result holds ${what}. The workspace is unchanged.`,
    {
      status: 500,
      cure: 'Import the files again; if it happens again, report it with the code.',
    },
  )
}
