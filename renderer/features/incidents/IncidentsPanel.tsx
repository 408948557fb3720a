import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp, Download, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { columnTitles, NO_TIME } from '#core/contract/incident.ts'
import type { Problem } from '#core/contract/problem.ts'
import { searchTerms } from '#core/contract/search-text.ts'
import type { DatasetInfo } from '#core/contract/workspace.ts'
import { problemOf } from '#renderer/api/client.ts'
import { isText } from '#renderer/state/clauses.ts'
import { orderedColumns, useIncidentColumns } from '#renderer/state/incident-columns.ts'
import { saveIncidents } from '#renderer/state/incidents.ts'
import { minutesTitle } from '#renderer/state/months.ts'
import { searchColumns } from '#renderer/state/text-search.ts'
import { type IncidentList, setView, useView } from '#renderer/state/view.ts'
import { useDataset } from '#renderer/state/workspace.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { highlightParts } from './highlight.ts'
import { ListSearch } from './ListSearch.tsx'
import { type Sort, useIncidentRows } from './use-incident-rows.ts'
import { useListSearch } from './use-list-search.ts'
import './incidents.css'

const rowHeight = 28
/** A window cannot scroll over more than some 33 million pixels. */
const mostRows = 1_000_000

const times = new Set(['occurredFrom', 'occurredTo', 'reportedAt'])
const wide = new Set(['offence', 'location', 'note'])
const narrow = new Set([
  'easting',
  'northing',
  'precision',
  'domestic',
  'knife',
  'alcohol',
  'publicSpace',
  'offenceCode',
])

function widthOf(column: string): number {
  if (wide.has(column)) return column === 'note' ? 420 : 250
  if (narrow.has(column)) return 104
  return 148
}

function cellText(column: string, value: string | number | null): string {
  if (value === null || value === '' || value === NO_TIME) return '–'
  if (typeof value === 'number' && times.has(column)) return minutesTitle(value)
  if (typeof value === 'number' && (column === 'easting' || column === 'northing')) return value.toFixed(0)
  return typeof value === 'number' ? String(Math.round(value * 1e6) / 1e6) : value
}

/** The incidents behind a number, over the map and charts; closing goes back to where one was. */
export function IncidentsPanel() {
  const list = useView((store) => store.incidents)
  const dataset = useDataset()
  return list && dataset ? <List list={list} dataset={dataset} /> : null
}

function List({ list, dataset }: { readonly list: IncidentList; readonly dataset: DatasetInfo }) {
  const [sort, setSort] = useState<Sort | null>(null)
  const choice = useIncidentColumns()
  // Only where the words can be seen: a row found by a hidden column would be a riddle.
  const searchable = useMemo(
    () =>
      searchColumns(dataset)
        .map(({ column }) => column)
        .filter((column) => !choice.hidden.includes(column)),
    [dataset, choice],
  )
  const found = useListSearch(dataset.id, list.filter, searchable)
  const rowsOf = useIncidentRows(dataset.id, found.filter, sort)
  const { total, fresh, columns: all, rowAt, need } = rowsOf
  const [saving, setSaving] = useState(false)
  const [refusal, setRefusal] = useState<Problem | null>(null)
  const problem = refusal ?? found.problem ?? rowsOf.problem
  const columns = useMemo(
    () => orderedColumns(all, choice).filter((column) => !choice.hidden.includes(column)),
    [all, choice],
  )
  const terms = useMemo(() => termsByColumn(found.filter), [found.filter])
  const body = useRef<HTMLDivElement>(null)
  const panel = useRef<HTMLElement>(null)
  const rows = useVirtualizer({
    count: Math.min(total ?? 0, mostRows),
    getScrollElement: () => body.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = rows.getVirtualItems()
  const from = items[0]?.index ?? 0
  const to = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (total) need(from, to)
  }, [from, to, total, need])
  useEffect(() => {
    const origin = document.activeElement
    panel.current?.focus()
    return () => {
      if (origin instanceof HTMLElement) origin.focus()
    }
  }, [])
  const tableWidth = columns.reduce((sum, column) => sum + widthOf(column), 0)
  const before = items[0]?.start ?? 0
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0)
  const close = () => setView({ incidents: null })
  const save = async () => {
    setSaving(true)
    setRefusal(null)
    try {
      await saveIncidents({ dataset: dataset.id, filter: found.filter, columns, ...(sort ? { sort } : {}) })
    } catch (error) {
      setRefusal(problemOf(error))
    }
    setSaving(false)
  }
  const sortBy = (column: string) => {
    setSort((held) =>
      held?.column !== column
        ? { column, descending: false }
        : held.descending
          ? null
          : { column, descending: true },
    )
    body.current?.scrollTo({ top: 0 })
  }
  return (
    <section
      ref={panel}
      className="incidents"
      aria-label={`Incidents: ${list.title}`}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <header className="panel-head">
        <h2 className="panel-title">Incidents: {list.title}</h2>
        <span className="incidents-total figures" role="status">
          {total === null || !fresh ? 'reading…' : countText(total)}
        </span>
        <ListSearch working={found.working} onSearch={found.search} />
        <ColumnsMenu columns={all} />
        <Button pending={saving} disabled={!fresh || !total} onPress={() => void save()}>
          <Download size={15} />
          Save as CSV
        </Button>
        <IconButton label="Close the list" keys="Esc" kind="quiet" onPress={close}>
          <X size={16} />
        </IconButton>
      </header>
      {problem && (
        <div className="padded">
          <ProblemNote problem={problem} />
        </div>
      )}
      <section
        ref={body}
        className="incidents-body scroll"
        aria-label={`${list.title}, rows`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so the keyboard must reach it
        tabIndex={0}
      >
        <table className="incident-table" aria-rowcount={(total ?? 0) + 1} style={{ width: tableWidth }}>
          <colgroup>
            {columns.map((column) => (
              <col key={column} style={{ width: widthOf(column) }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  {...(dataset.textColumns.includes(column) ? {} : { 'aria-sort': sortOf(sort, column) })}
                >
                  {dataset.textColumns.includes(column) ? (
                    // Every value differs: there is no order to look for.
                    <span className="incident-head">{columnTitles[column] ?? column}</span>
                  ) : (
                    <button type="button" onClick={() => sortBy(column)}>
                      {columnTitles[column] ?? column}
                      {sort?.column === column &&
                        (sort.descending ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr style={{ height: before }} />}
            {items.map((item) => {
              const row = rowAt(item.index)
              return (
                <tr key={item.key} aria-rowindex={item.index + 2}>
                  {columns.map((column) => {
                    const text = row ? cellText(column, row[all.indexOf(column)]) : '…'
                    const words = terms.get(column)
                    return (
                      <td key={column} className="figures" {...(text.length > 16 ? { title: text } : {})}>
                        {words ? <Marked text={text} terms={words} /> : text}
                      </td>
                    )
                  })}
                </tr>
              )
            })}
            {after > 0 && <tr style={{ height: after }} />}
          </tbody>
        </table>
      </section>
      {total !== null && total > mostRows && (
        <p className="padded why">
          The first {countText(mostRows)} are listed. Sort or narrow the selection to reach the others.
        </p>
      )}
    </section>
  )
}

/** The words a list was searched for, by the columns they were looked for in. */
function termsByColumn({ clauses }: IncidentList['filter']): Map<string, string[]> {
  const terms = new Map<string, string[]>()
  for (const { words, columns } of clauses.filter(isText))
    for (const column of columns) terms.set(column, [...(terms.get(column) ?? []), ...searchTerms(words)])
  return terms
}

function Marked({ text, terms }: { readonly text: string; readonly terms: readonly string[] }) {
  let place = 0
  return highlightParts(text, terms).map((part) => {
    const key = place
    place += part.text.length
    return part.hit ? <mark key={key}>{part.text}</mark> : part.text
  })
}

function sortOf(sort: Sort | null, column: string): 'none' | 'ascending' | 'descending' {
  if (sort?.column !== column) return 'none'
  return sort.descending ? 'descending' : 'ascending'
}
