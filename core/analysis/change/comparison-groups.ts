import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { locateAreas } from '../space/polygon.ts'
import { caveat } from '../support/caveats.ts'

export interface Groups {
  readonly names: readonly string[]
  /** Group of each incident, −1 for none; null when there is one group. */
  readonly groupOf: Int32Array | null
  readonly caveats: readonly Caveat[]
}

/** What is compared: everything, the words of a column or the areas. @throws InputError E-MTH-COLUMN, E-MTH-AREA */
export function groupsOf(incidents: Incidents, groups: string, column: string, context: Context): Groups {
  if (groups === 'column') return wordsOf(incidents, column)
  if (groups === 'area') return areasOf(incidents, context)
  return { names: ['All'], groupOf: null, caveats: [] }
}

function wordsOf(incidents: Incidents, column: string): Groups {
  const dictionary = incidents.dictionaries[column]
  if (!dictionary)
    throw new InputError('E-MTH-COLUMN', `The incidents have no column “${column}”.`, {
      column: 'column',
      cure: `Columns are: ${Object.keys(incidents.dictionaries).join(', ')}.`,
    })
  const { codes, words } = dictionary
  const seen = new Uint8Array(words.length)
  let blank = 0
  for (let row = 0; row < incidents.length; row++) {
    if (incidents.mask[row] === 0) continue
    if (codes[row] === 0) blank++
    else seen[codes[row]] = 1
  }
  const held = words
    .map((word, code) => ({ word, code }))
    .filter(({ code }) => seen[code] === 1)
    .sort((a, b) => (a.word < b.word ? -1 : 1))
  const groupOfCode = new Int32Array(words.length).fill(-1)
  held.forEach(({ code }, group) => {
    groupOfCode[code] = group
  })
  const groupOf = Int32Array.from({ length: incidents.length }, (_, row) => groupOfCode[codes[row]])
  return { names: held.map(({ word }) => word), groupOf, caveats: none(blank, `no ${column}`) }
}

function areasOf(incidents: Incidents, context: Context): Groups {
  const areas = context.studyArea?.areas ?? []
  if (areas.length === 0)
    throw new InputError('E-MTH-AREA', 'There is no study area, so areas cannot be compared.', {
      column: 'groups',
      cure: 'Load boundaries of wards or other areas first.',
    })
  const groupOf = locateAreas(areas, incidents.x, incidents.y, incidents.mask)
  let outside = 0
  for (let row = 0; row < incidents.length; row++)
    if (incidents.mask[row] === 1 && groupOf[row] < 0) outside++
  return {
    names: areas.map(({ name, code }) => name || code),
    groupOf,
    caveats: none(outside, 'no place in any of the areas'),
  }
}

function none(count: number, what: string): Caveat[] {
  return count === 0
    ? []
    : [
        caveat(
          'group-missing',
          `${count.toLocaleString('en-GB')} of the incidents selected have ${what} and are in no group.`,
        ),
      ]
}
