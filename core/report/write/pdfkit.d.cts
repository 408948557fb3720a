/**
 * The part of pdfkit this folder uses, without Node types: report has no Node in it, and pdfkit's own declarations
 * bring the whole of them. Named in `core/report/tsconfig.json`.
 */
declare class PDFDocument {
  constructor(options: Readonly<Record<string, unknown>>)
}
export = PDFDocument
