/** The drawing surface the PDF writer draws on: what is used of pdfkit 0.20, in one place. */
/// <reference path="./pdfkit.d.ts" />
import { PDFDocument } from 'pdfkit'

export interface StructElement {
  add(child: StructElement | (() => void)): StructElement
  end(): void
}

export interface PdfSurface {
  registerFont(name: string, bytes: Uint8Array): PdfSurface
  font(name: string): PdfSurface
  fontSize(size: number): PdfSurface
  widthOfString(text: string): number
  text(text: string, x: number, y: number, options: Readonly<Record<string, unknown>>): PdfSurface
  save(): PdfSurface
  restore(): PdfSurface
  rotate(degrees: number, options: { readonly origin: readonly [number, number] }): PdfSurface
  moveTo(x: number, y: number): PdfSurface
  lineTo(x: number, y: number): PdfSurface
  closePath(): PdfSurface
  rect(x: number, y: number, width: number, height: number): PdfSurface
  roundedRect(x: number, y: number, width: number, height: number, radius: number): PdfSurface
  circle(x: number, y: number, radius: number): PdfSurface
  fill(rule?: 'even-odd'): PdfSurface
  stroke(): PdfSurface
  fillAndStroke(fill: string, stroke: string, rule?: 'even-odd'): PdfSurface
  fillColor(colour: string): PdfSurface
  strokeColor(colour: string): PdfSurface
  fillOpacity(opacity: number): PdfSurface
  strokeOpacity(opacity: number): PdfSurface
  lineWidth(width: number): PdfSurface
  lineJoin(join: 'round' | 'miter'): PdfSurface
  lineCap(cap: 'round' | 'butt'): PdfSurface
  dash(pattern: readonly number[], options?: Readonly<Record<string, unknown>>): PdfSurface
  undash(): PdfSurface
  addPage(): PdfSurface
  switchToPage(index: number): unknown
  struct(type: string, options: Readonly<Record<string, unknown>>, content?: () => void): StructElement
  addStructure(element: StructElement): PdfSurface
  markContent(tag: 'Artifact', options: Readonly<Record<string, unknown>>): PdfSurface
  endMarkedContent(): PdfSurface
  appendXML(xml: string): void
  file(bytes: Uint8Array, options: Readonly<Record<string, unknown>>): unknown
  end(): void
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
  on(event: 'end', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  readonly outline: { addItem(title: string): unknown }
  readonly info: Record<string, unknown>
  endMetadata(): void
}

export interface DocumentDescription {
  readonly title: string
  readonly author: string
  readonly subject: string
  readonly keywords: string
  readonly product: string
  readonly language: string
  readonly date: Date
}

function escapedXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** A4 in points. */
export const sheet = { width: 595.28, height: 841.89 } as const

/**
 * A tagged A4 document in PDF 1.7 with its metadata. The dates come from the caller and the file's identity from
 * what it says of itself, so nothing in the bytes depends on when or where they were written.
 */
export function pdfSurface(about: DocumentDescription): PdfSurface {
  const surface = new PDFDocument({
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    displayTitle: true,
    lang: about.language,
    font: null,
    size: [sheet.width, sheet.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    info: {
      Title: about.title,
      Author: about.author,
      Subject: about.subject,
      Keywords: about.keywords,
      Creator: about.product,
      Producer: `${about.product} with PDFKit`,
      CreationDate: about.date,
      ModDate: about.date,
    },
  }) as unknown as PdfSurface
  // pdfkit writes these words into XML as they stand: by then the document's own dictionary is written, so the
  // copies it still holds can be made safe.
  const endMetadata = surface.endMetadata.bind(surface)
  surface.endMetadata = () => {
    for (const [name, value] of Object.entries(surface.info))
      if (typeof value === 'string') surface.info[name] = escapedXml(value)
    surface.appendXML(
      `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language><rdf:Bag><rdf:li>${about.language}</rdf:li></rdf:Bag></dc:language></rdf:Description>`,
    )
    endMetadata()
  }
  return surface
}

/** All bytes, once the document is ended. */
export function surfaceBytes(surface: PdfSurface): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let length = 0
    surface.on('data', (chunk) => {
      chunks.push(chunk)
      length += chunk.length
    })
    surface.on('error', reject)
    surface.on('end', () => {
      const bytes = new Uint8Array(length)
      let at = 0
      for (const chunk of chunks) {
        bytes.set(chunk, at)
        at += chunk.length
      }
      resolve(bytes)
    })
    surface.end()
  })
}
