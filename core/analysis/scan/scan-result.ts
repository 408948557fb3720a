import type { Position } from '#core/contract/geometry.ts'
import { circlesOf } from './circles.ts'
import type { LaidScan } from './lay-scan.ts'
import { STOP_AT } from './run-scan.ts'
import type { ScanState } from './scan-state.ts'

/** One cluster in words and numbers. */
export interface ClusterRow {
  readonly rank: number
  /** Centre and radius, metres. */
  readonly x: number
  readonly y: number
  readonly radius: number
  /** First and last day; blank for a scan of space alone. */
  readonly from: string
  readonly to: string
  readonly places: number
  readonly observed: number
  readonly expected: number
  readonly ratio: number
  readonly statistic: number
  readonly pValue: number
  readonly pGumbel: number
  readonly recurrenceDays: number
  readonly rings: readonly (readonly Position[])[]
}

/** What the replications say. */
export interface ChanceFound {
  /** Replications counted, and whether they stopped at the fiftieth that reached the statistic. */
  readonly replications: number
  readonly stopped: boolean
  /** Statistic that one replication in twenty exceeds; NaN when stopped. */
  readonly critical: number
  /** Largest statistic of each replication counted. */
  readonly maxima: Float64Array
  readonly location: number
  readonly scale: number
}

/** The replications in their order, cut where the sequential stop falls. */
export function chanceOf(state: ScanState, parts: readonly Float64Array[]): ChanceFound {
  const drawn: number[] = []
  let exceeding = 0
  let stopped = false
  for (const part of parts)
    for (const value of part) {
      if (stopped) break
      drawn.push(value)
      if (value >= state.observed) exceeding++
      stopped = state.exceedances !== null && exceeding >= STOP_AT
    }
  const maxima = Float64Array.from(drawn)
  const complete = !stopped && drawn.length === state.permutations
  const { location, scale } = gumbelOf(complete ? maxima : new Float64Array(0))
  return {
    replications: drawn.length,
    stopped,
    critical: complete ? upperTwentieth(maxima) : Number.NaN,
    maxima,
    location,
    scale,
  }
}

/**
 * p of a cluster: (r + 1)/(R + 1) with r replications whose largest statistic is at least as large; after a
 * sequential stop r/R (Besag and Clifford 1991).
 */
export function pOf(chance: ChanceFound, statistic: number): number {
  let r = 0
  for (let k = 0; k < chance.maxima.length; k++) if (chance.maxima[k] >= statistic) r++
  return chance.stopped ? r / chance.replications : (r + 1) / (chance.replications + 1)
}

/** 1 − exp(−exp(−(x − location)/scale)): the tail of a Gumbel distribution fitted to the replications. */
export function gumbelTail(chance: ChanceFound, statistic: number): number {
  return -Math.expm1(-Math.exp(-(statistic - chance.location) / chance.scale))
}

/** Euler and Mascheroni's constant. */
const EULER = 0.5772156649015329
/** Fewer replications than this say nothing of a tail. */
const LEAST_FOR_TAIL = 99

/** By moments: scale s·√6/π, location mean − 0.5772·scale, s² with divisor n − 1. */
function gumbelOf(maxima: Float64Array): { location: number; scale: number } {
  const n = maxima.length
  if (n < LEAST_FOR_TAIL) return { location: Number.NaN, scale: Number.NaN }
  let sum = 0
  for (let k = 0; k < n; k++) sum += maxima[k]
  const mean = sum / n
  let squares = 0
  for (let k = 0; k < n; k++) squares += (maxima[k] - mean) * (maxima[k] - mean)
  const scale = (Math.sqrt(squares / (n - 1)) * Math.sqrt(6)) / Math.PI
  return scale > 0 ? { location: mean - EULER * scale, scale } : { location: Number.NaN, scale: Number.NaN }
}

/** The value of which at most one in twenty, the incidents' own place counted, is as large. */
function upperTwentieth(maxima: Float64Array): number {
  const sorted = maxima.slice().sort()
  const above = Math.floor((sorted.length + 1) / 20)
  return above < 1 ? Number.NaN : sorted[sorted.length - above]
}

/** Rows and clusters of the incidents that lie in a listed cluster, place by place and step by step. */
export function membersOf(
  { state, clusters }: LaidScan,
  rows: {
    readonly place: Int32Array
    readonly step: Int32Array
    readonly row: Int32Array
    readonly isCase: Uint8Array | null
  },
): { row: Int32Array; cluster: Int32Array } {
  const clusterOf = new Int32Array(state.x.length)
  const circles = circlesOf(state)
  clusters.forEach((cluster, at) => {
    circles.around(cluster.centre)
    for (let k = 0; k < cluster.places; k++) clusterOf[circles.order[k]] = at + 1
  })
  const found: { row: number; rank: number }[] = []
  for (let k = 0; k < rows.place.length; k++) {
    const rank = clusterOf[rows.place[k]]
    if (rank === 0 || (rows.isCase !== null && rows.isCase[k] === 0)) continue
    const { firstStep, lastStep } = clusters[rank - 1]
    if (rows.step[k] >= firstStep && rows.step[k] <= lastStep) found.push({ row: rows.row[k], rank })
  }
  found.sort((a, b) => a.row - b.row)
  return {
    row: Int32Array.from(found, ({ row }) => row),
    cluster: Int32Array.from(found, ({ rank }) => rank),
  }
}

/** Corners of the circle as drawn; a cluster of one place is drawn with this radius at least, metres. */
const LEAST_DRAWN = 25
const CORNERS = 64

export function circleRings(x: number, y: number, radius: number): Position[][] {
  const drawn = Math.max(radius, LEAST_DRAWN)
  return [
    Array.from({ length: CORNERS }, (_, k): Position => {
      const angle = (2 * Math.PI * k) / CORNERS
      return [x + drawn * Math.cos(angle), y + drawn * Math.sin(angle)]
    }),
  ]
}
