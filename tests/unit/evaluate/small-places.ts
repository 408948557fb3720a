import type { Position } from '#core/contract/geometry.ts'
import type { Context, ContextLayer } from '#core/contract/method.ts'
import type { Row } from '../select/make-incidents.ts'
import { rectangle } from '../space/small-study.ts'

/** A layer of rectangles: west, south, east, north of each, relative to 450 000, 300 000. */
export function layerOf(
  name: string,
  ...boxes: readonly (readonly [number, number, number, number])[]
): ContextLayer {
  return {
    name,
    shapes: boxes.map(([west, south, east, north], k) => ({
      code: `${name}${String(k + 1).padStart(2, '0')}`,
      name: `${name} ${k + 1}`,
      rings: [rectangle(450_000 + west, 300_000 + south, 450_000 + east, 300_000 + north)],
      numbers: {},
      kind: '',
    })),
  }
}

/** One treated square of 200 m, one comparison square of 200 m 2 km to the east. */
export const twoSquares: Context = {
  layers: {
    treated: layerOf('T', [0, 0, 200, 200]),
    control: layerOf('C', [2000, 0, 2200, 200]),
  },
  missingMonths: [],
  partialMonths: [],
}

export const inTreated: Position = [450_100, 300_100]
export const nearTreated: Position = [450_250, 300_100]
export const inControl: Position = [452_100, 300_100]
export const nearControl: Position = [452_250, 300_100]

/** So many incidents at one place, all at the same time. */
export function many(count: number, at: Position, from: string, offence = 'Assault'): Row[] {
  return Array.from({ length: count }, () => ({ at, from, words: { offence } }))
}

export const yearOnYear = {
  beforeFrom: '2023-01-01',
  beforeTo: '2024-01-01',
  afterFrom: '2024-01-01',
  afterTo: '2025-01-01',
} as const

/** Incidents far away that stretch the data over both years, so that no month is thought missing. */
export const bothEnds: Row[] = [
  { at: [460_000, 310_000], from: '2023-01-01 00:00', words: { offence: 'Assault' } },
  { at: [460_000, 310_000], from: '2024-12-31 23:59', words: { offence: 'Assault' } },
]

/** The code of the refusal, `accepted` when there was none. */
export function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'accepted'
}
