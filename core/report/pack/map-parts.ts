/** What the overview map and the hotspot maps have in common: shaded cells, outlines, boundary, legend entries. */
import { cellCorners } from '#core/analysis/space/grid.ts'
import type { Box } from '#core/contract/geometry.ts'
import { type AreaEdges, areaEdges } from '../figure/area-edges.ts'
import type { MapHotspot, MapShade } from '../figure/map-figure.ts'
import { boxOfRings } from '../figure/map-frame.ts'
import type { LegendEntry } from '../figure/map-furniture.ts'
import { paper } from '../figure/palette.ts'
import { shadeBounds, shadeStep, shadeTexts } from '../figure/shade-steps.ts'
import type { PackHotspot, PackInput } from './pack-input.ts'

export interface MapParts {
  readonly shades: readonly MapShade[]
  readonly boundary: AreaEdges
  /** Box of the study area; null where none is loaded. */
  readonly box: Box | null
  readonly legend: readonly LegendEntry[]
  readonly source: string
}

/** Built once for the pack: every map shades by the same classes. */
export function mapParts(input: PackInput): MapParts {
  const counts = input.cells?.counts ?? []
  const bounds = shadeBounds(counts.map(({ count }) => count))
  const shades: MapShade[] = []
  if (input.cells)
    for (const { cell, count } of counts) {
      const step = shadeStep(count, bounds)
      if (step >= 0) shades.push({ ring: cellCorners(input.cells.grid, cell), step })
    }
  const legend: LegendEntry[] = shadeTexts(bounds).map((text, step) => ({
    mark: 'area',
    colour: paper.steps[step],
    text: step === 0 ? `${text} incidents in the cell` : text,
  }))
  if (input.studyArea) legend.push({ mark: 'line', colour: paper.map.boundary, text: input.studyArea.name })
  const areas = input.studyArea?.areas.map(({ rings }) => rings) ?? []
  return {
    shades,
    boundary: areaEdges(areas),
    box: boxOfRings(areas),
    legend,
    source: input.sources.join(' '),
  }
}

export function mapHotspot({ hotspot }: PackHotspot, focus = false): MapHotspot {
  return { label: String(hotspot.rank), rings: hotspot.rings, x: hotspot.x, y: hotspot.y, focus }
}
