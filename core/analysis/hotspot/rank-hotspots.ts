import type { Control, Incidents, StudyArea } from '#core/contract/method.ts'
import type { Hotspot } from '#core/contract/results.ts'
import { cellName } from '../space/cell-name.ts'
import { cellArea, cellX, cellY } from '../space/grid.ts'
import { cellsOutline } from '../space/outline.ts'
import { pointInRings } from '../space/polygon.ts'
import { ROWS_PER_TICK, type StudyGrid } from '../space/study-grid.ts'
import { mergeCells } from './merge-cells.ts'

/** What is known of every cell of the grid before hotspots are made of them. */
export interface CellFigures {
  readonly score: Float64Array
  /** Null without weights. */
  readonly harm: Float64Array | null
  /** 1 for the top cells: those hotspots are made of. */
  readonly top: Uint8Array
  /** Incidents per cell in each whole year, and in how many years it was among the top cells. */
  readonly byYear: readonly Uint32Array[]
  readonly yearsInTop: Uint8Array
  /** One per tested cell, in the order of `study.cells`. */
  readonly z: Float64Array
  readonly qValue: Float64Array
}

export interface RankChoice {
  readonly hotspots: number
  readonly maximumCells: number
}

/**
 * Hotspots made of the top cells: cells in order of score, then harm, then lower number, are walked down and merged
 * (`mergeCells`) until `hotspots` are found; these are ranked by the sum of their cells' scores, then harm, then lower
 * cell number. `yearsInTop` is that of the most persistent cell; z the largest of its cells, with its q.
 */
export function rankHotspots(
  study: StudyGrid,
  figures: CellFigures,
  choice: RankChoice,
  incidents: Incidents,
  studyArea: StudyArea | undefined,
  control: Control,
): Hotspot[] {
  const { grid, cells, counts } = study
  const { score, harm, top } = figures
  const byMerit = (a: number, b: number): number =>
    score[b] - score[a] || (harm === null ? 0 : harm[b] - harm[a]) || a - b
  const ranked = Array.from(cells.filter((cell) => top[cell] === 1)).sort(byMerit)
  const merged = mergeCells(grid, ranked, choice.hotspots, choice.maximumCells).map((members) => ({
    best: members[0],
    cells: members.toSorted((a, b) => a - b),
    score: sumOver(members, score),
    harm: harm === null ? Number.NaN : sumOver(members, harm),
  }))
  merged.sort((a, b) => b.score - a.score || (harm === null ? 0 : b.harm - a.harm) || a.cells[0] - b.cells[0])
  const places = commonestPlaces(
    study,
    incidents,
    merged.map((each) => each.cells),
    control,
  )
  const totalHarm = harm === null ? Number.NaN : sumOver(cells, harm)
  const testedIndex = new Map<number, number>()
  cells.forEach((cell, index) => {
    testedIndex.set(cell, index)
  })

  return merged.map((each, k) => {
    const count = sumOver(each.cells, counts)
    const x = sumOf(each.cells, (cell) => cellX(grid, cell)) / each.cells.length
    const y = sumOf(each.cells, (cell) => cellY(grid, cell)) / each.cells.length
    const hottest = hottestOf(each.cells, testedIndex, figures.z)
    return {
      id: cellName(grid, each.cells[0]),
      rank: k + 1,
      cells: each.cells,
      rings: cellsOutline(grid, each.cells),
      x,
      y,
      areaKm2: (each.cells.length * cellArea(grid)) / 1e6,
      count,
      harm: each.harm,
      shareOfCount: share(count, study.counted),
      shareOfHarm: share(each.harm, totalHarm),
      shareOfArea: each.cells.length / cells.length,
      score: each.score,
      byYear: figures.byYear.map((year) => sumOver(each.cells, year)),
      yearsInTop:
        figures.byYear.length === 0
          ? Number.NaN
          : Math.max(...each.cells.map((cell) => figures.yearsInTop[cell])),
      years: figures.byYear.length,
      z: hottest < 0 ? Number.NaN : figures.z[hottest],
      qValue: hottest < 0 ? Number.NaN : figures.qValue[hottest],
      area: areaName(study, studyArea, x, y, each.best),
      place: places[k],
    }
  })
}

/** NaN where there is nothing to have a share of. */
export function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : Number.NaN
}

function sumOver(cells: ArrayLike<number>, values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < cells.length; i++) sum += values[cells[i]]
  return sum
}

function sumOf(cells: readonly number[], valueAt: (cell: number) => number): number {
  return cells.reduce((sum, cell) => sum + valueAt(cell), 0)
}

/** Position among the tested cells of the one with the largest z; −1 when none could be tested. */
function hottestOf(
  cells: readonly number[],
  testedIndex: ReadonlyMap<number, number>,
  z: Float64Array,
): number {
  let hottest = -1
  for (const cell of cells) {
    const index = testedIndex.get(cell)!
    if (Number.isFinite(z[index]) && (hottest < 0 || z[index] > z[hottest])) hottest = index
  }
  return hottest
}

/** The area the centre lies in; a bent hotspot whose centre is in none goes by its best cell. */
function areaName(
  study: StudyGrid,
  studyArea: StudyArea | undefined,
  x: number,
  y: number,
  best: number,
): string {
  if (studyArea === undefined || study.areaIndex === null) return ''
  const holding = studyArea.areas.find(({ rings }) => pointInRings(rings, x, y))
  return (holding ?? studyArea.areas[study.areaIndex[best]]).name
}

/**
 * Most frequent location text among the incidents of each hotspot, '' when none is recorded; of equally frequent
 * ones the first in the alphabet. Incidents are told off by hotspot first, so that one list of counts serves all.
 */
function commonestPlaces(
  study: StudyGrid,
  incidents: Incidents,
  hotspots: readonly (readonly number[])[],
  control: Control,
): string[] {
  const location = incidents.dictionaries.location
  if (location === undefined) return hotspots.map(() => '')
  const { codes, words } = location
  const hotspotOf = new Int32Array(study.counts.length).fill(-1)
  hotspots.forEach((cells, k) => {
    for (const cell of cells) hotspotOf[cell] = k
  })
  const start = new Int32Array(hotspots.length + 1)
  hotspots.forEach((cells, k) => {
    start[k + 1] = start[k] + sumOver(cells, study.counts)
  })
  const next = start.slice()
  const listed = new Uint32Array(start[hotspots.length])
  const { cellOf } = study
  for (let i = 0; i < cellOf.length; i++) {
    if ((i & (ROWS_PER_TICK - 1)) === 0) control.tick(i / cellOf.length, 'Naming hotspots')
    if (cellOf[i] < 0) continue
    const hotspot = hotspotOf[cellOf[i]]
    if (hotspot >= 0) listed[next[hotspot]++] = codes[i]
  }
  const times = new Uint32Array(words.length)
  return hotspots.map((_, k) => {
    let best = 0
    for (let at = start[k]; at < start[k + 1]; at++) {
      const code = listed[at]
      times[code]++
      if (code === 0) continue
      if (
        best === 0 ||
        times[code] > times[best] ||
        (times[code] === times[best] && words[code] < words[best])
      )
        best = code
    }
    for (let at = start[k]; at < start[k + 1]; at++) times[listed[at]] = 0
    return words[best]
  })
}
