/**
 * Writes a fictional pack to look at: `node tests/gallery/pack-gallery.ts [hotspots] [folder] [plain]`. `plain` leaves
 * out what month-only data without weights cannot carry. Turn it into pictures with `pdftoppm -r 70 -png`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fromNationalGrid } from '#core/analysis/space/national-grid.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { svgMarkup, toSvg } from '#core/report/figure/to-svg.ts'
import { briefingPack } from '#core/report/pack/pack.ts'
import type { Block } from '#core/report/pack/page-model.ts'
import { figuresDriver } from '#core/report/write/figures-csv.ts'
import { geoJsonDriver } from '#core/report/write/geojson.ts'
import { pdfDriver } from '#core/report/write/pdf.ts'
import { fictionalPack } from './fictional-pack.ts'
import { packFonts } from './pack-fonts.ts'

const hotspots = Number(process.argv[2] ?? 12)
const folder = process.argv[3] ?? path.join(tmpdir(), 'hotspot-pack-gallery')
const mode = process.argv[4] ?? ''
const model = briefingPack(
  fictionalPack({
    hotspots,
    weights: mode !== 'plain',
    monthOnly: mode === 'plain',
    longNames: mode === 'long',
    files: mode === 'long' ? 60 : 3,
  }),
)
mkdirSync(folder, { recursive: true })
const table = loadOstn15()
const resources = {
  fonts: packFonts(),
  toDegrees: (easting: number, northing: number): readonly [number, number] => {
    const out = [Number.NaN, Number.NaN]
    fromNationalGrid(table, easting, northing, out)
    return [out[0], out[1]]
  },
}
for (const driver of [pdfDriver, figuresDriver, geoJsonDriver]) {
  const started = performance.now()
  const bytes = await driver.write(model, resources)
  const file = path.join(folder, `pack.${driver.extension}`)
  writeFileSync(file, bytes)
  process.stdout.write(`${file}: ${bytes.length} bytes, ${Math.round(performance.now() - started)} ms\n`)
}

function* drawings(blocks: readonly Block[]): Generator<{ readonly id: string; readonly svg: string }> {
  for (const block of blocks) {
    if (block.kind === 'figure') yield { id: block.id, svg: svgMarkup(toSvg(block.drawing)) }
    if (block.kind === 'columns') yield* drawings([...block.left, ...block.right])
  }
}
for (const { id, svg } of drawings(model.pages.slice(0, 3).flatMap(({ blocks }) => blocks)))
  writeFileSync(path.join(folder, `${id}.svg`), svg)
