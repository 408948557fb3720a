/** What an import counts while it goes: rows per file, places, times, and incidents by force and month. */
import { dateOf, minutesOf, monthIndex } from '#core/analysis/support/wall-clock.ts'
import { NO_TIME } from '#core/contract/incident.ts'
import type { PlaceBuilder } from './place-builder.ts'
import type { TimesBuilder } from './times-builder.ts'

export interface Tally {
  identical: number
  repeatedRef: number
  dropped: number
  read: number
  kept: number
  located: number
  firstFrom: number
  lastFrom: number
  /** Incidents by index of their time precision. */
  readonly byPrecision: number[]
  /** West, south, east, north of the located incidents; infinite while there is none. */
  readonly box: [number, number, number, number]
  readonly files: { rows: number; kept: number }[]
  /** Incidents by force code, and by month index within it. */
  readonly months: Map<number, Map<number, number>>
  /** For each file, dated incidents by force code: whose file it is. */
  readonly fileForces: Map<number, number>[]
  addRows(file: number, read: number, kept: number): void
  addIncidents(
    places: PlaceBuilder,
    times: TimesBuilder,
    force: Uint32Array | undefined,
    from: number,
    to: number,
  ): void
}

export function createTally(): Tally {
  let file = 0
  const tally: Tally = {
    identical: 0,
    repeatedRef: 0,
    dropped: 0,
    read: 0,
    kept: 0,
    located: 0,
    firstFrom: NO_TIME,
    lastFrom: NO_TIME,
    byPrecision: [0, 0, 0, 0],
    box: [
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ],
    files: [],
    months: new Map(),
    fileForces: [],
    addRows(index, read, kept) {
      file = index
      tally.files[index] ??= { rows: 0, kept: 0 }
      tally.files[index].rows += read
      tally.files[index].kept += kept
      tally.read += read
      tally.kept += kept
    },
    addIncidents(places, times, force, from, to) {
      addPlaces(tally, places, from, to)
      addMonths(tally, times, force, from, to, file)
    },
  }
  return tally
}

function addPlaces(tally: Tally, places: PlaceBuilder, from: number, to: number): void {
  const { easting, northing } = places
  const { box } = tally
  for (let row = from; row < to; row++) {
    const x = easting[row]
    const y = northing[row]
    if (Number.isNaN(x)) continue
    tally.located++
    if (x < box[0]) box[0] = x
    if (y < box[1]) box[1] = y
    if (x > box[2]) box[2] = x
    if (y > box[3]) box[3] = y
  }
}

function addMonths(
  tally: Tally,
  times: TimesBuilder,
  force: Uint32Array | undefined,
  from: number,
  to: number,
  file: number,
): void {
  const { occurredFrom, timePrecision } = times
  tally.fileForces[file] ??= new Map()
  const forces = tally.fileForces[file]
  // A run of rows of one force and month.
  let run = 0
  let runForce = -1
  let month = 0
  let monthStart = 0
  let monthEnd = 0
  for (let row = from; row < to; ) {
    const minutes = occurredFrom[row]
    const quality = timePrecision[row]
    const code = force ? force[row] : 0
    // Rows of a file follow each other in time and force: those that are the same are counted at once.
    let end = row + 1
    while (
      end < to &&
      occurredFrom[end] === minutes &&
      timePrecision[end] === quality &&
      (!force || force[end] === code)
    )
      end++
    const rows = end - row
    row = end
    tally.byPrecision[quality] += rows
    if (minutes === NO_TIME) continue
    if (tally.firstFrom === NO_TIME || minutes < tally.firstFrom) tally.firstFrom = minutes
    if (minutes > tally.lastFrom) tally.lastFrom = minutes
    if (minutes < monthStart || minutes >= monthEnd || code !== runForce) {
      addRun(tally, forces, runForce, month, run)
      run = 0
      runForce = code
      const date = dateOf(minutes)
      month = monthIndex(minutes)
      monthStart = minutesOf(date.year, date.month, 1)
      monthEnd = date.month === 12 ? minutesOf(date.year + 1, 1, 1) : minutesOf(date.year, date.month + 1, 1)
    }
    run += rows
  }
  addRun(tally, forces, runForce, month, run)
}

function addRun(tally: Tally, forces: Map<number, number>, force: number, month: number, rows: number): void {
  if (rows === 0) return
  const months = tally.months.get(force) ?? new Map<number, number>()
  tally.months.set(force, months)
  months.set(month, (months.get(month) ?? 0) + rows)
  forces.set(force, (forces.get(force) ?? 0) + rows)
}
