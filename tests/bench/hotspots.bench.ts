/**
 * How long hotspots take: seeded synthetic incidents around 20,000 places of unequal weight, 145,000 hexagons, three
 * years, harm weights. Checked for conservation. Run: `node tests/bench/hotspots.bench.ts [incidents] [--json]`.
 */
import assert from 'node:assert/strict'
import { hotspots } from '#core/analysis/hotspot/hotspots.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { minutesOf } from '#core/analysis/support/wall-clock.ts'
import type { Context, Incidents } from '#core/contract/method.ts'

const given = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)))
const length = given > 0 ? given : 5_000_000
const west = 400_000
const south = 300_000
const extent = 123_000

function synthetic(): Incidents {
  let state = 20250401
  const random = (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const places = 20_000
  const placeX = Float64Array.from({ length: places }, () => west + random() * (extent - 300))
  const placeY = Float64Array.from({ length: places }, () => south + random() * (extent - 300))
  const x = new Float64Array(length)
  const y = new Float64Array(length)
  const from = new Int32Array(length)
  const location = new Uint32Array(length)
  const locationType = new Uint16Array(length)
  const offence = new Uint16Array(length)
  const domestic = new Uint8Array(length)
  const first = minutesOf(2022, 1, 1)
  for (let i = 0; i < length; i++) {
    const place = Math.floor(random() ** 3 * places)
    x[i] = placeX[place] + random() * 300
    y[i] = placeY[place] + random() * 300
    from[i] = first + Math.floor(random() * 3 * 365 * 1440)
    location[i] = 1 + place
    locationType[i] = 1 + Math.floor(random() * 5)
    offence[i] = 1 + Math.floor(random() * 30)
    domestic[i] = random() < 0.1 ? 1 : 0
  }
  const named = (prefix: string, count: number): string[] => [
    '',
    ...Array.from({ length: count }, (_, k) => `${prefix} ${k}`),
  ]
  return {
    length,
    mask: new Uint8Array(length).fill(1),
    x,
    y,
    precision: new Uint8Array(length),
    from,
    to: from,
    timePrecision: new Uint8Array(length),
    dictionaries: {
      location: { codes: location, words: named('Street', places) },
      locationType: { codes: locationType, words: ['', 'Street', 'Dwelling', 'Hospital', 'Shop', 'School'] },
      offence: { codes: offence, words: named('Offence', 30) },
    },
    flags: { domestic, publicSpace: new Uint8Array(length).fill(1) },
  }
}

const incidents = synthetic()
const context: Context = {
  studyArea: {
    name: 'Square',
    areas: [
      {
        code: 'S',
        name: 'Square',
        rings: [
          [
            [west, south],
            [west + extent, south],
            [west + extent, south + extent],
            [west, south + extent],
          ],
        ],
      },
    ],
  },
  weights: {
    name: 'Bench',
    version: '1',
    unit: 'days',
    byOffence: Object.fromEntries(Array.from({ length: 28 }, (_, k) => [`Offence ${k}`, k + 1])),
  },
}

const results = ['count', 'harm', 'countNeighbours', 'harmNeighbours'].map((score) => {
  const params = readParameters(hotspots.card, { score })
  const clock: number[] = []
  const processor: number[] = []
  let cells = 0
  let longestGap = 0
  for (let k = 0; k < 7; k++) {
    let last = performance.now()
    const control = {
      tick: (): void => {
        const now = performance.now()
        if (k > 1) longestGap = Math.max(longestGap, now - last)
        last = now
      },
    }
    const start = performance.now()
    const used = process.threadCpuUsage()
    const { summary, columns } = hotspots.run(incidents, params, context, control)
    const { user, system } = process.threadCpuUsage(used)
    clock.push(performance.now() - start)
    processor.push((user + system) / 1000)
    cells = summary.cells
    const counted = (columns.count as Uint32Array).reduce((sum, count) => sum + count, 0)
    const excluded = summary.excluded.reduce((sum, each) => sum + each.incidents, 0)
    assert.equal(counted, summary.incidents)
    assert.ok(counted + excluded <= length && counted + excluded > 0.98 * length)
  }
  clock.sort((a, b) => a - b)
  return {
    score,
    cells,
    medianMs: Math.round(clock[3]),
    leastMs: Math.round(clock[0]),
    leastProcessorMs: Math.round(Math.min(...processor)),
    longestBetweenTicksMs: Math.round(longestGap),
  }
})

if (process.argv.includes('--json'))
  console.log(JSON.stringify({ incidents: length, node: process.version, results }, null, 1))
else {
  console.log(`${length.toLocaleString('en-GB')} incidents; Node ${process.version}; 7 runs`)
  console.table(results)
}
