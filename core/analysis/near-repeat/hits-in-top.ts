/**
 * How many of the incidents fall in the `wanted` best cells. Of cells with the same score at the edge of the list it
 * is not decided which are in: their incidents count by the chance of each, the mean over all orders.
 *
 * @param cells numbers of the cells that can be chosen
 * @param score, `hits` one per cell of the grid
 */
export function hitsInTop(
  cells: Int32Array,
  score: Float64Array,
  hits: Float64Array,
  wanted: number,
): number {
  const sorted = Float64Array.from(cells, (cell) => score[cell]).sort()
  const edge = sorted[sorted.length - wanted]
  let above = 0
  let sure = 0
  let tied = 0
  let perhaps = 0
  for (let i = 0; i < cells.length; i++) {
    const own = score[cells[i]]
    if (own > edge) {
      above++
      sure += hits[cells[i]]
    } else if (own === edge) {
      tied++
      perhaps += hits[cells[i]]
    }
  }
  return sure + (perhaps * (wanted - above)) / tied
}
