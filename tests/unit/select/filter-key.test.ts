import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, filterKey } from '#core/analysis/select/filter-key.ts'
import type { Clause } from '#core/contract/filter.ts'

describe('canonicalJson', () => {
  it('orders keys at every depth, leaves out what is absent, keeps lists', () => {
    expect(canonicalJson({ b: [3, { d: 1, c: null }], a: 'x', gone: undefined })).toBe(
      '{"a":"x","b":[3,{"c":null,"d":1}]}',
    )
    expect(canonicalJson(-0)).toBe('0')
  })
  it('is JSON that reads back as the same value, whatever order the keys were set in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
        const turned = (part: unknown): unknown =>
          Array.isArray(part)
            ? part.map(turned)
            : part !== null && typeof part === 'object'
              ? Object.fromEntries(
                  Object.entries(part)
                    .reverse()
                    .map(([key, field]) => [key, turned(field)]),
                )
              : part
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value))
      }),
      { seed: 5 },
    )
  })
  it('refuses numbers that would be written as null', () => {
    for (const value of [Number.NaN, Infinity, -Infinity])
      expect(() => canonicalJson({ deep: [value] })).toThrow(/not finite/)
  })
})

describe('filterKey', () => {
  const area: Clause = { kind: 'area', layer: 'ward', codes: ['E2', 'E1'] }
  const word: Clause = { kind: 'oneOf', column: 'offence', values: ['b', 'a', 'a'] }
  it('is the same for the same selection', () => {
    const key = filterKey({ clauses: [area, word] })
    expect(
      filterKey({
        clauses: [{ ...word, values: ['a', 'b'], exclude: false }, { ...area, codes: ['E1', 'E2'] }, area],
      }),
    ).toBe(key)
  })
  it('forgets names and the order of hours and cells', () => {
    const grid = { shape: 'square', size: 1, originX: 0, originY: 0, columns: 9, rows: 9 } as const
    expect(filterKey({ clauses: [{ kind: 'cells', grid, cells: [10, 9], name: 'x' }] })).toBe(
      filterKey({ clauses: [{ kind: 'cells', grid, cells: [9, 10] }] }),
    )
    expect(filterKey({ clauses: [{ kind: 'hours', hours: [10, 9, 10] }] })).toBe(
      filterKey({ clauses: [{ kind: 'hours', hours: [9, 10] }] }),
    )
    const rings = [
      [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    ] as const
    expect(filterKey({ clauses: [{ kind: 'polygon', rings, name: 'x' }] })).toBe(
      filterKey({ clauses: [{ kind: 'polygon', rings }] }),
    )
  })
  it('differs where the selection does', () => {
    const keys = [
      [],
      [area],
      [word],
      [{ ...word, exclude: true }],
      [{ ...word, column: 'outcome' }],
      [{ kind: 'located' as const }],
      [{ kind: 'flag' as const, column: 'knife', states: ['yes' as const] }],
      [{ kind: 'period' as const, from: '2024-01-01', to: '2025-01-01' }],
    ].map((clauses) => filterKey({ clauses }))
    expect(new Set(keys).size).toBe(keys.length)
  })
})
