import type { Caveat } from '#core/contract/caveat.ts'
import { caveat } from '../support/caveats.ts'
import type { Chart } from './chart-limits.ts'

/** What a reader of a control chart must know of its baseline. */
export function chartCaveats(seen: {
  readonly chart: Chart
  readonly exact: boolean
  readonly wide: boolean
  readonly dispersion: { readonly index: number }
  readonly outliersInBaseline: number
  readonly steps: number
  readonly mean: number
  readonly lower: Float64Array
  readonly judged: number
  readonly step: string
}): Caveat[] {
  const { chart, step, mean } = seen
  const caveats: Caveat[] = []
  if (seen.wide && chart !== 'xmr')
    caveats.push(
      caveat(
        'over-dispersed',
        `The baseline varies ${seen.dispersion.index.toFixed(1)} times as much as Poisson counts would: ${chart} limits are too narrow and cry wolf. Use XmR.`,
      ),
    )
  if (seen.outliersInBaseline > 0)
    caveats.push(
      caveat(
        'baseline-outlier',
        `${seen.outliersInBaseline} ${step}s of the baseline lie outside its own limits: it was not ordinary throughout, and its limits may be too wide.`,
      ),
    )
  if (seen.steps < 20)
    caveats.push(
      caveat(
        'baseline-short',
        `The baseline has ${seen.steps} ${step}s; with fewer than 20 its limits are uncertain.`,
      ),
    )
  if (mean < 10 && chart !== 'xmr' && !seen.exact)
    caveats.push(
      caveat(
        'mean-small',
        `On average ${mean.toFixed(1)} incidents a ${step}: 3σ limits signal rises too often. Choose exact limits.`,
      ),
    )
  if (seen.lower.some((limit) => limit === 0))
    caveats.push(
      caveat(
        'low-limit-zero',
        `The lower limit is 0, so no single ${step} can signal a fall; only runs can.`,
      ),
    )
  if (seen.judged === 0)
    caveats.push(
      caveat('none-judged', `No ${step} with a count lies after the baseline, so nothing is judged.`),
    )
  return caveats
}
