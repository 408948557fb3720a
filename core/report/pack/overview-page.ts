/** The force on one page: the headline, the map with ranked hotspots, and the table they are read from. */
import type { Box } from '#core/contract/geometry.ts'
import { type DataTable, measure, words } from '../figure/drawing.ts'
import { mapFigure } from '../figure/map-figure.ts'
import { boxOfRings } from '../figure/map-frame.ts'
import { paper } from '../figure/palette.ts'
import { formatNumber } from '../format.ts'
import type { BlockIds } from './block-ids.ts'
import { areaCell, areaShareCell, countCell, metresCell, shareCell } from './cells.ts'
import { type MapParts, mapHotspot } from './map-parts.ts'
import type { PackInput } from './pack-input.ts'
import type { Block, KeyFacts, Page, Sentence } from './page-model.ts'
import { joinSentences, sentence } from './sentence.ts'

/** Totals of the hotspots in the pack; hotspots share no cell, so counts, harm and area add up. */
interface Totals {
  readonly count: number
  readonly areaKm2: number
  readonly shareOfCount: number
  readonly shareOfHarm: number
  readonly shareOfArea: number
}

export function packTotals(input: PackInput): Totals {
  const { summary, hotspots } = input
  const sum = (pick: (at: number) => number): number => hotspots.reduce((total, _, at) => total + pick(at), 0)
  const count = sum((at) => hotspots[at].hotspot.count)
  const harm = sum((at) => hotspots[at].hotspot.harm)
  const areaKm2 = sum((at) => hotspots[at].hotspot.areaKm2)
  return {
    count,
    areaKm2,
    shareOfCount: summary.incidents > 0 ? count / summary.incidents : Number.NaN,
    shareOfHarm: input.weights && summary.harm > 0 ? harm / summary.harm : Number.NaN,
    shareOfArea: summary.areaKm2 > 0 ? areaKm2 / summary.areaKm2 : Number.NaN,
  }
}

/** '34.2% of harm in 0.6% of the area', or of incidents where there are no weights. */
export function headline(input: PackInput): Sentence {
  const totals = packTotals(input)
  const area = ['Share of the area in hotspots', areaShareCell(totals.shareOfArea)] as const
  return Number.isFinite(totals.shareOfHarm)
    ? sentence`${['Share of harm in hotspots', shareCell(totals.shareOfHarm, 'harm')]} of harm in ${area} of the area`
    : sentence`${['Share of incidents in hotspots', shareCell(totals.shareOfCount, 'incidents')]} of incidents in ${area} of the area`
}

function explanation(input: PackInput): Sentence {
  const { summary } = input
  const totals = packTotals(input)
  const count = ['Incidents in hotspots', countCell(totals.count)] as const
  const all = ['Incidents placed on the map', countCell(summary.incidents)] as const
  const share = ['Share of incidents in hotspots', shareCell(totals.shareOfCount, 'incidents')] as const
  const areaKm2 = ['Area of hotspots', areaCell(totals.areaKm2)] as const
  const allKm2 = ['Area of the study', areaCell(summary.areaKm2)] as const
  const parts = [
    sentence`${['Hotspots in the pack', countCell(input.hotspots.length, 'hotspots')]} ${input.hotspots.length === 1 ? 'hotspot holds' : 'hotspots hold'} ${count} of ${all} incidents placed on the map (${share}) in ${areaKm2} km² of ${allKm2} km².`,
  ]
  if (!input.weights)
    parts.push(
      sentence`Harm is not shown because no harm weights are loaded; load a weight table to fill it.`,
    )
  if (Number.isFinite(summary.halfOfCrimeInCells))
    parts.push(
      sentence`Half of the incidents fall in ${['Cells holding half of the incidents', countCell(summary.halfOfCrimeInCells, 'cells')]} cells, ${['Share of cells holding half of the incidents', shareCell(summary.halfOfCrimeShareOfCells, 'cells')]} of them all.`,
    )
  return joinSentences(parts)
}

export function overviewPage(input: PackInput, parts: MapParts, ids: BlockIds): Page {
  const totals = packTotals(input)
  const facts: KeyFacts['facts'] = [
    { label: 'Hotspots', cell: countCell(input.hotspots.length, 'hotspots'), note: sentence`in this pack` },
    { label: 'Incidents', cell: countCell(totals.count), note: sentence`in the hotspots` },
    {
      label: 'Of all incidents',
      cell: shareCell(totals.shareOfCount, 'incidents'),
      note: sentence`placed on the map`,
    },
    {
      label: 'Of all harm',
      cell: shareCell(totals.shareOfHarm, 'harm'),
      note: sentence`${input.weights?.name ?? 'no weights loaded'}`,
    },
    {
      label: 'Of the area',
      cell: areaShareCell(totals.shareOfArea),
      note: sentence`of ${input.studyArea?.name ?? 'the grid'}`,
    },
  ]
  const top = headline(input)
  const body = explanation(input)
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: 'Overview', over: input.force },
    {
      kind: 'paragraph',
      id: ids.next('S'),
      style: 'headline',
      text: top.text,
      numbers: top.numbers,
      provenance: input.provenance,
    },
    {
      kind: 'paragraph',
      id: ids.next('S'),
      style: 'body',
      text: body.text,
      numbers: body.numbers,
      provenance: input.provenance,
    },
    { kind: 'keyFacts', id: ids.next('K'), facts, provenance: input.provenance },
    {
      kind: 'figure',
      id: ids.next('F'),
      title: 'Where the hotspots are',
      drawing: overviewMap(input, parts),
      provenance: input.provenance,
    },
    {
      kind: 'table',
      id: ids.next('T'),
      title: `Hotspots ranked by ${input.summary.score}`,
      table: overviewTable(input),
      rowHeader: 1,
      lines: 1,
      provenance: input.provenance,
    },
  ]
  return { id: 'overview', name: 'Overview', blocks }
}

function overviewMap(input: PackInput, parts: MapParts) {
  const hotspots = input.hotspots.map((page) => mapHotspot(page))
  const box: Box =
    parts.box ?? boxOfRings(hotspots.map(({ rings }) => rings)) ?? ([0, 0, 700_000, 1_300_000] as const)
  const rows = input.hotspots.length
  // The map gives way to the table so that up to about twenty hotspots stay on one page.
  const height = rows > 20 ? 400 : Math.max(210, Math.min(400, 508 - 14.6 * rows))
  return mapFigure({
    width: 511,
    height,
    box,
    palette: paper,
    basemap: input.basemap,
    boundary: parts.boundary,
    shades: parts.shades,
    hotspots,
    places: [],
    legend: [...parts.legend, { mark: 'number', colour: paper.accent, text: 'Hotspot and its rank' }],
    source: parts.source,
    alt: `Map of ${input.studyArea?.name ?? input.force} with ${hotspots.length} ranked hotspots, as listed in the table that follows.`,
    table: {
      columns: [
        { title: 'Hotspot', align: 'left', share: 2 },
        { title: 'Easting', align: 'right', share: 1 },
        { title: 'Northing', align: 'right', share: 1 },
      ],
      rows: input.hotspots.map(({ name, hotspot }) => [
        words(`${hotspot.rank} ${name}`),
        metresCell(hotspot.x),
        metresCell(hotspot.y),
      ]),
    },
    mostNames: 30,
  })
}

function overviewTable(input: PackInput): DataTable {
  const right = (title: string, share: number) => ({ title, align: 'right' as const, share })
  const withHarm = input.weights !== undefined
  return {
    columns: [
      right('No.', 20),
      { title: 'Hotspot', align: 'left', share: withHarm ? 132 : 160 },
      { title: 'Area', align: 'left', share: withHarm ? 86 : 100 },
      right('km²', 32),
      right('Incidents', 46),
      right('% of all', 42),
      ...(withHarm ? [right('% of harm', 46)] : []),
      right('Last 12 m', 46),
      right('12 before', 46),
      right('Years hot', 44),
    ],
    rows: input.hotspots.map(({ hotspot, name, trend }) => {
      const last = trend.kind === 'answer' ? trend.summary.last12.count : Number.NaN
      const prior = trend.kind === 'answer' ? trend.summary.prior12.count : Number.NaN
      return [
        measure(hotspot.rank, String(hotspot.rank), 'rank'),
        words(name),
        words(hotspot.area || '–'),
        areaCell(hotspot.areaKm2),
        countCell(hotspot.count),
        shareCell(hotspot.shareOfCount, 'incidents'),
        ...(withHarm ? [shareCell(hotspot.shareOfHarm, 'harm')] : []),
        tableCount(last),
        tableCount(prior),
        yearsCell(hotspot.yearsInTop, hotspot.years),
      ]
    }),
  }
}

/** In a narrow column a dash stands for "not known"; the figures file says it in full. */
function tableCount(value: number) {
  return Number.isFinite(value) ? countCell(value) : measure(Number.NaN, '–', 'incidents')
}

export function yearsCell(inTop: number, years: number) {
  // One year cannot show that a place lasts.
  return Number.isFinite(inTop) && years > 1
    ? measure(inTop, `${formatNumber(inTop)} of ${formatNumber(years)}`, `years of ${years}`)
    : measure(Number.NaN, '–', 'years')
}
