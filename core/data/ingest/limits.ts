/** Caps on untrusted input. Each is printed in the sentence that refuses what goes beyond it. */
export const limits = {
  columns: 2000,
  cellBytes: 1 << 20,
  rowBytes: 4 << 20,
  files: 10_000,
  folderDepth: 16,
  zipEntries: 10_000,
  /** Inflated bytes per stored byte, counted once an entry has given a megabyte. */
  inflateRatio: 200,
  inflateFloor: 1 << 20,
  /** Words of a column of the product (offence, location, outcome …). */
  words: 1 << 22,
  /** Words of a further column of the source; beyond it the column is kept as text. */
  extraWords: 65_535,
  segmentRows: 250_000,
  firstLook: 256 << 10,
  surveyRows: 20_000,
  surveyBytes: 8 << 20,
} as const
