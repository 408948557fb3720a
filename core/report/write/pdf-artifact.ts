import type { PdfSurface } from './pdf-document.ts'

/** Ink that carries no meaning of its own. */
export function artifact(surface: PdfSurface, draw: () => void): void {
  surface.markContent('Artifact', { type: 'Layout' })
  draw()
  surface.endMarkedContent()
}
