import { markingText } from '#core/contract/marking.ts'
import { InputError } from '#core/contract/problem.ts'
import { formatDate } from '../format.ts'
import { blockIds } from './block-ids.ts'
import { numberCaveats } from './caveat-list.ts'
import { coverPage, periodText } from './cover-page.ts'
import { hotspotPage } from './hotspot-page.ts'
import { mapParts } from './map-parts.ts'
import { methodPage } from './method-page.ts'
import { overviewPage } from './overview-page.ts'
import type { PackHotspot, PackInput } from './pack-input.ts'
import { packProvenance } from './pack-provenance.ts'
import type { ModelHotspot, PageModel } from './page-model.ts'

/**
 * The briefing pack as pages: cover, overview, one page per hotspot, method and data. Pure and deterministic: the
 * same input gives the same model, and a driver the same bytes.
 *
 * @throws InputError E-PACK-EMPTY (no hotspot), E-PACK-DATE (`asAt` is no date), E-PACK-DROPPED (a hotspot the
 * analyst dropped or joined has a page), E-PACK-OVERLAP (two hotspots share a cell, so that their shares would be
 * counted twice).
 */
export function briefingPack(input: PackInput): PageModel {
  checkInput(input)
  const ids = blockIds()
  const parts = mapParts(input)
  const caveats = numberCaveats(input)
  const pages = [coverPage(input, ids), overviewPage(input, parts, ids)]
  for (const hotspot of input.hotspots) pages.push(hotspotPage(input, hotspot, parts, caveats, ids))
  pages.push(methodPage(input, caveats, ids))
  const marking = markingText(input.marking)
  return {
    title: input.title,
    force: input.force,
    author: input.author,
    product: input.product,
    marking,
    asAt: input.asAt,
    subject: `${marking}. ${input.definition.name}, ${periodText(input.period)}, data as at ${formatDate(input.asAt)}`,
    language: 'en-GB',
    pages,
    hotspots: input.hotspots.map((hotspot) => modelHotspot(input, hotspot)),
    provenance: packProvenance(input, pages),
  }
}

function checkInput(input: PackInput): void {
  if (input.hotspots.length === 0)
    throw new InputError(
      'E-PACK-EMPTY',
      'There is no hotspot to print: the run found none or all were dropped.',
      {
        cure: 'Widen the selection, lower the threshold, or take back a decision.',
      },
    )
  if (!Number.isFinite(Date.parse(`${input.asAt}T00:00:00Z`)))
    throw new InputError('E-PACK-DATE', `“${input.asAt}” is not a date the pack can be dated with.`, {
      cure: 'Give the day the data stand for as year-month-day, such as 2025-03-31.',
    })
  const gone = new Set(
    input.decisions
      .filter(({ dropped, mergedInto }) => dropped !== undefined || mergedInto !== undefined)
      .map(({ hotspot }) => hotspot),
  )
  const owner = new Map<number, string>()
  for (const { hotspot, name } of input.hotspots) {
    if (gone.has(hotspot.id))
      throw new InputError(
        'E-PACK-DROPPED',
        `Hotspot ${hotspot.rank}, ${name}, was dropped or joined to another, yet has a page. Nothing was printed.`,
        { cure: 'Take back the decision, or leave the hotspot out of the pack.' },
      )
    for (const cell of hotspot.cells) {
      const other = owner.get(cell)
      if (other !== undefined)
        throw new InputError(
          'E-PACK-OVERLAP',
          `${name} and ${other} share a cell, so incidents there would be counted twice. Nothing was printed.`,
          { cure: 'Join the two hotspots, or run the hotspots again.' },
        )
      owner.set(cell, name)
    }
  }
}

function modelHotspot(input: PackInput, { hotspot, name, trend }: PackHotspot): ModelHotspot {
  return {
    id: hotspot.id,
    rank: hotspot.rank,
    name,
    area: hotspot.area,
    rings: hotspot.rings,
    x: hotspot.x,
    y: hotspot.y,
    numbers: {
      cells: hotspot.cells.length,
      areaKm2: hotspot.areaKm2,
      count: hotspot.count,
      shareOfCount: hotspot.shareOfCount,
      harm: input.weights ? hotspot.harm : Number.NaN,
      shareOfHarm: input.weights ? hotspot.shareOfHarm : Number.NaN,
      shareOfArea: hotspot.shareOfArea,
      yearsInTop: hotspot.yearsInTop,
      years: hotspot.years,
      z: hotspot.z,
      qValue: hotspot.qValue,
      last12: trend.kind === 'answer' ? trend.summary.last12.count : Number.NaN,
      prior12: trend.kind === 'answer' ? trend.summary.prior12.count : Number.NaN,
    },
  }
}
