/**
 * How long the four readings of a span take: a million seeded incidents, half of them known between two times up to
 * a day apart. Run: `node tests/bench/aoristic.bench.ts [incidents] [--json]`.
 */
import assert from 'node:assert/strict'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { minutesOf } from '#core/analysis/support/wall-clock.ts'
import { aoristic } from '#core/analysis/time/aoristic.ts'
import type { Incidents } from '#core/contract/method.ts'

const given = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)))
const length = given > 0 ? given : 1_000_000
const from = new Int32Array(length)
const to = new Int32Array(length)
const first = minutesOf(2022, 1, 1)
let state = 20250401
const random = (): number => {
  state = (state * 48271) % 2147483647
  return state / 2147483647
}
for (let i = 0; i < length; i++) {
  from[i] = first + Math.floor(random() * 3 * 365 * 1440)
  to[i] = from[i] + (random() < 0.5 ? Math.floor(60 * random()) : Math.floor(1440 * random()))
}
const nothing = new Float64Array(0)
const incidents: Incidents = {
  length,
  mask: new Uint8Array(length).fill(1),
  x: nothing,
  y: nothing,
  precision: new Uint8Array(0),
  from,
  to,
  timePrecision: new Uint8Array(length),
  dictionaries: {},
  flags: {},
}
const params = readParameters(aoristic.card, {})
const times: number[] = []
for (let k = 0; k < 7; k++) {
  const start = performance.now()
  const { summary, columns } = aoristic.run(incidents, params, {}, { tick: () => undefined })
  times.push(performance.now() - start)
  const weight = (columns.aoristic as Float64Array).reduce((a, b) => a + b, 0)
  assert.equal(summary.used, length)
  assert.ok(Math.abs(weight - length) < 1e-6 * length)
}
times.sort((a, b) => a - b)
const result = { incidents: length, medianMs: Math.round(times[3]), leastMs: Math.round(times[0]) }
console.log(process.argv.includes('--json') ? JSON.stringify({ node: process.version, ...result }) : result)
