import { beforeEach, describe, expect, it } from 'vitest'
import type { PolygonClause } from '#core/contract/filter.ts'
import { areaOf } from '#renderer/map/drawn-shapes.ts'
import {
  addPoint,
  drawnRings,
  editArea,
  finishDrawing,
  insertPoint,
  lastArea,
  movePoint,
  removePoint,
  startDrawing,
  stopDrawing,
  useDrawing,
} from '#renderer/state/drawing.ts'
import { emptyState, useWorkspace } from '#renderer/state/workspace.ts'

const clauses = () => useWorkspace.getState().state.filter.clauses as PolygonClause[]
const square = () => {
  for (const [x, y] of [
    [458_000, 304_000],
    [458_100, 304_000],
    [458_100, 304_100],
    [458_000, 304_100],
  ] as const)
    addPoint([x, y])
}

beforeEach(() => {
  useWorkspace.setState({ state: emptyState })
  stopDrawing()
  useDrawing.setState({ radius: 250, buffer: 50 })
})

describe('drawing', () => {
  it('makes an area a part of the selection, to the decimetre', () => {
    startDrawing('polygon')
    addPoint([458_000.123, 304_000])
    addPoint([458_100, 304_000])
    expect(finishDrawing()).toBe(false)
    addPoint([458_100, 304_100])
    expect(finishDrawing()).toBe(true)
    expect(clauses()).toEqual([
      {
        kind: 'polygon',
        name: 'the drawn area',
        rings: [
          [
            [458_000.1, 304_000],
            [458_100, 304_000],
            [458_100, 304_100],
          ],
        ],
      },
    ])
    expect(useDrawing.getState().tool).toBeNull()
  })
  it('a circle by its centre and radius, with a name of its own or a given one', () => {
    startDrawing('circle')
    expect(drawnRings(useDrawing.getState())).toEqual([])
    addPoint([458_621, 304_412])
    useDrawing.setState({ radius: 500 })
    finishDrawing()
    expect(clauses()[0].name).toBe('the 500 m circle at SK 5862 0441')
    expect(areaOf(clauses()[0].rings) / (Math.PI * 250_000)).toBeCloseTo(1, 3)
    startDrawing('circle')
    expect(useDrawing.getState().radius).toBe(500)
    addPoint([458_000, 304_000])
    useDrawing.setState({ name: ' the town centre ' })
    finishDrawing()
    expect(clauses()[1].name).toBe('the town centre')
  })
  it('a rectangle by two corners, never one of no width', () => {
    startDrawing('rectangle')
    addPoint([458_000, 304_000])
    addPoint([458_000, 304_100])
    expect(finishDrawing()).toBe(false)
    addPoint([458_000, 304_000])
    expect(useDrawing.getState().points).toHaveLength(1)
    addPoint([458_200, 304_100])
    expect(finishDrawing()).toBe(true)
    expect(areaOf(clauses()[0].rings)).toBe(20_000)
  })
  it('a line with a buffer', () => {
    startDrawing('line')
    addPoint([458_000, 304_000])
    addPoint([459_000, 304_000])
    useDrawing.setState({ buffer: 100 })
    finishDrawing()
    expect(clauses()[0].name).toBe('the 100 m strip along the drawn line')
    expect(areaOf(clauses()[0].rings) / (200_000 + Math.PI * 10_000)).toBeCloseTo(1, 2)
  })
  it('measuring selects nothing', () => {
    startDrawing('measure')
    square()
    expect(finishDrawing()).toBe(false)
    expect(clauses()).toEqual([])
  })
})

describe('changing an area', () => {
  it('moves, adds and removes corners and puts the area back where it was', () => {
    startDrawing('polygon')
    square()
    finishDrawing()
    startDrawing('rectangle')
    addPoint([0, 0])
    addPoint([10, 10])
    finishDrawing()
    const [first, second] = clauses()
    expect(lastArea()).toBe(second)
    editArea(first)
    movePoint(0, [457_900, 304_000])
    insertPoint(1, [458_050, 303_900])
    expect(useDrawing.getState().chosen).toBe(1)
    removePoint()
    finishDrawing()
    expect(clauses()).toHaveLength(2)
    expect(clauses()[0].rings[0][0]).toEqual([457_900, 304_000])
    expect(clauses()[0].rings[0]).toHaveLength(4)
    expect(clauses()[1]).toBe(second)
  })
  it('keeps three corners', () => {
    startDrawing('polygon')
    square()
    finishDrawing()
    editArea(clauses()[0])
    removePoint()
    removePoint()
    removePoint()
    expect(useDrawing.getState().points).toHaveLength(3)
  })
  it('takes a circle up as a circle and its name with its new radius', () => {
    startDrawing('circle')
    addPoint([458_621, 304_412])
    useDrawing.setState({ radius: 500 })
    finishDrawing()
    editArea(clauses()[0])
    expect(useDrawing.getState()).toMatchObject({
      tool: 'circle',
      radius: 500,
      name: '',
      points: [[458_621, 304_412]],
    })
    useDrawing.setState({ radius: 800 })
    finishDrawing()
    expect(clauses().map(({ name }) => name)).toEqual(['the 800 m circle at SK 5862 0441'])
  })
  it('keeps holes and given names', () => {
    const rings = [
      [
        [0, 0],
        [100, 0],
        [100, 100],
      ],
      [
        [60, 10],
        [80, 40],
        [80, 10],
      ],
    ] as const
    const clause: PolygonClause = { kind: 'polygon', name: 'the park', rings }
    useWorkspace.setState({ state: { ...emptyState, filter: { clauses: [clause] } } })
    editArea(clause)
    movePoint(0, [1, 0])
    finishDrawing()
    expect(clauses()[0].name).toBe('the park')
    expect(clauses()[0].rings[1]).toEqual(rings[1])
  })
})
