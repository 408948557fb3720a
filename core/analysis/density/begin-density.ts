import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Control, Incidents } from '#core/contract/method.ts'
import { areaOfCells } from '../space/area-of-cells.ts'
import { gridOver } from '../space/grid.ts'
import { boxOfPlaces, studyAreaBox } from '../space/study-grid.ts'
import { harmOfIncidents } from '../support/harm.ts'
import { chooseBandwidth } from './choose-bandwidth.ts'
import { kernelNamed, kernelReach } from './kernels.ts'
import { beginSurface, type EdgeCorrection, type SurfaceState } from './surface.ts'
import { kernelCaveats, placeCaveats } from './surface-caveats.ts'
import type { SurfaceSettings } from './surface-parameters.ts'

export interface DensityState {
  readonly surface: SurfaceState
  readonly caveats: readonly Caveat[]
}

/** Reads the settings of a density surface, lays the grid and begins the surface; what density and contours share. */
export function beginDensity(
  incidents: Incidents,
  settings: SurfaceSettings,
  raw: boolean,
  context: Context,
  control: Control,
): { readonly state: DensityState; readonly parts: number } {
  const { x, y, mask } = incidents
  const kernel = kernelNamed(settings.kernel)
  const harm =
    settings.weight === 'harm' ? harmOfIncidents(incidents, context, true, 'A density of harm') : null
  const bandwidth = settings.adaptive
    ? settings.minimumBandwidth
    : chooseBandwidth(x, y, mask, settings.bandwidth, settings.rule, kernel, control)
  const reach = kernelReach(kernel, bandwidth)
  const [west, south, east, north] = context.studyArea
    ? studyAreaBox(context.studyArea)
    : boxOfPlaces(incidents, mask)
  const around = context.studyArea ? 0 : reach
  const grid = gridOver(
    [west - around, south - around, east + around, north + around],
    'square',
    settings.cellSize,
  )
  const inside = context.studyArea ? insideCells(areaOfCells(grid, context.studyArea.areas)) : null
  const surface = beginSurface(
    {
      grid,
      kernel,
      bandwidth,
      neighbours: settings.adaptive ? settings.neighbours : 0,
      edge: settings.edge as EdgeCorrection,
      raw,
      inside,
      onlyInside: false,
    },
    { x, y, mask, weights: harm === null ? null : { codes: harm.codes, weights: harm.weights } },
    control,
  )
  return {
    state: {
      surface,
      caveats: [
        ...kernelCaveats(settings, bandwidth, reach, inside !== null),
        ...placeCaveats(incidents, harm),
      ],
    },
    parts: surface.parts,
  }
}

/** 1 where a cell lies in an area; shared between workers. */
export function insideCells(areas: Int32Array): Uint8Array {
  const inside = new Uint8Array(new SharedArrayBuffer(areas.length))
  for (let cell = 0; cell < areas.length; cell++) inside[cell] = areas[cell] >= 0 ? 1 : 0
  return inside
}
