/**
 * The summaries the first methods return: small, plain data that the workbench and the pages read. Bulk columns
 * travel beside them as Arrow. A number that is undefined is NaN in the core and null after JSON; readers test
 * with `Number.isFinite`.
 */
import type { Clause } from './filter.ts'
import type { Rings } from './geometry.ts'
import type { GridSpec } from './grid.ts'

/** Columns: cell, x, y, count, harm (occupied cells inside the study area, by cell number). */
export interface GridCountsSummary {
  readonly grid: GridSpec
  readonly cells: number
  readonly occupied: number
  readonly incidents: number
  readonly harm: number
  readonly maximum: number
  /** Area of the cells counted, km². */
  readonly areaKm2: number
  readonly outside: number
  readonly unlocated: number
}

/** Columns: density (rows × columns, row by row from the south-west; NaN outside the study area). */
export interface DensitySummary {
  readonly grid: GridSpec
  readonly bandwidth: number
  readonly kernel: string
  readonly unit: string
  readonly incidents: number
  readonly maximum: number
  /** Sum of density × cell area: the incidents' weight, less what lies beyond the grid. */
  readonly integral: number
  /** The colour steps the legend uses, in `unit`. */
  readonly levels: readonly number[]
}

export interface Hotspot {
  /** Stable name from the grid and its lowest cell, e.g. `HX200-412-333`. */
  readonly id: string
  readonly rank: number
  readonly cells: readonly number[]
  readonly rings: Rings
  readonly x: number
  readonly y: number
  readonly areaKm2: number
  readonly count: number
  readonly harm: number
  readonly shareOfCount: number
  readonly shareOfHarm: number
  readonly shareOfArea: number
  /** Score it was ranked by (count, harm, …). */
  readonly score: number
  /** Years (newest last) with the count in each, and in how many the hotspot was in the top share. */
  readonly byYear: readonly number[]
  readonly yearsInTop: number
  readonly years: number
  /** Largest Gi* z among its cells and its adjusted p. */
  readonly z: number
  readonly qValue: number
  /** The word of `areaLayer` the centre lies in, where one is loaded. */
  readonly area: string
  /** Most frequent location text inside, for a first name. */
  readonly place: string
}

export interface HotspotsSummary {
  readonly grid: GridSpec
  readonly score: string
  readonly hotspots: readonly Hotspot[]
  readonly incidents: number
  readonly harm: number
  readonly areaKm2: number
  readonly cells: number
  readonly shareOfCount: number
  readonly shareOfHarm: number
  readonly shareOfArea: number
  readonly excluded: readonly { readonly reason: string; readonly incidents: number }[]
  /** What was left out, as conditions: selection + these + a hotspot's cells are exactly the incidents it counts. */
  readonly clauses: readonly Clause[]
  readonly yearLabels: readonly string[]
  readonly halfOfCrimeInCells: number
  readonly halfOfCrimeShareOfCells: number
}

export interface MonthTrendSummary {
  readonly months: readonly string[]
  readonly counts: readonly number[]
  readonly coverage: readonly ('present' | 'partial' | 'missing')[]
  /** Rolling 12-month totals, NaN where fewer than 12 covered months lie behind. */
  readonly rolling12: readonly number[]
  readonly last12: { readonly from: string; readonly to: string; readonly count: number }
  readonly prior12: { readonly from: string; readonly to: string; readonly count: number }
  readonly change: number
  /** Percent change; NaN on a base under 50 or where a month is missing. */
  readonly changePercent: number
  readonly changeLow: number
  readonly changeHigh: number
  /** Two-sided E-test of the two years; NaN where they cannot be compared. */
  readonly pValue?: number
  readonly undated: number
}

export interface TimeWindow {
  /** 0 = Monday. */
  readonly day: number
  readonly fromHour: number
  /** Exclusive; may pass 24 into the next day. */
  readonly toHour: number
  readonly weight: number
  readonly share: number
}

export interface HourWeekdaySummary {
  /** 168 weights, Monday 00 first. */
  readonly weights: readonly number[]
  readonly used: number
  readonly excludedNoTime: number
  readonly excludedLongSpan: number
  readonly reversed: number
  readonly windows: readonly TimeWindow[]
  readonly nightShare: number
}

export interface OffenceMixSummary {
  readonly rows: readonly {
    readonly offence: string
    readonly count: number
    readonly share: number
    readonly harm: number
    readonly shareOfHarm: number
    readonly knife: number
  }[]
  readonly incidents: number
  readonly harm: number
  readonly unweighted: number
}

export interface RepeatLocationsSummary {
  readonly rows: readonly {
    readonly location: string
    readonly key: string
    readonly count: number
    readonly harm: number
    readonly share: number
    readonly easting: number
    readonly northing: number
    readonly first: string
    readonly last: string
    readonly recency: number
    readonly offence: string
  }[]
  /** Places with 1, 2, 3, 4 or more incidents, and the incidents at them. */
  readonly distribution: readonly {
    readonly times: string
    readonly places: number
    readonly incidents: number
    readonly share: number
  }[]
  readonly incidents: number
  readonly places: number
  readonly shareAtRepeatPlaces: number
  readonly basis: string
  readonly excludedInstitutions: number
  readonly unplaced: number
}
