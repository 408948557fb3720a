import type { Box } from '#core/contract/geometry.ts'

/**
 * The box that holds all but the outermost half percent of incidents on each side, degrees: a few coordinates far
 * away (or wrong) do not shrink a force to a dot. Null without cells.
 */
export function crowdBox(
  longitude: ArrayLike<number>,
  latitude: ArrayLike<number>,
  count: ArrayLike<number>,
): Box | null {
  const [west, east] = middle(longitude, count)
  const [south, north] = middle(latitude, count)
  return Number.isFinite(west + south + east + north) ? [west, south, east, north] : null
}

function middle(values: ArrayLike<number>, count: ArrayLike<number>): [number, number] {
  const order = Array.from({ length: values.length }, (_, index) => index)
    .filter((index) => count[index] > 0)
    .sort((a, b) => values[a] - values[b])
  const total = order.reduce((sum, index) => sum + count[index], 0)
  let low = Number.NaN
  let high = Number.NaN
  let before = 0
  for (const index of order) {
    before += count[index]
    if (Number.isNaN(low) && before > total * 0.005) low = values[index]
    high = values[index]
    if (before >= total * 0.995) break
  }
  return [low, high]
}
