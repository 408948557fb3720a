import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaEdges } from '#core/report/figure/area-edges.ts'
import { clipLine, clipRing, thinLine } from '#core/report/figure/clip.ts'
import { type MapFigureInput, mapFigure } from '#core/report/figure/map-figure.ts'
import { boxOfRings, mapFrame } from '#core/report/figure/map-frame.ts'
import { roundLength } from '#core/report/figure/map-furniture.ts'
import { placeRankLabels } from '#core/report/figure/map-labels.ts'
import { paper } from '#core/report/figure/palette.ts'
import { drawingFaults } from './drawing-checks.ts'

const frame = { x: 10, y: 20, width: 100, height: 60 }
const coordinate = fc.double({ min: -300, max: 300, noNaN: true })
const inFrame = (x: number, y: number): boolean =>
  x >= 10 - 1e-6 && x <= 110 + 1e-6 && y >= 20 - 1e-6 && y <= 80 + 1e-6

function areaOf(ring: readonly number[]): number {
  let twice = 0
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length
    twice += ring[i] * ring[j + 1] - ring[j] * ring[i + 1]
  }
  return Math.abs(twice) / 2
}

describe('cutting to the frame', () => {
  it('leaves nothing outside, and keeps as much of a line as brute force counts inside', () => {
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate, coordinate, coordinate), ([ax, ay, bx, by]) => {
        const parts = clipLine([ax, ay, bx, by], frame)
        let kept = 0
        for (const part of parts) {
          for (let i = 0; i < part.length; i += 2) expect(inFrame(part[i], part[i + 1])).toBe(true)
          kept += Math.hypot(part[2] - part[0], part[3] - part[1])
        }
        const pieces = 2000
        let inside = 0
        for (let k = 0; k < pieces; k++) {
          const t = (k + 0.5) / pieces
          if (inFrame(ax + (bx - ax) * t, ay + (by - ay) * t)) inside++
        }
        const length = Math.hypot(bx - ax, by - ay)
        expect(Math.abs(kept - (inside / pieces) * length)).toBeLessThan((2 * length) / pieces + 1e-6)
      }),
      { numRuns: 150 },
    )
  })

  it('cuts a square to its overlap with the frame', () => {
    const ring = clipRing([60, 50, 200, 50, 200, 200, 60, 200], frame)
    expect(areaOf(ring)).toBeCloseTo(50 * 30, 9)
    expect(clipRing([200, 200, 300, 200, 300, 300], frame)).toEqual([])
    expect(areaOf(clipRing([-500, -500, 500, -500, 500, 500, -500, 500], frame))).toBeCloseTo(6000, 9)
  })

  it('breaks a line at a place that is not known, and thins without losing the ends', () => {
    expect(clipLine([20, 30, Number.NaN, 40, 60, 70, 70, 70], frame)).toEqual([[60, 70, 70, 70]])
    expect(thinLine([0, 0, 0.1, 0, 0.2, 0, 5, 0], 1)).toEqual([0, 0, 5, 0])
  })
})

describe('edges of areas', () => {
  it('tells the outer edge of two squares from the one between them, whichever way each is wound', () => {
    const left = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
    ] as const
    const right = [
      [20, 10],
      [20, 0],
      [10, 0],
      [10, 10],
    ] as const
    const lengthOf = (lines: readonly (readonly (readonly [number, number])[])[]): number =>
      lines.reduce(
        (total, line) =>
          total +
          line.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - line[i][0], y - line[i][1]), 0),
        0,
      )
    for (const second of [right, [...right].reverse()]) {
      const { outer, inner } = areaEdges([[left], [second]])
      expect(lengthOf(outer)).toBe(60)
      expect(lengthOf(inner)).toBe(10)
    }
    expect(lengthOf(areaEdges([[left]]).outer)).toBe(40)
  })
})

describe('rank labels', () => {
  it('never overlap and never leave the frame, however the hotspots lie', () => {
    const page = { x: 0, y: 0, width: 511, height: 340 }
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            x: fc.double({ min: 150, max: 260, noNaN: true }),
            y: fc.double({ min: 100, max: 200, noNaN: true }),
          }),
          { minLength: 1, maxLength: 60 },
        ),
        (places) => {
          const spots = placeRankLabels(places, 6.4, [], page, 10)
          for (let i = 0; i < spots.length; i++) {
            const a = spots[i]
            expect(a).not.toBeNull()
            if (!a) continue
            expect(a.x >= 6.4 && a.x <= 511 - 6.4 && a.y >= 6.4 && a.y <= 340 - 6.4).toBe(true)
            for (let j = 0; j < i; j++) {
              const b = spots[j]
              if (b)
                expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThanOrEqual(12.8 - 1e-9)
            }
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})

const square = (x: number, y: number, size: number) =>
  [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
  ] as const

function input(change: Partial<MapFigureInput> = {}): MapFigureInput {
  return {
    width: 286,
    height: 240,
    box: [450_000, 430_000, 451_000, 430_800],
    palette: paper,
    basemap: [
      {
        class: 'minor-road',
        name: 'Mill Lane',
        geometry: 'line',
        parts: [[449_000, 430_400, 452_000, 430_450]],
      },
      { class: 'green', name: 'Park', geometry: 'area', parts: [square(450_900, 430_700, 5000).flat()] },
      { class: 'place', name: 'Kelderwick', geometry: 'point', parts: [[450_500, 430_600]] },
    ],
    boundary: areaEdges([[square(440_000, 420_000, 10_700)]]),
    shades: [{ ring: square(450_200, 430_200, 200), step: 3 }],
    hotspots: [
      { label: '1', rings: [square(450_300, 430_300, 300)], x: 450_450, y: 430_450, focus: true },
      { label: '2', rings: [square(450_900, 430_300, 900)], x: 451_350, y: 430_750 },
      { label: '3', rings: [square(460_900, 430_300, 900)], x: 461_350, y: 430_750 },
    ],
    places: [{ label: 'A', x: 450_420, y: 430_410 }],
    legend: [{ mark: 'outline', colour: paper.outline, text: 'This hotspot' }],
    source: `A source line far longer than the map is wide${', and on'.repeat(60)}`,
    alt: 'A map',
    table: { columns: [], rows: [] },
    ...change,
  }
}

describe('map', () => {
  const texts = (drawing: ReturnType<typeof mapFigure>): string[] =>
    drawing.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []))

  it('keeps everything in the frame and finite', () => {
    expect(drawingFaults(mapFigure(input()))).toEqual([])
  })

  it('numbers a neighbour that shows, not one that does not; names streets; has a scale and north', () => {
    const found = texts(mapFigure(input()))
    expect(found).toContain('2')
    expect(found).not.toContain('3')
    expect(found).toEqual(expect.arrayContaining(['A', 'Mill Lane', 'Kelderwick', 'N', '0', 'This hotspot']))
    expect(found.some((text) => text.endsWith('…'))).toBe(true)
  })

  it('draws the scale bar to the scale of the map', () => {
    const drawing = mapFigure(input())
    const label = texts(drawing).find((text) => /^\d+ k?m$/.test(text)) ?? ''
    const metres = Number.parseFloat(label) * (label.endsWith('km') ? 1000 : 1)
    const bar = drawing.items.find((item) => item.kind === 'rect' && item.height === 4)
    const outline = drawing.items.find(
      (item) => item.kind === 'line' && item.stroke === paper.outline && item.strokeWidth > 2,
    )
    if (bar?.kind !== 'rect' || outline?.kind !== 'line') throw new Error('no bar or outline')
    const xs = outline.points.filter((_, i) => i % 2 === 0)
    const metresPerPoint = 300 / (Math.max(...xs) - Math.min(...xs))
    expect(bar.width * metresPerPoint).toBeCloseTo(metres, 6)
  })

  it('places north above south and east right of west, at one scale', () => {
    const map = mapFrame([0, 0, 1000, 500], { x: 0, y: 0, width: 100, height: 100 }, 0)
    expect(map.metresPerPoint).toBe(10)
    expect([map.x(0), map.x(1000)]).toEqual([0, 100])
    expect(map.y(500)).toBeLessThan(map.y(0))
    expect(map.y(0) - map.y(500)).toBe(50)
  })

  it('stays sound with nothing to draw and with places not known', () => {
    const empty = input({
      basemap: [],
      boundary: { outer: [], inner: [] },
      shades: [],
      hotspots: [],
      places: [],
      legend: [],
      source: '',
    })
    expect(drawingFaults(mapFigure(empty))).toEqual([])
    const unknown = input({
      basemap: [{ class: 'a-road', name: 'A1', geometry: 'line', parts: [[Number.NaN, 1, 2, Number.NaN]] }],
      places: [{ label: 'A', x: Number.NaN, y: Number.NaN }],
    })
    expect(drawingFaults(mapFigure(unknown))).toEqual([])
  })

  it('scale lengths are 1, 2 or 5 times a power of ten', () => {
    expect([99, 100, 199, 499, 5000, 7200].map(roundLength)).toEqual([50, 100, 100, 200, 5000, 5000])
    expect(boxOfRings([])).toBeNull()
  })
})
