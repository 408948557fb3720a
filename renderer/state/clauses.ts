import type {
  AreaClause,
  Clause,
  Filter,
  FlagClause,
  HoursClause,
  OneOfClause,
  PeriodClause,
  TextClause,
} from '#core/contract/filter.ts'
import { putClause } from './workspace.ts'

export const isPeriod = (clause: Clause): clause is PeriodClause => clause.kind === 'period'
export const isHours = (clause: Clause): clause is HoursClause => clause.kind === 'hours'
export const isOneOf =
  (column: string) =>
  (clause: Clause): clause is OneOfClause =>
    clause.kind === 'oneOf' && clause.column === column && !clause.exclude
export const isFlag =
  (column: string) =>
  (clause: Clause): clause is FlagClause =>
    clause.kind === 'flag' && clause.column === column
export const isArea =
  (layer: string) =>
  (clause: Clause): clause is AreaClause =>
    clause.kind === 'area' && clause.layer === layer

export const isText = (clause: Clause): clause is TextClause => clause.kind === 'text'

/** The first clause of a kind, typed, or null. */
export function clauseOf<C extends Clause>(filter: Filter, is: (clause: Clause) => clause is C): C | null {
  return filter.clauses.find(is) ?? null
}

/** `values` with `value` put in or taken out, in a fixed order, so that the same choice is the same filter. */
export function toggled<T extends string | number>(values: readonly T[], value: T): T[] {
  const next = values.includes(value) ? values.filter((held) => held !== value) : [...values, value]
  return next.sort((a, b) => (a < b ? -1 : 1))
}

export function setPeriod(from: string, to: string): void {
  putClause(isPeriod, { kind: 'period', from, to })
}

export function clearPeriod(): void {
  putClause(isPeriod, null)
}

export function setHours(hours: readonly number[]): void {
  const sorted = [...hours].sort((a, b) => a - b)
  putClause(isHours, sorted.length && sorted.length < 168 ? { kind: 'hours', hours: sorted } : null)
}

export function toggleValue(filter: Filter, column: string, value: string): void {
  const values = toggled(clauseOf(filter, isOneOf(column))?.values ?? [], value)
  putClause(isOneOf(column), values.length ? { kind: 'oneOf', column, values } : null)
}

export function toggleArea(filter: Filter, layer: string, code: string): void {
  const codes = toggled(clauseOf(filter, isArea(layer))?.codes ?? [], code)
  putClause(isArea(layer), codes.length ? { kind: 'area', layer, codes } : null)
}

export function toggleFlag(filter: Filter, column: string, state: 'yes' | 'no' | 'unknown'): void {
  const states = toggled(clauseOf(filter, isFlag(column))?.states ?? [], state)
  putClause(isFlag(column), states.length && states.length < 3 ? { kind: 'flag', column, states } : null)
}

/** The same selection one year earlier, or null when it names no period. 29 February becomes 28 February. */
export function yearBefore(filter: Filter): Filter | null {
  const period = clauseOf(filter, isPeriod)
  if (!period) return null
  const back = (date: string) => {
    const earlier = `${String(Number(date.slice(0, 4)) - 1).padStart(4, '0')}${date.slice(4)}`
    return earlier.endsWith('-02-29') ? `${earlier.slice(0, 8)}28` : earlier
  }
  return {
    clauses: filter.clauses.map((clause) =>
      clause === period ? { ...period, from: back(period.from), to: back(period.to) } : clause,
    ),
  }
}
