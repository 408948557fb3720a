/** What a file really is, by its first bytes; the name is only a claim. */

const signatures: readonly (readonly [type: FileType, at: number, bytes: string])[] = [
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['zip', 0, 'PK\x07\x08'],
  ['gzip', 0, '\x1f\x8b'],
  ['pdf', 0, '%PDF'],
  ['office', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['program', 0, '\x7fELF'],
  ['sqlite', 0, 'SQLite format 3\0'],
  ['parquet', 0, 'PAR1'],
  ['arrow', 0, 'ARROW1'],
  ['picture', 0, '\x89PNG'],
  ['picture', 0, '\xff\xd8\xff'],
  ['picture', 0, 'GIF8'],
  ['archive', 0, '7z\xbc\xaf\x27\x1c'],
  ['archive', 0, 'Rar!\x1a\x07'],
  ['archive', 257, 'ustar'],
]

export type FileType =
  | 'text'
  | 'zip'
  | 'gzip'
  | 'pdf'
  | 'office'
  | 'program'
  | 'sqlite'
  | 'parquet'
  | 'arrow'
  | 'picture'
  | 'archive'

/** Words for a sentence: "… is really a PDF document". */
export const fileTypeWords: Readonly<Record<Exclude<FileType, 'text'>, string>> = {
  zip: 'a ZIP archive',
  gzip: 'a gzip-compressed file',
  pdf: 'a PDF document',
  office: 'an older Office document or a password-protected workbook',
  program: 'a program',
  sqlite: 'an SQLite database',
  parquet: 'a Parquet file',
  arrow: 'an Arrow file',
  picture: 'a picture',
  archive: 'an archive of another kind',
}

export function fileType(head: Uint8Array): FileType {
  for (const [type, at, bytes] of signatures) {
    let same = head.length >= at + bytes.length
    for (let i = 0; same && i < bytes.length; i++) same = head[at + i] === bytes.charCodeAt(i)
    if (same) return type
  }
  // "MZ" alone could begin a text: a program also has its header offset and binary bytes within the first 128.
  if (head.length >= 64 && head[0] === 77 && head[1] === 90 && head.subarray(0, 64).includes(0))
    return 'program'
  return 'text'
}
