import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emergingClass,
  emergingClasses,
  plainClass,
  plainClasses,
} from '#core/analysis/emerging/emerging-class.ts'

const named = (code: number): string =>
  code === 0 ? 'none' : `${code > 0 ? 'hot' : 'cold'} ${emergingClasses[Math.abs(code) - 1]}`
/** `H` hot, `C` cold, `.` neither, `?` gap. */
const story = (text: string): number[] =>
  [...text].map((each) => ({ H: 1, C: -1, '?': Number.NaN })[each] ?? 0)

describe('published', () => {
  it.each([
    ['.........H', 0, 'new'],
    ['C...C....H', 0, 'new'],
    ['.......HHH', 0, 'consecutive'],
    ['..HHHHHHHH', 1, 'consecutive'],
    ['.HHHHHHHHH', 1, 'intensifying'],
    ['HHHHHHHHHH', 1, 'intensifying'],
    ['HHHH.HHHHH', 0, 'persistent'],
    ['HHHHHHHHH.', 0, 'persistent'],
    ['HHHHHHHHHH', -1, 'diminishing'],
    ['HHHHHHHHH.', -1, 'historical'],
    ['.C.HH..CHH', 0, 'oscillating'],
    ['.H..HH..H.', 0, 'sporadic'],
    ['.H........', 1, 'sporadic'],
  ])('%s with trend %i is %s, and cold in the mirror', (text, trend, expected) => {
    const states = story(text)
    expect(named(emergingClass(states, trend))).toBe(`hot ${expected}`)
    const mirrored = states.map((state) => -state)
    expect(named(emergingClass(mirrored, -trend))).toBe(`cold ${expected}`)
  })

  it('none: never hot or cold; hot once and cold once, and over', () => {
    expect(emergingClass(story('..........'), 1)).toBe(0)
    expect(emergingClass(story('.H....C...'), 0)).toBe(0)
    expect(emergingClass(story('??????????'), 0)).toBe(0)
    expect(emergingClass([], 0)).toBe(0)
  })

  it('cold steps are not counted as hot ones: nine cold and one hot is no intensifying hot spot', () => {
    expect(named(emergingClass(story('CCCCCCCCCH'), 1))).toBe('hot new')
    expect(named(emergingClass(story('HCCCCCCCCC'), 0))).toBe('cold persistent')
    expect(named(emergingClass(story('HHHHHHHHHC'), 1))).toBe('hot historical')
  })

  it('gaps are passed over: a run goes on, a share is of the steps held', () => {
    expect(named(emergingClass(story('.....HH?HH'), 0))).toBe('hot consecutive')
    expect(named(emergingClass(story('.HHHHHHHHH??'), 0))).toBe('hot persistent')
    expect(named(emergingClass(story('.........H?'), 0))).toBe('hot new')
  })

  it.each([
    ['HHHHHHHH..', 'persistent'],
    ['.........H', 'emerging'],
    ['HHHHH.....', 'former'],
    ['H..H..H.HH', 'intermittent'],
    ['..........', 'none'],
    ['CCCCCCCCCC', 'none'],
  ])('plain view: %s is %s', (text, expected) => {
    expect(plainClasses[plainClass(story(text))]).toBe(expected)
  })
})

describe('properties', () => {
  it('every story has one class, hot and cold mirror each other unless both are asked for', () => {
    const seen = new Set<number>()
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(1, -1, 0, Number.NaN), { minLength: 1, maxLength: 14 }),
        fc.constantFrom(-1, 0, 1),
        (states, trend) => {
          const found = emergingClass(states, trend)
          seen.add(found)
          expect(Math.abs(found)).toBeLessThanOrEqual(8)
          const known = states.filter((state) => !Number.isNaN(state))
          if (known.every((state) => state >= 0)) {
            expect(found).toBeGreaterThanOrEqual(0)
            expect(found > 0).toBe(known.includes(1))
            expect(
              emergingClass(
                known.map((state) => -state),
                -trend,
              ) + found,
            ).toBe(0)
          }
          expect(emergingClass(known, trend)).toBe(found)
        },
      ),
      { numRuns: 2000 },
    )
    expect(seen.size).toBeGreaterThan(12)
  })
})
