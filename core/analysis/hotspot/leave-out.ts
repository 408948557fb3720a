import type { Caveat } from '#core/contract/caveat.ts'
import { FLAG_NO, FLAG_UNKNOWN, FLAG_YES, precisions } from '#core/contract/incident.ts'
import type { Control, Incidents } from '#core/contract/method.ts'
import { caveat } from '../support/caveats.ts'
import { matchingWords } from './place-words.ts'

export interface LeaveOutChoice {
  readonly excludedPlaces: readonly string[]
  readonly publicSpaceOnly: boolean
  readonly nonDomesticOnly: boolean
}

export interface LeftOut {
  /** The mask less what was left out. */
  readonly mask: Uint8Array
  readonly excluded: readonly { readonly reason: string; readonly incidents: number }[]
  readonly caveats: readonly Caveat[]
}

const AREA_ONLY = precisions.indexOf('area')
const ROWS_PER_TICK = 1 << 17

/**
 * Leaves out what a patrol cannot meet in the street: incidents recorded as domestic or as not in a public space,
 * those at the named kinds of place (whose address collects records that happened elsewhere), and those placed at
 * the centre of an area only. Each is counted once, under the first reason that holds, in that order. A flag that was
 * not recorded is neither yes nor no: those incidents stay in, and a caveat says how many.
 */
export function leaveOut(incidents: Incidents, choice: LeaveOutChoice, control: Control): LeftOut {
  const { length, precision } = incidents
  const domestic = choice.nonDomesticOnly ? incidents.flags.domestic : undefined
  const publicSpace = choice.publicSpaceOnly ? incidents.flags.publicSpace : undefined
  const types = wordsOf(incidents, 'locationType', choice.excludedPlaces)
  const places = wordsOf(incidents, 'location', choice.excludedPlaces)
  const typeWord = types?.word ?? new Int32Array(0)
  const placeWord = places?.word ?? new Int32Array(0)
  // Nothing to look up, row by row, where no word of the column is left out.
  const typeCodes = typeWord.some((word) => word >= 0) ? types?.codes : undefined
  const placeCodes = placeWord.some((word) => word >= 0) ? places?.codes : undefined
  const mask = incidents.mask.slice()
  const byWord = new Float64Array(choice.excludedPlaces.length)
  let [selected, domesticOut, privateOut, areaOnly, domesticUnknown, publicUnknown] = [0, 0, 0, 0, 0, 0]
  for (let from = 0; from < length; from += ROWS_PER_TICK) {
    const to = Math.min(length, from + ROWS_PER_TICK)
    for (let i = from; i < to; i++) {
      if (mask[i] === 0) continue
      selected++
      let word = typeCodes === undefined ? -1 : typeWord[typeCodes[i]]
      if (word < 0 && placeCodes !== undefined) word = placeWord[placeCodes[i]]
      if (domestic !== undefined && domestic[i] === FLAG_YES) domesticOut++
      else if (publicSpace !== undefined && publicSpace[i] === FLAG_NO) privateOut++
      else if (word >= 0) byWord[word]++
      else if (precision[i] === AREA_ONLY) areaOnly++
      else {
        if (domestic !== undefined && domestic[i] === FLAG_UNKNOWN) domesticUnknown++
        if (publicSpace !== undefined && publicSpace[i] === FLAG_UNKNOWN) publicUnknown++
        continue
      }
      mask[i] = 0
    }
    control.tick(to / length, 'Leaving out places and flags')
  }
  const excluded = [
    { reason: 'Recorded as domestic', incidents: domesticOut },
    { reason: 'Recorded as not in a public space', incidents: privateOut },
    ...choice.excludedPlaces.map((word, k) => ({ reason: `Location: ${word}`, incidents: byWord[k] })),
    { reason: 'Placed at the centre of an area only', incidents: areaOnly },
  ]
  return {
    mask,
    excluded: excluded.filter((each) => each.incidents > 0),
    caveats: [
      ...flagCaveats('domestic', choice.nonDomesticOnly, domestic, domesticUnknown, selected),
      ...flagCaveats('public-space', choice.publicSpaceOnly, publicSpace, publicUnknown, selected),
      ...(choice.excludedPlaces.length > 0 && types === null && places === null
        ? [
            caveat(
              'places-not-held',
              'The data hold neither a location nor its type: hospitals, prisons and the like could not be left out.',
            ),
          ]
        : []),
    ],
  }
}

/** For each word of a column the index of the kind of place it names, −1 for none; null where nothing is looked for. */
export function wordsOf(
  incidents: Incidents,
  column: 'locationType' | 'location',
  wanted: readonly string[],
): { codes: Uint32Array | Uint16Array; word: Int32Array } | null {
  const dictionary = incidents.dictionaries[column]
  if (dictionary === undefined || wanted.length === 0) return null
  return { codes: dictionary.codes, word: matchingWords(dictionary.words, wanted, column) }
}

function flagCaveats(
  flag: 'domestic' | 'public-space',
  asked: boolean,
  held: Uint8Array | undefined,
  unknown: number,
  selected: number,
): Caveat[] {
  if (!asked) return []
  const what = flag === 'domestic' ? 'domestic incidents' : 'incidents away from public space'
  if (held === undefined)
    return [
      caveat(
        `${flag}-not-held`,
        `The data do not say which are ${what}: none could be left out, all are counted.`,
      ),
    ]
  if (unknown === 0) return []
  return [
    caveat(
      `${flag}-unknown`,
      `${unknown.toLocaleString('en-GB')} of ${selected.toLocaleString('en-GB')} incidents do not say whether they are ${what}; they are counted.`,
    ),
  ]
}
