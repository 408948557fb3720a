import { MISSING_CODE, NO_TIME } from '#core/contract/incident.ts'
import type { Incidents } from '#core/contract/method.ts'
import type { RepeatLocationsSummary } from '#core/contract/results.ts'
import { dateLabel } from '../support/wall-clock.ts'
import { OFFENCE_NOT_RECORDED } from './offence-mix.ts'
import { type PlaceKeys, placeKey } from './place-keys.ts'
import type { PlaceTally } from './repeat-tally.ts'

/**
 * The listed repeat places, in order. Texts and offences are looked up for these alone, in one more pass.
 *
 * @param placed incidents with a place: what a share is of
 */
export function repeatRows(
  incidents: Incidents,
  { placeOf, firstRow }: PlaceKeys,
  tally: PlaceTally,
  placed: number,
  params: { readonly order: string; readonly top: number; readonly minimum: number },
): RepeatLocationsSummary['rows'] {
  const repeats: number[] = []
  for (let place = 0; place < tally.count.length; place++)
    if (tally.count[place] >= params.minimum) repeats.push(place)
  const score =
    params.order === 'harm' ? tally.harm : params.order === 'recency' ? tally.recency : tally.count
  const compare = (a: number, b: number): number =>
    above(score[b]) - above(score[a]) || tally.count[b] - tally.count[a]
  repeats.sort(compare)
  // Keys are texts: made only for the places that can be listed, all that tie with the last one included.
  let kept = Math.min(params.top, repeats.length)
  while (kept > 0 && kept < repeats.length && compare(repeats[kept - 1], repeats[kept]) === 0) kept++
  const listed = repeats
    .slice(0, kept)
    .map((place) => ({ place, key: placeKey(incidents, firstRow[place]) }))
    .sort((a, b) => compare(a.place, b.place) || (a.key < b.key ? -1 : 1))
    .slice(0, params.top)

  const rankOf = new Int32Array(tally.count.length).fill(-1)
  listed.forEach(({ place }, rank) => {
    rankOf[place] = rank
  })
  const texts = commonWords(incidents, placeOf, rankOf, listed.length, 'location')
  const offences = commonWords(incidents, placeOf, rankOf, listed.length, 'offence')
  const centres = centresOf(incidents, placeOf, rankOf, listed.length)
  return listed.map(({ place, key }, rank) => ({
    location: texts[rank] || key,
    key,
    count: tally.count[place],
    harm: tally.harm[place],
    share: tally.count[place] / placed,
    easting: centres[2 * rank],
    northing: centres[2 * rank + 1],
    first: tally.first[place] === NO_TIME ? '' : dateLabel(tally.first[place]),
    last: tally.last[place] === NO_TIME ? '' : dateLabel(tally.last[place]),
    recency: tally.recency[place],
    offence: offences[rank] || OFFENCE_NOT_RECORDED,
  }))
}

/** NaN last; sums that differ only by the order they were added in are equal. */
function above(score: number): number {
  return Number.isNaN(score) ? -1 : Math.round(score * 1e9) / 1e9
}

/** The most frequent word of a column at each listed place, first by name among equals; '' where none is recorded. */
function commonWords(
  { length, dictionaries }: Incidents,
  placeOf: Int32Array,
  rankOf: Int32Array,
  listed: number,
  column: string,
): string[] {
  const found = new Array<string>(listed).fill('')
  if (!Object.hasOwn(dictionaries, column)) return found
  const { codes, words } = dictionaries[column]
  const tallies = Array.from({ length: listed }, () => new Map<number, number>())
  for (let row = 0; row < length; row++) {
    const rank = placeOf[row] < 0 ? -1 : rankOf[placeOf[row]]
    if (rank < 0 || codes[row] === MISSING_CODE) continue
    tallies[rank].set(codes[row], (tallies[rank].get(codes[row]) ?? 0) + 1)
  }
  tallies.forEach((tally, rank) => {
    let most = 0
    for (const [code, count] of tally)
      if (count > most || (count === most && words[code] < found[rank])) {
        most = count
        found[rank] = words[code]
      }
  })
  return found
}

/** Mean coordinates of each listed place, to a tenth of a metre; NaN where it has none. */
function centresOf(
  { length, x, y }: Incidents,
  placeOf: Int32Array,
  rankOf: Int32Array,
  listed: number,
): Float64Array {
  const centres = new Float64Array(2 * listed)
  const located = new Uint32Array(listed)
  for (let row = 0; row < length; row++) {
    const rank = placeOf[row] < 0 ? -1 : rankOf[placeOf[row]]
    if (rank < 0 || !Number.isFinite(x[row]) || !Number.isFinite(y[row])) continue
    centres[2 * rank] += x[row]
    centres[2 * rank + 1] += y[row]
    located[rank]++
  }
  for (let at = 0; at < centres.length; at++)
    centres[at] = Math.round((10 * centres[at]) / located[at >> 1]) / 10
  return centres
}
