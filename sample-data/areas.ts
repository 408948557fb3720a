import { createQueue, growAreas } from './cheapest-path.ts'
import { hexAt, hexCount, hexNeighbour, hexX, hexY } from './lattice.ts'
import { districtNames } from './names.ts'
import { noise } from './noise.ts'
import { FORCE, middle, type Outline } from './outline.ts'
import { createRandom } from './random.ts'
import { builtEdge, type Settlement, unbend } from './settlements.ts'

/** An area of one level, with the number of its parent in the level above. */
export interface Area {
  readonly code: string
  readonly name: string
  readonly parent: number
  readonly residents: number
}

/** Three levels that nest without gaps; `…Of` gives the area of each hexagon, -1 outside the force. */
export interface Areas {
  readonly districts: readonly Area[]
  readonly beats: readonly Area[]
  readonly lsoas: readonly Area[]
  readonly districtOf: Int32Array
  readonly beatOf: Int32Array
  readonly lsoaOf: Int32Array
}

const RESIDENTS_PER_LSOA = 1170
const BEATS = 58

/** Divides the force: six districts, 58 beats, about 600 LSOA-like areas, smaller where more people live. */
export function divideForce(seed: number, outline: Outline, settlements: readonly Settlement[]): Areas {
  const residents = spreadResidents(outline, settlements)
  const rough = (hex: number) =>
    outline.kind[hex] === FORCE
      ? 1 + 0.6 * noise(seed + 81, hexX(hex) / 700, hexY(hex) / 700)
      : Number.POSITIVE_INFINITY
  const seats = [
    [586_300, 440_900],
    [593_500, 440_400],
    [settlements[1].x, settlements[1].y],
    [settlements[2].x, settlements[2].y],
    [settlements[3].x, settlements[3].y],
    [middle.x + 500, middle.y - 14_500],
  ]
  const districtOf = growAreas(
    seats.map(([x, y]) => hexAt(x, y)),
    [2.3, 1.5, 0.95, 1, 1, 1],
    rough,
  )
  const wall = (hex: number) => rough(hex)
  const starts = lsoaStarts(seed, outline, residents)
  const lsoaOf = growWithin(starts, districtOf, wall)
  const count = starts.length
  const lsoaDistrict = starts.map((hex) => districtOf[hex])
  const people = new Float64Array(count)
  for (let hex = 0; hex < hexCount; hex++) if (lsoaOf[hex] >= 0) people[lsoaOf[hex]] += residents[hex]
  const beatOfLsoa = groupIntoBeats(lsoaOf, lsoaDistrict, people)
  return nameAreas(districtOf, lsoaOf, beatOfLsoa, lsoaDistrict, people, settlements)
}

/** Residents by hexagon: dense terraces around a thinner centre, suburbs, then farms. */
function spreadResidents(outline: Outline, settlements: readonly Settlement[]): Float64Array {
  const residents = new Float64Array(hexCount)
  const plan = [0, 0]
  for (const settlement of settlements) {
    const inside: number[] = []
    const weight: number[] = []
    let total = 0
    for (let hex = 0; hex < hexCount; hex++) {
      if (outline.kind[hex] !== FORCE) continue
      const x = hexX(hex)
      const y = hexY(hex)
      if (Math.hypot(x - settlement.x, y - settlement.y) > settlement.radius * 1.4) continue
      unbend(settlement, x, y, plan)
      const share = Math.hypot(plan[0], plan[1]) / builtEdge(settlement, Math.atan2(plan[1], plan[0]))
      if (share > 1.05) continue
      const density = share < 0.12 ? 0.8 : 1.45 - share
      inside.push(hex)
      weight.push(density)
      total += density
    }
    for (let i = 0; i < inside.length; i++) residents[inside[i]] += (settlement.residents * weight[i]) / total
  }
  for (let hex = 0; hex < hexCount; hex++) if (outline.kind[hex] === FORCE) residents[hex] += 0.9
  return residents
}

/** First hexagons of the LSOA-like areas: scattered, nearer together where more people live. */
function lsoaStarts(seed: number, outline: Outline, residents: Float64Array): number[] {
  const random = createRandom(seed, 'lsoas')
  const order: number[] = []
  for (let hex = 0; hex < hexCount; hex++) if (outline.depth[hex] >= 2) order.push(hex)
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.index(i + 1)
    const held = order[i]
    order[i] = order[j]
    order[j] = held
  }
  const starts: number[] = []
  for (const hex of order) {
    const areaM2 = Math.min(11e6, (RESIDENTS_PER_LSOA / residents[hex]) * 25_981)
    const apart = 0.8 * Math.sqrt(areaM2)
    const x = hexX(hex)
    const y = hexY(hex)
    if (starts.every((other) => Math.hypot(hexX(other) - x, hexY(other) - y) >= apart)) starts.push(hex)
  }
  return starts
}

/** Grows areas that never cross into another parent area. */
function growWithin(
  starts: readonly number[],
  parentOf: Int32Array,
  cost: (hex: number) => number,
): Int32Array {
  const label = new Int32Array(hexCount).fill(-1)
  const parents = [...new Set(starts.map((hex) => parentOf[hex]))].sort((a, b) => a - b)
  for (const parent of parents) {
    const mine = starts.map((_, i) => i).filter((i) => parentOf[starts[i]] === parent)
    const grown = growAreas(
      mine.map((i) => starts[i]),
      mine.map(() => 1),
      (hex) => (parentOf[hex] === parent ? cost(hex) : Number.POSITIVE_INFINITY),
    )
    for (let hex = 0; hex < hexCount; hex++) if (grown[hex] >= 0) label[hex] = mine[grown[hex]]
  }
  return label
}

/** Joins neighbouring LSOA-like areas of a district into beats of like population, each in one piece. */
function groupIntoBeats(lsoaOf: Int32Array, districtOf: readonly number[], people: Float64Array): Int32Array {
  const neighbours = districtOf.map(() => new Set<number>())
  const seatX = new Float64Array(districtOf.length)
  const seatY = new Float64Array(districtOf.length)
  const hexes = new Float64Array(districtOf.length)
  for (let hex = 0; hex < hexCount; hex++) {
    const a = lsoaOf[hex]
    if (a < 0) continue
    seatX[a] += hexX(hex)
    seatY[a] += hexY(hex)
    hexes[a]++
    for (let side = 0; side < 3; side++) {
      const next = hexNeighbour(hex, side)
      const b = next < 0 ? -1 : lsoaOf[next]
      if (b < 0 || b === a || districtOf[a] !== districtOf[b]) continue
      neighbours[a].add(b)
      neighbours[b].add(a)
    }
  }
  const beatOf = new Int32Array(districtOf.length).fill(-1)
  const total = people.reduce((sum, value) => sum + value, 0)
  let beats = 0
  for (const district of [...new Set(districtOf)].sort((a, b) => a - b)) {
    const mine = districtOf.map((_, i) => i).filter((i) => districtOf[i] === district)
    const held = mine.reduce((sum, i) => sum + people[i], 0)
    const wanted = Math.max(6, Math.round((BEATS * held) / total))
    const seeds = [mine.reduce((a, b) => (people[b] / hexes[b] > people[a] / hexes[a] ? b : a))]
    const away = (a: number, b: number) =>
      Math.hypot(seatX[a] / hexes[a] - seatX[b] / hexes[b], seatY[a] / hexes[a] - seatY[b] / hexes[b])
    while (seeds.length < wanted) {
      const lonely = (i: number) =>
        Math.min(...seeds.map((s) => away(i, s))) * Math.sqrt(people[i] / hexes[i] + 2)
      seeds.push(mine.reduce((a, b) => (lonely(b) > lonely(a) ? b : a)))
    }
    const queue = createQueue()
    seeds.forEach((lsoa, k) => {
      queue.push(0, lsoa * 1000 + k)
    })
    for (let item = queue.pop(); item >= 0; item = queue.pop()) {
      const lsoa = Math.floor(item / 1000)
      if (beatOf[lsoa] >= 0) continue
      beatOf[lsoa] = beats + (item % 1000)
      for (const next of [...neighbours[lsoa]].sort((a, b) => a - b)) {
        if (beatOf[next] < 0) queue.push(away(next, seeds[item % 1000]), next * 1000 + (item % 1000))
      }
    }
    beats += wanted
  }
  return beatOf
}

function nameAreas(
  districtOf: Int32Array,
  lsoaOf: Int32Array,
  beatOfLsoa: Int32Array,
  lsoaDistrict: readonly number[],
  people: Float64Array,
  settlements: readonly Settlement[],
): Areas {
  const count = people.length
  const x = new Float64Array(count)
  const y = new Float64Array(count)
  const hexes = new Float64Array(count)
  const beatOf = new Int32Array(hexCount).fill(-1)
  for (let hex = 0; hex < hexCount; hex++) {
    const lsoa = lsoaOf[hex]
    if (lsoa < 0) continue
    beatOf[hex] = beatOfLsoa[lsoa]
    x[lsoa] += hexX(hex)
    y[lsoa] += hexY(hex)
    hexes[lsoa]++
  }
  const nearest = (i: number) => {
    const away = (s: Settlement) => Math.hypot(s.x - x[i] / hexes[i], s.y - y[i] / hexes[i]) - s.radius
    return settlements.reduce((a, b) => (away(b) < away(a) ? b : a)).name
  }
  const given = new Map<string, number>()
  const numbered = (name: string) => {
    const number = (given.get(name) ?? 0) + 1
    given.set(name, number)
    return `${name} ${String(number).padStart(3, '0')}`
  }
  const lsoas = lsoaDistrict.map((_, i) => ({
    code: `X01${String(i + 1).padStart(6, '0')}`,
    name: numbered(nearest(i)),
    parent: beatOfLsoa[i],
    residents: Math.round(people[i]),
  }))
  const beatCount = Math.max(...beatOfLsoa) + 1
  const perDistrict = new Map<number, number>()
  const beats = Array.from({ length: beatCount }, (_, beat) => {
    const mine = lsoas.map((_area, i) => i).filter((i) => beatOfLsoa[i] === beat)
    const parent = lsoaDistrict[mine[0]]
    const number = (perDistrict.get(parent) ?? 0) + 1
    perDistrict.set(parent, number)
    const seat = mine.reduce((a, b) => (people[b] / hexes[b] > people[a] / hexes[a] ? b : a))
    const code = `${'ABCDEF'[parent]}${String(number).padStart(2, '0')}`
    return {
      code,
      name: `${nearest(seat)} ${code}`,
      parent,
      residents: sum(mine.map((i) => lsoas[i].residents)),
    }
  })
  const districts = districtNames.map((name, i) => ({
    code: 'ABCDEF'[i],
    name,
    parent: 0,
    residents: sum(beats.filter((beat) => beat.parent === i).map((beat) => beat.residents)),
  }))
  return { districts, beats, lsoas, districtOf, beatOf, lsoaOf }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
