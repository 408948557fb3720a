import type { Context } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { CONTROL, type LaidPlaces, TREATED } from './lay-places.ts'

export interface PlaceUnits {
  /** Unit of each incident: treated places first, then comparison places; −1 for none. */
  readonly unitOf: Int32Array
  readonly names: readonly string[]
  readonly treated: number
  readonly control: number
}

/** Every treated and every comparison place as a unit of its own. @throws InputError E-EVL-FEW-PLACES */
export function placesAsUnits(context: Context, laid: LaidPlaces, least: number): PlaceUnits {
  const names = (['treated', 'control'] as const).map((layer) =>
    (context.layers?.[layer]?.shapes ?? [])
      .filter((shape) => shape.rings)
      .map((shape) => shape.name || shape.code),
  )
  const [treated, control] = names.map(({ length }) => length)
  if (control < least)
    throw new InputError(
      'E-EVL-FEW-PLACES',
      `This comparison needs at least ${least} comparison places; the layer has ${control}.`,
      { cure: 'Add comparison places, or use the weighted displacement difference, which needs only one.' },
    )
  const unitOf = new Int32Array(laid.zone.length).fill(-1)
  for (let row = 0; row < unitOf.length; row++) {
    if (laid.zone[row] === TREATED) unitOf[row] = laid.shape[row]
    else if (laid.zone[row] === CONTROL) unitOf[row] = treated + laid.shape[row]
  }
  return { unitOf, names: names.flat(), treated, control }
}
