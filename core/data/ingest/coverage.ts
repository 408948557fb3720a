/** Force by month: where there are incidents, where there are suspiciously few, and where there are none. */
import { monthLabel, monthOfLabel } from '#core/analysis/support/wall-clock.ts'
import type { CoverageCell } from '#core/contract/dataset.ts'
import type { Tally } from './build/tally.ts'
import type { FilePlan } from './plan.ts'

export interface Coverage {
  readonly cells: readonly CoverageCell[]
  readonly warnings: readonly string[]
}

/** Months with less than this share of the force's median month are partial. */
const PARTIAL_SHARE = 0.5
/** A stray early or late month (an old offence reported now) does not stretch the period the files are for. */
const STRAY_SHARE = 0.05

/**
 * Counts come from the rows; a month whose file is there counts as covered even with few or no rows. Between the
 * first and the last month of a force, months without rows or file are missing. A month with fewer than half the rows
 * of the force's median month is partial. Months outside the core of the data (under 5 % of the month in which the
 * median row lies, and without a file of their own) are left out at both ends.
 */
export function coverageOf(
  tally: Tally,
  files: readonly FilePlan[],
  forceWords: readonly string[],
): Coverage {
  const named = namedMonths(tally, files, forceWords)
  const cells: CoverageCell[] = []
  const warnings: string[] = []
  const forces = new Map<string, Map<number, number>>()
  for (const [code, months] of tally.months) forces.set(forceName(forceWords[code]), months)
  for (const force of named.keys()) if (!forces.has(force)) forces.set(force, new Map())
  for (const force of [...forces.keys()].sort()) {
    const counts = forces.get(force) ?? new Map<number, number>()
    const files = named.get(force) ?? new Set<number>()
    const core = coreMonths(counts)
    const covered = [...core, ...files]
    if (covered.length === 0) continue
    const first = covered.reduce((a, b) => Math.min(a, b))
    const last = covered.reduce((a, b) => Math.max(a, b))
    const present: number[] = []
    for (let month = first; month <= last; month++)
      if (counts.get(month)) present.push(counts.get(month) ?? 0)
    const usual = medianOf(present)
    const partial: string[] = []
    const missing: string[] = []
    for (let month = first; month <= last; month++) {
      const rows = counts.get(month) ?? 0
      const held = rows > 0 || files.has(month)
      const state = !held ? 'missing' : rows < PARTIAL_SHARE * usual || rows === 0 ? 'partial' : 'present'
      if (state === 'missing') missing.push(monthLabel(month))
      if (state === 'partial') partial.push(`${monthLabel(month)} (${rows.toLocaleString('en-GB')})`)
      cells.push({ force, month: monthLabel(month), state, rows })
    }
    if (missing.length > 0)
      warnings.push(`${force}: nothing for ${listed(missing)}. Missing months are not zero.`)
    if (partial.length > 0)
      warnings.push(
        `${force}: fewer than half the usual ${Math.round(usual).toLocaleString('en-GB')} rows in ${listed(partial)}; marked as partial.`,
      )
  }
  return { cells, warnings }
}

/** Months that files were named for, under the force most of their rows give. */
function namedMonths(
  tally: Tally,
  files: readonly FilePlan[],
  forceWords: readonly string[],
): Map<string, Set<number>> {
  const named = new Map<string, Set<number>>()
  files.forEach((file, index) => {
    if (!file.named) return
    let force = file.named.force
    let most = 0
    for (const [code, rows] of tally.fileForces[index] ?? [])
      if (rows > most) {
        most = rows
        force = forceName(forceWords[code])
      }
    const months = named.get(force) ?? new Set<number>()
    named.set(force, months)
    months.add(monthOfLabel(file.named.month))
  })
  return named
}

function coreMonths(counts: ReadonlyMap<number, number>): number[] {
  const byRows = [...counts].sort((a, b) => a[1] - b[1])
  const total = byRows.reduce((sum, [, rows]) => sum + rows, 0)
  let passed = 0
  let middle = 0
  for (const [, rows] of byRows) {
    passed += rows
    middle = rows
    if (passed * 2 >= total) break
  }
  return byRows.filter(([, rows]) => rows >= STRAY_SHARE * middle).map(([month]) => month)
}

function medianOf(values: number[]): number {
  if (values.length === 0) return 0
  values.sort((a, b) => a - b)
  const half = values.length >> 1
  return values.length % 2 === 1 ? values[half] : (values[half - 1] + values[half]) / 2
}

function forceName(word: string | undefined): string {
  return word ? word : 'All records'
}

function listed(items: readonly string[]): string {
  const shown = items.slice(0, 6).join(', ')
  return items.length > 6 ? `${shown} and ${items.length - 6} more months` : shown
}
