import type { ZipEntry } from './zip-directory.ts'

/** One table of bytes to read, wherever it lies: a file, a compressed file or an entry of an archive. */
export interface Source {
  /** What the analyst sees: `archive.zip/2021-03/2021-03-lancashire-street.csv`. */
  readonly name: string
  /** Its own file name, from which month and force are read. */
  readonly fileName: string
  /** Bytes as they are stored, for the progress line. */
  readonly storedBytes: number
  /** Set for members of an archive: size and checksum, by which a second copy is noticed without reading it. */
  readonly fingerprint?: string
  readonly spec: SourceSpec
  /** The content from its start, unpacked. `meter` is filled on the way and complete when the last chunk is out. */
  read(meter: Meter): AsyncIterable<Uint8Array>
}

/** What a source is made from; plain data. */
export type SourceSpec =
  | { readonly kind: 'plain' | 'gzip'; readonly path: string; readonly name: string; readonly stamp: Stamp }
  /** `name` is the archive's. */
  | { readonly kind: 'zip'; readonly path: string; readonly name: string; readonly entry: ZipEntry }

/** What a file was like when it was listed: if that changes, it changed while it was read. */
export interface Stamp {
  readonly size: number
  readonly mtimeMs: number
}

export interface Meter {
  /** Stored bytes read so far. */
  stored: number
  /** Of the file as it is stored, or of the unpacked entry of an archive; known at the end. */
  sha256: string
  bytes: number
}

export function newMeter(): Meter {
  return { stored: 0, sha256: '', bytes: 0 }
}

export function baseName(path: string): string {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return path.slice(at + 1)
}
