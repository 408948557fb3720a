import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { betaQuantile, betaUpperQuantile } from '../support/distributions/beta.ts'
import { dateLabel, MINUTES_PER_DAY, monthIndex, monthLabel } from '../support/wall-clock.ts'
import { type DecayRule, decayRisk } from './decay-risk.ts'
import { hitsInTop } from './hits-in-top.ts'

export interface BackTestWeek {
  readonly from: string
  readonly incidents: number
  readonly hits: number
  readonly hitsBusy: number
  readonly hitsBest: number
}

export interface BackTest {
  readonly weeks: readonly BackTestWeek[]
  readonly skipped: number
  readonly tested: number
  /** Shares of the incidents tested; NaN when there are none. */
  readonly hitRate: number
  readonly hitRateLow: number
  readonly hitRateHigh: number
  readonly hitRateBusy: number
  readonly hitRateBest: number
}

export interface PlacedDays {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly day: Int32Array
  /** Cell of the grid each incident is in. */
  readonly cell: Int32Array
}

/**
 * For each of `weeks` weeks up to day `until`: the cells marked from what was known before the week, and the share of
 * the week's incidents in them; beside it the same for cells by their count of all earlier incidents, and for the
 * best cells in hindsight.
 *
 * A week is left out when no whole look-back of data lies before it, or when it or its look-back touches a month in
 * `missing` (`YYYY-MM`). The 95% interval is Clopper and Pearson's; a share of a tie makes hits fractional.
 */
export function backTest(
  grid: GridSpec,
  cells: Int32Array,
  incidents: PlacedDays,
  until: number,
  weeks: number,
  wanted: number,
  rule: DecayRule,
  missing: readonly string[],
  control: Control,
): BackTest {
  const { x, y, day, cell } = incidents
  const absent = new Set(missing)
  let earliest = Infinity
  for (let i = 0; i < day.length; i++) if (day[i] < earliest) earliest = day[i]
  const rows: BackTestWeek[] = []
  let skipped = 0
  for (let back = weeks; back >= 1; back--) {
    const from = until - 7 * back
    if (from - rule.lookback < earliest || touches(absent, from - rule.lookback, from + 7)) {
      skipped++
      continue
    }
    const risk = decayRisk(grid, x, y, day, from, rule, control)
    const busy = new Float64Array(risk.length)
    const hits = new Float64Array(risk.length)
    let count = 0
    for (let i = 0; i < day.length; i++) {
      if (day[i] < from) busy[cell[i]]++
      else if (day[i] < from + 7) {
        hits[cell[i]]++
        count++
      }
    }
    rows.push({
      from: dateLabel(from * MINUTES_PER_DAY),
      incidents: count,
      hits: hitsInTop(cells, risk, hits, wanted),
      hitsBusy: hitsInTop(cells, busy, hits, wanted),
      hitsBest: hitsInTop(cells, hits, hits, wanted),
    })
  }
  const sum = (name: 'incidents' | 'hits' | 'hitsBusy' | 'hitsBest'): number =>
    rows.reduce((total, row) => total + row[name], 0)
  const tested = sum('incidents')
  const hits = sum('hits')
  return {
    weeks: rows,
    skipped,
    tested,
    hitRate: hits / tested,
    hitRateLow: tested === 0 ? Number.NaN : hits === 0 ? 0 : betaQuantile(0.025, hits, tested - hits + 1),
    hitRateHigh:
      tested === 0 ? Number.NaN : hits === tested ? 1 : betaUpperQuantile(0.025, hits + 1, tested - hits),
    hitRateBusy: sum('hitsBusy') / tested,
    hitRateBest: sum('hitsBest') / tested,
  }
}

/** True where days [from, to) touch one of the months. */
export function touches(months: ReadonlySet<string>, from: number, to: number): boolean {
  const last = monthIndex((to - 1) * MINUTES_PER_DAY)
  for (let month = monthIndex(from * MINUTES_PER_DAY); month <= last; month++)
    if (months.has(monthLabel(month))) return true
  return false
}
