import { methodNamed } from '#core/analysis/registry.ts'
import { describeFilter, type LayerNames } from '#core/analysis/select/describe-filter.ts'
import { fromNationalGrid, toNationalGrid } from '#core/analysis/space/national-grid.ts'
import { ringsBox } from '#core/analysis/space/polygon.ts'
import { dateLabel, dateOf, minutesOf, monthIndex, monthLabel } from '#core/analysis/support/wall-clock.ts'
import type { Filter, PeriodClause } from '#core/contract/filter.ts'
import type { Box } from '#core/contract/geometry.ts'
import { NO_TIME } from '#core/contract/incident.ts'
import type { BasemapFeature } from '#core/contract/layer.ts'
import { parameterText } from '#core/contract/parameter-text.ts'
import { InputError } from '#core/contract/problem.ts'
import type { HotspotsSummary } from '#core/contract/results.ts'
import type { PackRequest } from '#core/contract/routes.ts'
import type { WorkspaceState } from '#core/contract/workspace.ts'
import { decodeTable } from '#core/data/columns/encode-table.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { applyDecisions } from '#core/programme/hotspot-plan.ts'
import type { Answer, PackHotspot, PackInput, PackMethod } from '#core/report/pack/pack-input.ts'
import { analyse, weightsNamed } from '../analyse.ts'
import type { Services } from '../core.ts'
import type { Job } from '../jobs.ts'
import { PRODUCT, VERSION } from '../product.ts'

/** Methods every hotspot page asks for, with what differs from their defaults. */
const pageMethods = {
  hourWeekday: 'hourWeekday',
  trend: 'monthTrend',
  offenceMix: 'offenceMix',
  repeats: 'repeatLocations',
} as const

/** A hotspot's map shows this much around its outline, metres. */
const MAP_MARGIN = 350

/**
 * Everything the pages need: the hotspots run, the analyst's decisions on it, and for each hotspot its times, trend,
 * offences and repeat places over exactly the cells it is made of. A method that refuses leaves its sentence.
 */
export async function composePack(
  services: Services,
  request: PackRequest,
  state: WorkspaceState,
  job: Job,
): Promise<PackInput> {
  const { plan } = request
  const dataset = services.datasets.open(plan.dataset)
  const { manifest } = dataset
  const about = {
    dataset: plan.dataset,
    ...(state.studyArea !== null && { studyArea: state.studyArea }),
    ...(state.weights !== null && { weights: state.weights }),
  }
  job.tell({ stage: 'Finding the hotspots' })
  const run = await analyse<HotspotsSummary>(
    services,
    { method: 'hotspots', params: plan.params, filter: plan.filter, ...about },
    job,
  )
  const planned = applyDecisions(run.summary, plan.decisions)
  if (planned.hotspots.length === 0)
    throw new InputError('E-PCK-EMPTY', 'No hotspot is left to print. Nothing was written.', {
      cure: 'Widen the filter, lower the threshold, or take back a decision.',
    })

  const hotspots: PackHotspot[] = []
  for (const [at, { hotspot, name }] of planned.hotspots.entries()) {
    job.throwIfCancelled()
    job.tell({
      stage: `Hotspot ${at + 1} of ${planned.hotspots.length}: ${name}`,
      done: at / planned.hotspots.length,
    })
    const filter: Filter = {
      clauses: [
        ...plan.filter.clauses,
        ...run.summary.clauses,
        { kind: 'cells', name, grid: run.summary.grid, cells: hotspot.cells },
      ],
    }
    const ask = <S>(method: string): Promise<Answer<S>> =>
      answerOf(analyse<S>(services, { method, params: {}, filter, ...about }, job))
    hotspots.push({
      hotspot,
      name,
      hourWeekday: await ask(pageMethods.hourWeekday),
      trend: await ask(pageMethods.trend),
      offenceMix: await ask(pageMethods.offenceMix),
      repeats: await ask(pageMethods.repeats),
      basemap: basemapIn(services, grown(ringsBox(hotspot.rings), MAP_MARGIN), 2),
    })
  }

  const mask = await services.datasets.mask(dataset, plan.filter, job)
  let selected = 0
  for (let row = 0; row < mask.length; row++) selected += mask[row]
  const studyArea = state.studyArea === null ? undefined : services.layers.info(state.studyArea)
  const areas = studyArea ? services.layers.areas(studyArea.id) : []
  const weights = state.weights === null ? undefined : weightsNamed(services, state.weights)
  const box = studyArea ? ringsBox(areas.flatMap((area) => area.rings)) : (manifest.box ?? [0, 0, 1, 1])
  const kept = decodeTable(services.store.openResult(run.key) as Uint8Array).columns
  const cell = kept.cell as Int32Array
  const count = kept.count as Float64Array
  const used = services.store
    .layers()
    .filter((layer) => layer.kind === 'basemap' || layer.id === state.studyArea)
  const period = periodOf(plan.filter, manifest.firstFrom, manifest.lastFrom)
  return {
    product: `${PRODUCT} ${VERSION}`,
    force: state.force,
    marking: state.marking,
    title: request.title ?? 'GRIP hotspot briefing pack',
    author: request.author ?? '',
    asAt: asAtOf(manifest.lastFrom, manifest.timePrecision),
    definition: state.definition,
    period,
    filterSentence: describeFilter(plan.filter, layerNames(services, plan.filter)).sentence,
    data: manifest,
    selected,
    ...(weights && {
      weights: {
        name: weights.name,
        version: weights.version,
        unit: weights.unit,
        source: weights.source,
        sha256: weights.sha256,
      },
    }),
    summary: run.summary,
    caveats: run.caveats,
    provenance: run.provenance,
    decisions: plan.decisions,
    hotspots,
    cells: {
      grid: run.summary.grid,
      counts: Array.from(cell, (number, i) => ({ cell: number, count: count[i] })).filter(
        (each) => each.count > 0,
      ),
    },
    basemap: basemapIn(services, grown(box, 1000), Math.max(box[2] - box[0], box[3] - box[1]) / 500),
    ...(studyArea && { studyArea: { name: studyArea.name, areas, sha256: studyArea.sha256 } }),
    sources: [...new Set(used.map((layer) => layer.source).filter((source) => source !== ''))],
    methods: ['hotspots', ...Object.values(pageMethods)].map((id) =>
      methodOf(id, id === 'hotspots' ? run.provenance.params : {}),
    ),
  }
}

/** A refusal of a method is a sentence on the page, not the end of the pack; anything else is. */
async function answerOf<S>(result: ReturnType<typeof analyse<S>>): Promise<Answer<S>> {
  try {
    const { summary, caveats, provenance } = await result
    return { kind: 'answer', summary, caveats, provenance }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { kind: 'refused', sentence: [error.message, error.detail.cure].filter(Boolean).join(' ') }
  }
}

function periodOf(filter: Filter, firstFrom: number, lastFrom: number): PackInput['period'] {
  const clause = filter.clauses.find((each): each is PeriodClause => each.kind === 'period')
  if (clause) return { from: clause.from, to: clause.to }
  if (firstFrom === NO_TIME)
    throw new InputError(
      'E-PCK-DATES',
      'None of the incidents has a date, so the pack has no period to stand for.',
      {
        cure: 'Import the files again with a date column mapped.',
      },
    )
  return { from: `${monthLabel(monthIndex(firstFrom))}-01`, to: `${monthLabel(monthIndex(lastFrom) + 1)}-01` }
}

/** The last day the data speak of; for month-only data the last day of that month. */
function asAtOf(lastFrom: number, precision: string): string {
  if (precision !== 'month') return dateLabel(lastFrom)
  const { year, month } = dateOf(lastFrom)
  return dateLabel(minutesOf(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - 1)
}

export function layerNames(services: Pick<Services, 'layers'>, filter: Filter): LayerNames {
  const ids = filter.clauses.flatMap((clause) => (clause.kind === 'area' ? [clause.layer] : []))
  return Object.fromEntries(
    ids.map((id) => [
      id,
      {
        name: services.layers.info(id).name,
        areas: Object.fromEntries(services.layers.areas(id).map(({ code, name }) => [code, name])),
      },
    ]),
  )
}

function grown([west, south, east, north]: Box, by: number): Box {
  return [west - by, south - by, east + by, north + by]
}

/** Basemap features of every basemap layer within a box of metres, in metres. */
function basemapIn({ store, layers }: Services, box: Box, metresPerPixel: number): BasemapFeature[] {
  const table = loadOstn15()
  const corners = [
    [box[0], box[1]],
    [box[0], box[3]],
    [box[2], box[1]],
    [box[2], box[3]],
  ].map(([x, y]) => {
    const out = [0, 0]
    fromNationalGrid(table, x, y, out)
    return out
  })
  const longitudes = corners.map(([longitude]) => longitude)
  const latitudes = corners.map(([, latitude]) => latitude)
  const degrees: Box = [
    Math.min(...longitudes),
    Math.min(...latitudes),
    Math.max(...longitudes),
    Math.max(...latitudes),
  ]
  return store
    .layers()
    .filter((layer) => layer.kind === 'basemap')
    .flatMap((layer) => layers.basemap(layer.id, degrees, metresPerPixel))
    .map((feature) => ({
      ...feature,
      parts: feature.parts.map((part) => {
        const out = new Array<number>(part.length)
        for (let i = 0; i < part.length; i += 2) toNationalGrid(table, part[i], part[i + 1], out, i)
        return out
      }),
    }))
}

function methodOf(id: string, params: Readonly<Record<string, unknown>>): PackMethod {
  const { card } = methodNamed(id)
  return {
    id,
    version: card.version,
    title: card.title,
    answers: card.answers,
    references: card.references,
    parameters: Object.entries(card.parameters).map(([name, parameter]) => ({
      title: parameter.title,
      value: parameterText(parameter, Object.hasOwn(params, name) ? params[name] : parameter.default),
    })),
  }
}
