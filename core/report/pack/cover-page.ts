/** The cover: what this is, for whom, of when, and how it may be handled. */
import { words } from '../figure/drawing.ts'
import { counted, dayBefore, formatDate } from '../format.ts'
import type { BlockIds } from './block-ids.ts'
import { countCell } from './cells.ts'
import type { PackInput } from './pack-input.ts'
import type { Page, Particulars } from './page-model.ts'

const defaultPurpose =
  'To direct patrol and problem solving to the few places where the offences defined below concentrate, and to show what is known of when, what and where they happen.'

/** '1 January 2023 to 31 December 2025': the last day is the day before the excluded end. */
export function periodText(period: PackInput['period']): string {
  return `${formatDate(period.from)} to ${formatDate(dayBefore(period.to))}`
}

export function coverPage(input: PackInput, ids: BlockIds): Page {
  const particulars: Particulars['rows'] = [
    { name: 'Data as at', cell: words(formatDate(input.asAt)) },
    { name: 'Period', cell: words(periodText(input.period)) },
    { name: 'Definition', cell: words(`${input.definition.name}, version ${input.definition.version}`) },
    { name: 'Selection', cell: words(input.filterSentence) },
    { name: 'Incidents selected', cell: countCell(input.selected) },
    { name: 'Hotspots', cell: countCell(input.hotspots.length, 'hotspots') },
    {
      name: 'Harm weights',
      cell: words(input.weights ? `${input.weights.name}, version ${input.weights.version}` : 'none loaded'),
    },
    { name: 'Data', cell: words(`${input.data.name} (${counted(input.data.files.length, 'file')})`) },
    { name: 'Prepared by', cell: words(input.author || 'not stated') },
    { name: 'Originator', cell: words(input.marking.originator || 'not stated') },
    ...(input.reviewBy ? [{ name: 'Review by', cell: words(formatDate(input.reviewBy)) }] : []),
  ]
  return {
    id: 'cover',
    name: 'Cover',
    blocks: [
      { kind: 'space', height: 60 },
      { kind: 'heading', level: 1, text: input.title, over: input.force, large: true },
      {
        kind: 'paragraph',
        id: ids.next('S'),
        style: 'lead',
        text: `Hotspot briefing pack: ${input.definition.name}`,
        numbers: [],
      },
      { kind: 'space', height: 26 },
      { kind: 'particulars', id: ids.next('T'), rows: particulars },
      { kind: 'space', height: 18 },
      { kind: 'heading', level: 2, text: 'What this pack is for' },
      {
        kind: 'paragraph',
        id: ids.next('S'),
        style: 'body',
        text: input.purpose || defaultPurpose,
        numbers: [],
      },
      { kind: 'space', height: 8 },
      { kind: 'heading', level: 2, text: 'How to read it' },
      {
        kind: 'list',
        items: [
          'A hotspot is a place where recorded incidents concentrate over the period. It describes the past; it does not foretell what will happen there.',
          'It says nothing about any person. Being in a hotspot is not in itself grounds for a stop or a search: PACE Code A still asks for grounds about the person.',
          'Recorded incidents are not all incidents. What is not reported, not recorded or not well placed on the map is not here.',
          '“Not known” means the data do not say. It never means none.',
        ],
      },
      { kind: 'space', height: 10 },
      {
        kind: 'notice',
        title: 'Handling',
        text: input.marking.handling || 'No handling instruction stated.',
      },
    ],
  }
}
