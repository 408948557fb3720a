import { useMemo } from 'react'
import type { Rings } from '#core/contract/geometry.ts'
import { columnsOf } from '#renderer/api/cache.ts'
import { darkPalette, lightPalette } from '#renderer/map/colours.ts'
import type { ResultData } from '#renderer/map/layers/result-layer.ts'
import { type Classes, resultClasses } from '#renderer/map/result-classes.ts'
import { shapeOf } from '#renderer/map/result-shape.ts'
import { ringsToDegrees } from '#renderer/map/screen-grid.ts'
import { type ShownResult, useRuns } from '#renderer/state/runs.ts'

export interface MapResult {
  readonly shown: ShownResult
  readonly data: ResultData
  readonly classes: Classes
}

const nothing = new Float64Array(0)

/** The column of a result that is over the map, ready to draw; null when none is. */
export function useMapResult(dark: boolean): MapResult | null {
  const shown = useRuns((store) => store.shown)
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
      data: { shape: shapeOf(summary, columns), values, edges, colours, outlines: outlinesOf(summary) },
    }
  }, [shown, dark])
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
