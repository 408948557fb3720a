import { create } from 'zustand'
import { columnTitles } from '#core/contract/incident.ts'
import { MOST_WORD_COLUMNS } from '#core/contract/routes.ts'
import type { DatasetInfo } from '#core/contract/workspace.ts'

export interface CountByStore {
  /** Columns the filter panel counts besides the offence; null: the usual ones. Kept on this machine. */
  readonly columns: readonly string[] | null
  /** Whether the charts show days instead of months. */
  readonly byDay: boolean
}

const key = 'hotspot-count-by'
const usual = ['locationType', 'outcome']

function saved(): readonly string[] | null {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return Array.isArray(held) ? held.filter((word) => typeof word === 'string') : null
  } catch {
    return null
  }
}

export const useCountBy = create<CountByStore>(() => ({ columns: saved(), byDay: false }))

/** Columns of set words that can be counted, by title. */
export function countableColumns(dataset: DatasetInfo): { column: string; title: string }[] {
  return Object.keys(dataset.dictionaries)
    .filter((column) => column !== 'offence')
    .map((column) => ({ column, title: columnTitles[column] ?? column }))
}

/** Those chosen that the dataset holds, at most as many as can be counted at once. */
export function countedColumns(dataset: DatasetInfo, chosen: readonly string[] | null): string[] {
  return (chosen ?? usual)
    .filter((column) => column !== 'offence' && Object.hasOwn(dataset.dictionaries, column))
    .slice(0, MOST_WORD_COLUMNS)
}

export function setCounted(columns: readonly string[]): void {
  useCountBy.setState({ columns })
  localStorage.setItem(key, JSON.stringify(columns))
}

export function showDays(byDay: boolean): void {
  useCountBy.setState({ byDay })
}
