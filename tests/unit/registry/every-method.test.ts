import { describe, expect, test } from 'vitest'
import { methods } from '#core/analysis/registry.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import type { Computed, Control, Incidents } from '#core/contract/method.ts'
import { Cancelled } from '#core/contract/problem.ts'
import { readAgreement } from '#core/service/agreement.ts'
import { contextFor } from './context-for.ts'
import { madeUpIncidents } from './made-up-force.ts'
import { settings } from './settings.ts'

const still: Control = { tick() {} }

/** What every method promises, whatever it computes: its card tells the truth about it, and its answer keeps the rules. */
describe.each(methods.map((method) => [method.card.id, method] as const))('%s', (id, method) => {
  const { card } = method

  test('has a card an analyst can read', () => {
    expect(id).toMatch(/^[a-z][a-zA-Z0-9]*$/)
    expect(card.version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(card.answers).toMatch(/\?$/)
    for (const list of [card.references, card.assumptions, card.notShown ?? [], card.compares ?? []])
      expect(list.length).toBeGreaterThan(0)
    expect(card.formula ?? '').not.toBe('')
    for (const [name, parameter] of Object.entries(card.parameters)) {
      expect(parameter.why.length, name).toBeGreaterThan(8)
      expect(parameter.title.length, name).toBeGreaterThan(1)
    }
    expect(new Set(card.columns.map(({ name }) => name)).size).toBe(card.columns.length)
  })

  test('takes its own defaults', () => {
    const given = Object.fromEntries(
      Object.entries(card.parameters).map(([name, parameter]) => [name, parameter.default]),
    )
    expect(readParameters(card, given)).toEqual(given)
  })

  test('was held against a peer', () => {
    expect(readAgreement().filter((row) => row.method === id).length).toBeGreaterThan(0)
  })

  test('answers as its card says, twice the same, and writes to nothing it was given', () => {
    const incidents = madeUpIncidents()
    const context = contextFor(method, incidents)
    const params = readParameters(card, settings[id] ?? {})
    const before = fingerprint(incidents)
    const answer = method.run(incidents, params, context, still)
    expect(fingerprint(incidents)).toBe(before)
    for (const name of Object.keys(answer.summary as object))
      expect(Object.keys(card.summary), `summary.${name} is not on the card`).toContain(name)
    const declared = card.columns.map(({ name }) => name)
    const lengths = new Set<number>()
    for (const [name, column] of Object.entries(answer.columns)) {
      expect(declared, `column ${name} is not on the card`).toContain(name)
      lengths.add(column.length)
    }
    expect(lengths.size).toBeLessThanOrEqual(1)
    for (const caveat of answer.caveats) {
      expect(Object.keys(card.caveats), `caveat ${caveat.code} is not on the card`).toContain(caveat.code)
      expect(caveat.text).not.toMatch(/NaN|undefined|null|Infinity/)
    }
    expect(infinite(answer)).toEqual([])
    expect(fingerprint(method.run(incidents, params, context, still))).toBe(fingerprint(answer))
  })

  test('gives the same answer for the rows of the mask alone', () => {
    const incidents = madeUpIncidents()
    const params = readParameters(card, settings[id] ?? {})
    const context = contextFor(method, incidents)
    const whole = method.run(incidents, params, context, still)
    const { selections = {} } = context
    const kept = Array.from(incidents.mask.keys()).filter(
      (row) => incidents.mask[row] === 1 || Object.values(selections).some((mask) => mask[row] === 1),
    )
    const part = method.run(
      gathered(incidents, kept),
      params,
      {
        ...context,
        selections: Object.fromEntries(
          Object.entries(selections).map(([name, mask]) => [name, Uint8Array.from(kept, (row) => mask[row])]),
        ),
      },
      still,
    )
    const withoutRows = (answer: Computed<unknown>) => {
      const { row: _row, ...columns } = answer.columns
      return fingerprint({ summary: answer.summary, columns: isPerRow(answer, incidents) ? {} : columns })
    }
    expect(withoutRows(part)).toBe(withoutRows(whole))
  })

  test('stops when it is asked to', () => {
    const incidents = madeUpIncidents()
    const params = readParameters(card, settings[id] ?? {})
    const stopped: Control = {
      tick() {
        throw new Cancelled()
      },
    }
    expect(() => method.run(incidents, params, contextFor(method, incidents), stopped)).toThrow(Cancelled)
  })

  test.runIf(method.shares)('gives the same bytes however its parts are handed out', () => {
    const incidents = madeUpIncidents()
    const context = contextFor(method, incidents)
    const params = readParameters(card, settings[id] ?? {})
    const { shares } = method
    if (!shares) return
    const { state, parts } = shares.begin(incidents, params, context, still)
    // Each worker has its own copy of all that is not in shared memory.
    const workers = [structuredClone(state), structuredClone(state), structuredClone(state)]
    const taken = new Array<unknown>(parts)
    for (let index = parts - 1; index >= 0; index--)
      taken[index] = structuredClone(shares.part(workers[index % 3], index, still))
    const answer = shares.finish(structuredClone(state), taken, incidents, params, context, still)
    expect(fingerprint(answer)).toBe(fingerprint(method.run(incidents, params, context, still)))
  })
})

/** Only these rows, as if no others had been imported. */
function gathered(incidents: Incidents, kept: readonly number[]): Incidents {
  const pick = <T extends Float64Array | Int32Array | Uint8Array | Uint16Array | Uint32Array>(
    values: T,
  ): T => {
    const out = new (values.constructor as new (length: number) => T)(kept.length)
    kept.forEach((row, at) => {
      out[at] = values[row]
    })
    return out
  }
  return {
    length: kept.length,
    mask: pick(incidents.mask),
    x: pick(incidents.x),
    y: pick(incidents.y),
    longitude: pick(incidents.longitude as Float64Array),
    latitude: pick(incidents.latitude as Float64Array),
    precision: pick(incidents.precision),
    from: pick(incidents.from),
    to: pick(incidents.to),
    timePrecision: pick(incidents.timePrecision),
    dictionaries: Object.fromEntries(
      Object.entries(incidents.dictionaries).map(([name, { codes, words }]) => [
        name,
        { codes: pick(codes), words },
      ]),
    ),
    flags: Object.fromEntries(Object.entries(incidents.flags).map(([name, flag]) => [name, pick(flag)])),
  }
}

function isPerRow(answer: Computed<unknown>, incidents: Incidents): boolean {
  return 'row' in answer.columns || Object.values(answer.columns)[0]?.length === incidents.length
}

function fingerprint(value: unknown): string {
  return JSON.stringify(value, (_, part) => {
    if (ArrayBuffer.isView(part)) return Array.from(part as unknown as ArrayLike<number>, text)
    return typeof part === 'number' ? text(part) : part
  })
}

/** NaN and −0 told apart from null and 0. */
function text(number: number): string {
  return Object.is(number, -0) ? '-0' : String(number)
}

/** Where an answer holds an infinite number: undefined is NaN, never ±∞. */
function infinite(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Math.abs(value) === Infinity ? [path] : []
  if (typeof value !== 'object' || value === null) return []
  if (ArrayBuffer.isView(value))
    return Array.from(value as unknown as ArrayLike<number>).some((number) => Math.abs(number) === Infinity)
      ? [path]
      : []
  return Object.entries(value).flatMap(([name, part]) => infinite(part, `${path}.${name}`))
}
