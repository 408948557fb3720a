import { useEffect, useMemo, useRef, useState } from 'react'
import type { Position } from '#core/contract/geometry.ts'
import { type Draft, noDraft } from '#renderer/map/layers/draft-layers.ts'
import { degreesOf, metresOf, ringsToDegrees } from '#renderer/map/screen-grid.ts'
import {
  addPoint,
  type DrawingStore,
  drawnRings,
  finishDrawing,
  insertPoint,
  movePoint,
  removePoint,
  stopDrawing,
  useDrawing,
} from '#renderer/state/drawing.ts'

/** Beyond this many corners the middles of sides are not offered: they would cover the shape. */
const MOST_MIDDLES = 60
const DOUBLE_CLICK = 400

export interface DrawingTool {
  readonly active: boolean
  readonly draft: Draft
  /** The pointer, degrees; null when it leaves the map. */
  readonly onPointer: (at: Position | null) => void
  readonly onCorner: (at: Position, handle: number, milliseconds: number) => void
  /** The button goes down on a handle, or (−1) elsewhere; true takes the drag from the map. */
  readonly onGrab: (at: Position, handle: number) => boolean
  readonly onDrag: (at: Position) => void
}

/**
 * Drawing on the map: clicks set corners, handles are dragged, a double click, the first corner or Enter finishes, Esc cancels, Backspace or
 * Delete takes the chosen or the last corner away.
 */
export function useDrawingTool(): DrawingTool {
  const held = useDrawing()
  const [pointer, setPointer] = useState<Position | null>(null)
  const dragged = useRef<number | 'radius' | 'size' | null>(null)
  const last = useRef(Number.NEGATIVE_INFINITY)
  const active = held.tool !== null
  const rings = useMemo(() => drawnRings(held), [held])
  const draft = useMemo(
    () => (active ? draftOf(held, rings, pointer) : noDraft),
    [active, held, rings, pointer],
  )
  useKeys(active)

  return {
    active,
    draft,
    onPointer: (at) => setPointer(at && metresOf(at[0], at[1])),
    onCorner(at, handle, when) {
      const again = when - last.current < DOUBLE_CLICK
      last.current = when
      const { tool, points, edited } = useDrawing.getState()
      const closes = tool === 'polygon' && !edited && handle === 0 && points.length > 2
      if (tool !== 'measure' && (closes || (again && handle >= 0 && handle === points.length - 1)))
        return void finishDrawing()
      if (handle >= 0) return useDrawing.setState({ chosen: handle < points.length ? handle : null })
      if (!edited) addPoint(metresOf(at[0], at[1]))
    },
    onGrab(at, handle) {
      const { tool, points } = useDrawing.getState()
      const here = metresOf(at[0], at[1])
      if (tool === 'circle' && (handle === 1 || points.length === 0)) {
        if (points.length === 0) addPoint(here)
        dragged.current = 'radius'
      } else if (tool === 'rectangle' && points.length === 0) {
        dragged.current = 'size'
        addPoint(here)
      } else if (handle < 0) return false
      else if (handle < points.length) dragged.current = handle
      else {
        const index = handle - points.length + 1
        insertPoint(index, here)
        dragged.current = index
      }
      return true
    },
    onDrag(at) {
      const here = metresOf(at[0], at[1])
      const { points } = useDrawing.getState()
      if (dragged.current === 'radius') {
        const radius = Math.hypot(here[0] - points[0][0], here[1] - points[0][1])
        if (radius >= 1) useDrawing.setState({ radius: Math.round(radius) })
      } else if (dragged.current === 'size') useDrawing.setState({ points: [points[0], here] })
      else if (dragged.current !== null) movePoint(dragged.current, here)
    },
  }
}

function draftOf(held: DrawingStore, rings: DrawingStore['otherRings'], pointer: Position | null): Draft {
  const { tool, points, radius, edited, chosen } = held
  const isPath = tool === 'line' || tool === 'measure' || tool === 'polygon'
  const next = pointer && isPath && !edited && points.length > 0 ? [pointer] : []
  const closing = tool === 'polygon' && !edited && points.length > 1 ? [points[0]] : []
  const handles = handlesOf(tool, points, radius)
  return {
    rings: ringsToDegrees(rings),
    path: isPath && !edited ? [...points, ...next, ...closing].map(([x, y]) => degreesOf(x, y)) : [],
    handles: handles.map(([x, y]) => degreesOf(x, y)),
    corners: tool === 'circle' ? handles.length : points.length,
    chosen,
  }
}

function handlesOf(
  tool: DrawingStore['tool'],
  points: readonly Position[],
  radius: number,
): readonly Position[] {
  if (tool === 'circle') return points[0] ? [points[0], [points[0][0] + radius, points[0][1]]] : []
  if (tool === 'rectangle' || points.length > MOST_MIDDLES) return points
  const sides = tool === 'polygon' && points.length > 2 ? points.length : Math.max(0, points.length - 1)
  const middles = Array.from({ length: sides }, (_, i): Position => {
    const [ax, ay] = points[i]
    const [bx, by] = points[(i + 1) % points.length]
    return [(ax + bx) / 2, (ay + by) / 2]
  })
  return [...points, ...middles]
}

/** Keys while drawing; those typed into a field are its own, but for Enter and Esc. */
function useKeys(active: boolean): void {
  useEffect(() => {
    if (!active) return
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement
      const typing = target.matches('input, textarea')
      if (target.closest('[role="dialog"], [role="listbox"], .find-place, .draw-centre')) return
      if (event.key === 'Escape') stopDrawing()
      else if (event.key === 'Enter' && !target.closest('button')) finishDrawing()
      else if ((event.key === 'Backspace' || event.key === 'Delete') && !typing) removePoint()
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [active])
}
