import { readFileSync } from 'node:fs'
import type { ScanSummary } from '#core/analysis/scan/finish-scan.ts'
import { dateLabel, MINUTES_PER_DAY, minutesOf } from '#core/analysis/support/wall-clock.ts'
import type { Computed, Context, ContextLayer, Incidents } from '#core/contract/method.ts'
import { rectangle } from '../space/small-study.ts'

export interface OracleCluster {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly places: number
  readonly first: number
  readonly last: number
  readonly observed: number
  readonly expected: number
  readonly statistic: number
}

export interface OracleSet {
  readonly steps: number
  readonly longest: number
  readonly radius: number
  readonly share: number
  /** x, y, step, 1 for a case. */
  readonly rows: readonly (readonly [number, number, number, number])[]
  readonly places: readonly (readonly [number, number])[]
  readonly population: readonly number[]
  readonly answers: Readonly<Record<string, readonly OracleCluster[]>>
}

/** Answers of `tests/oracles/scan/make.py`, which tries every circle and every window. */
export const scanOracle: readonly OracleSet[] = (
  JSON.parse(readFileSync(new URL('../../oracles/scan/expected.json', import.meta.url), 'utf8')) as {
    sets: OracleSet[]
  }
).sets

const origin = minutesOf(2024, 1, 1)

/** Incidents with a whole day each, day 0 being 1 January 2024. */
export function incidentsOf(
  rows: readonly { readonly x: number; readonly y: number; readonly day: number }[],
  mask = new Uint8Array(rows.length).fill(1),
): Incidents {
  const from = Int32Array.from(rows, ({ day }) => origin + day * MINUTES_PER_DAY)
  return {
    length: rows.length,
    mask,
    x: Float64Array.from(rows, ({ x }) => x),
    y: Float64Array.from(rows, ({ y }) => y),
    precision: new Uint8Array(rows.length),
    from,
    to: from,
    timePrecision: new Uint8Array(rows.length).fill(1),
    dictionaries: {},
    flags: {},
  }
}

export function daysFrom2024(days: number): Context {
  return { period: { from: '2024-01-01', to: dayLabel(days) } }
}

export function dayLabel(day: number): string {
  return dateLabel(origin + day * MINUTES_PER_DAY)
}

export function rowsOf(set: OracleSet): { x: number; y: number; day: number }[] {
  return set.rows.map(([x, y, day]) => ({ x, y, day }))
}

/** Areas around the places of a set, with its population; an area of no population is named but holds nobody. */
export function layerOf(set: OracleSet): ContextLayer {
  return {
    name: 'Squares',
    shapes: set.places.map(([x, y], k) => ({
      code: `S${k}`,
      name: `Square ${k}`,
      rings: [rectangle(x - 50, y - 50, x + 50, y + 50)],
      numbers: { residents: set.population[k] },
      kind: '',
    })),
  }
}

/** The largest difference in statistic or expected of clusters that must otherwise be the same. */
export function difference(
  found: Computed<ScanSummary>,
  expected: readonly OracleCluster[],
  same: (a: unknown, b: unknown) => void,
): number {
  let largest = 0
  const clusters = found.summary.clusters.slice(0, expected.length)
  same(
    clusters.map(({ x, y, places, observed }) => ({ x, y, places, observed })),
    expected.map(({ x, y, places, observed }) => ({ x, y, places, observed })),
  )
  clusters.forEach((cluster, k) => {
    const { statistic, expected: e, radius } = expected[k]
    largest = Math.max(
      largest,
      Math.abs(cluster.statistic - statistic),
      Math.abs(cluster.expected - e),
      Math.abs(cluster.radius - radius),
    )
  })
  return largest
}
