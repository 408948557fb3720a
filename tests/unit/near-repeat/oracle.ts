import { readFileSync } from 'node:fs'

const read = (name: string): string =>
  readFileSync(new URL(`../../oracles/near-repeat/${name}`, import.meta.url), 'utf8')

/** Seeded places and days with the answers of R (`make.R`). */
export const fromR = JSON.parse(read('r.json')) as {
  readonly versions: Readonly<Record<string, string>>
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly day: readonly number[]
  readonly tables: Readonly<Record<string, readonly (readonly number[])[]>>
  readonly single: readonly {
    readonly metres: number
    readonly days: number
    readonly observed: number
    readonly expected: number
    readonly poissonP: number
    readonly permutedP: number
  }[]
  readonly features: { readonly x: readonly number[]; readonly y: readonly number[] }
  readonly cross: { readonly r: readonly number[]; readonly k: readonly number[] }
  readonly km: {
    readonly place: readonly number[]
    readonly day: readonly number[]
    readonly end: number
    readonly at: readonly number[]
    readonly share: readonly number[]
  }
}

interface MantelAnswer {
  readonly z: number
  readonly r: number
  readonly mean: number
  readonly sd: number
  readonly p: number
}

/** The same places with the answers of numpy and scipy (`make.py`). */
export const fromPython = JSON.parse(read('python.json')) as {
  readonly versions: Readonly<Record<string, string>>
  readonly n: number
  readonly mantel: { readonly reciprocal: MantelAnswer; readonly none: MantelAnswer }
  readonly exact: { readonly z: number; readonly mean: number; readonly sd: number }
  readonly coLocation: {
    readonly observed: readonly number[]
    readonly others: readonly number[]
    readonly areas: readonly number[]
    readonly shares: readonly (readonly [number, number])[]
    readonly ratios: readonly (readonly [number, number])[]
  }
  readonly zones: {
    readonly sum: readonly number[]
    readonly maximum: readonly number[]
    readonly weeks: readonly {
      readonly incidents: number
      readonly hits: number
      readonly hitsBusy: number
      readonly hitsBest: number
    }[]
  }
  readonly labels: {
    readonly labels: readonly string[]
    readonly distances: readonly (number | null)[]
    readonly chainSizes: readonly number[]
  }
  readonly k: {
    readonly area: number
    readonly duration: number
    readonly k: readonly (readonly number[])[]
    readonly space: readonly number[]
    readonly time: readonly number[]
    readonly d: readonly (readonly number[])[]
    readonly d0: readonly (readonly number[])[]
  }
}

/** Burkitt's lymphoma: X, Y, T of 188 cases. */
export const burkitt = read('burkitt.csv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number))
