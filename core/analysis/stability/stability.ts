import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { topCells } from '../hotspot/cell-scores.ts'
import { ROWS_PER_TICK } from '../space/study-grid.ts'
import { unitColumns } from '../space/unit-columns.ts'
import { unitsOf } from '../space/units.ts'
import { caveat } from '../support/caveats.ts'
import { dateLabel } from '../support/wall-clock.ts'
import { type MonthPeriods, monthPeriods } from './month-periods.ts'
import { rankBiasedOverlap } from './rank-biased-overlap.ts'
import { cosineSimilarity, rankCorrelation } from './rank-correlation.ts'
import { stabilityCard } from './stability-card.ts'
import { topOverlap } from './top-overlap.ts'

export interface StabilityPeriod {
  readonly period: string
  readonly from: string
  /** Last day, in. */
  readonly to: string
  readonly incidents: number
  readonly topUnits: number
  readonly shareInTop: number
}

export interface StabilityPair {
  readonly earlier: string
  readonly later: string
  /** Over the units with an incident in any period, and over all. */
  readonly spearman: number
  readonly spearmanAll: number
  readonly rankBiasedOverlap: number
  readonly jaccard: number
  readonly f1: number
  readonly cosine: number
  /** Share of the earlier top that is in the later. */
  readonly keptInTop: number
}

export interface StabilitySummary {
  readonly grid: GridSpec | null
  readonly units: number
  readonly occupied: number
  readonly periods: readonly StabilityPeriod[]
  readonly pairs: readonly StabilityPair[]
  readonly persistence: readonly {
    readonly periodsInTop: number
    readonly units: number
    readonly shareOfIncidents: number
  }[]
  readonly alwaysTop: number
  readonly alwaysTopShare: number
  readonly alwaysTopByChance: number
  readonly meanSpearman: number
  readonly meanOverlap: number
}

/**
 * Whether the same units stay full from period to period: counts per unit and period, each pair of periods compared.
 *
 * Periods: see `monthPeriods`. Top: `topCells`, ties at the cut all in, a unit without an incident never. By chance:
 * N·Π(t_j/N) units would be in every top of t_j of N units. Measures of a pair: see the functions imported.
 * NaN: a measure of a period without incidents, a share of nothing.
 *
 * Deterministic. Cost: that of `unitsOf`, and for each pair a few sorts of the occupied units.
 * Errors: those of `unitsOf` and `monthPeriods`, E-MTH-PERIODS (fewer than two whole periods).
 */
export const stability: Method<typeof stabilityCard.parameters, StabilitySummary> = {
  card: stabilityCard,

  run(incidents, params, context, control) {
    const periods = monthPeriods(incidents, context, params.periodMonths, params.periods)
    const many = periods.labels.length
    if (many < 2)
      throw new InputError(
        'E-MTH-PERIODS',
        `${many === 0 ? 'No' : 'Only one'} whole period of ${params.periodMonths} months is held; stability needs two.${periods.notHeld.length > 0 ? ` Left out for a month that is not held: ${periods.notHeld.join(', ')}.` : ''}`,
        { column: 'periodMonths', cure: 'Choose shorter periods, or add the months that are missing.' },
      )
    const units = unitsOf(incidents, incidents.mask, params, context, control)
    const counts = Array.from({ length: many }, () => new Uint32Array(units.count))
    const { unitOf } = units
    for (let i = 0; i < incidents.length; i++) {
      if ((i & (ROWS_PER_TICK - 1)) === 0) control.tick(i / incidents.length, 'Counting periods')
      if (unitOf[i] >= 0 && periods.periodOf[i] >= 0) counts[periods.periodOf[i]][unitOf[i]]++
    }
    const total = new Uint32Array(units.count)
    for (const each of counts) for (let unit = 0; unit < total.length; unit++) total[unit] += each[unit]
    const occupied = Int32Array.from(total.keys()).filter((unit) => total[unit] > 0)
    const every = Int32Array.from({ length: units.count }, (_, unit) => unit)
    const tops = counts.map((each) => topCells(Float64Array.from(each), every, params.topShare))
    const inTop = new Uint8Array(units.count)
    for (const top of tops) for (let unit = 0; unit < inTop.length; unit++) inTop[unit] += top[unit]

    const held = counts.map((each) => Uint32Array.from(occupied, (unit) => each[unit]))
    const pairs: StabilityPair[] = []
    for (let a = 0; a < many; a++)
      for (let b = a + 1; b < many; b++) {
        control.tick(pairs.length / ((many * (many - 1)) / 2), 'Comparing periods')
        const overlap = topOverlap(held[a], held[b], params.topUnits)
        let kept = 0
        for (const unit of occupied) kept += tops[a][unit] & tops[b][unit]
        pairs.push({
          earlier: periods.labels[a],
          later: periods.labels[b],
          spearman: rankCorrelation(held[a], held[b]),
          spearmanAll: rankCorrelation(counts[a], counts[b]),
          rankBiasedOverlap: rankBiasedOverlap(held[a], held[b], params.rboP),
          jaccard: overlap.jaccard,
          f1: overlap.f1,
          cosine: cosineSimilarity(held[a], held[b]),
          keptInTop: over(kept, sumOf(tops[a])),
        })
      }
    const following = pairs.filter((pair) => {
      const earlier = periods.labels.indexOf(pair.earlier)
      return periods.to[earlier] === periods.from[periods.labels.indexOf(pair.later)]
    })
    const rows = periods.labels.map((label, at): StabilityPeriod => {
      const incidentsOf = sumOf(counts[at])
      let inside = 0
      for (const unit of occupied) if (tops[at][unit] === 1) inside += counts[at][unit]
      return {
        period: label,
        from: dateLabel(periods.from[at]),
        to: dateLabel(periods.to[at] - 1),
        incidents: incidentsOf,
        topUnits: sumOf(tops[at]),
        shareInTop: over(inside, incidentsOf),
      }
    })
    const persistence = persistenceOf(inTop, total, many)
    const alwaysTop = persistence[many - 1].units
    return {
      summary: {
        grid: units.grid,
        units: units.count,
        occupied: occupied.length,
        periods: rows,
        pairs,
        persistence,
        alwaysTop,
        alwaysTopShare: over(alwaysTop, rows[0].topUnits),
        alwaysTopByChance: rows.reduce((chance, row) => (chance * row.topUnits) / units.count, units.count),
        meanSpearman: mean(following.map((pair) => pair.spearman)),
        meanOverlap: mean(following.map((pair) => pair.rankBiasedOverlap)),
      },
      columns: {
        ...unitColumns(units, occupied, control),
        count: Uint32Array.from(occupied, (unit) => total[unit]),
        first: held[0],
        last: held[many - 1],
        periodsInTop: Uint8Array.from(occupied, (unit) => inTop[unit]),
      },
      caveats: [
        ...units.caveats,
        ...stabilityCaveats(periods, rows, units.count, params.topShare, units.words[1]),
      ],
    }
  },
}

function persistenceOf(inTop: Uint8Array, total: Uint32Array, periods: number) {
  const units = new Float64Array(periods + 1)
  const incidents = new Float64Array(periods + 1)
  for (let unit = 0; unit < inTop.length; unit++) {
    units[inTop[unit]]++
    incidents[inTop[unit]] += total[unit]
  }
  const all = sumOf(incidents)
  return Array.from({ length: periods }, (_, k) => ({
    periodsInTop: k + 1,
    units: units[k + 1],
    shareOfIncidents: over(incidents[k + 1], all),
  }))
}

function stabilityCaveats(
  periods: MonthPeriods,
  rows: readonly StabilityPeriod[],
  units: number,
  topShare: number,
  words: string,
): Caveat[] {
  const caveats: Caveat[] = []
  if (periods.undated > 0)
    caveats.push(
      caveat(
        'undated',
        `${periods.undated.toLocaleString('en-GB')} incidents have no date and are in no period.`,
      ),
    )
  if (periods.notHeld.length > 0)
    caveats.push(
      caveat(
        'months-missing',
        `Left out, because the files do not hold every month of them: ${periods.notHeld.join('; ')}.`,
      ),
    )
  if (periods.heldInPart.length > 0)
    caveats.push(
      caveat(
        'months-missing',
        `Held only in part, so that their counts are too low: ${periods.heldInPart.join('; ')}.`,
      ),
    )
  if (rows.length === 2)
    caveats.push(
      caveat('stability-two', 'Only two periods are held: one comparison shows no pattern over time.'),
    )
  const few = rows.filter((row) => row.incidents < 50)
  if (few.length > 0)
    caveats.push(
      caveat(
        'stability-few',
        `Fewer than 50 incidents in ${few.map((row) => `${row.period} (${row.incidents})`).join(', ')}: ranks among so few are mostly chance.`,
      ),
    )
  const wanted = Math.max(1, Math.ceil((topShare / 100) * units - 1e-9))
  const swollen = rows.filter((row) => row.topUnits > 1.2 * wanted)
  if (swollen.length > 0)
    caveats.push(
      caveat(
        'stability-ties',
        `The top ${topShare} % is ${wanted.toLocaleString('en-GB')} ${words}; with those that tie at the cut it is ${swollen.map((row) => `${row.topUnits.toLocaleString('en-GB')} in ${row.period}`).join(', ')}.`,
      ),
    )
  return caveats
}

function over(part: number, whole: number): number {
  return whole > 0 ? part / whole : Number.NaN
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : Number.NaN
}
