/**
 * node tests/bench/ticks.bench.ts [ROWS] [METHOD…]: the longest time each method works without looking whether it was
 * asked to stop, on made-up incidents. A cancelled run must end within 100 ms. A run is cut after 20 seconds.
 */
import { methods } from '#core/analysis/registry.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { Cancelled } from '#core/contract/problem.ts'
import { contextFor } from '../unit/registry/context-for.ts'
import { madeUpIncidents } from '../unit/registry/made-up-force.ts'
import { settings } from '../unit/registry/settings.ts'

const asJson = process.argv.includes('--json')
const [rows = '300000', ...named] = process.argv.slice(2).filter((word) => word !== '--json')
const longest = 20_000
const incidents = madeUpIncidents(Number(rows))

const found = methods
  .filter(({ card }) => named.length === 0 || named.includes(card.id))
  .map((method) => {
    const { card } = method
    const params = readParameters(card, settings[card.id] ?? {})
    const context = contextFor(method, incidents)
    const began = performance.now()
    let last = began
    let gap = 0
    let stage = ''
    let at = ''
    let refused = ''
    const look = (now: number, next: string) => {
      if (now - last > gap) {
        gap = now - last
        at = `${stage || 'start'} → ${next}`
      }
      last = now
      stage = next
    }
    try {
      method.run(incidents, params, context, {
        tick(_done, next = 'Computing') {
          const now = performance.now()
          look(now, next)
          if (now - began > longest) throw new Cancelled()
        },
      })
      look(performance.now(), 'end')
    } catch (error) {
      if (!(error instanceof Cancelled)) refused = error instanceof Error ? error.message : String(error)
    }
    return { method: card.id, gap: Math.round(gap), at, seconds: (performance.now() - began) / 1000, refused }
  })
  .sort((a, b) => b.gap - a.gap)

if (asJson) process.stdout.write(`${JSON.stringify(found)}\n`)
else
  for (const { method, gap, at, seconds, refused } of found)
    process.stdout.write(
      `${method.padEnd(26)} ${String(gap).padStart(6)} ms  ${at.padEnd(60)} ${seconds.toFixed(1)} s ${refused}\n`,
    )
