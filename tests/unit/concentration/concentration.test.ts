import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concentration } from '#core/analysis/concentration/concentration.ts'
import {
  classesOf,
  giniOfClasses,
  sharesOfTop,
  unitsHolding,
} from '#core/analysis/concentration/lorenz-of-classes.ts'
import { giniBeyondChance, poissonGini } from '#core/analysis/concentration/poisson-gini.ts'
import { concentration as plain } from '#core/analysis/hotspot/concentration.ts'
import type { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, testshire } from '../space/small-study.ts'

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../oracles/concentration/${name}`, import.meta.url), 'utf8'))
const oracle = read('expected.json')
const interval = read('gini-interval.json')

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0)
const gini = (counts: readonly number[]) => giniOfClasses(classesOf(counts))
const counts = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 40 })

/** The thousand counts of lorenzgini, as a row of areas that hold them. */
function poissonThousand() {
  const held = [433, 325, 169, 58, 11, 4].flatMap((times, count) =>
    Array.from({ length: times }, () => count),
  )
  const shapes = held.map((_, k) => ({
    code: `A${k}`,
    name: '',
    kind: '',
    numbers: {},
    rings: [rectangle(400_000 + 100 * k, 300_000, 400_100 + 100 * k, 300_100)],
  }))
  const rows = held.flatMap((count, k) =>
    Array.from({ length: count }, (): Row => ({ at: [400_050 + 100 * k, 300_050] })),
  )
  return { rows, context: { layers: { areas: { name: 'Rows', shapes } } } }
}

const scattered: Row[] = Array.from(
  seededNumbers(5, 300),
  (u, i): Row => ({
    at:
      i % 3 === 0
        ? [451_000 + (i % 2) * 700, 301_000]
        : [450_000 + u * 4000, 300_000 + seededNumbers(6, 300)[i] * 4000],
  }),
)
const run = (changed: Parameters<typeof settings<typeof concentration.card.parameters>>[1] = {}) =>
  concentration.run(
    makeIncidents(scattered),
    settings(concentration, { bootstraps: 99, simulations: 99, ...changed }),
    testshire,
    patient,
  )

describe('published', () => {
  it('lorenzgini: plain, generalised and unbiased Gini of its examples', () => {
    expect(gini([10, 8, 2, ...zeros(7)]).gini).toBeCloseTo(0.78, 12)
    expect(gini([10, 8, 2, ...zeros(7)]).generalised).toBeCloseTo(0.78, 12)
    expect(gini([5, 2, 1, ...zeros(7)]).gini).toBeCloseTo(0.8, 12)
    expect(gini([5, 2, 1, ...zeros(7)]).generalised).toBeCloseTo(0.75, 12)
    expect(gini([10, ...zeros(9)]).unbiased).toBeCloseTo(1, 12)
    expect(gini([10, ...zeros(99)]).gini).toBeCloseTo(0.99, 12)
    expect(gini([10, ...zeros(99)]).unbiased).toBeCloseTo(1, 12)
  })

  it('lorenzgini: a thousand Poisson counts, with its BCa interval', () => {
    const { rows, context } = poissonThousand()
    const params = settings(concentration, { units: 'areas', bootstraps: 1999, simulations: 0 })
    const { summary } = concentration.run(makeIncidents(rows), params, context, patient)
    expect(summary.unbiasedGini).toBeCloseTo(0.5255617, 7)
    // The peer's interval is of 1000 samples of its own: the ends differ by the luck of either.
    expect(Math.abs(summary.unbiasedGiniLow - 0.4977417)).toBeLessThan(0.004)
    expect(Math.abs(summary.unbiasedGiniHigh - 0.5512931)).toBeLessThan(0.004)
    expectAgreement({
      method: 'concentration',
      peer: 'lorenzgini (R)',
      version: 'commit aba5d1b, 2017',
      data: 'A thousand Poisson counts published with it: generalised Gini without bias, absolute difference (7 digits are printed)',
      largestDifference: Math.abs(summary.unbiasedGini - 0.5255617),
      tolerance: 5e-8,
    })
  })
})

describe('oracle', () => {
  it('Gini of Poisson counts by scaled Bessel functions', () => {
    for (const { mean, gini: expected } of oracle.poissonGini)
      expect(poissonGini(mean) / expected).toBeCloseTo(1, 11)
  })

  it('Gini by all pairs; beyond chance as a ratio of areas under the curve', () => {
    let largest = 0
    for (const each of oracle.gini) {
      const found = gini(each.counts)
      largest = Math.max(largest, Math.abs(found.gini - each.gini))
      const chance = (1 + poissonGini(found.total / found.units)) / 2
      const most = 1 - 0.5 / found.units
      expect(giniBeyondChance(found.gini, found.units, found.total)).toBeCloseTo(
        (each.lorenzArea - chance) / (most - chance),
        10,
      )
    }
    expectAgreement({
      method: 'concentration',
      peer: 'numpy',
      version: oracle.versions.numpy,
      data: 'Gini of 200, 150 and 80 made counts by all pairs, absolute difference',
      largestDifference: largest,
      tolerance: 1e-12,
    })
  })

  it('BCa interval of R boot', () => {
    const { rows, context } = poissonThousand()
    const params = settings(concentration, { units: 'areas', bootstraps: 4999, simulations: 0, seed: 3 })
    const { summary } = concentration.run(makeIncidents(rows), params, context, patient)
    expectAgreement({
      method: 'concentration',
      peer: 'R boot',
      version: interval.versions.boot,
      data: 'Ends of the 95 % BCa interval of the generalised Gini without bias, a thousand Poisson counts, 4999 samples here and 9999 there, absolute',
      largestDifference: Math.max(
        Math.abs(summary.unbiasedGiniLow - interval.low),
        Math.abs(summary.unbiasedGiniHigh - interval.high),
      ),
      tolerance: 0.002,
    })
  })
})

describe('brute force', () => {
  it('classes give what the sorted units give', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(0.25, 0.5, 0.8, 1), (values, share) => {
        const total = values.reduce((sum, value) => sum + value, 0)
        fc.pre(total > 0)
        const classes = classesOf(values)
        const slow = plain(values)
        expect(giniOfClasses(classes).gini).toBeCloseTo(slow.gini, 11)
        expect(giniOfClasses(classes).generalised).toBeCloseTo(slow.generalisedGini, 11)
        const sorted = values.toSorted((a, b) => b - a)
        let held = 0
        let needed = 0
        while (held < share * total - 1e-9) held += sorted[needed++]
        expect(unitsHolding(classes, total, share)).toBe(needed)
        const out = new Float64Array(values.length + 1)
        sharesOfTop(classes, total, Array.from(out.keys()), out)
        out.forEach((found, k) => {
          expect(found).toBeCloseTo(sorted.slice(0, k).reduce((sum, each) => sum + each, 0) / total, 11)
        })
      }),
    )
  })

  it('the Poisson Gini is what long simulation tends to', () => {
    // Two counts of mean 0.7 by the plain product of uniforms; E|X − Y| / (2·mean).
    const uniforms = seededNumbers(99, 400_000)
    let at = 0
    const draw = (): number => {
      let product = 1
      let count = -1
      for (; product > Math.exp(-0.7); count++) product *= uniforms[at++ % uniforms.length]
      return count
    }
    let sum = 0
    for (let k = 0; k < 60_000; k++) sum += Math.abs(draw() - draw())
    expect(sum / 60_000 / 1.4).toBeCloseTo(poissonGini(0.7), 1)
  })
})

describe('properties', () => {
  it('parts in any number of shares give the same; the same seed the same, another seed another', () => {
    const incidents = makeIncidents(scattered)
    const params = settings(concentration, { bootstraps: 40, simulations: 40 })
    const { shares } = concentration
    const { state, parts } = shares!.begin(incidents, params, testshire, patient)
    const backwards = Array.from({ length: parts }, (_, k) => parts - 1 - k)
      .map((index) => ({ index, part: shares!.part(state, index, patient) }))
      .sort((a, b) => a.index - b.index)
      .map(({ part }) => part)
    const finished = shares!.finish(state, backwards, incidents, params, testshire, patient)
    expect(finished).toEqual(concentration.run(incidents, params, testshire, patient))
    expect(run({ seed: 2 }).summary.giniLow).not.toBe(run({ seed: 1 }).summary.giniLow)
  })

  it('intervals hold the estimate; chance lies below a heap; the curve rises from 0 to 1', () => {
    const { summary, columns } = run()
    expect(summary.incidents).toBe(294)
    expect(summary.giniLow).toBeLessThan(summary.gini)
    expect(summary.giniHigh).toBeGreaterThan(summary.gini)
    expect(summary.pValue).toBeCloseTo(0.01, 12)
    expect(summary.giniBeyondChance).toBeGreaterThan(0)
    for (const row of summary.topRows.slice(0, 3))
      expect(row.shareOfIncidents).toBeGreaterThan(row.chanceHigh)
    for (const row of summary.shareRows) {
      expect(row.shareOfUnits).toBeGreaterThanOrEqual(row.low)
      expect(row.shareOfUnits).toBeLessThanOrEqual(row.high)
    }
    const shares = columns.shareOfIncidents as Float64Array
    expect(shares[0]).toBe(0)
    expect(shares.at(-1)).toBeCloseTo(1, 12)
    shares.slice(1).forEach((share, k) => {
      expect(share).toBeGreaterThanOrEqual(shares[k])
    })
  })

  it('chance thrown by area is a heap in the large area', () => {
    const shapes = [
      rectangle(450_000, 300_000, 453_900, 304_000),
      rectangle(453_900, 300_000, 454_000, 304_000),
    ]
    const areas = {
      name: 'Unequal',
      shapes: shapes.map((ring, k) => ({ code: `U${k}`, name: '', kind: '', numbers: {}, rings: [ring] })),
    }
    const context = { ...testshire, layers: { areas } }
    const [byUnit, byArea] = ['unit', 'area'].map((chanceBy) =>
      concentration.run(
        makeIncidents(scattered),
        settings(concentration, { units: 'areas', chanceBy, bootstraps: 0, simulations: 99, tops: [50] }),
        context,
        patient,
      ),
    )
    expect(byUnit.summary.topRows[0].chanceHigh).toBeLessThan(0.7)
    expect(byArea.summary.topRows[0].chanceLow).toBeGreaterThan(0.9)
  })
})

describe('edges', () => {
  it('no samples asked for: intervals and p are NaN', () => {
    const { summary } = run({ bootstraps: 0, simulations: 0 })
    expect(summary.giniLow).toBeNaN()
    expect(summary.pValue).toBeNaN()
    expect(summary.topRows[0].chanceLow).toBeNaN()
    expect(summary.gini).toBeGreaterThan(0)
  })

  it('spread at random: said to be within chance', () => {
    const even = Array.from(
      seededNumbers(812_345, 400),
      (u, i): Row => ({ at: [450_000 + u * 4000, 300_000 + seededNumbers(77_123_457, 400)[i] * 4000] }),
    )
    const params = settings(concentration, { bootstraps: 0, simulations: 99, cellSize: 300 })
    const { caveats, summary } = concentration.run(makeIncidents(even), params, testshire, patient)
    expect(summary.pValue).toBeGreaterThan(0.05)
    expect(caveats.map(({ code }) => code)).toContain('concentration-chance')
  })

  it('places: only those with an incident, unless the number of all is given', () => {
    const few = makeIncidents(scattered.slice(0, 60))
    const base = settings(concentration, { units: 'places', bootstraps: 0, simulations: 9 })
    const known = concentration.run(few, base, testshire, patient)
    expect(known.summary.units).toBe(known.summary.occupied)
    expect(known.caveats.map(({ code }) => code)).toContain('places-occupied')
    const all = concentration.run(few, { ...base, allPlaces: 5000 }, testshire, patient)
    expect(all.summary.units).toBe(5000)
    expect(all.summary.gini).toBeGreaterThan(known.summary.gini)
    expect(all.caveats.map(({ code }) => code)).toContain('concentration-all-places')
    for (const { code } of all.caveats) expect(Object.keys(concentration.card.caveats)).toContain(code)
  })

  it('nothing is NaN, not 0; a mean that is no mean too', () => {
    expect(gini([0, 0]).gini).toBeNaN()
    expect(gini([]).gini).toBeNaN()
    expect(unitsHolding(classesOf([0, 0]), 0, 0.5)).toBeNaN()
    expect(poissonGini(0)).toBeNaN()
    expect(gini([7]).unbiased).toBeNaN()
  })
})

describe('refuses', () => {
  const refusal = (changed: Parameters<typeof run>[0], rows = scattered): string => {
    try {
      concentration.run(
        makeIncidents(rows),
        settings(concentration, { bootstraps: 0, simulations: 0, ...changed }),
        changed?.units === 'cells' ? nothingKnown : testshire,
        patient,
      )
    } catch (error) {
      return (error as InputError).code
    }
    return 'accepted'
  }
  it('areas without a layer, nothing at all, too few places in all, places by area', () => {
    expect(refusal({ units: 'areas' })).toBe('E-MTH-LAYER')
    expect(refusal({}, [{ at: [1000, 1000] }])).toBe('E-MTH-FEW')
    expect(refusal({ units: 'places', allPlaces: 3 })).toBe('E-MTH-PLACES')
    expect(refusal({ units: 'places', chanceBy: 'area' })).toBe('E-MTH-CHANCE')
    expect(refusal({ units: 'cells' }, [])).toBe('E-GRID-BOX')
  })
})
