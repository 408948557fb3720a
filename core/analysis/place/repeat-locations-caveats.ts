import type { Caveat } from '#core/contract/caveat.ts'
import type { Context } from '#core/contract/method.ts'
import { caveat } from '../support/caveats.ts'
import { type HarmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import { MINUTES_PER_DAY, minutesOfDate } from '../support/wall-clock.ts'
import type { PlaceKeys } from './place-keys.ts'
import type { PlaceTally } from './repeat-tally.ts'

/** What has to be said with a list of repeat places. */
export function repeatLocationsCaveats(found: {
  readonly keys: PlaceKeys
  readonly tally: PlaceTally
  /** Null where no time to the next one was asked for. */
  readonly timing: { readonly timed: number; readonly untimed: number } | null
  readonly placed: number
  readonly excludedInstitutions: number
  readonly institutionsSought: boolean
  readonly institutionsHeld: boolean
  readonly weights: HarmOfIncidents | null
  readonly context: Context
  readonly words: readonly string[]
}): Caveat[] {
  const { keys, tally, placed, weights, context } = found
  const caveats: Caveat[] = []
  const say = (code: string, text: string): void => {
    caveats.push(caveat(code, text))
  }
  if (placed === 0) say('none-placed', 'No incident has a place, so there is nothing to list.')
  if (tally.snapped > 0)
    say(
      'snap-points',
      `${number(tally.snapped)} of ${number(placed)} incidents stand at a public map point: the publisher moved them there, and a map point stands for several addresses. It is not an address.`,
    )
  if (keys.areaOnly > 0)
    say(
      'area-only',
      `${number(keys.areaOnly)} incidents are placed at the centre of an area only and are left out: that is no address.`,
    )
  if (keys.unplaced > keys.areaOnly)
    say(
      'unplaced',
      `${number(keys.unplaced - keys.areaOnly)} incidents have neither an address key nor coordinates and are left out.`,
    )
  if (found.excludedInstitutions > 0)
    say(
      'institutions',
      `${number(found.excludedInstitutions)} incidents at institutions are left out (${found.words.join(', ')}).`,
    )
  if (found.institutionsSought && !found.institutionsHeld)
    say(
      'institutions-not-held',
      'The data hold neither a location nor its type: hospitals, prisons and the like could not be left out.',
    )
  const days = context.period
    ? (minutesOfDate(context.period.to) - minutesOfDate(context.period.from)) / MINUTES_PER_DAY
    : Number.NaN
  if (days < 365 || days > 366)
    say(
      'not-a-year',
      `The period is ${number(days)} days: a repeat here is two or more incidents in all of it, where the usual measure is twelve months.`,
    )
  if (tally.undated > 0)
    say('undated', `${number(tally.undated)} incidents have no date: they are counted, and have no recency.`)
  if (tally.afterPeriod > 0)
    say(
      'after-period',
      `${number(tally.afterPeriod)} incidents lie after the period: they are counted, and have no recency.`,
    )
  if (found.timing) caveats.push(...timingCaveats(found.timing))
  if (weights === null) say('no-weights', 'No table of harm weights is loaded, so harm is left blank.')
  else caveats.push(...unweightedCaveat(tally.unweighted, placed, weights))
  return caveats
}

/** What to say of incidents that are not in the time to the next one. */
export function timingCaveats({
  timed,
  untimed,
}: {
  readonly timed: number
  readonly untimed: number
}): Caveat[] {
  if (untimed === 0) return []
  return [
    timed === 0
      ? caveat(
          'timing-not-held',
          'No incident has a day within the period (published police data hold the month only): the time to the next one cannot be told.',
        )
      : caveat(
          'timing-part',
          `${number(untimed)} of ${number(timed + untimed)} incidents have no day, or lie after the period: they are not in the time to the next one.`,
        ),
  ]
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}
