import { readFileSync } from 'node:fs'

export interface SpatialOracle {
  readonly getisord: Readonly<Record<'30' | '60', { readonly gi: number[]; readonly gistar: number[] }>>
  readonly falseDiscovery: { readonly p: number[]; readonly BH: number[]; readonly BY: number[] }
  readonly normal: readonly (readonly [number, string])[]
  readonly density: {
    readonly pick: number[]
    readonly quartic400: number[]
    readonly gaussian200: number[]
    readonly rule: readonly [number, number]
  }
  readonly hexagons: { readonly nearest: readonly (readonly [number, number])[] }
}

/** Numbers of numpy, scipy and mpmath (`tests/oracles/spatial/make.py`). */
export const spatialOracle: SpatialOracle = JSON.parse(
  readFileSync(new URL('../../oracles/spatial/expected.json', import.meta.url), 'utf8'),
)
