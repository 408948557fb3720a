import type { Control } from '#core/contract/method.ts'

const CELLS_PER_TICK = 1 << 20

/**
 * The level above which a share of the surface's volume lies: the highest value whose cells, and all higher ones, sum
 * to at least that share. NaN cells count nothing. Found by halving, to the last bits of a float64.
 *
 * @param share above 0, at most 1
 * @param sum of all cells, and the highest, `maximum`, both above 0
 * Cost: about 55 passes over the cells.
 */
export function levelOfShare(
  surface: Float64Array,
  share: number,
  sum: number,
  maximum: number,
  control: Control,
): number {
  let low = 0
  let high = maximum
  // The volume at `low` is always enough; at the end nothing lies between the two.
  for (;;) {
    const middle = (low + high) / 2
    if (!(middle > low && middle < high)) break
    if (volumeFrom(surface, middle, control) >= share * sum) low = middle
    else high = middle
  }
  return volumeFrom(surface, high, control) >= share * sum ? high : low
}

function volumeFrom(surface: Float64Array, level: number, control: Control): number {
  let volume = 0
  for (let from = 0; from < surface.length; from += CELLS_PER_TICK) {
    control.tick(0, 'Looking for the levels')
    const to = Math.min(surface.length, from + CELLS_PER_TICK)
    for (let cell = from; cell < to; cell++) if (surface[cell] >= level) volume += surface[cell]
  }
  return volume
}
