import type { Caveat } from '#core/contract/caveat.ts'
import { caveat } from '../support/caveats.ts'
import type { BackTest } from './back-test.ts'
import { type ModelName, modelNames } from './forecast-models.ts'
import type { Series } from './series.ts'

/** What a reader of a forecast must know of its series (steps first … end − 1 were used) and its back-test. */
export function forecastCaveats(
  series: Series,
  first: number,
  end: number,
  counts: Float64Array,
  tests: readonly BackTest[],
  winner: ModelName,
  chosen: ModelName,
): Caveat[] {
  const caveats: Caveat[] = []
  const { step } = series
  if (first > 0 || end < series.counts.length)
    caveats.push(
      caveat(
        'end-blank',
        `Blank ${step}s at the ends are left out: the series runs from ${series.labels[first]} to ${series.labels[end - 1]}, and the forecast begins after it.`,
      ),
    )
  const blanks = counts.filter((count) => Number.isNaN(count)).length
  if (blanks > 0)
    caveats.push(caveat('blanks-within', `${blanks} ${step}s within the series are blank and skipped.`))
  const { judged } = tests[0]
  if (judged < 12)
    caveats.push(
      caveat(
        'back-test-short',
        `Only ${judged} forecasts could be judged, so which model is best is hardly known. Three seasons of ${step}s give a fair test.`,
      ),
    )
  if (judged > 0 && winner === 'seasonalNaive')
    caveats.push(
      caveat(
        'naive-wins',
        'No model did better in the back-test than taking the count of the season before.',
      ),
    )
  const used = tests[modelNames.indexOf(chosen)]
  if (used.judged >= 12 && used.coverage95 < 0.85)
    caveats.push(
      caveat(
        'coverage-low',
        `In the back-test the 95 % intervals held ${(100 * used.coverage95).toFixed(0)} % of the counts: they are too narrow.`,
      ),
    )
  const mean = series.incidents / (counts.length - blanks)
  if (mean < 5)
    caveats.push(
      caveat(
        'counts-few',
        `On average ${mean.toFixed(1)} incidents a ${step}: read the interval, not the forecast.`,
      ),
    )
  return caveats
}
