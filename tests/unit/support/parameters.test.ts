import { describe, expect, it } from 'vitest'
import { readParameters } from '#core/analysis/support/parameters.ts'
import type { MethodCard } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'

const card = {
  id: 'trial',
  version: '1.0.0',
  title: 'Trial',
  answers: '',
  references: [],
  assumptions: [],
  caveats: {},
  summary: {},
  columns: [],
  needs: [],
  parameters: {
    size: {
      type: 'number',
      title: 'Cell size',
      unit: 'm',
      minimum: 10,
      maximum: 1000,
      default: 200,
      why: '',
    },
    count: { type: 'integer', title: 'How many', default: 18, why: '' },
    kind: { type: 'choice', title: 'Kind', options: [{ value: 'a', title: 'A' }], default: 'a', why: '' },
    merge: { type: 'switch', title: 'Merge', default: true, why: '' },
    leave: { type: 'words', title: 'Leave out', default: ['prison'], why: '' },
  },
} as const satisfies MethodCard

const codeOf = (raw: Record<string, unknown>) => {
  try {
    readParameters(card, raw)
    return 'accepted'
  } catch (error) {
    return error instanceof InputError ? error.code : 'bug'
  }
}

describe('parameters', () => {
  it('fills in the defaults', () => {
    expect(readParameters(card, { size: 75 })).toEqual({
      size: 75,
      count: 18,
      kind: 'a',
      merge: true,
      leave: ['prison'],
    })
  })
  it('refuses what the card does not allow, each with its code', () => {
    expect(codeOf({ sise: 75 })).toBe('E-PRM-UNKNOWN')
    expect(codeOf({ __proto__x: 1 })).toBe('E-PRM-UNKNOWN')
    expect(codeOf({ size: '75' })).toBe('E-PRM-TYPE')
    expect(codeOf({ size: Number.NaN })).toBe('E-PRM-TYPE')
    expect(codeOf({ count: 1.5 })).toBe('E-PRM-TYPE')
    expect(codeOf({ size: 5 })).toBe('E-PRM-RANGE')
    expect(codeOf({ size: 5000 })).toBe('E-PRM-RANGE')
    expect(codeOf({ kind: 'b' })).toBe('E-PRM-CHOICE')
    expect(codeOf({ merge: 'yes' })).toBe('E-PRM-TYPE')
    expect(codeOf({ leave: [1] })).toBe('E-PRM-TYPE')
  })
})
