import type { Caveat } from '#core/contract/caveat.ts'
import type { Computed } from '#core/contract/method.ts'
import { stepDays, stepEnd, stepStart, type TimeSteps } from '../emerging/time-steps.ts'
import { caveat } from '../support/caveats.ts'
import type { LaidScan } from './lay-scan.ts'
import { type ClusterRow, chanceOf, circleRings, gumbelTail, pOf } from './scan-result.ts'
import type { ScanTime } from './scan-state.ts'

/** A scan laid out by `begin`: what the parts need, and what the answer is put together from. */
export interface ScanPlan extends LaidScan {
  readonly time: ScanTime
  /** Null for a scan of space alone. */
  readonly timeSteps: TimeSteps | null
  /** Incidents in the listed clusters. */
  readonly row: Int32Array
  readonly cluster: Int32Array
  readonly controls: number
  readonly caveats: readonly Caveat[]
}

export interface ScanSummary {
  readonly time: ScanTime
  readonly from: string
  readonly to: string
  readonly incidents: number
  /** Controls of a case-control scan; NaN in others. */
  readonly controls: number
  readonly places: number
  readonly steps: number
  readonly longestWindow: number
  readonly replications: number
  readonly stoppedEarly: boolean
  /** Statistic that one replication in twenty exceeds. */
  readonly critical: number
  readonly clusters: readonly ClusterRow[]
}

/** Words for the fields of the summary, for the cards. */
export const scanSummaryWords = {
  time: 'prospective, retrospective or none (space alone)',
  from: 'First day of the study period; blank for space alone',
  to: 'Last day of the study period',
  incidents: 'Incidents scanned',
  controls: 'Controls they are compared with',
  places: 'Places',
  steps: 'Time steps',
  longestWindow: 'Steps the longest window holds',
  replications: 'Replications counted',
  stoppedEarly: 'Whether the replications stopped at the fiftieth that reached the statistic',
  critical: 'Statistic that chance exceeds in one replication of twenty',
  clusters:
    'Clusters, most likely first: centre, radius (m), days, places, observed, expected, ratio, statistic (log likelihood ratio), p, p by a Gumbel tail, recurrence interval (days), outline',
} as const

export const scanColumns = [
  { name: 'row', title: 'Incident', type: 'int32' },
  { name: 'cluster', title: 'Rank of its cluster', type: 'int32' },
] as const

/** Caveat codes of `finishScan`, for the cards. */
export const scanCaveatCodes = {
  'no-cluster': 'No circle holds two or more incidents and more than expected.',
  'not-significant': 'The most likely cluster is no rarer than chance would give in one scan of twenty.',
  'few-cases': 'Fewer than 50 incidents: only a very strong cluster can be told from chance.',
  'p-floor': 'p is the smallest that so many replications can give.',
  'stopped-early': 'Replications stopped once 50 reached the statistic.',
  'repeated-scans':
    'p is of this one scan; daily scans raise false alarms at the rate of the recurrence interval.',
} as const

/** Puts the clusters and the replications together. */
export function finishScan(plan: ScanPlan, parts: readonly Float64Array[]): Computed<ScanSummary> {
  const { state, time, timeSteps } = plan
  const chance = chanceOf(state, parts)
  const clusters = plan.clusters.map((found, at): ClusterRow => {
    const pValue = pOf(chance, found.statistic)
    const expected =
      state.likelihood === 'bernoulli'
        ? (found.measure * state.cases) / state.perExpected
        : found.measure / state.perExpected
    const x = state.x[found.centre]
    const y = state.y[found.centre]
    return {
      rank: at + 1,
      x,
      y,
      radius: found.radius,
      from: timeSteps === null ? '' : stepStart(timeSteps, found.firstStep),
      to: timeSteps === null ? '' : stepEnd(timeSteps, found.lastStep),
      places: found.places,
      observed: found.observed,
      expected,
      ratio: found.observed / expected,
      statistic: found.statistic,
      pValue,
      pGumbel: gumbelTail(chance, found.statistic),
      recurrenceDays:
        time === 'prospective' && timeSteps !== null ? stepDays[timeSteps.unit] / pValue : Number.NaN,
      rings: circleRings(x, y, found.radius),
    }
  })
  return {
    summary: {
      time,
      from: timeSteps === null ? '' : stepStart(timeSteps, 0),
      to: timeSteps === null ? '' : stepEnd(timeSteps, timeSteps.count - 1),
      incidents: state.cases,
      controls: plan.controls,
      places: state.x.length,
      steps: timeSteps === null ? 0 : state.steps,
      longestWindow: timeSteps === null ? 0 : state.longest,
      replications: chance.replications,
      stoppedEarly: chance.stopped,
      critical: chance.critical,
      clusters,
    },
    columns: { row: plan.row, cluster: plan.cluster },
    caveats: [...plan.caveats, ...caveatsOf(clusters, plan, chance.replications, chance.stopped)],
  }
}

function caveatsOf(
  clusters: readonly ClusterRow[],
  { state, time }: ScanPlan,
  replications: number,
  stopped: boolean,
): Caveat[] {
  const caveats: Caveat[] = []
  if (clusters.length === 0)
    caveats.push(
      caveat(
        'no-cluster',
        'No circle within the limits holds two or more incidents and more than are expected there.',
      ),
    )
  else if (clusters[0].pValue > 0.05)
    caveats.push(
      caveat(
        'not-significant',
        `The most likely cluster has p ${clusters[0].pValue.toFixed(3)}: chance alone gives one as strong in more than one scan of twenty.`,
      ),
    )
  if (state.cases < 50)
    caveats.push(
      caveat('few-cases', `${state.cases} incidents: only a very strong cluster can be told from chance.`),
    )
  const smallest = 1 / (replications + 1)
  if (!stopped && clusters.length > 0 && clusters[0].pValue <= smallest)
    caveats.push(
      caveat(
        'p-floor',
        `No replication reached the first cluster: its p of ${Number(smallest.toPrecision(2))} is the smallest that ${replications} replications can give. The Gumbel p is an estimate beyond it.`,
      ),
    )
  if (stopped)
    caveats.push(
      caveat(
        'stopped-early',
        `Replications stopped after ${replications}, once 50 had reached the statistic; p is 50/${replications}.`,
      ),
    )
  if (time === 'prospective')
    caveats.push(
      caveat(
        'repeated-scans',
        'p and the recurrence interval are of this one scan, not adjusted for scans made before it.',
      ),
    )
  return caveats
}
