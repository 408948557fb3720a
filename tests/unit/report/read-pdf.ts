/** Reads a written PDF with another tool (pdf.js): text, tags, outline, attachments. */
import { createRequire } from 'node:module'
import path from 'node:path'
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

const fonts = path.join(
  path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')),
  'standard_fonts/',
)

export interface Tag {
  readonly role?: string
  readonly alt?: string
  readonly type?: string
  readonly children?: readonly Tag[]
}

export interface ReadPage {
  /** Words in the order of the page, one space between. */
  readonly text: string
  /** Text of the runs, with where each starts, points from the bottom left. */
  readonly runs: readonly {
    readonly text: string
    readonly x: number
    readonly y: number
    readonly width: number
  }[]
  readonly tags: Tag
}

export interface ReadPdf {
  readonly pages: readonly ReadPage[]
  readonly info: Readonly<Record<string, unknown>>
  readonly xmp: string
  readonly marked: boolean
  readonly outline: readonly string[]
  readonly attachments: Readonly<Record<string, Uint8Array>>
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: bytes.slice(), standardFontDataUrl: fonts, verbosity: 0 })
  const document: PDFDocumentProxy = await task.promise
  const pages: ReadPage[] = []
  for (let n = 1; n <= document.numPages; n++) {
    const page = await document.getPage(n)
    const content = await page.getTextContent()
    const runs = content.items.flatMap((item) =>
      'str' in item && item.str.trim()
        ? [
            {
              text: item.str,
              x: item.transform[4] as number,
              y: item.transform[5] as number,
              width: item.width,
            },
          ]
        : [],
    )
    pages.push({
      text: content.items
        .map((item) => ('str' in item ? item.str : ''))
        .join(' ')
        .replace(/\s+/g, ' '),
      runs,
      tags: (await page.getStructTree()) as Tag,
    })
  }
  const { info, metadata } = await document.getMetadata()
  const mark = (await document.getMarkInfo()) as ReadonlyMap<string, boolean> | null
  const outline = (await document.getOutline()) ?? []
  const attachments: Record<string, Uint8Array> = {}
  for (const id of (await document.getAttachments())?.keys() ?? [])
    attachments[id] = (await document.getAttachmentContent(id)) as Uint8Array
  const read: ReadPdf = {
    pages,
    info: info as Record<string, unknown>,
    xmp: metadata?.getRaw?.() ?? '',
    marked: mark?.get('Marked') === true,
    outline: outline.map(({ title }) => title),
    attachments,
  }
  await task.destroy()
  return read
}

export function* tagsOf(tag: Tag): Generator<Tag> {
  yield tag
  for (const child of tag.children ?? []) yield* tagsOf(child)
}
