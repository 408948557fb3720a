/**
 * The part of pdfkit this folder uses, without Node types: report has no Node in it, and pdfkit's own declarations
 * bring the whole of them.
 */
declare module 'pdfkit' {
  const PDFDocument: new (options: Readonly<Record<string, unknown>>) => object

  export { PDFDocument }
}
