import { fromNationalGrid } from '#core/analysis/space/national-grid.ts'
import { geoPackageBytes } from '#core/data/geopackage/write-geopackage.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { packFigures } from '#core/report/pack/figures.ts'
import { briefingPack } from '#core/report/pack/pack.ts'
import type { PackInput } from '#core/report/pack/pack-input.ts'
import type { PageModel } from '#core/report/pack/page-model.ts'
import type { PackDriver, PackResources } from '#core/report/write/driver.ts'
import { figuresDriver } from '#core/report/write/figures-csv.ts'
import { geoJsonDriver } from '#core/report/write/geojson.ts'
import { pdfDriver } from '#core/report/write/pdf.ts'
import { pageFonts } from './page-resources.ts'
import type { PackRecipe } from './recipe.ts'

export interface WrittenPack {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly pages: number
}

/** One entry a format; a new format is a new driver here. */
const drivers: readonly (PackDriver & { readonly file: string })[] = [
  { ...pdfDriver, file: 'briefing-pack' },
  { ...geoJsonDriver, file: 'hotspots' },
  { ...figuresDriver, file: 'figures' },
]

/**
 * The files of a pack: the PDF, the hotspots as GeoJSON and GeoPackage, every figure as CSV, and the provenance (also
 * attached to the PDF) with the recipe that makes the same pack again. The same input gives the same bytes.
 */
export async function writePack(input: PackInput, recipe: PackRecipe): Promise<WrittenPack> {
  const pages = briefingPack(input)
  const figures = packFigures(pages).map(({ id, value }) => [id, value])
  const model: PageModel = { ...pages, provenance: { ...pages.provenance, recipe, figures } }
  const table = loadOstn15()
  const resources: PackResources = {
    fonts: pageFonts(),
    toDegrees(easting, northing) {
      const out: [number, number] = [0, 0]
      fromNationalGrid(table, easting, northing, out)
      return out
    },
  }
  const files: { name: string; bytes: Uint8Array }[] = []
  const prefix = fileMarking(model.marking)
  for (const driver of drivers)
    files.push({
      name: `${prefix} ${driver.file}.${driver.extension}`,
      bytes: await driver.write(model, resources),
    })
  files.push({ name: `${prefix} hotspots.gpkg`, bytes: hotspotsGeoPackage(model) })
  files.push({
    name: `${prefix} provenance.json`,
    bytes: new TextEncoder().encode(`${JSON.stringify(model.provenance, null, 2)}\n`),
  })
  const [pdf] = files
  return { files, pages: sheetsOf(pdf.bytes) }
}

/** Sheets of a PDF we wrote: its page objects stand in plain text. */
function sheetsOf(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length ?? 0
  )
}

/** The marking as it stands at the head of every file name. */
function fileMarking(marking: string): string {
  return marking.replace(/[^A-Z -]/gi, '').trim()
}

function hotspotsGeoPackage(model: PageModel): Uint8Array {
  return geoPackageBytes({
    table: 'hotspots',
    title: model.title,
    description: `${model.marking}. ${model.force}. As at ${model.asAt}.`,
    srs: 27700,
    features: model.hotspots.map(({ id, rank, name, area, rings, x, y, numbers }) => ({
      rings,
      properties: {
        id,
        rank,
        name,
        area,
        easting: Math.round(x),
        northing: Math.round(y),
        ...Object.fromEntries(
          Object.entries(numbers).map(([key, value]) => [key, Number.isFinite(value) ? value : null]),
        ),
        marking: model.marking,
      },
    })),
  })
}
