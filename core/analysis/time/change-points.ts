import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { prefix, spellCost } from './poisson-segments.ts'
import { cutWithSeason } from './season-cut.ts'
import { seasonFactors } from './season-factors.ts'
import { readSeries, type Step, seriesCaveatCodes, stepParameter } from './series.ts'

export interface ChangePointsSummary {
  readonly step: string
  readonly steps: number
  readonly incidents: number
  readonly penalty: number
  readonly dispersion: number
  readonly seasonTaken: boolean
  readonly spells: readonly {
    readonly from: string
    readonly to: string
    readonly steps: number
    readonly incidents: number
    /** A step of mean length, season taken out. */
    readonly mean: number
  }[]
  readonly changes: readonly {
    readonly first: string
    readonly earliest: string
    readonly latest: string
    readonly before: number
    readonly after: number
    readonly changePercent: number
    readonly low: number
    readonly high: number
  }[]
}

const periods: Readonly<Record<Step, number>> = { month: 12, week: 52, day: 7 }
const FEWEST = 8
/** Twice the log-likelihood a 95 % interval gives away. */
const WITHIN = 3.841458820694124

const parameters = {
  step: stepParameter,
  shortest: {
    type: 'integer',
    title: 'Shortest spell, steps',
    minimum: 1,
    maximum: 365,
    default: 3,
    why: 'One or two odd months are an outlier, not a new level.',
  },
  penalty: {
    type: 'number',
    title: 'Penalty of a change (0 = 3·ln of the number of steps)',
    minimum: 0,
    maximum: 1000,
    default: 0,
    why: 'Twice the log-likelihood a change must earn; 3·ln n finds a change in fewer than one in twenty series that have none.',
  },
  season: {
    type: 'switch',
    title: 'Take the season out first',
    default: true,
    why: 'Without it every summer is a change of level.',
  },
  variation: {
    type: 'choice',
    title: 'Variation within a spell',
    options: [
      { value: 'estimated', title: 'Estimated from neighbours, at least Poisson' },
      { value: 'poisson', title: 'Poisson' },
    ],
    default: 'estimated',
    why: 'Crime varies more than Poisson; taken as Poisson, noise becomes changes.',
  },
} as const

/**
 * When did the level change? Spells of one rate each, cut where it pays (PELT with the Poisson likelihood).
 *
 *     minimised: Σ_spells −2·(S·ln(S/E) − S)/φ + penalty · changes,   E = Σ days · season factor
 *     φ = max(1, mean of (x − n·p)²/(n·p·(1 − p)) over neighbours),  n = x + y, p = e_x/(e_x + e_y)
 *
 * A change is given by the first step of the new level, with the places where it may as well have been: those
 * whose profile cost is within 3.84·φ of the least. The ratio has the interval exp(ln r ± 1.96·√(φ/a + φ/b)), which
 * does not allow for having looked for the change, and is too narrow for that. The season
 * comes from `seasonFactors` and then, round by round, from the spells found; without three whole seasons it stays in, with a caveat.
 *
 * NaN: rates of spells without exposure, ratios over 0. Errors: E-MTH-PERIOD, E-MTH-DAY, E-MTH-STEPS (fewer than 8 steps
 * with a count, or than two spells), E-MTH-FEW (no incident). Deterministic. Cost: 30 ns an incident, 20 ms for ten years of days.
 * @see Killick, Fearnhead and Eckley (2012), Journal of the American Statistical Association 107, 1590–1598; Zhang and
 *      Siegmund (2007), Biometrics 63, 22–32, for the penalty 3·ln n.
 */
export const changePoints: Method<typeof parameters, ChangePointsSummary> = {
  card: {
    id: 'changePoints',
    version: '1.0.0',
    title: 'Changes of level',
    answers: 'When did the level change, and by how much?',
    references: [
      'Killick, R., Fearnhead, P. and Eckley, I. A. (2012). Optimal detection of changepoints with a linear computational cost. Journal of the American Statistical Association 107, 1590–1598.',
      'Zhang, N. R. and Siegmund, D. O. (2007). A modified Bayes information criterion. Biometrics 63, 22–32.',
    ],
    formula: 'The cut into spells of one rate with the least −2·log-likelihood/φ + penalty per change.',
    assumptions: [
      'Within a spell the rate is level: a slow slope comes out as a staircase.',
      'Counts of neighbouring steps are independent but for the season.',
    ],
    notShown: ['What caused a change: a new recording rule looks the same as a new level of crime.'],
    compares: ['The package changepoint in R: the same cuts for the same penalty, shortest spell and φ = 1.'],
    caveats: {
      ...seriesCaveatCodes,
      'season-left': 'Too short to know the season; it is left in.',
      'over-dispersed': 'Counts vary more than Poisson; the likelihood was scaled.',
      'no-change': 'No change pays for its penalty. That is not proof of none.',
      'change-at-end': 'A change near the end of the series rests on few steps.',
    },
    parameters,
    summary: {
      step: 'Month, week or day',
      steps: 'Steps with a count',
      incidents: 'Incidents in them',
      penalty: 'Penalty used',
      dispersion: 'Variance over mean between neighbours, at least 1',
      seasonTaken: 'Whether the season was taken out',
      spells: 'Spells of one level, with the mean of a step',
      changes: 'First step of each new level, the range it may lie in, and the change with its 95 % interval',
    },
    columns: [
      { name: 'period', title: 'Step', type: 'utf8' },
      { name: 'count', title: 'Incidents', type: 'float64' },
      { name: 'level', title: 'Level', type: 'float64' },
      { name: 'expected', title: 'Level with season and length of the step', type: 'float64' },
      { name: 'spell', title: 'Spell', type: 'int32' },
    ],
    charts: [{ title: 'Spells', x: 'period', lines: ['count', 'expected', 'level'] }],
    needs: ['month'],
  },

  run(incidents, params, context, control) {
    const step = params.step as Step
    const series = readSeries(incidents, step, context, control)
    const { counts, labels } = series
    const n = counts.length
    const steps = counts.filter((count) => !Number.isNaN(count)).length
    if (steps < Math.max(FEWEST, 2 * params.shortest))
      throw new InputError(
        'E-MTH-STEPS',
        `A change can be sought in ${Math.max(FEWEST, 2 * params.shortest)} ${step}s with a count or more; here are ${steps}.`,
        { column: 'shortest', cure: 'Choose a longer period, a shorter step or a shorter spell.' },
      )
    if (series.incidents === 0)
      throw new InputError('E-MTH-FEW', 'The selection holds no incident in this period.', {
        cure: 'Choose more incidents or another period.',
      })
    const period = periods[step]
    const penalty = params.penalty === 0 ? 3 * Math.log(n) : params.penalty
    control.tick(0.8, 'Cutting')
    const settings = { penalty, shortest: params.shortest, estimated: params.variation === 'estimated' }
    const factors = params.season && n >= 3 * period ? seasonFactors(counts, series.days, period) : null
    const { starts, exposures, dispersion } = cutWithSeason(counts, series.days, factors, settings)

    const sums = prefix(counts, counts)
    const spans = prefix(exposures, counts)
    const edges = [0, ...starts, n]
    const rate = (k: number): number =>
      (sums[edges[k + 1]] - sums[edges[k]]) / (spans[edges[k + 1]] - spans[edges[k]])
    const spells = edges.slice(1).map((end, k) => ({
      from: labels[edges[k]],
      to: labels[end - 1],
      steps: end - edges[k],
      incidents: sums[end] - sums[edges[k]],
      mean: rate(k),
    }))
    const changes = starts.map((start, at) => {
      const range = rangeOf(
        sums,
        spans,
        edges[at],
        start,
        edges[at + 2],
        params.shortest,
        WITHIN * dispersion,
      )
      const [a, b] = [sums[edges[at + 2]] - sums[start], sums[start] - sums[edges[at]]]
      const ratio = rate(at + 1) / rate(at)
      const spread = Math.exp(1.96 * Math.sqrt(dispersion / a + dispersion / b))
      const given = a > 0 && b > 0
      return {
        first: labels[start],
        earliest: labels[range.earliest],
        latest: labels[range.latest],
        before: rate(at),
        after: rate(at + 1),
        changePercent: b > 0 ? 100 * (ratio - 1) : Number.NaN,
        low: given ? 100 * (ratio / spread - 1) : Number.NaN,
        high: given ? 100 * (ratio * spread - 1) : Number.NaN,
      }
    })
    const spell = new Int32Array(n)
    for (let k = 1; k < edges.length - 1; k++) spell.fill(k, edges[k])
    const level = Float64Array.from(spell, (k) => spells[k].mean)

    const caveats: Caveat[] = [...series.caveats]
    if (params.season && !factors)
      caveats.push(
        caveat(
          'season-left',
          `Three whole seasons of ${period} ${step}s are needed to know the season; it is left in and may show as changes.`,
        ),
      )
    if (dispersion > 1.5)
      caveats.push(
        caveat(
          'over-dispersed',
          `Counts vary ${dispersion.toFixed(1)} times as much as Poisson; only changes beyond that variation are given.`,
        ),
      )
    if (starts.length === 0)
      caveats.push(
        caveat(
          'no-change',
          'No change of level pays for its penalty: there is no evidence of one, which is not evidence of none.',
        ),
      )
    if (starts.length > 0 && n - starts[starts.length - 1] < 2 * params.shortest)
      caveats.push(
        caveat(
          'change-at-end',
          `The last change, from ${labels[starts[starts.length - 1]]}, rests on ${n - starts[starts.length - 1]} ${step}s and may not last.`,
        ),
      )
    return {
      summary: {
        step,
        steps,
        incidents: series.incidents,
        penalty,
        dispersion,
        seasonTaken: factors !== null,
        spells,
        changes,
      },
      columns: {
        period: labels,
        count: counts,
        level,
        expected: level.map((value, i) => value * exposures[i]),
        spell,
      },
      caveats,
    }
  },
}

/** First and last place the change may have been, others held. */
function rangeOf(
  sums: Float64Array,
  spans: Float64Array,
  from: number,
  start: number,
  end: number,
  shortest: number,
  within: number,
): { readonly earliest: number; readonly latest: number } {
  const cost = (at: number): number =>
    spellCost(sums[at] - sums[from], spans[at] - spans[from]) +
    spellCost(sums[end] - sums[at], spans[end] - spans[at])
  const limit = cost(start) + within
  let earliest = start
  let latest = start
  for (let at = from + shortest; at <= end - shortest; at++) {
    if (cost(at) > limit) continue
    if (at < earliest) earliest = at
    if (at > latest) latest = at
  }
  return { earliest, latest }
}
