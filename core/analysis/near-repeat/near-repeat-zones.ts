import type { Caveat } from '#core/contract/caveat.ts'
import type { Rings } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { cellX, cellY } from '../space/grid.ts'
import { layStudyGrid, type StudyGrid } from '../space/study-grid.ts'
import { caveat } from '../support/caveats.ts'
import { dateLabel, MINUTES_PER_DAY, minutesOfDate } from '../support/wall-clock.ts'
import { type BackTest, type BackTestWeek, backTest, type PlacedDays, touches } from './back-test.ts'
import { type DatedPlaces, datedPlaces } from './dated-places.ts'
import { type DecayRule, decayRisk } from './decay-risk.ts'
import { joinZones } from './join-zones.ts'
import { nearRepeatZonesCard } from './near-repeat-zones-card.ts'

/** Columns: one row per cell with any risk, highest first. */
export interface NearRepeatZonesSummary {
  readonly grid: GridSpec
  readonly asOf: string
  readonly used: number
  readonly cells: number
  readonly marked: number
  readonly zones: readonly {
    readonly zone: number
    readonly cells: number
    readonly areaKm2: number
    readonly recent: number
    readonly risk: number
    readonly x: number
    readonly y: number
    readonly rings: Rings
  }[]
  readonly hitRate: number
  readonly hitRateLow: number
  readonly hitRateHigh: number
  readonly pai: number
  readonly hitRateBusy: number
  readonly hitRateBest: number
  readonly tested: number
  readonly weeks: readonly BackTestWeek[]
}

/**
 * Ground where recent incidents nearby raise the risk for now, with a back-test on the weeks before. See `decayRisk`
 * for the risk and `backTest` for the test.
 *
 * Cells are those of the study area (`layStudyGrid`), incidents outside are left out. Marked: share · cells, rounded,
 * of highest risk (at least one, none without risk), ties at the edge by number. Zones join marked cells that
 * share a side, by their highest risk. Rates are NaN where the back-test holds no incident.
 *
 * Deterministic. Cost: (test weeks + 1) × 43 ns an incident in time and cell in reach, and two sorts of the cells.
 * Errors: those of `datedPlaces` and `layStudyGrid`, E-NRP-REACH (reach under the side of a cell), E-DATE-ISO.
 * @see Bowers, Johnson and Pease (2004) British Journal of Criminology 44, 641–658.
 */
export const nearRepeatZones: Method<typeof nearRepeatZonesCard.parameters, NearRepeatZonesSummary> = {
  card: nearRepeatZonesCard,

  run(incidents, params, context, control) {
    if (params.reach < params.cellSize)
      throw new InputError(
        'E-NRP-REACH',
        `A reach of ${params.reach} m does not leave a cell of ${params.cellSize} m.`,
        { cure: 'Choose a smaller cell or a longer reach.' },
      )
    const needs = { name: 'Near-repeat zones', minimum: 10, dateUsed: params.dateUsed }
    const dated = datedPlaces(incidents, needs, control)
    const mask = new Uint8Array(incidents.length)
    for (const row of dated.row) mask[row] = 1
    const study = layStudyGrid(incidents, mask, params, context, control)
    const placed = insideCells(dated, study)
    const lastDay = dated.day.reduce((most, day) => Math.max(most, day))
    const asOf = params.asOf === '' ? lastDay + 1 : minutesOfDate(params.asOf) / MINUTES_PER_DAY
    const rule: DecayRule = { ...params, addUp: params.combine === 'sum' }
    const risk = decayRisk(study.grid, placed.x, placed.y, placed.day, asOf, rule, control)
    const wanted = Math.max(1, Math.round((params.topShare / 100) * study.cells.length))
    const missing = [...(context.missingMonths ?? []), ...(context.partialMonths ?? [])]
    const until = Math.min(asOf, lastDay + 1)
    const test = backTest(
      study.grid,
      study.cells,
      placed,
      until,
      params.testWeeks,
      wanted,
      rule,
      missing,
      control,
    )

    const ranked = [...study.cells]
      .filter((cell) => risk[cell] > 0)
      .sort((a, b) => risk[b] - risk[a] || a - b)
    const recent = new Uint32Array(risk.length)
    let used = 0
    for (let i = 0; i < placed.day.length; i++) {
      const age = asOf - placed.day[i]
      if (age < 1 || age > rule.lookback) continue
      recent[placed.cell[i]]++
      used++
    }
    const marked = ranked.slice(0, wanted)
    const { zones, zoneOf } = joinZones(study.grid, marked, risk, recent)
    return {
      summary: {
        grid: study.grid,
        asOf: dateLabel(asOf * MINUTES_PER_DAY),
        used,
        cells: study.cells.length,
        marked: marked.length,
        zones,
        hitRate: test.hitRate,
        hitRateLow: test.hitRateLow,
        hitRateHigh: test.hitRateHigh,
        pai: (test.hitRate * study.cells.length) / wanted,
        hitRateBusy: test.hitRateBusy,
        hitRateBest: test.hitRateBest,
        tested: test.tested,
        weeks: test.weeks,
      },
      columns: {
        cell: Int32Array.from(ranked),
        x: Float64Array.from(ranked, (cell) => cellX(study.grid, cell)),
        y: Float64Array.from(ranked, (cell) => cellY(study.grid, cell)),
        risk: Float64Array.from(ranked, (cell) => risk[cell]),
        rank: Int32Array.from(ranked, (_, at) => at + 1),
        recent: Uint32Array.from(ranked, (cell) => recent[cell]),
        zone: Int32Array.from(ranked, (cell) => zoneOf.get(cell) ?? 0),
      },
      caveats: [
        ...dated.caveats,
        ...study.caveats.filter(({ code }) => code === 'no-study-area' || code === 'outside-study-area'),
        ...caveatsOf(used, asOf, lastDay, test, params.testWeeks),
        ...missingCaveat(missing, asOf - rule.lookback, asOf),
      ],
    }
  },
}

/** The dated incidents that lie in a cell of the study area. */
function insideCells({ row, x, y, day }: DatedPlaces, { cellOf }: StudyGrid): PlacedDays {
  const kept = Int32Array.from(row.keys()).filter((k) => cellOf[row[k]] >= 0)
  return {
    x: Float64Array.from(kept, (k) => x[k]),
    y: Float64Array.from(kept, (k) => y[k]),
    day: Int32Array.from(kept, (k) => day[k]),
    cell: Int32Array.from(kept, (k) => cellOf[row[k]]),
  }
}

function missingCaveat(missing: readonly string[], from: number, to: number): Caveat[] {
  const held = missing.filter((month) => touches(new Set([month]), from, to)).toSorted()
  if (held.length === 0) return []
  return [
    caveat(
      'zones-missing-months',
      `The files do not cover all of ${held.join(', ')}, which lie in the days that count: places with little risk may only lack records.`,
    ),
  ]
}

function caveatsOf(used: number, asOf: number, lastDay: number, test: BackTest, asked: number): Caveat[] {
  const caveats: Caveat[] = []
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`
  if (used === 0)
    caveats.push(
      caveat('zones-no-recent', 'No incident is recent enough: there is no risk to show for this day.'),
    )
  if (asOf - lastDay > 8)
    caveats.push(
      caveat(
        'zones-stale',
        `The day asked for is ${asOf - lastDay} days after the last incident held: what happened since is not in it.`,
      ),
    )
  if (test.skipped > 0)
    caveats.push(
      caveat(
        'zones-weeks-skipped',
        `${test.skipped} of ${asked} weeks could not be tested: too little data before them, or months the files do not cover.`,
      ),
    )
  if (asked > 0 && test.tested < 30)
    caveats.push(
      caveat(
        'zones-few-tested',
        `The back-test holds ${test.tested} incidents: too few to say whether the zones hit.`,
      ),
    )
  if (test.hitRate <= test.hitRateBusy)
    caveats.push(
      caveat(
        'zones-no-better',
        `In the back-test the zones held ${percent(test.hitRate)} of the incidents, as many cells that are always busiest ${percent(test.hitRateBusy)}: recent incidents add nothing here.`,
      ),
    )
  return caveats
}
