import { create } from 'zustand'
import type { PolygonClause } from '#core/contract/filter.ts'
import type { Position, Rings } from '#core/contract/geometry.ts'
import {
  bufferRings,
  circleOf,
  circleRing,
  decimetre,
  rectangleRing,
  rounded,
} from '#renderer/map/drawn-shapes.ts'
import { gridReference } from '#renderer/map/screen-grid.ts'
import { setFilter, useWorkspace } from './workspace.ts'

export type DrawTool = 'polygon' | 'rectangle' | 'circle' | 'line' | 'measure'

/** What is being drawn or measured; everything in metres of the National Grid. */
export interface DrawingStore {
  readonly tool: DrawTool | null
  /** Corners; two opposite ones of a rectangle, the centre of a circle. */
  readonly points: readonly Position[]
  /** Further rings of an area that is changed; kept as they are. */
  readonly otherRings: Rings
  readonly radius: number
  readonly buffer: number
  /** '' lets the shape name itself. */
  readonly name: string
  /** The area of the selection that is changed; null for a new one. */
  readonly edited: PolygonClause | null
  /** Corner that Delete takes away. */
  readonly chosen: number | null
}

const nothing: DrawingStore = {
  tool: null,
  points: [],
  otherRings: [],
  radius: 250,
  buffer: 50,
  name: '',
  edited: null,
  chosen: null,
}

export const useDrawing = create<DrawingStore>(() => nothing)

/** Takes up a tool with nothing drawn yet; radius and buffer stay as they were last. */
export function startDrawing(tool: DrawTool): void {
  const { radius, buffer } = useDrawing.getState()
  useDrawing.setState({ ...nothing, tool, radius, buffer })
}

export function stopDrawing(): void {
  const { radius, buffer } = useDrawing.getState()
  useDrawing.setState({ ...nothing, radius, buffer })
}

/** Takes up an area of the selection to change it: a circle as a circle, anything else by its corners. */
export function editArea(clause: PolygonClause): void {
  const circle = circleOf(clause.rings)
  const [ring = [], ...otherRings] = clause.rings
  const { radius, buffer } = useDrawing.getState()
  useDrawing.setState({
    ...nothing,
    edited: clause,
    buffer,
    tool: circle ? 'circle' : 'polygon',
    points: circle ? [circle.centre] : ring,
    otherRings: circle ? [] : otherRings,
    radius: circle ? circle.radius : radius,
    name: clause.name && !ownNames.test(clause.name) ? clause.name : '',
  })
}

/** The last drawn area of the selection, or null. */
export function lastArea(): PolygonClause | null {
  const { clauses } = useWorkspace.getState().state.filter
  return clauses.findLast((clause): clause is PolygonClause => clause.kind === 'polygon') ?? null
}

/** The area drawn so far; none while it has too few corners, and none for a measured line. */
export function drawnRings({ tool, points, otherRings, radius, buffer }: DrawingStore): Rings {
  if (tool === 'circle') return points.length > 0 ? [circleRing(points[0], radius)] : []
  if (tool === 'rectangle') {
    const [a, b] = points
    return a && b && a[0] !== b[0] && a[1] !== b[1] ? [rectangleRing(a, b)] : []
  }
  if (tool === 'line') return points.length > 1 ? stripOf(points, buffer) : []
  return points.length > 2 ? [points, ...otherRings] : []
}

let lastStrip: {
  readonly points: readonly Position[]
  readonly buffer: number
  readonly rings: Rings
} | null = null

/** The strip along a line, worked out once for its map, its bar and its end: it costs about 10 ms a corner. */
function stripOf(points: readonly Position[], buffer: number): Rings {
  if (lastStrip?.points !== points || lastStrip.buffer !== buffer)
    lastStrip = { points, buffer, rings: bufferRings(points, buffer) }
  return lastStrip.rings
}

/** Names that shapes give themselves, which go when the shape is changed. */
const ownNames = /^the (drawn (area|rectangle)|[\d.]+ m (circle at|strip along) .*)$/

/** What a shape is called unless somebody names it. */
export function shapeName(
  tool: DrawTool | null,
  points: readonly Position[],
  radius: number,
  buffer: number,
): string {
  if (tool === 'circle' && points[0])
    return `the ${decimetre(radius)} m circle at ${gridReference(...points[0]).replace(/(\d{4})\d/g, '$1')}`
  if (tool === 'line') return `the ${decimetre(buffer)} m strip along the drawn line`
  return tool === 'rectangle' ? 'the drawn rectangle' : 'the drawn area'
}

/** Makes what is drawn part of the selection, in place of the area that was changed. Says whether there was enough. */
export function finishDrawing(): boolean {
  const held = useDrawing.getState()
  const rings = drawnRings(held)
  if (rings.length === 0 || held.tool === 'measure') return false
  const { tool, points, radius, buffer, edited } = held
  const clause: PolygonClause = {
    kind: 'polygon',
    name: held.name.trim() || shapeName(tool, points, radius, buffer),
    rings: rounded(rings),
  }
  const { clauses } = useWorkspace.getState().state.filter
  const at = edited ? clauses.indexOf(edited) : -1
  setFilter({ clauses: at < 0 ? [...clauses, clause] : clauses.with(at, clause) })
  stopDrawing()
  return true
}

/** Adds a corner where the tool wants one more; a rectangle's third click begins it anew. */
export function addPoint(at: Position): void {
  useDrawing.setState(({ tool, points }) => {
    if (tool === 'circle') return { points: [at], chosen: null }
    if (tool === 'rectangle') return { points: points.length === 1 ? [points[0], at] : [at], chosen: null }
    return { points: [...points, at], chosen: null }
  })
}

export function movePoint(index: number, at: Position): void {
  useDrawing.setState(({ points }) => ({ points: points.with(index, at) }))
}

export function insertPoint(index: number, at: Position): void {
  useDrawing.setState(({ points }) => ({ points: points.toSpliced(index, 0, at), chosen: index }))
}

/** Takes away the chosen corner, or the last one; an area that is changed keeps at least three. */
export function removePoint(): void {
  useDrawing.setState(({ points, chosen, edited }) =>
    edited && points.length <= 3
      ? { chosen: null }
      : { points: points.toSpliced(chosen ?? points.length - 1, 1), chosen: null },
  )
}
