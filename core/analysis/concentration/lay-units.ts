import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Control, Incidents, LayerShape, Values } from '#core/contract/method.ts'
import { h3Units } from '../space/h3-units.ts'
import { segmentUnits } from '../space/segment-units.ts'
import { unitsOf } from '../space/units.ts'
import type { unitCountsParameters } from './unit-counts-card.ts'

/** Units of any kind as `unitCounts` needs them; null where the kind has no such thing. */
export interface LaidUnits {
  readonly unitOf: Int32Array
  readonly count: number
  readonly words: string
  readonly label: (unit: number) => string
  readonly name: (unit: number) => string
  readonly x: Float64Array
  readonly y: Float64Array
  readonly areaKm2: Float64Array | null
  /** Metres. */
  readonly length: Float64Array | null
  readonly longitude: Float64Array | null
  readonly latitude: Float64Array | null
  readonly shapes: readonly LayerShape[] | null
  readonly caveats: readonly Caveat[]
}

/** Tells the incidents of the selection off to the units chosen. Errors: those of the kind of unit. */
export function layUnits(
  incidents: Incidents,
  params: Values<typeof unitCountsParameters>,
  context: Context,
  control: Control,
): LaidUnits {
  const { mask } = incidents
  if (params.units === 'segments') {
    const found = segmentUnits(incidents, mask, params.snapLimit, context, control)
    return {
      ...found,
      count: found.shapes.length,
      words: 'Street segments',
      label: (unit) => found.shapes[unit].code || found.shapes[unit].name,
      name: (unit) => found.shapes[unit].name,
      areaKm2: null,
      longitude: null,
      latitude: null,
    }
  }
  if (params.units === 'h3') {
    const found = h3Units(incidents, mask, params.h3Resolution, context, control)
    return {
      ...found,
      count: found.cells.length,
      words: `H3 cells of resolution ${params.h3Resolution}`,
      label: (unit) => found.cells[unit],
      name: () => '',
      length: null,
      shapes: null,
    }
  }
  const found = unitsOf(
    incidents,
    mask,
    { units: params.units, shape: 'hexagon', cellSize: 200, originX: 0, originY: 0 },
    context,
    control,
  )
  return {
    unitOf: found.unitOf,
    count: found.count,
    words: params.units === 'areas' ? `Areas of “${context.layers?.areas?.name ?? ''}”` : 'Places',
    label: found.label,
    name: (unit) => found.shapes?.[unit].name ?? '',
    x: found.x,
    y: found.y,
    areaKm2: found.areaKm2,
    length: null,
    longitude: null,
    latitude: null,
    shapes: found.shapes,
    caveats: found.caveats,
  }
}
