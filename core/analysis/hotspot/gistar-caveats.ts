import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { caveat } from '../support/caveats.ts'

/** What a reader of Gi* values must know: nothing testable, too few incidents or cells, no allowance made. */
export function testCaveats(
  z: Float64Array,
  counted: number,
  shape: GridSpec['shape'],
  adjustment: string,
): Caveat[] {
  if (z.every(Number.isNaN))
    return [
      caveat(
        'gistar-undefined',
        'No cell could be tested: all hold the same, or the distance band makes every cell a neighbour of every other.',
      ),
    ]
  const caveats: Caveat[] = []
  const expected = (counted / z.length) * (shape === 'square' ? 9 : 7)
  if (expected < 1)
    caveats.push(
      caveat(
        'gistar-sparse',
        `Only ${expected.toPrecision(2)} incidents are expected in a cell and its neighbours: p values are rough, and a single incident can look hot. Choose larger cells or a longer period.`,
      ),
    )
  if (z.length < 30)
    caveats.push(
      caveat('gistar-few-cells', `Only ${z.length} cells were tested, fewer than 30: p values are rough.`),
    )
  if (adjustment === 'none')
    caveats.push(
      caveat(
        'gistar-unadjusted',
        `No allowance is made for testing ${z.length.toLocaleString('en-GB')} cells: about ${Math.round(z.length / 20).toLocaleString('en-GB')} would pass 95 % by chance alone.`,
      ),
    )
  return caveats
}
