import type { Position } from '#core/contract/geometry.ts'
import type {
  Context,
  HarmWeights,
  MethodCard,
  Parameters,
  StudyArea,
  Values,
} from '#core/contract/method.ts'

/** A card's defaults, with some of them changed. */
export function settings<P extends Parameters>(
  method: { readonly card: MethodCard<P> },
  changed: Partial<Values<P>> = {},
): Values<P> {
  const defaults = Object.entries(method.card.parameters).map(([name, parameter]) => [
    name,
    parameter.default,
  ])
  return { ...Object.fromEntries(defaults), ...changed } as Values<P>
}

export function rectangle(west: number, south: number, east: number, north: number): Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]
}

/** Two districts side by side, 4 km by 4 km together. */
export const twoDistricts: StudyArea = {
  name: 'Testshire',
  areas: [
    { code: 'W', name: 'Westwold', rings: [rectangle(450_000, 300_000, 452_000, 304_000)] },
    { code: 'E', name: 'Eastwold', rings: [rectangle(452_000, 300_000, 454_000, 304_000)] },
  ],
}

export const someWeights: HarmWeights = {
  name: 'Test weights',
  version: '1',
  unit: 'days',
  byOffence: { Robbery: 365, Assault: 10, Theft: 2 },
}

export const testshire: Context = { studyArea: twoDistricts, weights: someWeights }
