import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { areasAsPlaces, groupPlaces, type ScanPlaces } from './scan-places.ts'

/** Places, and what share of all incidents is expected at each, in any unit. */
export interface ExpectedShare {
  readonly places: ScanPlaces
  readonly space: Float64Array
  readonly caveats: readonly Caveat[]
}

export interface ExpectedChoice {
  readonly population: string
  readonly populationColumn: string
  readonly places: string
  readonly placeSize: number
}

/** More incidents than this share where none is expected: the expectation does not fit the question. */
const MOST_UNEXPECTED = 0.1

/** Expected in proportion to a column of a layer of areas, or to the incidents of another selection. */
export function expectedShare(
  incidents: Incidents,
  choice: ExpectedChoice,
  context: Context,
  control: Control,
): ExpectedShare {
  const layer = context.layers?.population
  const baseline = context.selections?.baseline
  if ((layer === undefined) === (baseline === undefined))
    throw new InputError(
      'E-MTH-EXPECTED',
      layer === undefined
        ? 'Nothing says how many incidents to expect where.'
        : 'Both a population and another selection say how many incidents to expect.',
      {
        column: layer === undefined ? 'population' : 'baseline',
        cure: 'Choose a layer of areas with a population, or another selection of incidents; one of the two.',
      },
    )
  return layer === undefined
    ? shareOfSelection(incidents, baseline!, choice, control)
    : shareOfLayer(incidents, choice.populationColumn, context, control)
}

function shareOfLayer(
  incidents: Incidents,
  column: string,
  context: Context,
  control: Control,
): ExpectedShare {
  const layer = context.layers!.population
  const names = new Set(layer.shapes.flatMap(({ numbers }) => Object.keys(numbers)))
  if (!names.has(column))
    throw new InputError(
      'E-MTH-COLUMN',
      column === ''
        ? 'No column of the layer is named as the population.'
        : `The layer “${layer.name}” has no column of numbers called “${column}”.`,
      {
        column: 'populationColumn',
        cure:
          names.size > 0
            ? `Columns of numbers are: ${[...names].join(', ')}.`
            : 'Choose a layer with numbers.',
      },
    )
  const places = areasAsPlaces(incidents, incidents.mask, layer, control)
  const space = new Float64Array(places.x.length)
  let unknown = 0
  for (let place = 0; place < space.length; place++) {
    const value = layer.shapes[places.shapeOf[place]].numbers[column]
    if (value !== undefined && value < 0)
      throw new InputError(
        'E-MTH-POPULATION',
        `“${column}” of ${layer.shapes[places.shapeOf[place]].name} is ${value}: a population is at least 0.`,
        { column: 'populationColumn', cure: 'Choose a column of counts.' },
      )
    if (value === undefined || !Number.isFinite(value)) unknown++
    else space[place] = value
  }
  const caveats: Caveat[] = []
  if (unknown > 0)
    caveats.push(
      caveat(
        'population-unknown',
        `${unknown} of ${space.length} areas have no ${column}; they and their incidents are left out.`,
      ),
    )
  return { places, space, caveats }
}

function shareOfSelection(
  incidents: Incidents,
  baseline: Uint8Array,
  choice: ExpectedChoice,
  control: Control,
): ExpectedShare {
  const either = baseline.map((one, row) => one | incidents.mask[row])
  const places = groupPlaces(incidents, either, choice.places, choice.placeSize, control)
  const space = new Float64Array(places.x.length)
  for (let row = 0; row < baseline.length; row++)
    if (baseline[row] === 1 && places.placeOf[row] >= 0) space[places.placeOf[row]]++
  return { places, space, caveats: [] }
}

/**
 * Mask of the incidents at places where some are expected, and what to say of the others: chance cannot put an
 * incident where none is expected, so that they would be infinitely unlikely.
 *
 * @throws InputError E-MTH-EXPECTED when more than a tenth are elsewhere
 */
export function whereExpected(
  mask: Uint8Array,
  placeOf: Int32Array,
  space: Float64Array,
): { readonly mask: Uint8Array; readonly caveats: readonly Caveat[] } {
  const kept = new Uint8Array(mask.length)
  let located = 0
  let left = 0
  for (let row = 0; row < mask.length; row++) {
    if (mask[row] === 0 || placeOf[row] < 0) continue
    located++
    if (space[placeOf[row]] > 0) kept[row] = 1
    else left++
  }
  if (left === 0) return { mask: kept, caveats: [] }
  const told = `${left.toLocaleString('en-GB')} of ${located.toLocaleString('en-GB')} incidents`
  if (left > MOST_UNEXPECTED * located)
    throw new InputError('E-MTH-EXPECTED', `${told} are at places where none is expected.`, {
      cure: 'Gather places into larger squares, or choose a wider selection or another population to compare with.',
    })
  return {
    mask: kept,
    caveats: [
      caveat(
        'none-expected',
        `${told} are at places where none is expected, and are left out: look at them by themselves.`,
      ),
    ],
  }
}
