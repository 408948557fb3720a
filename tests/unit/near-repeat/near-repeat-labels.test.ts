import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearRepeatLabels } from '#core/analysis/near-repeat/near-repeat-labels.ts'
import type { Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import { codes, incidentsOn, onDay, refusal } from './dated-rows.ts'
import { fromPython, fromR } from './oracle.ts'

type Changed = Parameters<typeof settings<typeof nearRepeatLabels.card.parameters>>[1]
const run = (incidents: Incidents, changed: Changed = {}) =>
  nearRepeatLabels.run(incidents, settings(nearRepeatLabels, changed), nothingKnown, patient)
type Result = ReturnType<typeof run>
const labels = (result: Result): string[] => [...(result.columns.label as string[])]
const numbers = (result: Result, name: string): number[] => [...(result.columns[name] as Float64Array)]

describe('published', () => {
  it('Esri’s rules: an originator has none before it, R goes before NR, a follower of a follower is one too', () => {
    const result = run(
      makeIncidents([
        onDay(0, 0, 0), // begins
        onDay(0, 0, 3), // at the same place: repeat, though also near the fourth
        onDay(60, 0, 2), // near the first
        onDay(180, 0, 8), // in reach of the third only: follows a follower
        onDay(5000, 0, 4), // alone
        onDay(0, 0, 30), // same place, too late
      ]),
    )
    expect(labels(result)).toEqual([
      'Originator',
      'Repeat',
      'Near repeat',
      'Near repeat',
      'Unrelated',
      'Unrelated',
    ])
    expect(numbers(result, 'chain')).toEqual([1, 1, 1, 1, 0, 0])
    expect(numbers(result, 'linkRow')).toEqual([-1, 0, 0, 2, -1, -1])
    expect(result.summary.chains).toEqual([
      {
        chain: 1,
        incidents: 4,
        repeats: 1,
        nearRepeats: 2,
        first: '2020-01-01',
        last: '2020-01-09',
        days: 8,
        x: 60,
        y: 0,
        width: 180,
        active: false,
      },
    ])
  })
})

describe('oracle', () => {
  it('labels, nearest link and chains by full matrices in scipy', () => {
    const theirs = fromPython.labels
    const result = run(incidentsOn(fromR.x, fromR.y, fromR.day), {
      distance: 'euclidean',
      spatialBands: [200],
      temporalBands: [14],
      top: 1000,
    })
    expect(labels(result)).toEqual(theirs.labels)
    expect(result.summary.chains.map((chain) => chain.incidents)).toEqual(theirs.chainSizes)
    const distances = numbers(result, 'linkDistance')
    const differences = theirs.distances.map((each, at) =>
      each === null ? (Number.isNaN(distances[at]) ? 0 : 1) : Math.abs(distances[at] - each),
    )
    expectAgreement({
      method: 'nearRepeatLabels',
      peer: 'scipy connected_components',
      version: fromPython.versions.scipy,
      data: '300 seeded incidents, 200 m and 14 days: distance of the nearest earlier incident, m, absolute (labels and chains are equal)',
      largestDifference: Math.max(...differences),
      tolerance: 1e-9,
    })
  })
})

describe('brute force', () => {
  it('the rules, incident by incident; chains by spreading', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(60), fc.nat(60), fc.nat(20)), { minLength: 2, maxLength: 40 }),
        fc.constantFrom('manhattan', 'euclidean'),
        fc.constantFrom('left', 'right'),
        (places, distance, closed) => {
          const [x, y, day] = [0, 1, 2].map((k) => places.map((place) => place[k]))
          fc.pre(new Set(places.map(([a, b]) => `${a} ${b}`)).size > 1 && new Set(day).size > 1)
          const result = run(incidentsOn(x, y, day), {
            spatialBands: [5, 12],
            temporalBands: [3, 6],
            distance,
            closed,
            samePlace: 2,
            top: 1000,
          })
          const n = x.length
          const far = (i: number, j: number): number =>
            distance === 'manhattan'
              ? Math.abs(x[i] - x[j]) + Math.abs(y[i] - y[j])
              : Math.hypot(x[i] - x[j], y[i] - y[j])
          const under = (value: number, edge: number): boolean =>
            closed === 'left' ? value < edge : value <= edge
          const first = (i: number, j: number): boolean =>
            (day[i] - day[j] || x[i] - x[j] || y[i] - y[j] || i - j) < 0
          const all = Array.from({ length: n }, (_, i) => i)
          const reach = (i: number): number[] =>
            all.filter((j) => j !== i && under(far(i, j), 12) && under(Math.abs(day[i] - day[j]), 6))
          const expected = all.map((i) => {
            const earlier = reach(i).filter((j) => first(j, i))
            if (earlier.some((j) => under(far(i, j), 2))) return 'Repeat'
            return earlier.length > 0 ? 'Near repeat' : reach(i).length > 0 ? 'Originator' : 'Unrelated'
          })
          expect(labels(result)).toEqual(expected)
          const chain = numbers(result, 'chain')
          for (const i of all)
            for (const j of all) {
              const seen = new Set([i])
              for (const k of seen) for (const next of reach(k)) seen.add(next)
              expect(chain[i] > 0 && chain[i] === chain[j]).toBe(seen.size > 1 && seen.has(j))
              if (j === 0 && i > 3) break
            }
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('properties', () => {
  const result = run(incidentsOn(fromR.x, fromR.y, fromR.day), { top: 1000 })

  it('every chain has an originator; labels add up; a label has a link or none as it says', () => {
    const { summary } = result
    expect(summary.labels.reduce((sum, each) => sum + each.incidents, 0)).toBe(300)
    expect(summary.links.reduce((sum, each) => sum + each.links, 0)).toBe(
      numbers(result, 'linkRow').filter((row) => row >= 0).length,
    )
    for (const chain of summary.chains)
      expect(chain.repeats + chain.nearRepeats).toBeLessThan(chain.incidents)
    expect(summary.inChains).toBe(summary.chains.reduce((sum, each) => sum + each.incidents, 0))
    const sorted = numbers(result, 'linkDistance')
      .filter((value) => !Number.isNaN(value))
      .sort((a, b) => a - b)
    expect(summary.medianDistance).toBe(sorted[Math.floor(sorted.length / 2)])
    labels(result).forEach((label, at) => {
      const linked = label === 'Repeat' || label === 'Near repeat'
      expect(numbers(result, 'linkRow')[at] >= 0).toBe(linked)
      expect((result.columns.spatialBand as string[])[at] !== '').toBe(linked)
      expect(numbers(result, 'chain')[at] > 0).toBe(label !== 'Unrelated')
    })
  })

  it('the order of the rows does not matter', () => {
    // Rows alike in place and day change places with each other: their labels are compared as a list.
    const turned = run(incidentsOn(fromR.x.toReversed(), fromR.y.toReversed(), fromR.day.toReversed()), {
      top: 1000,
    })
    expect(turned.summary).toEqual(result.summary)
    const listed = (of: Result, row: (at: number) => number): string[] =>
      labels(of)
        .map((label, at) => `${fromR.x[row(at)]} ${fromR.y[row(at)]} ${fromR.day[row(at)]} ${label}`)
        .sort()
    expect(listed(turned, (at) => 299 - at)).toEqual(listed(result, (at) => at))
  })
})

describe('edges', () => {
  it('a pair on one day: the earlier time begins, without times the western one, and it is told', () => {
    const timed = run(
      makeIncidents([
        { at: [10, 0], from: '2024-02-29 23:50' },
        { at: [0, 0], from: '2024-02-29 23:55' },
        { at: [900, 0], from: '2024-06-01' },
      ]),
    )
    expect(labels(timed)).toEqual(['Originator', 'Near repeat', 'Unrelated'])
    expect(codes(timed)).not.toContain('same-day-order')
    const untimed = run(makeIncidents([onDay(10, 0, 1), onDay(0, 0, 1), onDay(900, 0, 90)]))
    expect(labels(untimed)).toEqual(['Near repeat', 'Originator', 'Unrelated'])
    expect(codes(untimed)).toContain('same-day-order')
  })

  it('the same place twice on one day is one originator and one repeat, not two of either', () => {
    const result = run(makeIncidents([onDay(5, 5, 1), onDay(5, 5, 1), onDay(900, 0, 90)]))
    expect(labels(result)).toEqual(['Originator', 'Repeat', 'Unrelated'])
  })

  it('on the last break: out with [a, b), in with (a, b]', () => {
    const rows = makeIncidents([onDay(0, 0, 0), onDay(200, 0, 14), onDay(9000, 0, 14)])
    expect(labels(run(rows))).toEqual(['Unrelated', 'Unrelated', 'Unrelated'])
    expect(codes(run(rows))).toContain('no-links')
    expect(run(rows).summary.medianDays).toBeNaN()
    expect(labels(run(rows, { closed: 'right' }))).toEqual(['Originator', 'Near repeat', 'Unrelated'])
  })

  it('one chain of nearly all is told; an active chain ends near the end of the data', () => {
    const line = run(makeIncidents(Array.from({ length: 60 }, (_, i) => onDay(10 * i, 0, i))))
    expect(line.summary.chains[0]).toMatchObject({ incidents: 60, active: true, width: 590 })
    expect(codes(line)).toContain('chain-percolates')
    for (const { code } of line.caveats) expect(Object.keys(nearRepeatLabels.card.caveats)).toContain(code)
  })

  it('rows left out keep their numbers out of the columns', () => {
    const result = run(makeIncidents([{ at: [0, 0] }, onDay(0, 0, 1), onDay(0, 0, 2), onDay(90, 90, 2)]))
    expect(numbers(result, 'row')).toEqual([1, 2, 3])
    // Both earlier ones are as near: the later of them is the link.
    expect(numbers(result, 'linkRow')).toEqual([-1, 1, 2])
  })
})

describe('refuses', () => {
  it('one incident, month-only dates, one place, no break', () => {
    expect(refusal(() => run(makeIncidents([onDay(0, 0, 0)])))).toBe('E-NRP-FEW')
    expect(
      refusal(() =>
        run(
          makeIncidents([
            { at: [0, 0], from: '2020-01' },
            { at: [1, 0], from: '2020-01' },
          ]),
        ),
      ),
    ).toBe('E-MTH-DAY')
    expect(refusal(() => run(makeIncidents([onDay(0, 0, 0), onDay(0, 0, 4)])))).toBe('E-NRP-SAME')
    expect(refusal(() => run(makeIncidents([onDay(0, 0, 0), onDay(9, 0, 4)]), { temporalBands: [] }))).toBe(
      'E-NRP-BANDS',
    )
  })
})
