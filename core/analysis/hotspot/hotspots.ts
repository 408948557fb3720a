import type { Caveat } from '#core/contract/caveat.ts'
import { NO_TIME } from '#core/contract/incident.ts'
import type { Control, Incidents, Method } from '#core/contract/method.ts'
import type { HotspotsSummary } from '#core/contract/results.ts'
import { cellX, cellY } from '../space/grid.ts'
import { harmPerCell, layStudyGrid, ROWS_PER_TICK, type StudyGrid } from '../space/study-grid.ts'
import { adjustP } from '../support/false-discovery.ts'
import { type HarmOfIncidents, harmOfIncidents } from '../support/harm.ts'
import { normalTwoSided } from '../support/normal.ts'
import { MINUTES_PER_DAY } from '../support/wall-clock.ts'
import { cellScores, needsHarm, type ScoreKind, topCells } from './cell-scores.ts'
import { concentration } from './concentration.ts'
import { testCaveats } from './gistar-caveats.ts'
import { gistarOnGrid } from './gistar-values.ts'
import { hotspotsCard } from './hotspots-card.ts'
import { hotspotsCaveats } from './hotspots-caveats.ts'
import type { hotspotsParameters } from './hotspots-parameters.ts'
import { leaveOut } from './leave-out.ts'
import { leftOutClauses } from './left-out-clauses.ts'
import { type CellFigures, rankHotspots, share } from './rank-hotspots.ts'
import { type WholeYears, wholeYears } from './whole-years.ts'

/**
 * Where to patrol: the lasting hotspots of the study area, ranked, by the pipeline of the College of Policing guide.
 *
 * 1. Left out (`leaveOut`): domestic, not in public space, hospitals, prisons and the like; told by reason.
 * 2. Cells (`layStudyGrid`): inside when their centre is in the study area; empty cells count.
 * 3. Score (`cellScores`): count; harm; count + mean of the neighbours; √(harm + mean of the neighbours).
 * 4. Top cells: in the top `topPercent` % of cells over the whole selection, and in at least `yearsInTop` of the last
 *    `years` whole years of the period by that year's score. The test of years is skipped, with a caveat, when fewer
 *    than 2 whole years (or fewer than `yearsInTop`) are held.
 * 5. Hotspots (`rankHotspots`): the top cells are walked down from the best; one that shares a side with a hotspot
 *    joins it, at most `maximumCells` together, any other starts its own, until `hotspots` are found; ranked by the sum
 *    of their scores, then harm, then cell number.
 * 6. Gi* z over one ring of neighbours, of count or harm as the score is, q by Benjamini–Hochberg over all cells.
 *
 * Shares are of the incidents, harm and cells inside the study area after step 1. Harm and its shares are NaN
 * without weights. Concentration is that of counts over all cells inside.
 *
 * Deterministic; same input, same bytes. Cost: about 60 ns an incident, 1 µs a cell.
 * Errors: E-GRID-BOX, E-GRID-SIZE, E-GRID-EMPTY, E-MTH-WEIGHTS (a score of harm without weights).
 * @see College of Policing, Serious violence: hot spots policing guide; Basford et al. (2021) Camb. J. Evid. Based
 * Polic. 5; hexseg (Agar) for the scores with neighbours; Weisburd (2015) for concentration.
 */
export const hotspots: Method<typeof hotspotsParameters, HotspotsSummary> = {
  card: hotspotsCard,

  run(incidents, params, context, control) {
    const kind = params.score as ScoreKind
    const weights = harmOfIncidents(incidents, context, needsHarm(kind), 'A ranking by harm')
    const left = leaveOut(incidents, params, control)
    const study = layStudyGrid(incidents, left.mask, params, context, control)
    const { grid, cells } = study
    const tally = weights && harmPerCell(study.cellOf, weights, study.counts.length, control)
    const scored = needsHarm(kind) && tally ? tally.harm : study.counts
    const score = cellScores(kind, grid, cells, study.inside, scored)

    const years = wholeYears(incidents, left.mask, context, params.years)
    const perYear = tallyYears(incidents, study, years, needsHarm(kind) ? weights : null, control)
    const yearsInTop = new Uint8Array(study.counts.length)
    for (const values of perYear.values) {
      control.tick(0.7, 'Comparing years')
      const yearTop = topCells(cellScores(kind, grid, cells, study.inside, values), cells, params.topPercent)
      for (const cell of cells) yearsInTop[cell] += yearTop[cell]
    }
    const tested = params.yearsInTop > 0 && perYear.counts.length >= Math.max(2, params.yearsInTop)
    const top = topCells(score, cells, params.topPercent)
    if (tested) for (const cell of cells) if (yearsInTop[cell] < params.yearsInTop) top[cell] = 0

    control.tick(0.8, 'Testing cells')
    const { z } = gistarOnGrid(grid, cells, study.inside, scored)
    control.tick(0.85, 'Testing cells')
    const qValue = adjustP(z.map(normalTwoSided), 'BH')
    control.tick(0.9, 'Ranking hotspots')
    const figures: CellFigures = {
      score,
      harm: tally?.harm ?? null,
      top,
      byYear: perYear.counts,
      yearsInTop,
      z,
      qValue,
    }
    const ranked = rankHotspots(study, figures, params, incidents, context.studyArea, control)

    const columns = {
      cell: cells,
      x: new Float64Array(cells.length),
      y: new Float64Array(cells.length),
      count: new Uint32Array(cells.length),
      harm: new Float64Array(cells.length).fill(Number.NaN),
      score: new Float64Array(cells.length),
      hotspot: new Int32Array(cells.length),
      z,
      qValue,
    }
    const rankOf = new Map(ranked.flatMap((each) => each.cells.map((cell) => [cell, each.rank] as const)))
    let totalHarm = 0
    for (let i = 0; i < cells.length; i++) {
      columns.x[i] = cellX(grid, cells[i])
      columns.y[i] = cellY(grid, cells[i])
      columns.count[i] = study.counts[cells[i]]
      columns.score[i] = score[cells[i]]
      columns.hotspot[i] = rankOf.get(cells[i]) ?? 0
      if (tally) {
        columns.harm[i] = tally.harm[cells[i]]
        totalHarm += tally.harm[cells[i]]
      }
    }
    const held = concentration(columns.count)
    const caveats: Caveat[] = [
      ...study.caveats,
      ...left.caveats,
      ...hotspotsCaveats({
        params,
        years,
        tested,
        found: ranked.length,
        counted: study.counted,
        undated: perYear.undated,
        weights,
        unweighted: tally ? tally.unweighted : 0,
      }),
      ...testCaveats(z, study.counted, grid.shape, 'BH'),
    ]
    return {
      summary: {
        grid,
        score: kind,
        hotspots: ranked,
        incidents: study.counted,
        harm: tally ? totalHarm : Number.NaN,
        areaKm2: study.areaKm2,
        cells: cells.length,
        shareOfCount: share(
          ranked.reduce((sum, each) => sum + each.count, 0),
          study.counted,
        ),
        shareOfHarm: share(
          ranked.reduce((sum, each) => sum + each.harm, 0),
          tally ? totalHarm : Number.NaN,
        ),
        shareOfArea: rankOf.size / cells.length,
        excluded: left.excluded,
        clauses: leftOutClauses(incidents, params),
        yearLabels: years.labels,
        halfOfCrimeInCells: held.cellsForHalf,
        halfOfCrimeShareOfCells: held.shareForHalf,
      },
      columns,
      caveats,
    }
  },
}

/** Counts, and what the score is made of, per cell of the grid in each whole year; incidents without a date. */
function tallyYears(
  incidents: Incidents,
  study: StudyGrid,
  years: WholeYears,
  weights: HarmOfIncidents | null,
  control: Control,
): {
  readonly counts: Uint32Array[]
  readonly values: readonly ArrayLike<number>[]
  readonly undated: number
} {
  const cells = study.counts.length
  const held = years.labels.length
  const counts = new Uint32Array(held * cells)
  const harm = new Float64Array(weights === null ? 0 : held * cells)
  const { cellOf } = study
  const { from, length } = incidents
  const { firstDay, yearOfDay } = years
  let undated = 0
  for (let i = 0; i < length; i++) {
    if ((i & (ROWS_PER_TICK - 1)) === 0) control.tick(i / length, 'Counting each year')
    const cell = cellOf[i]
    if (cell < 0) continue
    if (from[i] === NO_TIME) {
      undated++
      continue
    }
    const day = Math.floor(from[i] / MINUTES_PER_DAY) - firstDay
    if (day < 0 || day >= yearOfDay.length || yearOfDay[day] < 0) continue
    const at = yearOfDay[day] * cells + cell
    counts[at]++
    if (weights !== null) {
      const weight = weights.weights[weights.codes[i]]
      if (weight >= 0) harm[at] += weight
    }
  }
  const yearly = years.labels.map((_, year) => counts.subarray(year * cells, (year + 1) * cells))
  return {
    counts: yearly,
    values:
      weights === null ? yearly : yearly.map((_, year) => harm.subarray(year * cells, (year + 1) * cells)),
    undated,
  }
}
