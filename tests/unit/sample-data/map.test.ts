import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { basemapClasses } from '#core/contract/layer.ts'
import { generateSample, type SampleAbout } from '#sample/generate.ts'
import { cityName, coastTownName, northTownName, villageNames, westTownName } from '#sample/names.ts'
import { sampleForce } from '#sample/sample-force.ts'
import { type Feature, metreRings, readFeatures, readIncidents } from './read-sample.ts'

const out = mkdtempSync(join(tmpdir(), 'sample-map-'))
let about: SampleAbout
const level: Record<string, Feature[]> = {}

beforeAll(() => {
  about = generateSample({ out, rows: 12_000, seed: sampleForce.seed, years: 3 })
  for (const name of ['force', 'districts', 'beats', 'lsoas'] as const) {
    level[name] = readFeatures(out, sampleForce.files[name])
  }
})
afterAll(() => rmSync(out, { recursive: true }))

const ringArea = (ring: readonly (readonly [number, number])[]) => {
  let twice = 0
  for (let i = 0; i < ring.length; i++) {
    const [x, y] = ring[i]
    const [nextX, nextY] = ring[(i + 1) % ring.length]
    twice += x * nextY - nextX * y
  }
  return twice / 2
}
const areaOf = (feature: Feature) => metreRings(feature).reduce((sum, ring) => sum + ringArea(ring), 0)

/** Directed edges of a level, as written. */
function edgesOf(features: readonly Feature[]): Map<string, number> {
  const edges = new Map<string, number>()
  for (const feature of features) {
    for (const ring of feature.geometry.coordinates as [number, number][][]) {
      for (let i = 1; i < ring.length; i++) {
        const edge = `${ring[i - 1]} ${ring[i]}`
        edges.set(edge, (edges.get(edge) ?? 0) + 1)
      }
    }
  }
  return edges
}
const back = (edge: string) => edge.split(' ').reverse().join(' ')

describe('boundaries', () => {
  test('one force of about 1,500 km², six districts, about 60 beats and 600 LSOA-like areas, named and coded once', () => {
    expect(level.force.length).toBe(1)
    expect(level.districts.length).toBe(6)
    expect(level.beats.length).toBe(about.truth.areas.beats)
    expect(Math.abs(level.lsoas.length - 600)).toBeLessThan(40)
    expect(areaOf(level.force[0]) / 1e6).toBeGreaterThan(1400)
    expect(areaOf(level.force[0]) / 1e6).toBeLessThan(1650)
    for (const features of Object.values(level)) {
      for (const field of ['code', 'name']) {
        expect(new Set(features.map((feature) => feature.properties[field])).size).toBe(features.length)
      }
    }
  })

  test('shared edges are identical point for point and the levels nest', () => {
    const finest = edgesOf(level.lsoas)
    const outer = [...finest.keys()].filter((edge) => !finest.has(back(edge))).sort()
    expect(outer).toEqual([...edgesOf(level.force).keys()].sort())
    for (const name of ['force', 'districts', 'beats', 'lsoas']) {
      const edges = edgesOf(level[name])
      expect([...edges].filter(([edge, count]) => count !== 1 || !finest.has(edge))).toEqual([])
    }
    const whole = areaOf(level.force[0])
    for (const name of ['districts', 'beats', 'lsoas']) {
      const parts = level[name].map(areaOf)
      expect(Math.min(...parts)).toBeGreaterThan(0)
      expect(parts.reduce((a, b) => a + b, 0) / whole).toBeCloseTo(1, 9)
    }
  })

  test('no two edges cross', () => {
    const seen = new Set<string>()
    const lines: [number, number, number, number][] = []
    for (const feature of level.lsoas) {
      for (const ring of metreRings(feature)) {
        for (let i = 0; i < ring.length; i++) {
          const [a, b] = [ring[i], ring[(i + 1) % ring.length]]
          const key = [a, b]
            .map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`)
            .sort()
            .join(' ')
          if (seen.has(key)) continue
          seen.add(key)
          lines.push([...a, ...b])
        }
      }
    }
    lines.sort((a, b) => Math.min(a[0], a[2]) - Math.min(b[0], b[2]))
    const side = (x0: number, y0: number, x1: number, y1: number, x: number, y: number) =>
      (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)
    const apart = (a: number[], b: number[]) =>
      side(a[0], a[1], a[2], a[3], b[0], b[1]) * side(a[0], a[1], a[2], a[3], b[2], b[3])
    const meet = (a: number[], b: number[]) =>
      [0, 2].some((i) => [0, 2].some((j) => Math.hypot(a[i] - b[j], a[i + 1] - b[j + 1]) < 0.05))
    let crossings = 0
    for (let i = 0; i < lines.length; i++) {
      const east = Math.max(lines[i][0], lines[i][2])
      for (let j = i + 1; j < lines.length && Math.min(lines[j][0], lines[j][2]) <= east; j++) {
        if (apart(lines[i], lines[j]) < 0 && apart(lines[j], lines[i]) < 0 && !meet(lines[i], lines[j]))
          crossings++
      }
    }
    expect(lines.length).toBeGreaterThan(3000)
    expect(crossings).toBe(0)
  })
})

const inside = (rings: readonly (readonly (readonly [number, number])[])[], x: number, y: number) => {
  let within = false
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]
      const [xj, yj] = ring[j]
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within
    }
  }
  return within
}

describe('incidents on the map', () => {
  test('every place lies inside the outline, in open sea off the real coast, and nearly all in the beat named', () => {
    const force = metreRings(level.force[0])
    const beats = new Map(level.beats.map((beat) => [beat.properties.code, metreRings(beat)]))
    let placed = 0
    let inBeat = 0
    let west = Number.POSITIVE_INFINITY
    for (const year of about.years) {
      for (const row of readIncidents(out, sampleForce.files.incidents(year)).good) {
        if (row.easting === '') continue
        const x = Number(row.easting)
        const y = Number(row.northing)
        placed++
        if (!inside(force, x, y)) expect.fail(`${row.crime_ref} lies outside at ${x} ${y}`)
        if (inside(beats.get(row.beat)!, x, y)) inBeat++
        west = Math.min(west, x)
      }
    }
    expect(placed).toBeGreaterThan(11_500)
    // The real coast ends at about easting 543000 in these northings.
    expect(west).toBeGreaterThan(555_000)
    expect(inBeat / placed).toBeGreaterThan(0.97)
  })
})

describe('basemap', () => {
  test('uses the classes of the contract only, with water, parks, a motorway, railways and named roads', () => {
    const features = ['land', 'roads', 'placeNames'].flatMap((name) =>
      readFeatures(out, sampleForce.files[name as 'land']),
    )
    const classes = new Set(features.map((feature) => String(feature.properties.class)))
    for (const name of classes) expect(basemapClasses as readonly string[]).toContain(name)
    for (const name of [
      'sea',
      'land',
      'green',
      'water',
      'building',
      'rail',
      'motorway',
      'a-road',
      'b-road',
      'minor-road',
      'place',
    ]) {
      expect(classes.has(name), name).toBe(true)
    }
    const roads = readFeatures(out, sampleForce.files.roads)
    expect(roads.length).toBeGreaterThan(4000)
    expect(roads.every((road) => String(road.properties.name).length > 2)).toBe(true)
    const flat = JSON.stringify(features.map((feature) => feature.geometry.coordinates))
    expect(flat).not.toMatch(/null|NaN/)
  })
})

const lookup = resolve(
  import.meta.dirname,
  '../../../../shared/data/boundaries/lookup_lsoa21_ward24_lad24.csv.gz',
)
describe.skipIf(!existsSync(lookup))(
  'names (skipped when ../shared/data is absent: needs the real ward list)',
  () => {
    test('no invented town or village is part of a real ward, LSOA or district name', () => {
      const real = gunzipSync(readFileSync(lookup)).toString('utf8').toLowerCase()
      expect(real).toContain('darlington')
      for (const name of [
        sampleForce.name.split(' ')[0],
        cityName,
        coastTownName,
        northTownName,
        westTownName,
        ...villageNames,
      ]) {
        expect(real.includes(name.toLowerCase()), name).toBe(false)
      }
    })
  },
)
