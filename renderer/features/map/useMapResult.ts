import { useMemo } from 'react'
import type { Rings } from '#core/contract/geometry.ts'
import type { AreaFeature, LayerInfo } from '#core/contract/layer.ts'
import { columnsOf } from '#renderer/api/cache.ts'
import { darkPalette, lightPalette } from '#renderer/map/colours.ts'
import type { ResultData } from '#renderer/map/layers/result-layer.ts'
import { type Classes, resultClasses } from '#renderer/map/result-classes.ts'
import { shapeOf } from '#renderer/map/result-shape.ts'
import { ringsToDegrees } from '#renderer/map/screen-grid.ts'
import { useLayers } from '#renderer/state/layers.ts'
import { type ShownResult, useRuns } from '#renderer/state/runs.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'

export interface MapResult {
  readonly shown: ShownResult
  readonly data: ResultData
  readonly classes: Classes
}

const nothing = new Float64Array(0)

/** The column of a result that is over the map, ready to draw; null when none is. */
export function useMapResult(dark: boolean): MapResult | null {
  const shown = useRuns((store) => store.shown)
  const layers = useWorkspace((store) => store.layers)
  const held = useLayers((store) => store.areas)
  return useMemo(() => {
    if (!shown) return null
    const { summary, key } = shown.run.result
    const columns = columnsOf(`result ${key}`)
    if (!columns) return null
    const values = columns.numbers[shown.column] ?? nothing
    const classes = resultClasses(values, dark ? darkPalette : lightPalette)
    const { edges, colours } = classes
    return {
      shown,
      classes,
      data: {
        shape: shapeOf(summary, columns, areasOf(shown, layers, held)),
        values,
        edges,
        colours,
        outlines: outlinesOf(summary),
      },
    }
  }, [shown, dark, layers, held])
}

/** Outlines by code of the boundary layer among the settings of the run. */
function areasOf(
  shown: ShownResult,
  layers: readonly LayerInfo[],
  held: Readonly<Record<string, readonly AreaFeature[]>>,
): ReadonlyMap<string, Rings> | undefined {
  const given = Object.values(shown.run.request.params)
  const layer = layers.find(({ id, kind }) => kind === 'boundary' && given.includes(id))
  const areas = layer && held[layer.id]
  return areas && new Map(areas.map((area) => [area.code, area.rings]))
}

/** Every row of the summary that has rings is drawn as a shape. */
function outlinesOf(summary: unknown): Rings[] {
  const lists = Object.values((summary ?? {}) as Record<string, unknown>).filter(Array.isArray)
  return lists
    .flat()
    .flatMap((row) =>
      typeof row === 'object' && row !== null && Array.isArray((row as { rings?: Rings }).rings)
        ? [ringsToDegrees((row as { rings: Rings }).rings)]
        : [],
    )
}
