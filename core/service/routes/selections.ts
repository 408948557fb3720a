import { canonicalJson } from '#core/analysis/select/filter-key.ts'
import { finishSelection } from '#core/analysis/select/finish-selection.ts'
import { selectionParts } from '#core/analysis/select/selection.ts'
import { cellCorners, gridOver } from '#core/analysis/space/grid.ts'
import { fromNationalGrid } from '#core/analysis/space/national-grid.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { ResultColumn } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { SelectionRequest, SelectionSummary } from '#core/contract/routes.ts'
import { encodeTable } from '#core/data/columns/encode-table.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { arrow, readJson } from '../answer.ts'
import type { Services } from '../core.ts'
import type { Routes } from '../router.ts'
import { checked, schemas } from '../schemas.ts'

export function selectionRoutes(services: Services): Routes {
  return {
    async 'POST /selections'({ request }) {
      const body = checked(schemas.selection, await readJson(request))
      const { summary, columns } = await countSelection(services, body)
      return arrow(encodeTable(columns, summary))
    },
  }
}

/** Cells on one grid an answer may hold; a finer grid over a whole force is refused before it fills the memory. */
const MOST_CELLS = 4_000_000

/**
 * Counts, histograms and cells of a selection. Rows are split over the kernel workers; whole-number counts add up
 * to the same whatever the split.
 */
export async function countSelection(
  { datasets, pool, layers }: Services,
  body: SelectionRequest,
): Promise<{ summary: SelectionSummary; columns: Record<string, ResultColumn> }> {
  const began = performance.now()
  const dataset = datasets.open(body.dataset)
  const grid = gridOf(dataset.manifest.box, body.grid)
  const prepared = datasets.prepared(dataset, grid, body.days === true)
  const wanted = body.filter.clauses.flatMap((clause) => (clause.kind === 'area' ? [clause.layer] : []))
  const areas = await datasets.areaIndex(
    dataset,
    body.areaLayer === undefined ? wanted : [...wanted, body.areaLayer],
  )
  const texts = await datasets.searches(dataset, body.filter)
  const parts = selectionParts(prepared, body.filter, areas, body.areaLayer, {
    texts,
    ...(body.words && { words: body.words }),
    ...(body.days && prepared.days && { days: prepared.days }),
  })
  const counts = new Uint32Array(parts.layout.length)
  const step = Math.ceil(parts.rows / pool.size) || 1
  const ranges: Promise<Uint32Array>[] = []
  for (let from = 0; from < parts.rows; from += step)
    ranges.push(pool.run<Uint32Array>({ kind: 'count', parts, from, to: Math.min(parts.rows, from + step) }))
  for (const part of await Promise.all(ranges)) for (let i = 0; i < part.length; i++) counts[i] += part[i]
  const areaNames =
    body.areaLayer === undefined ? [] : layers.areas(body.areaLayer).map(({ code, name }) => [code, name])
  const { summary, cells } = finishSelection(parts, counts, {
    coverage: dataset.manifest.coverage,
    areaNames: Object.fromEntries(areaNames),
  })
  return {
    summary: { ...summary, took: Math.round(performance.now() - began) },
    columns: { cell: cells.cell, count: cells.count, ...cellDegrees(grid, cells.cell) },
  }
}

export function gridOf(
  box: readonly [number, number, number, number] | null,
  { shape, size }: SelectionRequest['grid'],
): GridSpec {
  const grid = gridOver(box ?? [0, 0, size, size], shape, size)
  if (grid.columns * grid.rows > MOST_CELLS)
    throw new InputError(
      'E-GRD-001',
      `Cells of ${size} m over this area would be ${grid.columns * grid.rows}, more than ${MOST_CELLS}.`,
      {
        cure: 'Choose larger cells, or a smaller area.',
      },
    )
  return grid
}

let lastCorners: { readonly key: string; readonly byCell: Map<number, Float64Array> } | undefined

/** Centre and corners of cells in degrees (`corner0Longitude` …): the cell as it truly lies, for the screen. */
function cellDegrees(grid: GridSpec, cells: Int32Array): Record<string, ResultColumn> {
  const key = canonicalJson(grid)
  if (lastCorners?.key !== key) lastCorners = { key, byCell: new Map() }
  const { byCell } = lastCorners
  const table = loadOstn15()
  const corners = grid.shape === 'hexagon' ? 6 : 4
  const longitude = new Float64Array(cells.length)
  const latitude = new Float64Array(cells.length)
  const outline = new Float64Array(cells.length * corners * 2)
  for (let i = 0; i < cells.length; i++) {
    let known = byCell.get(cells[i])
    if (!known) {
      known = new Float64Array(corners * 2)
      for (const [k, [x, y]] of cellCorners(grid, cells[i]).entries())
        fromNationalGrid(table, x, y, known, k * 2)
      byCell.set(cells[i], known)
    }
    outline.set(known, i * corners * 2)
    for (let k = 0; k < corners; k++) {
      longitude[i] += known[k * 2] / corners
      latitude[i] += known[k * 2 + 1] / corners
    }
  }
  const columns: Record<string, ResultColumn> = { longitude, latitude }
  for (let k = 0; k < corners * 2; k++) {
    const column = new Float64Array(cells.length)
    for (let i = 0; i < cells.length; i++) column[i] = outline[i * corners * 2 + k]
    columns[`corner${k >> 1}${k % 2 === 0 ? 'Longitude' : 'Latitude'}`] = column
  }
  return columns
}
