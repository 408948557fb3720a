import type { Context, ContextLayer, Incidents, Method } from '#core/contract/method.ts'
import { madeUpAreas, madeUpContext, madeUpPlaces, madeUpSpots, madeUpStreets } from './made-up-force.ts'
import { settings } from './settings.ts'

/** The made-up force with a layer and a selection for every setting that asks for one. */
export function contextFor(method: Method, incidents: Incidents): Context {
  const layers: Record<string, ContextLayer> = {}
  const selections: Record<string, Uint8Array> = {}
  for (const [name, parameter] of Object.entries(method.card.parameters)) {
    const given = settings[method.card.id]?.[name]
    if (parameter.type === 'layer' && (parameter.required || given !== undefined)) {
      const shapes =
        parameter.geometry === 'point'
          ? madeUpPlaces()
          : parameter.geometry === 'line'
            ? madeUpStreets()
            : /treated/i.test(name)
              ? madeUpSpots('treated')
              : /control|comparison/i.test(name)
                ? madeUpSpots('control')
                : madeUpAreas()
      layers[name] = { name, shapes }
    }
    if (parameter.type === 'selection' && (parameter.required || given !== undefined))
      // Controls are other incidents; what is compared with may hold the same.
      selections[name] = incidents.mask.map((held, row) =>
        name === 'controls' ? 1 - held : held * Number(incidents.flags.knife[row] === 0),
      )
  }
  return { ...madeUpContext(), layers, selections }
}
