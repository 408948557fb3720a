import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { columnTitles, NO_TIME } from '#core/contract/incident.ts'
import { minutesTitle } from '#renderer/state/months.ts'
import { type IncidentList, setView, useView } from '#renderer/state/view.ts'
import { useDataset } from '#renderer/state/workspace.ts'
import { IconButton } from '#renderer/ui/Button.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import { type Sort, useIncidentRows } from './use-incident-rows.ts'
import './incidents.css'

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
  return list && dataset ? <List list={list} dataset={dataset.id} /> : null
}

function List({ list, dataset }: { readonly list: IncidentList; readonly dataset: string }) {
  const [sort, setSort] = useState<Sort | null>(null)
  const { total, columns, problem, rowAt, need } = useIncidentRows(dataset, list.filter, sort)
  const body = useRef<HTMLDivElement>(null)
  const panel = useRef<HTMLElement>(null)
  const rows = useVirtualizer({
    count: total ?? 0,
    getScrollElement: () => body.current,
    estimateSize: () => 28,
    overscan: 12,
  })
  const items = rows.getVirtualItems()
  const from = items[0]?.index ?? 0
  const to = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (total) need(from, to)
  }, [from, to, total, need])
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const template = columns.map((column) => `${widthOf(column)}px`).join(' ')
  const close = () => setView({ incidents: null })
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
        <h2 className="panel-title">
          Incidents: {list.title}
          <span className="incidents-total figures" role="status">
            {total === null ? 'reading…' : countText(total)}
          </span>
        </h2>
        <IconButton label="Close the list" keys="Esc" kind="quiet" onPress={close}>
          <X size={16} />
        </IconButton>
      </header>
      {problem && (
        <div className="padded">
          <ProblemNote problem={problem} />
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual table cannot be a table element */}
      <div
        ref={body}
        className="incidents-body scroll"
        role="table"
        aria-label={list.title}
        aria-rowcount={(total ?? 0) + 1}
        tabIndex={0}
      >
        <div role="rowgroup" className="incidents-head">
          <div
            role="row"
            aria-rowindex={1}
            className="incident-row"
            style={{ gridTemplateColumns: template }}
          >
            {columns.map((column) => (
              <span
                key={column}
                role="columnheader"
                aria-sort={sort?.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              >
                <button type="button" onClick={() => sortBy(column)}>
                  {columnTitles[column] ?? column}
                  {sort?.column === column &&
                    (sort.descending ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
                </button>
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="incident-rows" style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const row = rowAt(item.index)
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                className="incident-row"
                style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)` }}
              >
                {columns.map((column, index) => {
                  const text = row ? cellText(column, row[index]) : '…'
                  return (
                    <span
                      key={column}
                      role="cell"
                      title={text.length > 18 ? text : undefined}
                      className={typeof row?.[index] === 'number' ? 'figures' : ''}
                    >
                      {text}
                    </span>
                  )
                })}
              </div>
            )
          })}
        </div>
      </div>
    </section>
  )
}
