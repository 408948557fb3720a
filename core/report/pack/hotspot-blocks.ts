/** The blocks of a hotspot page; each is either its figure or the plain sentence that says why there is none. */
import type { RepeatLocationsSummary } from '#core/contract/results.ts'
import { type Cell, measure, words } from '../figure/drawing.ts'
import { hourWeekdayFigure, windowText } from '../figure/hour-weekday-figure.ts'
import { offenceMixFigure } from '../figure/offence-mix-figure.ts'
import { paper } from '../figure/palette.ts'
import { persistenceFigure } from '../figure/persistence-figure.ts'
import { trendFigure } from '../figure/trend-figure.ts'
import { formatChange, formatDate, formatMonth, formatNumber, smallestBase } from '../format.ts'
import type { BlockIds } from './block-ids.ts'
import { countCell, harmCell, shareCell } from './cells.ts'
import type { Answer, PackHotspot, PackInput } from './pack-input.ts'
import type { Block, Sentence } from './page-model.ts'
import { joinSentences, sentence } from './sentence.ts'

function refusal(title: string, answer: { readonly sentence: string }): Block {
  return { kind: 'notice', title, text: answer.sentence }
}

/** When: 168 squares, the three windows, and what could not be used. */
export function whenBlocks(page: PackHotspot, ids: BlockIds, width: number): Block[] {
  const { hourWeekday } = page
  if (hourWeekday.kind === 'refused') return [refusal('When', hourWeekday)]
  const { summary, provenance } = hourWeekday
  const windows = summary.windows.slice(0, 3)
  const shown = { ...summary, windows }
  const leftOut = summary.excludedNoTime + summary.excludedLongSpan
  const note = sentence`${['Incidents with a usable time', countCell(summary.used)]} incidents have a usable time; ${['Incidents left out of the hours', countCell(leftOut)]} left out (no time, or a span too long).`
  return [
    {
      kind: 'figure',
      id: ids.next('F'),
      title: 'When: hour and day',
      drawing: hourWeekdayFigure({ width, height: 112, palette: paper, summary: shown }),
      provenance,
    },
    windows.length
      ? {
          kind: 'table',
          id: ids.next('T'),
          title: 'Top three windows',
          table: {
            columns: [
              { title: 'No.', align: 'left', share: 22 },
              { title: 'Window', align: 'left', share: 108 },
              { title: 'Incidents', align: 'right', share: 40 },
              { title: 'Share', align: 'right', share: 36 },
            ],
            rows: windows.map((window, i) => [
              words(String(i + 1)),
              words(windowText(window)),
              measure(window.weight, formatNumber(window.weight, 1), 'incidents (aoristic)'),
              shareCell(window.share, 'incidents with a usable time'),
            ]),
          },
          rowHeader: 1,
          lines: 1,
          provenance,
        }
      : {
          kind: 'notice',
          title: 'Top three windows',
          text: 'No window stands out: too few incidents have a usable time.',
        },
    {
      kind: 'paragraph',
      id: ids.next('S'),
      style: 'small',
      text: note.text,
      numbers: note.numbers,
      provenance,
    },
  ]
}

/** Last 12 months against the 12 before, with the interval, or why no change is given. */
export function trendSentence(answer: Extract<PackHotspot['trend'], { kind: 'answer' }>): Sentence {
  const { last12, prior12, change, changePercent, changeLow, changeHigh, undated } = answer.summary
  const last = ['Last 12 months', countCell(last12.count)] as const
  const prior = ['12 months before', countCell(prior12.count)] as const
  const parts = [sentence`Last 12 months: ${last}; 12 months before: ${prior}.`]
  const percent = (value: number): Cell => measure(value, `${formatChange(value, 1)}%`, 'percent')
  if (prior12.count < smallestBase)
    parts.push(sentence`No percentage is given on a base under ${String(smallestBase)}.`)
  else if (!Number.isFinite(changePercent))
    parts.push(sentence`No percentage is given: the 24 months compared are not all whole and in the files.`)
  else {
    const difference = ['Change', measure(change, formatChange(change), 'incidents')] as const
    const inPercent = ['Change in percent', percent(changePercent)] as const
    if (Number.isFinite(changeLow) && Number.isFinite(changeHigh)) {
      const low = ['Lower end of the interval', percent(changeLow)] as const
      const high = ['Upper end of the interval', percent(changeHigh)] as const
      parts.push(sentence`Change ${difference} (${inPercent}; 95% interval ${low} to ${high}).`)
      parts.push(
        changeLow <= 0 && changeHigh >= 0
          ? sentence`The interval spans no change, so it may be chance.`
          : sentence`The interval excludes no change.`,
      )
    } else parts.push(sentence`Change ${difference} (${inPercent}); no interval could be given.`)
  }
  if (undated > 0)
    parts.push(sentence`${['Incidents without a month', countCell(undated)]} without a month are left out.`)
  return joinSentences(parts)
}

export function trendBlocks(page: PackHotspot, ids: BlockIds): Block[] {
  const { trend } = page
  if (trend.kind === 'refused') return [refusal('Trend', trend)]
  const text = trendSentence(trend)
  return [
    {
      kind: 'figure',
      id: ids.next('F'),
      title: 'Trend: incidents a month',
      drawing: trendFigure({ width: 511, height: 94, palette: paper, summary: trend.summary }),
      provenance: trend.provenance,
    },
    {
      kind: 'paragraph',
      id: ids.next('S'),
      style: 'small',
      text: text.text,
      numbers: text.numbers,
      provenance: trend.provenance,
    },
  ]
}

export function mixBlock(page: PackHotspot, input: PackInput, ids: BlockIds, width: number): Block {
  const { offenceMix } = page
  if (offenceMix.kind === 'refused') return refusal('What', offenceMix)
  return {
    kind: 'figure',
    id: ids.next('F'),
    title: input.weights ? 'What: offences and harm' : 'What: offences (no harm weights are loaded)',
    drawing: offenceMixFigure({
      width,
      height: 82,
      palette: paper,
      summary: offenceMix.summary,
      most: 6,
      ...(input.weights && { harmUnit: input.weights.unit }),
    }),
    provenance: offenceMix.provenance,
  }
}

export function persistenceBlock(page: PackHotspot, input: PackInput, ids: BlockIds, width: number): Block {
  const { byYear } = page.hotspot
  if (byYear.length < 2)
    return {
      kind: 'notice',
      title: 'Persistence',
      text: 'Whether the place is hot year after year cannot be said of less than two whole years. A longer period would fill this.',
    }
  return {
    kind: 'figure',
    id: ids.next('F'),
    title: 'Persistence: incidents a year',
    drawing: persistenceFigure({
      width,
      height: 82,
      palette: paper,
      labels: byYear.map((_, i) => input.summary.yearLabels[i] ?? `Year ${i + 1}`),
      counts: byYear,
    }),
    provenance: input.provenance,
  }
}

const mostRepeats = 4

interface LetteredPlace {
  readonly letter: string
  readonly name: string
  readonly x: number
  readonly y: number
}

/** The repeat places of the table with their letters, for the map. */
export function repeatLetters({ repeats }: PackHotspot): LetteredPlace[] {
  if (repeats.kind === 'refused') return []
  return repeatRows(repeats).map((row, i) => ({
    letter: String.fromCharCode(65 + i),
    name: row.location,
    x: row.easting,
    y: row.northing,
  }))
}

type Repeats = Extract<Answer<RepeatLocationsSummary>, { kind: 'answer' }>

function repeatRows({ summary }: Repeats) {
  return summary.rows.filter(({ count }) => count > 1).slice(0, mostRepeats)
}

export function repeatsBlocks(page: PackHotspot, input: PackInput, ids: BlockIds): Block[] {
  const { repeats } = page
  if (repeats.kind === 'refused') return [refusal('Repeat places', repeats)]
  const rows = repeatRows(repeats)
  if (rows.length === 0)
    return [
      {
        kind: 'notice',
        title: 'Repeat places',
        text: 'No place in this hotspot has more than one incident in the period.',
      },
    ]
  const withHarm = input.weights !== undefined
  const share = [
    'Share of incidents at repeat places',
    shareCell(repeats.summary.shareAtRepeatPlaces, 'incidents'),
  ] as const
  const basis = sentence`Told apart by ${lowerFirst(repeats.summary.basis)}.`
  const note = Number.isFinite(repeats.summary.shareAtRepeatPlaces)
    ? joinSentences([sentence`${share} of incidents here are at places with more than one.`, basis])
    : basis
  return [
    {
      kind: 'table',
      id: ids.next('T'),
      title: 'Repeat places',
      table: {
        columns: [
          { title: '', align: 'left', share: 16 },
          { title: 'Place', align: 'left', share: 170 },
          { title: 'Mostly', align: 'left', share: 118 },
          { title: 'Incidents', align: 'right', share: 46 },
          { title: 'Share', align: 'right', share: 40 },
          ...(withHarm ? [{ title: 'Harm', align: 'right' as const, share: 46 }] : []),
          { title: 'Last', align: 'right', share: 74 },
        ],
        rows: rows.map((row, i) => [
          words(String.fromCharCode(65 + i)),
          words(row.location || 'not named'),
          words(row.offence || '–'),
          countCell(row.count),
          shareCell(row.share, 'incidents in the hotspot'),
          ...(withHarm && input.weights ? [harmCell(row.harm, input.weights.unit)] : []),
          words(input.data.timePrecision === 'month' ? formatMonth(row.last) : formatDate(row.last)),
        ]),
      },
      rowHeader: 1,
      lines: 1,
      provenance: repeats.provenance,
    },
    { kind: 'paragraph', id: ids.next('S'), style: 'small', ...note, provenance: repeats.provenance },
  ]
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
