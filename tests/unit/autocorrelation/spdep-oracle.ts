import { readFileSync } from 'node:fs'
import type { Neighbours } from '#core/analysis/space/neighbours.ts'
import type { Rings } from '#core/contract/geometry.ts'

export interface GlobalTest {
  readonly statistic: number
  readonly expected: number
  readonly variance: number
  readonly z: number
  readonly p: number
}
export type GlobalTests = Readonly<
  Record<'moran' | 'moranNormal' | 'geary' | 'gearyNormal' | 'g', GlobalTest>
>
export type LocalTests = Readonly<
  Record<
    'Wconditional' | 'Wtotal' | 'Bconditional' | 'Btotal',
    { readonly i: number[]; readonly z: number[]; readonly p: number[] }
  > & { readonly quadrant: string[] }
>
interface Both {
  readonly gi: number[]
  readonly gistar: number[]
  readonly local: LocalTests
}

/** Numbers of spdep (`tests/oracles/spdep/make.R`). */
export const spdepOracle: {
  readonly versions: { readonly spdep: string }
  readonly getisord: {
    readonly band30: Both & GlobalTests
    readonly band75: Both & GlobalTests
    readonly permuted75: number[]
  }
  readonly columbus: Both & {
    readonly crime: number[]
    readonly neighbours: number[][]
    readonly W: GlobalTests
    readonly B: GlobalTests
    readonly rings: Rings[]
    readonly queen: number[][]
    readonly rook: number[][]
    readonly sides: number[][]
    readonly centre: [number, number][]
    readonly nearest4: number[][]
    readonly within: number[][]
    readonly nearestTest: GlobalTests
  }
} = JSON.parse(readFileSync(new URL('../../oracles/spdep/expected.json', import.meta.url), 'utf8'))

/** The 256 places of `getisord.csv`. */
export const getisord = (() => {
  const rows = readFileSync(new URL('../../oracles/spdep/getisord.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))
  const [x, y, values] = [0, 1, 2].map((k) => Float64Array.from(rows, (row) => row[k]))
  return { x, y, values }
})()

export function asNeighbours(lists: readonly (readonly number[])[]): Neighbours {
  const start = new Int32Array(lists.length + 1)
  lists.forEach((list, i) => {
    start[i + 1] = start[i] + list.length
  })
  return { start, list: Int32Array.from(lists.flat()) }
}

export function asLists({ start, list }: Neighbours): number[][] {
  return Array.from({ length: start.length - 1 }, (_, i) => [...list.subarray(start[i], start[i + 1])])
}

/** Largest |a − b|, and Infinity where one is NaN and the other not. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Infinity
  for (let i = 0; i < a.length; i++)
    if (Number.isNaN(a[i]) !== Number.isNaN(b[i])) return Infinity
    else if (!Number.isNaN(a[i])) largest = Math.max(largest, Math.abs(a[i] - b[i]))
  return largest
}
