/**
 * A made-up force with made-up towns, streets and numbers, to look at the pack and to test it. Its coordinates lie in
 * the North Sea, so that nothing here can be taken for a real place. Seeded: the same call gives the same input.
 */
import { cellArea, cellNeighbours, cellOf, cellX, cellY, gridOver } from '#core/analysis/space/grid.ts'
import { cellsOutline } from '#core/analysis/space/outline.ts'
import type { Position } from '#core/contract/geometry.ts'
import type { BasemapFeature } from '#core/contract/layer.ts'
import { defaultMarking } from '#core/contract/marking.ts'
import type { Provenance } from '#core/contract/provenance.ts'
import type { Hotspot, MonthTrendSummary } from '#core/contract/results.ts'
import type { PackHotspot, PackInput } from '#core/report/pack/pack-input.ts'

type Random = () => number

/** mulberry32. */
function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const west = 560_000
const south = 420_000

const towns = [
  { name: 'Kelderwick', x: west + 15_000, y: south + 14_500, size: 22, angle: 0.2 },
  { name: 'Stanmere', x: west + 29_000, y: south + 22_000, size: 16, angle: -0.35 },
  { name: 'Port Hallam', x: west + 36_500, y: south + 9_500, size: 14, angle: 0.55 },
  { name: 'Ashgrave', x: west + 9_500, y: south + 27_500, size: 12, angle: 0 },
] as const

const streetNames =
  'Mill Lane,Chapel Street,Ropewalk,Station Road,Quay Street,Albion Terrace,Foundry Row,Harbour View,Beacon Road,Long Causeway,Tanner Street,Corn Hill,Orchard Way,Priory Gate,Sheaf Street,Weaver Lane,Castle Bank,Duke Street,Market Place,North Parade,Lime Grove,Canal Side,Brook Street,Abbey Road,Park Row,Garden Street,Wharf Road,Union Street,Hope Terrace,Spring Bank,Victoria Street,Bridge Road,Church Walk,Hollow Lane,Crown Yard,Victory Road,Elm Rise,Cross Street,Salter Row,Kiln Lane'.split(
    ',',
  )

const placeNames =
  'Market Place,Harbour Steps,Station Approach,Ropewalk Arcade,Union Street,Foundry Row,Corn Hill,Quay Street,Bridge Road Shops,Priory Gate,Canal Side,Castle Bank,Chapel Street,Tanner Street,Park Row,Long Causeway,Beacon Road,Victoria Gardens'.split(
    ',',
  )

const venues =
  'Blue Anchor public house,Kelder Arcade,The Granary nightclub,Fairway supermarket,Market taxi rank,Bus interchange stand C,Castle car park,Harbour fried chicken,Northgate betting shop,Quayside hostel'.split(
    ',',
  )

const offences = [
  'Assault with injury',
  'Robbery of personal property',
  'Assault without injury',
  'Possession of a bladed article',
  'Wounding with intent',
  'Public order: fear of violence',
  'Harassment in a public place',
  'Threats to kill',
]
const weightOf = [19, 365, 2, 20, 1460, 3, 5, 20]

/** Streets of one town: a bent lattice with names, a main road each way, a park and a river. */
function townStreets(town: (typeof towns)[number], random: Random): BasemapFeature[] {
  const features: BasemapFeature[] = []
  const step = 115
  const half = town.size / 2
  const nodes: Position[][] = []
  for (let r = 0; r <= town.size; r++) {
    const row: Position[] = []
    for (let c = 0; c <= town.size; c++) {
      const dx = (c - half) * step + (random() - 0.5) * 46
      const dy = (r - half) * step + (random() - 0.5) * 46
      row.push([
        town.x + dx * Math.cos(town.angle) - dy * Math.sin(town.angle),
        town.y + dx * Math.sin(town.angle) + dy * Math.cos(town.angle),
      ])
    }
    nodes.push(row)
  }
  const line = (points: readonly Position[], middle: boolean, index: number): void => {
    const from = Math.floor(random() * 3)
    features.push({
      class: middle ? 'b-road' : 'minor-road',
      name: streetNames[(index * 7 + Math.floor(town.x)) % streetNames.length],
      geometry: 'line',
      parts: [points.slice(from, points.length - Math.floor(random() * 3)).flat()],
    })
  }
  for (let r = 0; r <= town.size; r++) line(nodes[r], r === half, r)
  for (let c = 0; c <= town.size; c++)
    line(
      nodes.map((row) => row[c]),
      c === half,
      c + town.size + 1,
    )
  const corner = nodes[Math.floor(half / 2)][Math.floor(half / 2)]
  features.push({
    class: 'green',
    name: 'Park',
    geometry: 'area',
    parts: [
      [0, 1, 2, 3, 4, 5, 6, 7].flatMap((k) => [
        corner[0] + 170 * Math.cos((k * Math.PI) / 4) * (0.8 + 0.4 * random()),
        corner[1] + 140 * Math.sin((k * Math.PI) / 4) * (0.8 + 0.4 * random()),
      ]),
    ],
  })
  features.push({
    class: 'place',
    name: town.name,
    geometry: 'point',
    parts: [[town.x, town.y + half * step + 500]],
  })
  return features
}

function forceBasemap(random: Random): {
  readonly streets: BasemapFeature[]
  readonly overview: BasemapFeature[]
} {
  const streets = towns.flatMap((town) => townStreets(town, random))
  const roads: BasemapFeature[] = []
  const join = (a: Position, b: Position, kind: 'a-road' | 'motorway' | 'rail', name: string): void => {
    const points: number[] = []
    const bend = (random() - 0.5) * 3000
    for (let k = 0; k <= 24; k++) {
      const t = k / 24
      points.push(
        a[0] + (b[0] - a[0]) * t + bend * Math.sin(Math.PI * t) * 0.6,
        a[1] + (b[1] - a[1]) * t - bend * Math.sin(Math.PI * t),
      )
    }
    roads.push({ class: kind, name, geometry: 'line', parts: [points] })
  }
  const at = (i: number): Position => [towns[i].x, towns[i].y]
  join(at(0), at(1), 'a-road', 'A9901')
  join(at(1), at(2), 'a-road', 'A9914')
  join(at(0), at(3), 'a-road', 'A9920')
  join(at(3), at(1), 'a-road', 'A9933')
  join([west + 1000, south + 20_000], [west + 44_000, south + 15_500], 'motorway', 'M92')
  join([west + 1000, south + 9_000], [west + 36_500, south + 9_700], 'rail', '')
  const river: number[] = []
  for (let k = 0; k <= 40; k++)
    river.push(west + 2000 + k * 1080, south + 12_200 + 1500 * Math.sin(k / 5) + 600 * Math.sin(k / 1.7))
  for (let k = 40; k >= 0; k--)
    river.push(
      west + 2000 + k * 1080,
      south + 12_200 + 1500 * Math.sin(k / 5) + 600 * Math.sin(k / 1.7) - 90 - k * 9,
    )
  const water: BasemapFeature = { class: 'water', name: 'River Kelder', geometry: 'area', parts: [river] }
  return {
    streets: [water, ...roads, ...streets],
    overview: [water, ...roads, ...streets.filter((feature) => feature.class !== 'minor-road')],
  }
}

function boundary(random: Random): Position[] {
  const ring: Position[] = []
  for (let k = 0; k < 72; k++) {
    const angle = (2 * Math.PI * k) / 72
    const reach = 0.9 + 0.08 * Math.sin(3 * angle) + 0.05 * random()
    ring.push([
      west + 23_000 + 22_000 * reach * Math.cos(angle),
      south + 18_000 + 16_500 * reach * Math.sin(angle),
    ])
  }
  return ring
}

export interface FictionalOptions {
  readonly hotspots?: number
  readonly weights?: boolean
  /** Month-only data: no hour by weekday. */
  readonly monthOnly?: boolean
  readonly missingMonth?: boolean
  readonly files?: number
  /** Names far too long for any column. */
  readonly longNames?: boolean
}

export function fictionalPack(options: FictionalOptions = {}): PackInput {
  const { hotspots: wanted = 12, weights = true, monthOnly = false, missingMonth = true, files = 3 } = options
  const random = seeded(20_260_331)
  const basemap = forceBasemap(random)
  const ring = boundary(random)
  const grid = gridOver([west, south, west + 46_000, south + 36_000], 'hexagon', 200)
  const provenance = (id: string): Provenance => ({
    product: 'Hotspot Workbench 0.1.0',
    dataset: { id: 'a'.repeat(64), name: 'Fictional records', rows: 48_213 },
    filter: { clauses: [{ kind: 'period', from: '2023-01-01', to: '2026-01-01' }] },
    method: { id, version: '1.0.0' },
    params: { seed: 1 },
  })

  const counts = new Map<number, number>()
  const taken = new Set<number>()
  const clusters: number[][] = []
  for (let k = 0; k < wanted; k++) {
    for (let attempt = 0; attempt < 400; attempt++) {
      const town = towns[Math.floor(random() ** 1.6 * towns.length)]
      const reach = town.size * 52
      const seedCell = cellOf(
        grid,
        town.x + (random() - 0.5) * 2 * reach,
        town.y + (random() - 0.5) * 2 * reach,
      )
      const cells = [seedCell]
      const extra = Math.floor(random() * 4)
      for (let i = 0; i < extra; i++) {
        const around = cellNeighbours(grid, cells[cells.length - 1]).filter((cell) => !cells.includes(cell))
        cells.push(around[Math.floor(random() * around.length)])
      }
      if (cells.some((cell) => taken.has(cell))) continue
      for (const cell of cells) taken.add(cell)
      clusters.push(cells)
      break
    }
  }
  let background = 0
  for (const town of towns)
    for (let k = 0; k < town.size * 26; k++) {
      const spread = town.size * 95
      const x = town.x + (random() + random() + random() - 1.5) * spread
      const y = town.y + (random() + random() + random() - 1.5) * spread
      const count = 1 + Math.floor(random() ** 3 * 14)
      const cell = cellOf(grid, x, y)
      counts.set(cell, (counts.get(cell) ?? 0) + count)
      background += count
    }

  const areaKm2 = 1132.4
  const allHarm = 512_000
  const places: PackHotspot[] = []
  const list: Hotspot[] = []
  const incidents =
    background + clusters.reduce((total, cells, k) => total + clusterCount(k, cells.length), 0)
  clusters.forEach((cells, k) => {
    const count = clusterCount(k, cells.length)
    for (const cell of cells) counts.set(cell, Math.round(count / cells.length))
    const x = cells.reduce((total, cell) => total + cellX(grid, cell), 0) / cells.length
    const y = cells.reduce((total, cell) => total + cellY(grid, cell), 0) / cells.length
    const hotspotArea = (cellArea(grid) * cells.length) / 1e6
    const harm = weights ? Math.round(count * (96 + 6 * random())) : Number.NaN
    const town = towns.reduce((best, one) =>
      Math.hypot(one.x - x, one.y - y) < Math.hypot(best.x - x, best.y - y) ? one : best,
    )
    const first = Math.round(count * (0.3 + 0.06 * random()))
    const second = Math.round(count * (0.3 + 0.06 * random()))
    const sorted = [...cells].sort((a, b) => a - b)
    const hotspot: Hotspot = {
      id: `HX200-${sorted[0] % grid.columns}-${Math.floor(sorted[0] / grid.columns)}`,
      rank: k + 1,
      cells: sorted,
      rings: cellsOutline(grid, sorted),
      x,
      y,
      areaKm2: hotspotArea,
      count,
      harm,
      shareOfCount: count / incidents,
      shareOfHarm: weights ? harm / allHarm : Number.NaN,
      shareOfArea: hotspotArea / areaKm2,
      score: count,
      byYear: [first, second, count - first - second],
      yearsInTop: k % 5 === 4 ? 2 : 3,
      years: 3,
      z: 11.4 - k * 0.13,
      qValue: 0.000_02 * (k + 1),
      area: `${town.name} ${['Central', 'East', 'Docks', 'North'][k % 4]}`,
      place: placeNames[k % placeNames.length],
    }
    list.push(hotspot)
    const suffix = k >= placeNames.length ? ` (${Math.floor(k / placeNames.length) + 1})` : ''
    const name = options.longNames
      ? `${placeNames[k % placeNames.length]} and the whole of the surrounding streets between the old corn exchange & the <former> bus depot`
      : `${placeNames[k % placeNames.length]}${suffix}`
    places.push(
      detail(hotspot, name, basemap.streets, { weights, monthOnly, missingMonth }, provenance, random),
    )
  })

  const hash = (k: number): string =>
    Array.from({ length: 64 }, (_, i) => '0123456789abcdef'[(i * 7 + k * 5 + ((i * i) % 11)) % 16]).join('')
  return {
    product: 'Hotspot Workbench 0.1.0',
    force: 'Westermark Constabulary',
    marking: { ...defaultMarking, descriptors: ['Operational'], originator: 'Force Intelligence Bureau' },
    title: 'Serious violence hotspots',
    author: 'A. Example, intelligence analyst',
    asAt: '2026-01-12',
    reviewBy: '2026-07-12',
    definition: { name: 'Serious violence in public places', version: 3 },
    period: { from: '2023-01-01', to: '2026-01-01' },
    filterSentence: `Serious violence in public places, 1 January 2023 to 31 December 2025, not domestic: ${incidents.toLocaleString('en-GB')} of 48,213 incidents`,
    data: {
      id: 'a'.repeat(64),
      name: 'Fictional records',
      importer: 'Hotspot Workbench import 1.0.0',
      files: Array.from({ length: files }, (_, k) => ({
        name: `westermark-records-${2023 + (k % 3)}-${String(1 + (k % 12)).padStart(2, '0')}.csv`,
        sha256: hash(k),
        bytes: 4_300_000 + k * 12_345,
        rows: 16_100 + k,
        kept: 16_071 + k,
        rejected: 29,
      })),
      rowsRead: 48_303,
      rowsKept: 48_213,
      rowsRejected: 87,
      duplicates: { identical: 12, repeatedRef: 31, dropped: 3 },
      located: 47_105,
      issues: [
        {
          code: 'E-DATE',
          action: 'rejected',
          reason: 'The date cannot be read',
          cure: 'Correct the date in the source',
          count: 41,
        },
        {
          code: 'E-COLUMNS',
          action: 'rejected',
          reason: 'The row has more fields than the header',
          cure: 'Quote the field that holds a comma',
          count: 46,
        },
        {
          code: 'W-PLACE',
          action: 'blanked',
          reason: 'The coordinates lie outside Great Britain',
          cure: 'Check which column is the easting',
          count: 118,
        },
      ],
      coverage: missingMonth
        ? [{ force: 'Westermark', month: '2024-08', state: 'missing', rows: 0 }]
        : [{ force: 'Westermark', month: '2024-08', state: 'present', rows: 1311 }],
      timePrecision: monthOnly ? 'month' : 'minute',
      warnings: ['The file of March 2024 holds 38% fewer rows than its neighbours; it was kept.'],
    },
    selected: incidents + 240,
    ...(weights && {
      weights: {
        name: 'Example harm index',
        version: '2025.1',
        unit: 'days of imprisonment',
        source: 'Fictional weights for this example',
        sha256: hash(99),
      },
    }),
    summary: {
      grid,
      score: weights ? 'harm' : 'count',
      hotspots: list,
      incidents,
      harm: weights ? allHarm : Number.NaN,
      areaKm2,
      cells: 10_899,
      shareOfCount: list.reduce((total, hotspot) => total + hotspot.shareOfCount, 0),
      shareOfHarm: list.reduce((total, hotspot) => total + hotspot.shareOfHarm, 0),
      shareOfArea: list.reduce((total, hotspot) => total + hotspot.shareOfArea, 0),
      excluded: [{ reason: 'No place on the map', incidents: 240 }],
      clauses: [],
      yearLabels: ['2023', '2024', '2025'],
      halfOfCrimeInCells: 212,
      halfOfCrimeShareOfCells: 212 / 10_899,
    },
    caveats: [
      {
        code: 'places-as-recorded',
        text: 'Places are as recorded; a place recorded at a default point (a station, a hospital) makes a hotspot of its own unless it is left out.',
      },
    ],
    provenance: provenance('hotspots'),
    decisions: [
      {
        hotspot: 'HX200-1-1',
        dropped: 'Hospital: incidents are recorded where victims are treated, not where they were hurt.',
      },
      { hotspot: list[0].id, name: places[0].name },
    ],
    hotspots: places,
    cells: {
      grid,
      counts: [...counts].sort((a, b) => a[0] - b[0]).map(([cell, count]) => ({ cell, count })),
    },
    basemap: basemap.overview,
    studyArea: {
      name: 'Westermark force area',
      areas: [{ code: 'X99', name: 'Westermark', rings: [ring] }],
      sha256: hash(7),
    },
    sources: ['Fictional map and fictional records, drawn for this example.'],
    methods: [
      {
        id: 'hotspots',
        version: '1.0.0',
        title: 'Hotspots',
        answers: 'Which few places hold most of the incidents or harm?',
        references: ['Sherman, L., Gartin, P. and Buerger, M. (1989). Criminology 27, 27–55.'],
        parameters: [
          { title: 'Shape of the cells', value: 'hexagon' },
          { title: 'Side of a cell', value: '200 m' },
          { title: 'Ranked by', value: weights ? 'harm' : 'count' },
        ],
      },
      {
        id: 'hourWeekday',
        version: '1.0.0',
        title: 'Hour by weekday',
        answers: 'When in the week does it happen?',
        references: [
          'Ratcliffe, J. (2000). International Journal of Geographical Information Science 14, 669–679.',
        ],
        parameters: [{ title: 'Longest span used', value: '24 hours' }],
      },
    ],
  }
}

function clusterCount(rank: number, cells: number): number {
  return Math.round((330 / (1 + rank * 0.22)) * (0.8 + 0.1 * cells))
}

function detail(
  hotspot: Hotspot,
  name: string,
  streets: readonly BasemapFeature[],
  options: { readonly weights: boolean; readonly monthOnly: boolean; readonly missingMonth: boolean },
  provenance: (id: string) => Provenance,
  random: Random,
): PackHotspot {
  const weights = new Array<number>(168).fill(0)
  const used = Math.round(hotspot.count * 0.94)
  const busyDay = 4 + (hotspot.rank % 2)
  for (let day = 0; day < 7; day++)
    for (let hour = 0; hour < 24; hour++) {
      const fromEleven = ((hour + 13) % 24) - 12
      const night = Math.exp(-(fromEleven ** 2) / 9)
      const afternoon = 0.5 * Math.exp(-((hour - 16) ** 2) / 8)
      const evening = hour < 6 ? (day + 6) % 7 : day
      const weekend = evening === busyDay || evening === (busyDay + 1) % 7 ? 2.4 : 1
      weights[day * 24 + hour] = (night * weekend + afternoon) * (0.7 + 0.6 * random()) + 0.02
    }
  const whole = weights.reduce((total, weight) => total + weight, 0)
  for (let i = 0; i < 168; i++) weights[i] = (weights[i] * used) / whole
  const windowOf = (day: number, fromHour: number, toHour: number) => {
    let weight = 0
    for (let hour = fromHour; hour < toHour; hour++) weight += weights[(day * 24 + hour) % 168]
    return { day, fromHour, toHour, weight, share: weight / used }
  }
  const windows = [windowOf(busyDay, 21, 26), windowOf((busyDay + 1) % 7, 21, 26), windowOf(2, 15, 18)].sort(
    (a, b) => b.weight - a.weight,
  )
  const mix = offences.map((offence, k) => {
    const count = Math.max(
      1,
      Math.round(hotspot.count * [0.31, 0.16, 0.21, 0.09, 0.05, 0.1, 0.06, 0.02][k] * (0.9 + 0.2 * random())),
    )
    return { offence, count, harm: count * weightOf[k] }
  })
  // The commonest takes up the rounding, so that the offences add up to the hotspot.
  mix[0].count += hotspot.count - mix.reduce((total, row) => total + row.count, 0)
  mix[0].harm = mix[0].count * weightOf[0]
  const mixCount = mix.reduce((total, row) => total + row.count, 0)
  const mixHarm = mix.reduce((total, row) => total + row.harm, 0)
  return {
    hotspot,
    name,
    hourWeekday: options.monthOnly
      ? {
          kind: 'refused',
          sentence:
            'The data give only the month of each incident, so hours and days cannot be shown. A record extract with times would fill this.',
        }
      : {
          kind: 'answer',
          summary: {
            weights,
            used,
            excludedNoTime: hotspot.count - used - 2,
            excludedLongSpan: 2,
            reversed: 0,
            windows,
            nightShare: 0.61,
          },
          caveats: [
            {
              code: 'times-spread',
              text: `${hotspot.count - used} incidents without a usable time are not in the chart; the others are spread over the hours they could have happened in.`,
            },
          ],
          provenance: provenance('hourWeekday'),
        },
    trend: {
      kind: 'answer',
      summary: trendOf(hotspot, options.missingMonth, random),
      caveats: [],
      provenance: provenance('monthTrend'),
    },
    offenceMix: {
      kind: 'answer',
      summary: {
        rows: mix.map((row) => ({
          ...row,
          harm: options.weights ? row.harm : Number.NaN,
          share: row.count / mixCount,
          shareOfHarm: options.weights ? row.harm / mixHarm : Number.NaN,
          knife: 0.1,
        })),
        incidents: mixCount,
        harm: options.weights ? mixHarm : Number.NaN,
        unweighted: 0,
      },
      caveats: [
        {
          code: 'offence-as-recorded',
          text: 'Offences are as first recorded and may since have been reclassified.',
        },
      ],
      provenance: provenance('offenceMix'),
    },
    repeats: {
      kind: 'answer',
      summary: {
        rows: Array.from({ length: 6 }, (_, k) => {
          const count = Math.max(2, Math.round((hotspot.count * 0.12) / (k + 1)))
          return {
            location: venues[(k * 3 + hotspot.rank) % venues.length],
            key: `K${k}`,
            count,
            harm: options.weights ? count * 71 : Number.NaN,
            share: count / hotspot.count,
            easting: hotspot.x + (random() - 0.5) * 300,
            northing: hotspot.y + (random() - 0.5) * 300,
            first: '2023-01-14',
            last: `2025-12-${String(3 + k * 4).padStart(2, '0')}`,
            recency: 30,
            offence: offences[k % 3],
          }
        }),
        distribution: [],
        incidents: hotspot.count,
        places: 61,
        shareAtRepeatPlaces: 0.38,
        basis: 'address key',
        excludedInstitutions: 0,
        unplaced: 4,
      },
      caveats: [],
      provenance: provenance('repeatLocations'),
    },
    basemap: streets,
  }
}

function trendOf(hotspot: Hotspot, missing: boolean, random: Random): MonthTrendSummary {
  const months: string[] = []
  const counts: number[] = []
  const coverage: ('present' | 'partial' | 'missing')[] = []
  for (let k = 0; k < 36; k++) {
    const month = `${2023 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}`
    const gone = missing && month === '2023-08'
    months.push(month)
    coverage.push(gone ? 'missing' : month === '2023-03' ? 'partial' : 'present')
    const size = hotspot.byYear[Math.floor(k / 12)] / 12
    counts.push(gone ? Number.NaN : Math.max(0, Math.round(size * (0.7 + 0.6 * random()))))
  }
  const rolling12 = counts.map((_, k) =>
    k < 11 ? Number.NaN : counts.slice(k - 11, k + 1).reduce((total, count) => total + count, 0),
  )
  const a = rolling12[35]
  const b = rolling12[23]
  const spread = Math.exp(1.96 * Math.sqrt(1 / a + 1 / b))
  const shown = b >= 50
  return {
    months,
    counts,
    coverage,
    rolling12,
    last12: { from: '2025-01', to: '2025-12', count: a },
    prior12: { from: '2024-01', to: '2024-12', count: b },
    change: a - b,
    changePercent: shown ? 100 * (a / b - 1) : Number.NaN,
    changeLow: shown ? 100 * (a / b / spread - 1) : Number.NaN,
    changeHigh: shown ? 100 * ((a / b) * spread - 1) : Number.NaN,
    undated: 0,
  }
}
