import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { OutputColumn } from '#core/contract/method.ts'
import type { Columns } from '#renderer/api/columns.ts'
import { countText, valueText } from '#renderer/ui/numbers.ts'

const rowHeight = 26

interface Sort {
  readonly column: string
  readonly descending: boolean
}

/** The rows of a result, as many as there are; sorted by any column, undefined values always last. */
export function ResultTable({
  columns,
  outputs,
}: {
  readonly columns: Columns
  readonly outputs: readonly OutputColumn[]
}) {
  const [sort, setSort] = useState<Sort | null>(null)
  const body = useRef<HTMLDivElement>(null)
  const shown = useMemo(
    () => outputs.filter(({ name }) => columns.numbers[name] ?? columns.words[name]),
    [columns, outputs],
  )
  const order = useMemo(() => orderOf(columns, sort), [columns, sort])
  const rows = useVirtualizer({
    count: columns.length,
    getScrollElement: () => body.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  const items = rows.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <section className="stack tight">
      <h3 className="label">Rows: {countText(columns.length)}</h3>
      <section
        ref={body}
        className="result-rows scroll"
        aria-label="Rows of the result"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so the keyboard must reach it
        tabIndex={0}
      >
        <table className="incident-table" aria-rowcount={columns.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {shown.map(({ name, title, unit }) => (
                <th key={name} scope="col" aria-sort={sortOf(sort, name)}>
                  <button
                    type="button"
                    onClick={() =>
                      setSort((held) =>
                        held?.column !== name
                          ? { column: name, descending: true }
                          : held.descending
                            ? { column: name, descending: false }
                            : null,
                      )
                    }
                  >
                    {title}
                    {unit ? `, ${unit}` : ''}
                    {sort?.column === name &&
                      (sort.descending ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr style={{ height: before }} />}
            {items.map((item) => {
              const row = order ? order[item.index] : item.index
              return (
                <tr key={item.key} aria-rowindex={item.index + 2}>
                  {shown.map(({ name, words }) => (
                    <td key={name} className={columns.numbers[name] ? 'figures number' : ''}>
                      {columns.numbers[name]
                        ? (words?.[columns.numbers[name][row]] ?? valueText(columns.numbers[name][row]))
                        : columns.words[name][row]}
                    </td>
                  ))}
                </tr>
              )
            })}
            {after > 0 && <tr style={{ height: after }} />}
          </tbody>
        </table>
      </section>
    </section>
  )
}

/** Row numbers in the order asked for; equal values keep the order of the result. */
function orderOf(columns: Columns, sort: Sort | null): Uint32Array | null {
  if (!sort) return null
  const order = Uint32Array.from({ length: columns.length }, (_, row) => row)
  const numbers = columns.numbers[sort.column]
  const sign = sort.descending ? -1 : 1
  if (numbers)
    return order.sort((a, b) => {
      const [x, y] = [numbers[a], numbers[b]]
      if (Number.isNaN(x) || Number.isNaN(y))
        return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
      return sign * (x - y) || a - b
    })
  const words = columns.words[sort.column]
  return order.sort((a, b) => sign * words[a].localeCompare(words[b], 'en-GB') || a - b)
}

function sortOf(sort: Sort | null, column: string): 'none' | 'ascending' | 'descending' {
  if (sort?.column !== column) return 'none'
  return sort.descending ? 'descending' : 'ascending'
}
