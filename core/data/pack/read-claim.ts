import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { InputError } from '#core/contract/problem.ts'

/**
 * The provenance a pack carries: from the PDF (attached as provenance.json), from a provenance.json, or from a folder
 * that holds either.
 *
 * @throws InputError E-VER-FILE (nothing there), E-VER-PACK (no provenance in it)
 */
export function readClaim(path: string): unknown {
  if (!existsSync(path))
    throw new InputError('E-VER-FILE', `There is no pack ${path}.`, {
      cure: 'Name the PDF, its provenance.json or their folder.',
    })
  if (statSync(path).isDirectory()) {
    const names = readdirSync(path).sort()
    const held =
      names.find((name) => name.endsWith('provenance.json')) ?? names.find((name) => name.endsWith('.pdf'))
    if (held) return readClaim(join(path, held))
    throw notAPack(path)
  }
  const bytes = readFileSync(path)
  const text =
    bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? attachment(bytes) : bytes.toString('utf8')
  try {
    return JSON.parse(text ?? '')
  } catch {
    throw notAPack(path)
  }
}

function notAPack(path: string): InputError {
  return new InputError('E-VER-PACK', `${basename(path)} carries no provenance, so it cannot be checked.`, {
    cure: 'Choose a pack made by this program.',
  })
}

/** The text of the attached JSON file. Our own PDFs only: the one embedded file, deflated, with its length stated. */
function attachment(pdf: Buffer): string | undefined {
  const text = pdf.toString('latin1')
  for (const match of text.matchAll(/\/Type \/EmbeddedFile\b/g)) {
    const object = text.lastIndexOf(' obj', match.index)
    const stream = text.indexOf('stream', match.index)
    const length = /\/Length (\d+)/.exec(text.slice(object, stream))?.[1]
    if (length === undefined) continue
    const start = stream + 'stream'.length + (text[stream + 6] === '\r' ? 2 : 1)
    const raw = pdf.subarray(start, start + Number(length))
    try {
      return inflateSync(raw).toString('utf8')
    } catch {
      if (raw[0] === 0x7b) return raw.toString('utf8')
    }
  }
  return undefined
}
