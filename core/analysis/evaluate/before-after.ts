import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { checkPeriods, type Period, readPeriod } from './periods.ts'

/** The two periods of a before–after comparison, half-open: the end day itself is not in. */
export const beforeAfterParameters = {
  beforeFrom: {
    type: 'date',
    title: 'Before: first day',
    default: '',
    why: 'Only the analyst knows when the work began; there is no default.',
  },
  beforeTo: {
    type: 'date',
    title: 'Before: day after the last',
    default: '',
    why: 'Half-open, so that the next period can begin on the same date.',
  },
  afterFrom: {
    type: 'date',
    title: 'After: first day',
    default: '',
    why: 'The day the work began; a gap for settling in is allowed.',
  },
  afterTo: {
    type: 'date',
    title: 'After: day after the last',
    default: '',
    why: 'Best a whole year after the same months of a whole year before.',
  },
} as const

export interface BeforeAfter {
  readonly before: Period
  readonly after: Period
  readonly caveats: readonly Caveat[]
}

/** @throws InputError E-EVL-PERIOD, E-EVL-ORDER, E-EVL-OVERLAP, E-EVL-MISSING, E-EVL-MONTH-ONLY, E-DATE-ISO */
export function readBeforeAfter(
  params: {
    readonly beforeFrom: string
    readonly beforeTo: string
    readonly afterFrom: string
    readonly afterTo: string
  },
  incidents: Incidents,
  context: Context,
): BeforeAfter {
  const before = readPeriod(params.beforeFrom, params.beforeTo, 'period before')
  const after = readPeriod(params.afterFrom, params.afterTo, 'period after')
  if (after.from < before.from)
    throw new InputError('E-EVL-ORDER', 'The period called after begins before the period called before.', {
      cure: 'Swap the two periods.',
    })
  return { before, after, caveats: checkPeriods([before, after], incidents, context) }
}

/** 1 in the period before, 2 in the period after, 0 in neither. */
export function sideOf(minutes: number, { before, after }: BeforeAfter): 0 | 1 | 2 {
  if (minutes >= before.from && minutes < before.to) return 1
  if (minutes >= after.from && minutes < after.to) return 2
  return 0
}
