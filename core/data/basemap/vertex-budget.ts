import type { BasemapClass, BasemapFeature } from '#core/contract/layer.ts'

/** Corners one answer may hold: what a map redraws without a stutter and a page can carry. */
export const MOST_VERTICES = 200_000

/** What can be done without first: the last of these. */
const importance: readonly (readonly [BasemapClass, string])[] = [
  ['sea', 'sea'],
  ['land', 'land'],
  ['motorway', 'motorways'],
  ['a-road', 'A roads'],
  ['boundary', 'boundaries'],
  ['water', 'water'],
  ['rail', 'railways'],
  ['place', 'place names'],
  ['b-road', 'B roads'],
  ['green', 'green space'],
  ['minor-road', 'minor roads'],
  ['building', 'buildings'],
]

/** Whole classes are dropped, least important first, until the rest fits; `notes` is told which. */
export function keepWithinBudget(
  features: BasemapFeature[],
  notes: string[],
  most = MOST_VERTICES,
): BasemapFeature[] {
  const counts = new Map<BasemapClass, number>()
  let total = 0
  for (const feature of features) {
    let vertices = 0
    for (const part of feature.parts) vertices += part.length / 2
    counts.set(feature.class, (counts.get(feature.class) ?? 0) + vertices)
    total += vertices
  }
  const dropped = new Set<BasemapClass>()
  const words: string[] = []
  let left = total
  for (let i = importance.length - 1; i >= 0 && left > most; i--) {
    const [name, word] = importance[i]
    const count = counts.get(name) ?? 0
    if (count === 0) continue
    dropped.add(name)
    words.push(word)
    left -= count
  }
  if (dropped.size === 0) return features
  notes.push(
    `Not drawn at this scale: ${words.join(', ')} (the map would hold ${total.toLocaleString('en-GB')} corners; ${most.toLocaleString('en-GB')} is the most). Zoom in to see them.`,
  )
  return features.filter((feature) => !dropped.has(feature.class))
}
