import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gridCounts } from '#core/analysis/density/grid-counts.ts'
import { hotspots } from '#core/analysis/hotspot/hotspots.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import { openData, query } from '../time/open-data.ts'

const rescues = openData('exact-time/london_fire_brigade_animal_rescue_2009_on.csv.gz')
const expected = JSON.parse(
  readFileSync(new URL('../../oracles/london-rescues/expected.json', import.meta.url), 'utf8'),
)
const london: Context = {
  studyArea: {
    name: 'London',
    areas: [
      {
        code: 'L',
        name: 'London',
        rings: [
          [
            [500_000, 152_000],
            [564_000, 152_000],
            [564_000, 204_000],
            [500_000, 204_000],
          ],
        ],
      },
    ],
  },
}
const reason = rescues.held ? '' : ' (skipped: the open data are not beside the repository)'

describe.skipIf(!rescues.held)(`oracle: London rescues counted by pandas and scipy${reason}`, () => {
  async function read(): Promise<Incidents> {
    const rows = await query(
      `select Easting_rounded::double as e, Northing_rounded::double as n from read_csv('${rescues.path}', all_varchar = true)`,
    )
    return makeIncidents(rows.map(({ e, n }) => ({ at: [Number(e) + 13, Number(n) + 7] as const })))
  }
  const largest = (counts: ArrayLike<number>) =>
    Array.from(counts)
      .sort((a, b) => b - a)
      .slice(0, 40)
  const squares = (counts: ArrayLike<number>) =>
    Array.from(counts).reduce((sum, count) => sum + count * count, 0)

  it('grid counts', async () => {
    const incidents = await read()
    const square = gridCounts.run(
      incidents,
      settings(gridCounts, { shape: 'square', cellSize: 1000 }),
      {},
      patient,
    )
    const hexagon = gridCounts.run(incidents, settings(gridCounts, { cellSize: 500 }), london, patient)
    expect(incidents.length).toBe(expected.rows)
    const ours = [square, hexagon].flatMap(({ summary, columns }) => {
      const counts = columns.count as Uint32Array
      return [summary.occupied, squares(counts), ...largest(counts)]
    })
    const theirs = [expected.squares, expected.hexagons].flatMap((held) => [
      held.occupied,
      held.sumOfSquares,
      ...held.largest,
    ])
    expect(hexagon.summary).toMatchObject({
      cells: expected.hexagons.inside,
      incidents: expected.hexagons.incidents,
    })
    expectAgreement({
      method: 'gridCounts',
      peer: 'pandas and scipy cKDTree',
      version: `${expected.versions.pandas}, ${expected.versions.scipy}`,
      data: 'London fire rescues: occupied cells, counts of the 40 largest, sum of squares; 1 km squares and 500 m hexagons; absolute',
      largestDifference: Math.max(...ours.map((value, at) => Math.abs(value - theirs[at]))),
      tolerance: 0,
    })
  })

  it('hotspots', async () => {
    const params = settings(hotspots, { cellSize: 500, yearsInTop: 0, hotspots: 12, excludedPlaces: [] })
    const { summary } = hotspots.run(await read(), params, london, patient)
    expect(summary.hotspots.map(({ count, cells }) => ({ count, cells: cells.length }))).toEqual(
      expected.hotspots,
    )
    expectAgreement({
      method: 'hotspots',
      peer: 'the same walk written in Python',
      version: expected.versions.python,
      data: 'London fire rescues: incidents and cells of 12 hotspots of 500 m hexagons; absolute',
      largestDifference: Math.max(
        ...summary.hotspots.map(({ count }, at) => Math.abs(count - expected.hotspots[at].count)),
      ),
      tolerance: 0,
    })
  })
})
