import { InputError } from '#core/contract/problem.ts'

export interface Shift {
  /** `06:00–14:00`. */
  readonly name: string
  /** Minute of the day it begins at, 0–1439. */
  readonly start: number
  readonly minutes: number
}

/**
 * The shifts of a day from the hours they begin at (7.75 = 07:45); each lasts until the next, the last until the
 * first of the next day. One start is one shift of 24 hours.
 *
 * @throws InputError E-MTH-SHIFT when no start is given or one is not a whole minute
 */
export function shiftsOf(starts: readonly number[]): readonly Shift[] {
  const minutes = starts.map((hour) => Math.round(hour * 60))
  if (starts.length === 0 || starts.some((hour, k) => Math.abs(hour * 60 - minutes[k]) > 1e-6))
    throw new InputError(
      'E-MTH-SHIFT',
      starts.length === 0 ? 'No shift is given.' : 'A shift begins between two minutes.',
      { column: 'shifts', cure: 'Give the hours shifts begin at, such as 6, 14, 22; 7.75 is 07:45.' },
    )
  return minutes.map((start, k) => {
    const end = k + 1 < minutes.length ? minutes[k + 1] : minutes[0] + 1440
    return { name: `${clock(start)}–${clock(end)}`, start, minutes: end - start }
  })
}

function clock(minute: number): string {
  const inDay = minute % 1440
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`
}
