import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Control, Incidents, LayerShape } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { indexSegments, middleOfLine, nearestSegments } from './nearest-segment.ts'
import { tallyUnits, unitCaveats } from './unit-caveats.ts'
import { insideStudyArea } from './units.ts'

/** Street segments with the incidents told off to the nearest. */
export interface SegmentUnits {
  readonly unitOf: Int32Array
  readonly shapes: readonly LayerShape[]
  /** The place half way along, metres. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Metres. */
  readonly length: Float64Array
  readonly caveats: readonly Caveat[]
}

/**
 * The lines of the layer `segments` whose middle is in the study area, and the nearest of them to each incident of
 * the mask within `limit` metres.
 *
 * @throws InputError E-MTH-LAYER (no layer), E-MTH-UNITS (no line in the study area)
 */
export function segmentUnits(
  incidents: Incidents,
  mask: Uint8Array,
  limit: number,
  context: Context,
  control: Control,
): SegmentUnits {
  const layer = context.layers?.segments
  if (layer === undefined)
    throw new InputError(
      'E-MTH-LAYER',
      'Counting by street segment needs a layer of lines, and none was given.',
      {
        column: 'segments',
        cure: 'Choose the layer of streets, or count by other units.',
      },
    )
  const drawn = layer.shapes.filter(
    ({ lines }) => lines !== undefined && !Number.isNaN(middleOfLine(lines)[0]),
  )
  const middles = drawn.map(({ lines }) => middleOfLine(lines!))
  const x = Float64Array.from(middles, (middle) => middle[0])
  const y = Float64Array.from(middles, (middle) => middle[1])
  const inside = insideStudyArea(x, y, context, control)
  const shapes = drawn.filter((_, k) => inside[k] === 1)
  if (shapes.length === 0)
    throw new InputError('E-MTH-UNITS', `No line of “${layer.name}” has its middle in the study area.`, {
      column: 'segments',
      cure: 'Choose another layer, or check that the boundary of the study area is the one you mean.',
    })
  control.tick(0, 'Indexing streets')
  const index = indexSegments(shapes.map(({ lines }) => lines!))
  const unitOf = nearestSegments(index, incidents.x, incidents.y, mask, limit, control)
  const tally = tallyUnits(incidents, mask, unitOf)
  const caveats = unitCaveats({ ...tally, outside: 0 }, 'the streets')
  if (tally.outside > 0)
    caveats.push(
      caveat(
        'segments-far',
        `${tally.outside.toLocaleString('en-GB')} of ${tally.selected.toLocaleString('en-GB')} incidents lie more than ${limit} m from every street of “${layer.name}” and are not counted.`,
      ),
    )
  const left = drawn.length - shapes.length
  if (left > 0)
    caveats.push(
      caveat(
        'units-outside',
        `${left.toLocaleString('en-GB')} of ${drawn.length.toLocaleString('en-GB')} lines of “${layer.name}” have their middle outside the study area and are left out.`,
      ),
    )
  return {
    unitOf,
    shapes,
    x: x.filter((_, k) => inside[k] === 1),
    y: y.filter((_, k) => inside[k] === 1),
    length: index.length,
    caveats,
  }
}
