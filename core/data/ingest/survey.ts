/** A first look at one source: encoding, separator, header, names and the first rows. */
import type { Reading } from '#core/contract/dataset.ts'
import { InputError } from '#core/contract/problem.ts'
import { sampleRecords } from './csv/sample-records.ts'
import { limits } from './limits.ts'
import type { BuiltInProfile } from './profiles/built-in-profile.ts'
import { recogniseHeaderless, recogniseNames } from './profiles/list-profiles.ts'
import { looksLikeHeader, nameColumns, numberColumns, plainName } from './sniff/name-columns.ts'
import { type Delimiter, sniffDelimiter } from './sniff/sniff-delimiter.ts'
import { sniffEncoding } from './sniff/sniff-encoding.ts'
import type { Encoding } from './sources/decode-stream.ts'
import { type Head, readHead } from './sources/read-head.ts'
import type { Source } from './sources/source.ts'

export interface Survey {
  readonly source: Source
  readonly encoding: Encoding
  readonly encodingCertain: boolean
  readonly delimiter: Delimiter
  readonly rivals: readonly Delimiter[]
  readonly header: boolean
  readonly names: readonly string[]
  /** Up to 50 data rows as text. */
  readonly rows: readonly (readonly string[])[]
  readonly builtIn: BuiltInProfile | undefined
  readonly warnings: readonly string[]
}

const PREVIEW_ROWS = 50

export async function surveySource(source: Source, reading: Reading): Promise<Survey> {
  const raw = await readHead(source, limits.firstLook)
  const file = source.name
  if (raw.bytes.length === 0) refuseEmpty(file)
  const guess = reading.encoding ? { encoding: reading.encoding, certain: true } : sniffEncoding(raw, file)
  const head = decodeHead(raw, guess.encoding)
  const cut = reading.delimiter
    ? { delimiter: reading.delimiter, rivals: [] }
    : sniffDelimiter(head, raw.whole, file)
  const records = sampleRecords(
    head,
    cut.delimiter.charCodeAt(0),
    limits.columns,
    PREVIEW_ROWS + 1,
    raw.whole,
    file,
  )
  const first = records[0]
  if (!first) {
    if (raw.whole) refuseEmpty(file)
    throw new InputError(
      'E-CSV-011',
      `The first row of ${file} is longer than 256 kB. Nothing was imported.`,
      {
        file,
        cure: 'Check that the file has line breaks.',
      },
    )
  }
  const headerless = reading.header === true ? undefined : recogniseHeaderless(first)
  const header = reading.header ?? (!headerless && looksLikeHeader(first))
  const named = header
    ? nameColumns(first, file)
    : headerless?.headerless
      ? {
          names: headerless.headerless,
          warnings: [
            `${file} has no header row; its columns were taken as those of ${headerless.profile.name}.`,
          ],
        }
      : numberColumns(first.length, file)
  return {
    source,
    encoding: guess.encoding,
    encodingCertain: guess.certain,
    delimiter: cut.delimiter,
    rivals: cut.rivals,
    header,
    names: named.names,
    rows: (header ? records.slice(1) : records).slice(0, PREVIEW_ROWS),
    builtIn: headerless ?? recogniseNames(new Set(named.names.map(plainName))),
    warnings: named.warnings,
  }
}

/** The head as UTF-8 without a byte order mark; a character cut at its end is of no account. */
export function decodeHead(head: Head, encoding: Encoding): Uint8Array {
  const { bytes } = head
  if (encoding !== 'utf-8') return new TextEncoder().encode(new TextDecoder(encoding).decode(bytes))
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

function refuseEmpty(file: string): never {
  throw new InputError('E-IMP-001', `The file ${file} is empty. Nothing was imported.`, {
    file,
    cure: 'Export or download it again.',
  })
}
