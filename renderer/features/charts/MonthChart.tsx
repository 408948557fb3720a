import { scaleLinear } from 'd3-scale'
import { useRef, useState } from 'react'
import { clauseOf, isPeriod, setPeriod } from '#renderer/state/clauses.ts'
import { addMonths, monthTitle } from '#renderer/state/months.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { showIncidents } from '#renderer/state/view.ts'
import { useWorkspace, withClause } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ChartCard } from '#renderer/ui/ChartCard.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { PlainTable } from '#renderer/ui/PlainTable.tsx'
import { useSize } from '#renderer/ui/useSize.ts'
import { SpanChoice } from './SpanChoice.tsx'
import './charts.css'

const margin = { top: 10, right: 10, bottom: 20, left: 44 }

/** Incidents by month. Dragging chooses a period; months the files do not hold are gaps with a name, never zero. */
export function MonthChart() {
  const filter = useWorkspace((store) => store.state.filter)
  const months = useSelection((store) => store.summary?.months) ?? []
  const period = clauseOf(filter, isPeriod)
  const missing = months.filter((held) => held.coverage === 'missing')
  const partial = months.filter((held) => held.coverage === 'partial')
  const note = [
    missing.length ? `not held: ${listed(missing.map((held) => monthTitle(held.month)))}` : '',
    partial.length ? `in part: ${listed(partial.map((held) => monthTitle(held.month)))}` : '',
  ]
    .filter(Boolean)
    .join('; ')
  const rows = months.map((held) => ({
    key: held.month,
    cells: [
      monthTitle(held.month),
      held.coverage === 'missing' ? (
        'not held'
      ) : (
        <Button
          key="count"
          kind="link"
          onPress={() =>
            showIncidents(
              monthTitle(held.month),
              withClause(filter, isPeriod, {
                kind: 'period',
                from: `${held.month}-01`,
                to: `${addMonths(held.month, 1)}-01`,
              }),
            )
          }
        >
          {countText(held.count)}
        </Button>
      ),
      held.coverage === 'partial' ? 'in part' : held.coverage === 'missing' ? 'missing' : 'whole',
    ],
  }))
  return (
    <ChartCard
      title="By month"
      note={note}
      tools={<SpanChoice />}
      chart={<Bars months={months} from={period?.from ?? null} to={period?.to ?? null} />}
      table={
        <PlainTable
          caption="Incidents by month"
          columns={[{ title: 'Month' }, { title: 'Incidents', number: true }, { title: 'Held' }]}
          rows={rows}
        />
      }
    />
  )
}

function listed(words: readonly string[]): string {
  return words.length > 4 ? `${words.slice(0, 3).join(', ')} and ${words.length - 3} more` : words.join(', ')
}

interface BarsProps {
  readonly months: readonly { readonly month: string; readonly count: number; readonly coverage: string }[]
  readonly from: string | null
  readonly to: string | null
}

function Bars({ months, from, to }: BarsProps) {
  const host = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(host)
  const [drag, setDrag] = useState<{ readonly start: number; readonly end: number } | null>(null)
  const inner = Math.max(0, width - margin.left - margin.right)
  const top = Math.max(1, ...months.map((held) => held.count))
  const y = scaleLinear([0, top], [Math.max(1, height - margin.bottom), margin.top]).nice(4)
  const band = months.length ? inner / months.length : 0
  const at = (clientX: number) => {
    const left = host.current?.getBoundingClientRect().left ?? 0
    return Math.min(months.length - 1, Math.max(0, Math.floor((clientX - left - margin.left) / band)))
  }
  const span = drag ? [Math.min(drag.start, drag.end), Math.max(drag.start, drag.end)] : null
  const chosen = (index: number, month: string) =>
    span
      ? index >= span[0] && index <= span[1]
      : !from || !to || (`${month}-01` >= from.slice(0, 8).concat('01') && `${month}-01` < to)
  const commit = () => {
    if (span) setPeriod(`${months[span[0]].month}-01`, `${addMonths(months[span[1]].month, 1)}-01`)
    setDrag(null)
  }
  const label = `Incidents by month, ${months.length} months, most ${countText(top)}. Choose months in the filter panel, or read the table.`
  return (
    <div ref={host} className="chart-area">
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={label}
        className="bars"
        onPointerDown={(event) => {
          if (!months.length) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrag({ start: at(event.clientX), end: at(event.clientX) })
        }}
        onPointerMove={(event) => drag && setDrag({ ...drag, end: at(event.clientX) })}
        onPointerUp={commit}
        onPointerCancel={() => setDrag(null)}
      >
        {y.ticks(3).map((tick) => (
          <g key={tick}>
            <line
              className="grid-line"
              x1={margin.left}
              x2={width - margin.right}
              y1={y(tick)}
              y2={y(tick)}
            />
            <text className="axis" x={margin.left - 6} y={y(tick) + 4} textAnchor="end">
              {countText(tick)}
            </text>
          </g>
        ))}
        {months.map((held, index) => {
          const x = margin.left + index * band
          const gap = Math.min(2, band * 0.2)
          if (held.coverage === 'missing')
            return (
              <g key={held.month}>
                <rect
                  className="bar-missing"
                  x={x + gap / 2}
                  y={margin.top}
                  width={band - gap}
                  height={height - margin.bottom - margin.top}
                />
                <title>{`${monthTitle(held.month)}: not held`}</title>
              </g>
            )
          return (
            <rect
              key={held.month}
              className={`bar ${chosen(index, held.month) ? 'in' : 'out'} ${held.coverage === 'partial' ? 'part' : ''}`}
              x={x + gap / 2}
              y={y(held.count)}
              width={Math.max(1, band - gap)}
              height={Math.max(0, y(0) - y(held.count))}
            >
              <title>{`${monthTitle(held.month)}: ${countText(held.count)}${held.coverage === 'partial' ? ' (held in part)' : ''}`}</title>
            </rect>
          )
        })}
        {months.map((held, index) => {
          const january = held.month.endsWith('-01')
          if (!(january || (index === 0 && Number(months[0].month.slice(5)) < 11))) return null
          return (
            <text key={held.month} className="axis" x={margin.left + index * band + 2} y={height - 5}>
              {january ? held.month.slice(0, 4) : monthTitle(held.month)}
            </text>
          )
        })}
        {span && (
          <rect
            className="brush"
            x={margin.left + span[0] * band}
            y={margin.top}
            width={(span[1] - span[0] + 1) * band}
            height={height - margin.bottom - margin.top}
          />
        )}
      </svg>
    </div>
  )
}
