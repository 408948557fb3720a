import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layScan, type ScanQuestion } from '#core/analysis/scan/lay-scan.ts'
import { realise } from '#core/analysis/scan/realise.ts'
import { findClusters, partsOf, replicate } from '#core/analysis/scan/run-scan.ts'
import { chanceOf, gumbelTail, pOf } from '#core/analysis/scan/scan-result.ts'
import type { ScanState } from '#core/analysis/scan/scan-state.ts'
import { randomOf, shuffle } from '#core/analysis/support/random.ts'
import { patient } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'

const choice = {
  maximumRadius: 3,
  maximumShare: 50,
  permutations: 12,
  stopEarly: false,
  seed: 3,
  clusters: 1,
}

/** Forty records on a small grid; every third is a case where there are labels. */
function question(seed: number, kind: ScanState['chance'], windows: ScanState['windows']): ScanQuestion {
  const u = seededNumbers(seed, 200)
  const side = 5
  const records = Array.from({ length: 40 }, (_, k) => ({
    place: Math.floor(u[2 * k] * side * side),
    step: Math.floor(u[2 * k + 1] * 10),
  }))
  const labels = kind === 'labels'
  return {
    likelihood: labels ? 'bernoulli' : 'poisson',
    chance: kind,
    windows,
    steps: 10,
    longest: 4,
    countsRecords: labels,
    x: Float64Array.from({ length: side * side }, (_, k) => Math.floor(k / side)),
    y: Float64Array.from({ length: side * side }, (_, k) => k % side),
    space: kind.startsWith('places')
      ? Float64Array.from({ length: side * side }, (_, k) => (k % 4) + 0.5)
      : null,
    time: kind === 'placesAndTimes' ? Float64Array.from({ length: 10 }, (_, k) => 1 + (k % 3)) : null,
    place: Int32Array.from(records, ({ place }) => place),
    step: Int32Array.from(records, ({ step }) => step),
    row: Int32Array.from(records.keys()),
    isCase: labels ? Uint8Array.from(records, (_, k) => (k % 3 === 0 ? 1 : 0)) : null,
  }
}

/** The state with the cases of replication k for its own. */
function worldOf(state: ScanState, k: number): ScanState {
  const random = randomOf(state.seed, k + 1)
  if (state.chance === 'labels') {
    const isCase = state.isCase!.slice()
    shuffle(isCase, random)
    return { ...state, isCase }
  }
  const { start, steps } = realise(state, random)
  const recordPlace: number[] = []
  for (let place = 0; place < start.length - 1; place++)
    for (let i = start[place]; i < start[place + 1]; i++) recordPlace.push(place)
  return {
    ...state,
    recordPlace: Int32Array.from(recordPlace),
    // Ages where windows end with the last step.
    recordStep: steps.map((step) => (state.windows === 'last' ? state.steps - 1 - step : step)),
  }
}

describe('replications', () => {
  it('have the largest statistic that the same cases have as incidents, whatever is passed over', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom('times' as const, 'places' as const, 'placesAndTimes' as const, 'labels' as const),
        fc.constantFrom('last' as const, 'any' as const),
        (seed, kind, windows) => {
          const { state } = layScan(question(seed, kind, windows), choice, patient)
          expect(partsOf(state)).toBe(1)
          const maxima = replicate(state, 0, patient)
          maxima.forEach((statistic, k) => {
            expect(statistic).toBeCloseTo(findClusters(worldOf(state, k), 1, patient)[0]?.statistic ?? 0, 12)
          })
        },
      ),
      { numRuns: 120 },
    )
  })

  it('hold fixed what they should: cases of each place and step, or labels in all', () => {
    const tally = (values: ArrayLike<number>): string =>
      Array.from(values)
        .sort((a, b) => a - b)
        .join()
    const { state } = layScan(question(5, 'times', 'any'), choice, patient)
    const world = realise(state, randomOf(1, 1))
    expect(world.start).toEqual(realise(state, null).start)
    expect(tally(world.steps)).toBe(tally(state.recordStep))
    expect(world.steps).not.toEqual(realise(state, null).steps)
    const placed = layScan(question(5, 'places', 'any'), choice, patient).state
    expect(tally(realise(placed, randomOf(1, 1)).steps)).toBe(tally(placed.recordStep))
    const labelled = layScan(question(5, 'labels', 'any'), choice, patient).state
    expect(realise(labelled, randomOf(1, 1)).steps).toHaveLength(labelled.cases)
  })

  it('draw places and times in proportion to what is expected', () => {
    const { state } = layScan(question(9, 'placesAndTimes', 'any'), choice, patient)
    const perPlace = new Float64Array(25)
    const perStep = new Float64Array(10)
    for (let k = 0; k < 500; k++) {
      const { start, steps } = realise(state, randomOf(7, k))
      for (let place = 0; place < 25; place++) perPlace[place] += start[place + 1] - start[place]
      for (const step of steps) perStep[step]++
    }
    // 20,000 drawn: six standard errors.
    perPlace.forEach((count, place) => {
      const share = state.space[place] / state.spaceTotal
      expect(Math.abs(count - 20_000 * share)).toBeLessThan(6 * Math.sqrt(20_000 * share))
    })
    perStep.forEach((count, step) => {
      const share = (state.time[step + 1] - state.time[step]) / state.time[10]
      expect(Math.abs(count - 20_000 * share)).toBeLessThan(6 * Math.sqrt(20_000 * share))
    })
  })
})

describe('p values', () => {
  const { state } = layScan(question(5, 'times', 'any'), { ...choice, permutations: 199 }, patient)
  // Quantiles of a Gumbel distribution with location 5 and scale 2.
  const maxima = Float64Array.from({ length: 199 }, (_, k) => 5 - 2 * Math.log(-Math.log((k + 0.5) / 199)))

  it('count ties, and are never 0', () => {
    const chance = chanceOf({ ...state, observed: 100 }, [maxima])
    expect(pOf(chance, 1000)).toBe(1 / 200)
    expect(pOf(chance, maxima[198])).toBe(2 / 200)
    expect(pOf(chance, -100)).toBe(1)
    expect(chance.critical).toBe(maxima[189])
  })

  it('by the Gumbel tail find location and scale, and agree with the count in the middle', () => {
    const chance = chanceOf({ ...state, observed: 100 }, [maxima])
    expect(chance.location).toBeCloseTo(5, 1)
    expect(chance.scale).toBeCloseTo(2, 0)
    expect(gumbelTail(chance, 9)).toBeCloseTo(1 - Math.exp(-Math.exp(-2)), 1)
    expect(gumbelTail(chance, 60)).toBeGreaterThan(0)
    expect(gumbelTail(chance, 60)).toBeLessThan(1e-9)
  })

  it('without a tail where all replications are the same or too few', () => {
    expect(gumbelTail(chanceOf(state, [new Float64Array(199).fill(3)]), 3)).toBeNaN()
    expect(gumbelTail(chanceOf({ ...state, permutations: 50 }, [maxima.slice(0, 50)]), 3)).toBeNaN()
  })

  it('after the fiftieth that reaches the statistic stop, wherever the parts are cut', () => {
    const observed = maxima[100]
    const turned = maxima.toReversed()
    const stopping = { ...state, observed, exceedances: new Int32Array(4) }
    const whole = chanceOf(stopping, [turned])
    const cut = chanceOf(stopping, [turned.slice(0, 30), turned.slice(30, 120), turned.slice(120)])
    expect(whole.replications).toBe(50)
    expect(cut).toEqual(whole)
    expect(pOf(whole, observed)).toBe(1)
    expect(whole.critical).toBeNaN()
  })
})
