import type { Caveat } from '#core/contract/caveat.ts'
import type { Position, Rings } from '#core/contract/geometry.ts'
import type { LayerShape, Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { countUnits } from '../space/count-units.ts'
import { caveat } from '../support/caveats.ts'
import { poissonInterval } from '../support/distributions/poisson.ts'
import { type LaidUnits, layUnits } from './lay-units.ts'
import { unitCountsCard } from './unit-counts-card.ts'

export interface UnitCountsRow {
  readonly unit: string
  readonly name: string
  readonly count: number
  readonly share: number
  readonly areaKm2: number
  readonly perKm2: number
  readonly length: number
  readonly per100m: number
  readonly denominator: number
  readonly rate: number
  readonly x: number
  readonly y: number
  /** Metres; absent where the unit has no outline. */
  readonly rings?: Rings
  readonly lines?: readonly (readonly Position[])[]
}

export interface UnitCountsSummary {
  readonly units: string
  readonly count: number
  readonly occupied: number
  readonly incidents: number
  readonly areaKm2: number
  readonly lengthKm: number
  readonly rateBy: string
  readonly per: number
  readonly denominator: number
  readonly rate: number
  readonly rows: readonly UnitCountsRow[]
}

/**
 * How many incidents each unit holds, with its area, its length or a denominator of the layer beside the count.
 *
 *     rate = count / denominator × per,  95 % interval of the Poisson count (Garwood)
 *     per km² = count / area     per 100 m = 100 · count / length
 *
 * Areas and streets are listed with those that hold nothing; of places and H3 cells only those with an incident are
 * known. Fullest first; of equally full ones in the order of the layer, of H3 indexes, or of the data. NaN: a rate
 * without a denominator, or with one that is not above 0; what the kind of unit does not have.
 *
 * Deterministic. Cost: see `unitsOf`, `nearestSegments`, `h3Units`.
 * Errors: E-MTH-LAYER, E-MTH-UNITS, E-MTH-DEGREES, E-MTH-RATE (no such column in the layer, or units without a layer).
 */
export const unitCounts: Method<typeof unitCountsCard.parameters, UnitCountsSummary> = {
  card: unitCountsCard,

  run(incidents, params, context, control) {
    const units = layUnits(incidents, params, context, control)
    const denominators = denominatorsOf(units, params.rateBy)
    const counts = countUnits(units.unitOf, units.count, incidents.mask, control)
    const order = Int32Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b)
    const n = order.length
    let incidentsCounted = 0
    for (let unit = 0; unit < n; unit++) incidentsCounted += counts[unit]
    const none = () => new Float64Array(n).fill(Number.NaN)
    const columns = {
      unit: new Array<string>(n),
      name: new Array<string>(n),
      x: none(),
      y: none(),
      count: new Uint32Array(n),
      share: none(),
      areaKm2: none(),
      perKm2: none(),
      length: none(),
      per100m: none(),
      denominator: none(),
      rate: none(),
      rateLow: none(),
      rateHigh: none(),
      longitude: none(),
      latitude: none(),
    }
    const intervals = new Map<number, { low: number; high: number }>()
    for (let at = 0; at < n; at++) {
      if ((at & 0xfff) === 0) control.tick(at / n, 'Working out rates')
      const unit = order[at]
      const count = counts[unit]
      columns.unit[at] = units.label(unit)
      columns.name[at] = units.name(unit)
      columns.x[at] = units.x[unit]
      columns.y[at] = units.y[unit]
      columns.count[at] = count
      columns.share[at] = over(count, incidentsCounted)
      if (units.areaKm2 !== null) {
        columns.areaKm2[at] = units.areaKm2[unit]
        columns.perKm2[at] = over(count, units.areaKm2[unit])
      }
      if (units.length !== null) {
        columns.length[at] = units.length[unit]
        columns.per100m[at] = over(100 * count, units.length[unit])
      }
      if (units.longitude !== null && units.latitude !== null) {
        columns.longitude[at] = units.longitude[unit]
        columns.latitude[at] = units.latitude[unit]
      }
      if (denominators !== null && denominators[unit] > 0) {
        const factor = params.per / denominators[unit]
        columns.denominator[at] = denominators[unit]
        columns.rate[at] = count * factor
        // Counts repeat from unit to unit; their intervals are worked out once.
        const interval = intervals.get(count) ?? poissonInterval(count)
        intervals.set(count, interval)
        columns.rateLow[at] = interval.low * factor
        columns.rateHigh[at] = interval.high * factor
      }
    }
    const rows = Array.from(
      order.subarray(0, params.listed),
      (unit, at): UnitCountsRow => ({
        unit: columns.unit[at],
        name: columns.name[at],
        count: columns.count[at],
        share: columns.share[at],
        areaKm2: columns.areaKm2[at],
        perKm2: columns.perKm2[at],
        length: columns.length[at],
        per100m: columns.per100m[at],
        denominator: columns.denominator[at],
        rate: columns.rate[at],
        x: columns.x[at],
        y: columns.y[at],
        ...outlineOf(units.shapes?.[unit]),
      }),
    )
    let denominator = 0
    let atRisk = 0
    let occupied = 0
    for (let at = 0; at < n; at++) {
      if (columns.count[at] > 0) occupied++
      if (Number.isNaN(columns.denominator[at])) continue
      denominator += columns.denominator[at]
      atRisk += columns.count[at]
    }
    return {
      summary: {
        units: units.words,
        count: n,
        occupied,
        incidents: incidentsCounted,
        areaKm2: units.areaKm2 === null ? Number.NaN : sumOf(units.areaKm2),
        lengthKm: units.length === null ? Number.NaN : sumOf(units.length) / 1000,
        rateBy: params.rateBy,
        per: params.per,
        denominator: denominators === null ? Number.NaN : denominator,
        rate: over(atRisk * params.per, denominator),
        rows,
      },
      columns,
      caveats: [
        ...units.caveats,
        ...rateCaveats(params.units, params.rateBy, columns, denominators !== null),
      ],
    }
  },
}

/** The column of the layer, NaN where a shape lacks it; null when no rate is asked for. */
function denominatorsOf(units: LaidUnits, column: string): Float64Array | null {
  if (column === '') return null
  if (units.shapes === null)
    throw new InputError(
      'E-MTH-RATE',
      `${units.words} come from no layer, so there is no column to make a rate of.`,
      {
        column: 'rateBy',
        cure: 'Count by areas or streets of a layer, or leave the column out.',
      },
    )
  const found = Float64Array.from(units.shapes, ({ numbers }) =>
    Object.hasOwn(numbers, column) ? numbers[column] : Number.NaN,
  )
  if (found.every(Number.isNaN)) {
    const held = [...new Set(units.shapes.flatMap(({ numbers }) => Object.keys(numbers)))].sort()
    throw new InputError('E-MTH-RATE', `The layer has no column of numbers called “${column}”.`, {
      column: 'rateBy',
      cure: held.length > 0 ? `It holds: ${held.slice(0, 20).join(', ')}.` : 'It holds no column of numbers.',
    })
  }
  return found
}

function outlineOf(shape: LayerShape | undefined): Pick<UnitCountsRow, 'rings' | 'lines'> {
  return {
    ...(shape?.rings !== undefined && { rings: shape.rings }),
    ...(shape?.lines !== undefined && { lines: shape.lines }),
  }
}

function rateCaveats(
  kind: string,
  rateBy: string,
  columns: { readonly count: Uint32Array; readonly rate: Float64Array },
  asked: boolean,
): Caveat[] {
  if (!asked)
    return kind === 'areas'
      ? [
          caveat(
            'counts-not-rates',
            'These are counts: an area with more people or more ground has more of everything. Compare areas by a rate, or per km².',
          ),
        ]
      : []
  const caveats: Caveat[] = []
  const missing = columns.rate.filter(Number.isNaN).length
  if (missing > 0)
    caveats.push(
      caveat(
        'rate-missing',
        `${missing.toLocaleString('en-GB')} of ${columns.rate.length.toLocaleString('en-GB')} units have no “${rateBy}” above 0, and no rate.`,
      ),
    )
  const few = columns.rate.filter((rate, at) => !Number.isNaN(rate) && columns.count[at] < 5).length
  if (few > 0)
    caveats.push(
      caveat(
        'rate-few',
        `${few.toLocaleString('en-GB')} rates rest on fewer than five incidents: read them with their interval, and do not rank by them.`,
      ),
    )
  return caveats
}

function over(part: number, whole: number): number {
  return whole > 0 ? part / whole : Number.NaN
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum
}
