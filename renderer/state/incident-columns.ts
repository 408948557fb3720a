import { create } from 'zustand'

/** Which columns of the incident list are shown, and in which order; kept on this machine for every workspace. */
export interface ColumnChoice {
  /** Columns moved by hand, in their order; others follow in the order of the list. */
  readonly order: readonly string[]
  readonly hidden: readonly string[]
}

const key = 'hotspot-incident-columns'
const asTheyCome: ColumnChoice = { order: [], hidden: [] }

function saved(): ColumnChoice {
  try {
    const held = JSON.parse(localStorage.getItem(key) ?? 'null')
    const words = (list: unknown): string[] =>
      Array.isArray(list) ? list.filter((word) => typeof word === 'string') : []
    return held ? { order: words(held.order), hidden: words(held.hidden) } : asTheyCome
  } catch {
    return asTheyCome
  }
}

export const useIncidentColumns = create<ColumnChoice>(saved)

function change(next: ColumnChoice): void {
  useIncidentColumns.setState(next)
  localStorage.setItem(key, JSON.stringify(next))
}

/** The columns of the list in the order chosen, hidden ones too. */
export function orderedColumns(columns: readonly string[], { order }: ColumnChoice): string[] {
  const first = order.filter((column) => columns.includes(column))
  return [...first, ...columns.filter((column) => !first.includes(column))]
}

export function toggleColumn(column: string): void {
  const held = useIncidentColumns.getState()
  const hidden = held.hidden.includes(column)
    ? held.hidden.filter((each) => each !== column)
    : [...held.hidden, column]
  change({ order: held.order, hidden })
}

/** Moves a column one place towards the front (−1) or the back (1). */
export function moveColumn(columns: readonly string[], column: string, by: -1 | 1): void {
  const held = useIncidentColumns.getState()
  const order = orderedColumns(columns, held)
  const from = order.indexOf(column)
  const to = from + by
  if (from < 0 || to < 0 || to >= order.length) return
  order[from] = order[to]
  order[to] = column
  change({ order, hidden: held.hidden })
}

export function resetColumns(): void {
  change(asTheyCome)
}
