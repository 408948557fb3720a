import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hoursBetween } from '#renderer/features/charts/hours-between.ts'
import { classOf, colourIndex, countBreaks } from '#renderer/map/breaks.ts'
import { boxOf, cameraFor, scaleBar } from '#renderer/map/camera.ts'
import { crowdBox } from '#renderer/map/crowd-box.ts'
import { changeText, countText, shareText } from '#renderer/ui/numbers.ts'

describe('class breaks', () => {
  it('rise strictly, start at the least count and hold every count in one class', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }), (counts) => {
        const edges = countBreaks(counts)
        expect(edges[0]).toBe(Math.min(...counts))
        for (let i = 1; i < edges.length; i++) expect(edges[i]).toBeGreaterThan(edges[i - 1])
        for (const count of counts) {
          const at = classOf(count, edges)
          expect(at).toBeGreaterThanOrEqual(0)
          expect(count).toBeGreaterThanOrEqual(edges[at])
          if (at + 1 < edges.length) expect(count).toBeLessThan(edges[at + 1])
        }
      }),
    )
  })

  it('gives the last class the strongest colour, however few classes there are', () => {
    expect(colourIndex(0, 1, 5)).toBe(4)
    expect([0, 1, 2].map((at) => colourIndex(at, 3, 5))).toEqual([0, 2, 4])
    expect(countBreaks([0, 0])).toEqual([])
  })
})

describe('camera', () => {
  it('shows the whole box it was sent to', () => {
    const box = [-2.9, 53.6, -2.5, 53.9] as const
    const shown = boxOf(cameraFor(box, 800, 600), 800, 600)
    expect(shown[0]).toBeLessThan(box[0])
    expect(shown[1]).toBeLessThan(box[1])
    expect(shown[2]).toBeGreaterThan(box[2])
    expect(shown[3]).toBeGreaterThan(box[3])
  })

  it('draws a round scale bar of the right length', () => {
    const camera = { longitude: -2, latitude: 53, zoom: 12 }
    const { metres, pixels } = scaleBar(camera)
    expect([1, 2, 5]).toContain(metres / 10 ** Math.floor(Math.log10(metres)))
    const perPixel = (40_075_016.686 * Math.cos((53 * Math.PI) / 180)) / (512 * 2 ** 12)
    expect(metres / pixels).toBeCloseTo(perPixel, 9)
    expect(pixels).toBeLessThanOrEqual(120)
  })
})

describe('block of hours', () => {
  it('is a rectangle between its corners, whichever was first', () => {
    expect(hoursBetween(20, 45)).toEqual([20, 21, 44, 45])
    expect(hoursBetween(45, 20)).toEqual([20, 21, 44, 45])
    expect(hoursBetween(5, 5)).toEqual([5])
  })
})

describe('numbers', () => {
  it('shows what is not known as a dash, never as nothing', () => {
    expect(countText(Number.NaN)).toBe('–')
    expect(countText(null)).toBe('–')
    expect(shareText(undefined)).toBe('–')
    expect(countText(0)).toBe('0')
    expect(countText(1234567)).toBe('1,234,567')
    expect(shareText(0.0004)).toBe('0.04%')
    expect(changeText(-3.2)).toBe('−3%')
  })
})

describe('crowd box', () => {
  it('is not moved by a few incidents far away, and keeps all where none are', () => {
    const near = Array.from({ length: 100 }, (_, index) => -1 + index / 1000)
    const longitude = [...near, -6]
    const latitude = [...near.map((value) => value + 53), 50]
    const count = [...near.map(() => 100), 3]
    const box = crowdBox(longitude, latitude, count)
    expect(box?.[0]).toBe(-1)
    expect(box?.[1]).toBe(52)
    expect(crowdBox([1, 2], [3, 4], [5, 5])).toEqual([1, 3, 2, 4])
    expect(crowdBox([], [], [])).toBeNull()
  })
})
