import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { caveat } from '../support/caveats.ts'

/**
 * What a reader of Gi* values must know: nothing testable, too few incidents or places, no allowance made.
 *
 * @param neighbourhood places in one, itself included; or the shape of cells whose neighbourhood is one ring
 */
export function testCaveats(
  z: Float64Array,
  counted: number,
  neighbourhood: GridSpec['shape'] | number,
  adjustment: string,
  places = 'cells',
): Caveat[] {
  const place = places === 'cells' ? 'cell' : 'area'
  if (z.every(Number.isNaN))
    return [
      caveat(
        'gistar-undefined',
        `No ${place} could be tested: all hold the same, or none has a neighbour, or every ${place} is a neighbour of every other.`,
      ),
    ]
  const caveats: Caveat[] = []
  const size = neighbourhood === 'square' ? 9 : neighbourhood === 'hexagon' ? 7 : neighbourhood
  const expected = (counted / z.length) * size
  if (expected < 1)
    caveats.push(
      caveat(
        'gistar-sparse',
        `Only ${expected.toPrecision(2)} incidents are expected in ${place === 'cell' ? 'a cell' : 'an area'} and its neighbours: p values are rough, and a single incident can look hot. Choose larger ${places} or a longer period.`,
      ),
    )
  if (z.length < 30)
    caveats.push(
      caveat(
        'gistar-few-cells',
        `Only ${z.length} ${places} were tested, fewer than 30: p values are rough.`,
      ),
    )
  if (adjustment === 'none')
    caveats.push(
      caveat(
        'gistar-unadjusted',
        `No allowance is made for testing ${z.length.toLocaleString('en-GB')} ${places}: about ${Math.round(z.length / 20).toLocaleString('en-GB')} would pass 95 % by chance alone.`,
      ),
    )
  return caveats
}
