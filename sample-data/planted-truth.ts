import { defects } from './defects.ts'
import type { Force } from './force.ts'
import { nearRepeat } from './near-repeats.ts'
import type { Tally } from './tally.ts'

/** What was put into the sample on purpose, with what came out, so that an analysis can be checked against it. */
export interface Truth extends Tally {
  readonly hotspots: readonly {
    readonly id: string
    readonly kind: string
    readonly trend: string
    readonly name: string
    readonly easting: number
    readonly northing: number
    readonly radius: number
    readonly plannedShare: number
    readonly rows: number
  }[]
  readonly institutions: readonly {
    readonly kind: string
    readonly name: string
    readonly easting: number
    readonly northing: number
  }[]
  readonly nearRepeat: typeof nearRepeat
  readonly defects: typeof defects
  readonly streets: number
  /** Streets told apart by name and town, as the address text does. */
  readonly namedStreets: number
  readonly addresses: number
  readonly areas: { readonly districts: number; readonly beats: number; readonly lsoas: number }
}

export function plantedTruth({ hotspots, premises, streets, areas }: Force, tally: Tally): Truth {
  const final = streets[streets.length - 1]
  return {
    ...tally,
    hotspots: hotspots.map((hotspot) => ({
      id: hotspot.id,
      kind: hotspot.kind,
      trend: hotspot.trend,
      name: hotspot.name,
      easting: hotspot.x,
      northing: hotspot.y,
      radius: hotspot.radius,
      plannedShare: hotspot.share,
      rows: tally.byHotspot[hotspot.id] ?? 0,
    })),
    institutions: premises
      .filter((place) => ['hospital', 'prison', 'police'].includes(place.setting))
      .map((place) => ({ kind: place.kind, name: place.name, easting: place.x, northing: place.y })),
    nearRepeat,
    defects,
    streets: streets.length,
    namedStreets: new Set(streets.map((street) => `${street.name}, ${street.town}`)).size,
    addresses: final.firstAddress + final.addresses,
    areas: { districts: areas.districts.length, beats: areas.beats.length, lsoas: areas.lsoas.length },
  }
}
