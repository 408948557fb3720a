/**
 * A made-up force for what must hold of every method: 1,500 incidents of three years around three streets and over
 * the country between them, with times, spans, flags, victims, blanks of every kind, areas with a population, places
 * and streets. Nothing real; the same on every machine.
 */
import { randomBelow, randomOf, randomUnit } from '#core/analysis/support/random.ts'
import { minutesOf } from '#core/analysis/support/wall-clock.ts'
import type { Rings } from '#core/contract/geometry.ts'
import { NO_TIME } from '#core/contract/incident.ts'
import type { Context, Incidents, LayerShape } from '#core/contract/method.ts'

const WEST = 450_000
const SOUTH = 300_000
const SIDE = 6_000

const streets = [
  [WEST + 1_500, SOUTH + 1_500],
  [WEST + 4_200, SOUTH + 2_000],
  [WEST + 3_000, SOUTH + 4_800],
]
const offences = ['', 'Assault with injury', 'Robbery', 'Burglary', 'Possession of a knife', 'Theft']

export function madeUpIncidents(rows = 1_500): Incidents {
  const random = randomOf(20_26, 0)
  const x = new Float64Array(rows)
  const y = new Float64Array(rows)
  const from = new Int32Array(rows)
  const to = new Int32Array(rows)
  const precision = new Uint8Array(rows)
  const timePrecision = new Uint8Array(rows)
  const offence = new Uint16Array(rows)
  const location = new Uint32Array(rows)
  const victim = new Uint16Array(rows)
  const knife = new Uint8Array(rows)
  const domestic = new Uint8Array(rows)
  const words = ['']
  const codeOf = new Map<string, number>()
  const first = minutesOf(2023, 1, 1)
  const days = 1096
  for (let i = 0; i < rows; i++) {
    const street = i % 2 === 0 ? streets[randomBelow(random, 3)] : null
    x[i] = street ? street[0] + 10 * randomBelow(random, 30) : WEST + SIDE * randomUnit(random)
    y[i] = street ? street[1] + 10 * randomBelow(random, 12) : SOUTH + SIDE * randomUnit(random)
    const name = street ? `${Math.round(x[i])} ${Math.round(y[i])}` : `place ${i % Math.round(rows / 5)}`
    if (!codeOf.has(name)) codeOf.set(name, words.push(name) - 1)
    location[i] = codeOf.get(name) as number
    const evening = randomBelow(random, 3) > 0
    from[i] =
      first +
      1440 * randomBelow(random, days) +
      (evening ? 1080 + randomBelow(random, 360) : randomBelow(random, 1440))
    to[i] = from[i] + [0, 30, 240, 900][randomBelow(random, 4)]
    offence[i] = 1 + randomBelow(random, 5)
    victim[i] = 1 + randomBelow(random, 900)
    knife[i] = randomBelow(random, 5) === 0 ? 1 : 0
    domestic[i] = randomBelow(random, 6) === 0 ? 255 : 0
    if (i % 97 === 0) x[i] = y[i] = Number.NaN
    if (i % 97 === 0) precision[i] = 3
    if (i % 89 === 0) to[i] = NO_TIME
    if (i % 211 === 0) to[i] = from[i] - 60
    if (i % 131 === 0) offence[i] = 0
    if (i % 151 === 0) {
      from[i] = NO_TIME
      to[i] = NO_TIME
      timePrecision[i] = 3
    }
  }
  const mask = new Uint8Array(rows).fill(1)
  for (let i = 0; i < rows; i += 17) mask[i] = 0
  const victims = ['', ...Array.from({ length: 900 }, (_, v) => `V${v}`)]
  return {
    length: rows,
    mask,
    x,
    y,
    longitude: x.map((east) => -1.26 + (east - WEST) / 68_000),
    latitude: y.map((north) => 52.59 + (north - SOUTH) / 111_000),
    precision,
    from,
    to,
    timePrecision,
    dictionaries: {
      offence: { codes: offence, words: offences },
      location: { codes: location, words },
      victimRef: { codes: victim, words: victims },
    },
    flags: { knife, domestic },
  }
}

function square(west: number, south: number, side: number): Rings {
  return [
    [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
    ],
  ]
}

/** Thirty-six areas of a kilometre, each with a population. */
export function madeUpAreas(): LayerShape[] {
  return Array.from({ length: 36 }, (_, k) => ({
    code: `A${k}`,
    name: `Area ${k}`,
    kind: '',
    rings: square(WEST + (k % 6) * 1_000, SOUTH + Math.floor(k / 6) * 1_000, 1_000),
    numbers: { population: 800 + 37 * k, households: 300 + 11 * k },
  }))
}

/** Small squares: around the streets (treated), or in places like them (control). */
export function madeUpSpots(kind: 'treated' | 'control'): LayerShape[] {
  const corners =
    kind === 'treated'
      ? streets.map(([east, north]) => [east - 100, north - 150])
      : [0, 1, 2, 3].map((k) => [WEST + 500 + 1_300 * k, SOUTH + 3_300])
  return corners.map(([east, north], k) => ({
    code: `${kind} ${k}`,
    name: `${kind} ${k}`,
    kind: '',
    rings: square(east, north, 500),
    numbers: {},
  }))
}

export function madeUpPlaces(): LayerShape[] {
  const random = randomOf(7, 7)
  return Array.from({ length: 25 }, (_, k) => ({
    code: String(k),
    name: `School ${k}`,
    kind: 'school',
    x: WEST + SIDE * randomUnit(random),
    y: SOUTH + SIDE * randomUnit(random),
    numbers: {},
  }))
}

export function madeUpStreets(): LayerShape[] {
  return Array.from({ length: 24 }, (_, k) => {
    const along = (k % 12) * 500 + 250
    const across: [number, number][] =
      k < 12
        ? [
            [WEST, SOUTH + along],
            [WEST + SIDE, SOUTH + along],
          ]
        : [
            [WEST + along, SOUTH],
            [WEST + along, SOUTH + SIDE],
          ]
    return { code: `S${k}`, name: `Street ${k}`, kind: 'road', lines: [across], numbers: {} }
  })
}

export function madeUpContext(): Context {
  return {
    studyArea: {
      name: 'Made-up force',
      areas: [{ code: 'F', name: 'Made-up force', rings: square(WEST, SOUTH, SIDE) }],
    },
    weights: {
      name: 'Made-up harm',
      version: '1',
      unit: 'days',
      byOffence: { 'Assault with injury': 20, Robbery: 365, 'Possession of a knife': 15, Theft: 2 },
    },
  }
}
