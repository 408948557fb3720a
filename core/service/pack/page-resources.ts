import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Source Sans 3 (SIL Open Font Licence), whole font files, so that every Welsh and European name prints. */
export function pageFonts(): { regular: Uint8Array; semibold: Uint8Array; bold: Uint8Array } {
  const require = createRequire(import.meta.url)
  const font = (weight: string, file: string) =>
    readFileSync(require.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${file}.ttf`))
  return {
    regular: font('400Regular', '400Regular'),
    semibold: font('600SemiBold', '600SemiBold'),
    bold: font('700Bold', '700Bold'),
  }
}
