/** Source Sans 3 from the installed package, as the service hands it to the PDF writer. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { PackResources } from '#core/report/write/driver.ts'

const folder = path.dirname(
  createRequire(import.meta.url).resolve('@expo-google-fonts/source-sans-3/package.json'),
)

function font(name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(folder, name, `SourceSans3_${name}.ttf`)))
}

export function packFonts(): PackResources['fonts'] {
  return { regular: font('400Regular'), semibold: font('600SemiBold'), bold: font('700Bold') }
}
