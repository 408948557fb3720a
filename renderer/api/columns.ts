import { tableFromIPC } from 'apache-arrow'

export type Values =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Int8Array

/** Typed columns by name, with the summary that travels in the schema's metadata. */
export interface Columns<S = unknown> {
  readonly length: number
  readonly numbers: Readonly<Record<string, Values>>
  readonly words: Readonly<Record<string, readonly string[]>>
  readonly summary: S
}

/** Decodes one Arrow IPC stream. Number columns are views on the bytes, not copies, when there is one batch. */
export function decodeColumns<S>(bytes: ArrayBuffer): Columns<S> {
  const table = tableFromIPC(new Uint8Array(bytes))
  const numbers: Record<string, Values> = {}
  const words: Record<string, string[]> = {}
  for (const field of table.schema.fields) {
    const vector = table.getChild(field.name)
    if (!vector) continue
    const parts = vector.data.map((part) => part.values as unknown)
    if (
      parts.length &&
      parts.every((part) => ArrayBuffer.isView(part)) &&
      !('valueOffsets' in vector.data[0] && vector.data[0].valueOffsets)
    ) {
      numbers[field.name] = joined(parts as Values[], table.numRows)
    } else {
      words[field.name] = Array.from({ length: table.numRows }, (_, row) => String(vector.get(row) ?? ''))
    }
  }
  const summary = table.schema.metadata.get('summary')
  return { length: table.numRows, numbers, words, summary: (summary ? JSON.parse(summary) : undefined) as S }
}

function joined(parts: Values[], length: number): Values {
  if (parts.length === 1) return parts[0].subarray(0, length)
  const Kind = parts[0].constructor as new (length: number) => Values
  const whole = new Kind(length)
  let at = 0
  for (const part of parts) {
    whole.set(part as never, at)
    at += part.length
  }
  return whole
}
