/** One hotspot, one page: where, when, what, trend, repeat places, persistence. */
import { fitText } from '../figure/text-width.ts'
import type { BlockIds } from './block-ids.ts'
import { caveatsOf, type NumberedCaveat } from './caveat-list.ts'
import {
  areaCell,
  areaShareCell,
  changeCell,
  countCell,
  metresCell,
  probabilityCell,
  scoreCell,
  shareCell,
} from './cells.ts'
import { mixBlock, persistenceBlock, repeatsBlocks, trendBlocks, whenBlocks } from './hotspot-blocks.ts'
import { hotspotMap } from './hotspot-map.ts'
import type { MapParts } from './map-parts.ts'
import { yearsCell } from './overview-page.ts'
import type { PackHotspot, PackInput } from './pack-input.ts'
import type { Block, KeyFacts, Page, Sentence } from './page-model.ts'
import { joinSentences, sentence } from './sentence.ts'

export function hotspotPage(
  input: PackInput,
  page: PackHotspot,
  parts: MapParts,
  caveats: readonly NumberedCaveat[],
  ids: BlockIds,
): Page {
  const { hotspot, name } = page
  const where = joinSentences(
    [
      ...(hotspot.area ? [sentence`${hotspot.area}`] : []),
      sentence`${['Cells', countCell(hotspot.cells.length, 'cells')]} ${hotspot.cells.length === 1 ? 'cell' : 'cells'}`,
      sentence`centre ${['Easting of the centre', metresCell(hotspot.x)]} E ${['Northing of the centre', metresCell(hotspot.y)]} N`,
      sentence`${hotspot.id}`,
    ],
    ' · ',
  )
  const blocks: Block[] = [
    {
      kind: 'heading',
      level: 1,
      text: fitText(name, 440, 19, 'bold'),
      rank: String(hotspot.rank),
    },
    { kind: 'paragraph', id: ids.next('S'), style: 'small', ...where, provenance: input.provenance },
    { kind: 'keyFacts', id: ids.next('K'), facts: keyFacts(input, page), provenance: input.provenance },
    {
      kind: 'columns',
      share: 0.5847,
      left: [
        {
          kind: 'figure',
          id: ids.next('F'),
          title: 'Where',
          drawing: hotspotMap(input, page, parts, 286, 224),
          provenance: input.provenance,
        },
      ],
      right: whenBlocks(page, ids, 203),
    },
    ...trendBlocks(page, ids),
    {
      kind: 'columns',
      share: 0.5847,
      left: [mixBlock(page, input, ids, 286)],
      right: [persistenceBlock(page, input, ids, 203)],
    },
    ...repeatsBlocks(page, input, ids),
    caveatParagraph(page, caveats, ids),
  ]
  return { id: `hotspot-${String(hotspot.rank).padStart(2, '0')}`, name: `${hotspot.rank} ${name}`, blocks }
}

function keyFacts(input: PackInput, page: PackHotspot): KeyFacts['facts'] {
  const { hotspot, trend } = page
  const change =
    trend.kind === 'answer'
      ? changeCell(trend.summary.changePercent, trend.summary.prior12.count)
      : changeCell(Number.NaN, Number.NaN)
  const shown = Number.isFinite(change.value) && change.text.endsWith('%')
  return [
    {
      label: 'Incidents',
      cell: countCell(hotspot.count),
      note: sentence`${['Share of all incidents', shareCell(hotspot.shareOfCount, 'incidents')]} of all`,
    },
    input.weights
      ? {
          label: 'Of all harm',
          cell: shareCell(hotspot.shareOfHarm, 'harm'),
          note: sentence`${input.weights.name}`,
        }
      : {
          label: 'Rank',
          cell: countCell(hotspot.rank, 'rank'),
          note: sentence`of ${['Hotspots in the pack', countCell(input.hotspots.length, 'hotspots')]} by ${input.summary.score}`,
        },
    {
      label: 'Change in 12 months',
      cell: shown ? change : { ...change, text: '–' },
      note: shown ? sentence`on the 12 before` : sentence`not given, see Trend`,
    },
    {
      label: 'Years hot',
      cell: yearsCell(hotspot.yearsInTop, hotspot.years),
      note: hotspot.years > 1 ? sentence`among the top cells` : sentence`needs two whole years`,
    },
    {
      label: 'Gi* (largest z)',
      cell: scoreCell(hotspot.z, 'z'),
      note: sentence`adjusted p ${['Adjusted p of Gi*', probabilityCell(hotspot.qValue, 'probability')]}`,
    },
    {
      label: 'Area',
      cell: { ...areaCell(hotspot.areaKm2), text: `${areaCell(hotspot.areaKm2).text} km²` },
      note: sentence`${['Share of the area', areaShareCell(hotspot.shareOfArea)]} of the area`,
    },
  ]
}

/** Words that belong to this page alone come first and in full; the rest are named by number. */
function caveatParagraph(page: PackHotspot, caveats: readonly NumberedCaveat[], ids: BlockIds): Block {
  const own = caveatsOf(page)
  const numberOf = (code: string): string => caveats.find((caveat) => caveat.code === code)?.number ?? ''
  const variable = own.filter(({ code }) => caveats.find((caveat) => caveat.code === code)?.varies)
  const rest = own.filter((caveat) => !variable.includes(caveat))
  const full: string[] = []
  const named: string[] = []
  let room = 320
  for (const { code, text } of [...variable, ...rest]) {
    if (text.length + 5 <= room) {
      full.push(`${numberOf(code)}: ${text}`)
      room -= text.length + 5
    } else if (!named.includes(numberOf(code))) named.push(numberOf(code))
  }
  const text = own.length
    ? `Read with care. ${full.join(' ')}${named.length ? ` Also ${named.join(', ')}.` : ''} In full under Method and data.`
    : 'No caveat was raised by the methods on this page. Definitions and limits are under Method and data.'
  const words = joinSentences([...mismatch(page), { text, numbers: [] }])
  return { kind: 'paragraph', id: ids.next('S'), style: 'small', ...words }
}

/** Where the blocks count other incidents than the hotspot was made of, the page must say so. */
function mismatch({ hotspot, offenceMix }: PackHotspot): Sentence[] {
  if (offenceMix.kind === 'refused' || offenceMix.summary.incidents === hotspot.count) return []
  const here = ['Incidents counted in the blocks', countCell(offenceMix.summary.incidents)] as const
  const own = ['Incidents of the hotspot', countCell(hotspot.count)] as const
  return [
    sentence`The offences on this page add up to ${here} incidents in these cells; the hotspot counts ${own}, without those left out under Method and data.`,
  ]
}
