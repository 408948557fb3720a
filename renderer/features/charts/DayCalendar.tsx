import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { clauseOf, clearPeriod, isPeriod, setPeriod } from '#renderer/state/clauses.ts'
import { dayNames } from '#renderer/state/hours-title.ts'
import { dayTitle } from '#renderer/state/months.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { showIncidents } from '#renderer/state/view.ts'
import { useWorkspace, withClause } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ChartCard } from '#renderer/ui/ChartCard.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { PlainTable } from '#renderer/ui/PlainTable.tsx'
import { useSize } from '#renderer/ui/useSize.ts'
import { calendarPlace, dayLabel, dayNumber, weekdayOf } from './calendar-days.ts'
import { heatStep } from './hours-between.ts'
import { SpanChoice } from './SpanChoice.tsx'
import './charts.css'

/** Days listed in the table, the busiest first. */
const MOST_LISTED = 100
const left = 40
const yearGap = 12

/** A day for every incident known to the day; dragging chooses a period as in the chart of months. */
export function DayCalendar() {
  const filter = useWorkspace((store) => store.state.filter)
  const summary = useSelection((store) => store.summary)
  const period = clauseOf(filter, isPeriod)
  const days = summary?.days
  const counts = days?.counts ?? []
  const first = days ? dayNumber(days.first) : 0
  const gaps = counts.filter((count) => count === null).length
  const busiest = counts
    .map((count, at) => ({ day: dayLabel(first + at), count: count ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.day < b.day ? -1 : 1))
    .slice(0, MOST_LISTED)
  return (
    <ChartCard
      title="By day"
      note={gaps > 0 ? `${countText(gaps)} days are not held` : ''}
      tools={<SpanChoice />}
      chart={
        days ? (
          <Calendar first={first} counts={counts} from={period?.from ?? null} to={period?.to ?? null} />
        ) : (
          <p className="chart-empty empty-text">
            {days === null
              ? 'These incidents are recorded to the month only, so no day is known.'
              : 'Counting…'}
          </p>
        )
      }
      table={
        <PlainTable
          caption="The busiest days"
          columns={[{ title: 'Day' }, { title: 'Weekday' }, { title: 'Incidents', number: true }]}
          rows={busiest.map(({ day, count }) => ({
            key: day,
            cells: [
              dayTitle(day),
              dayNames[weekdayOf(dayNumber(day))],
              <Button
                key="count"
                kind="link"
                onPress={() =>
                  showIncidents(
                    dayTitle(day),
                    withClause(filter, isPeriod, {
                      kind: 'period',
                      from: day,
                      to: dayLabel(dayNumber(day) + 1),
                    }),
                  )
                }
              >
                {countText(count)}
              </Button>,
            ],
          }))}
        />
      }
    />
  )
}

interface CalendarProps {
  readonly first: number
  readonly counts: readonly (number | null)[]
  readonly from: string | null
  readonly to: string | null
}

function Calendar({ first, counts, from, to }: CalendarProps) {
  const host = useRef<HTMLDivElement>(null)
  const { width } = useSize(host)
  const [drag, setDrag] = useState<{ readonly start: number; readonly end: number } | null>(null)
  const [focus, setFocus] = useState(first + counts.length - 1)
  const last = first + counts.length - 1
  const cursor = Math.min(last, Math.max(first, focus))
  const years = calendarPlace(last).year - calendarPlace(first).year + 1
  const cell = Math.max(5, Math.min(13, (width - left - 8) / 54))
  const block = 7 * cell + yearGap
  const most = counts.reduce<number>((best, count) => Math.max(best, count ?? 0), 1)
  const held = from && to ? ([dayNumber(from), dayNumber(to) - 1] as const) : null
  const span = drag ? ([Math.min(drag.start, drag.end), Math.max(drag.start, drag.end)] as const) : held
  const choose = (start: number, end: number) => {
    if (held && held[0] === start && held[1] === end) clearPeriod()
    else setPeriod(dayLabel(start), dayLabel(end + 1))
  }
  const dayAt = (event: PointerEvent) => {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.getAttribute('data-day')
    return found ? Number(found) : null
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowRight: 7, ArrowLeft: -7, ArrowDown: 1, ArrowUp: -1 }
    if (event.key in moves) setFocus(Math.min(last, Math.max(first, cursor + moves[event.key])))
    else if (event.key === ' ' && event.shiftKey && held)
      setPeriod(dayLabel(Math.min(held[0], cursor)), dayLabel(Math.max(held[1], cursor) + 1))
    else if (event.key === ' ' || event.key === 'Enter') choose(cursor, cursor)
    else return
    event.preventDefault()
  }
  const about = (day: number) => {
    const count = counts[day - first]
    return `${dayNames[weekdayOf(day)]} ${dayTitle(dayLabel(day))}: ${count === null ? 'not held' : countText(count)}`
  }
  return (
    <div
      ref={host}
      className="chart-area calendar scroll"
      role="application"
      aria-label="Days. Arrow keys move, space chooses the day, shift and space widens the period to it."
      // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for all days
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        const day = dayAt(event)
        if (day === null) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setFocus(day)
        setDrag({ start: day, end: day })
      }}
      onPointerMove={(event) => {
        const day = drag ? dayAt(event) : null
        if (drag && day !== null && day !== drag.end) setDrag({ ...drag, end: day })
      }}
      onPointerUp={() => {
        if (span && drag) choose(span[0], span[1])
        setDrag(null)
      }}
      onPointerCancel={() => setDrag(null)}
    >
      <svg width={Math.max(0, width - 8)} height={years * block} aria-hidden="true">
        {Array.from({ length: years }, (_, at) => {
          const year = calendarPlace(first).year + at
          return (
            <text key={year} className="axis" x={0} y={at * block + cell * 3.5 + 4}>
              {year}
            </text>
          )
        })}
        {counts.map((count, at) => {
          const day = first + at
          const { year, week, weekday } = calendarPlace(day)
          const state = span ? (day >= span[0] && day <= span[1] ? 'in' : 'out') : ''
          return (
            <rect
              key={day}
              data-day={day}
              className={`day ${count === null ? 'missing' : `heat-${heatStep(count, most)}`} ${state} ${day === cursor ? 'cursor' : ''}`}
              x={left + week * cell}
              y={(year - calendarPlace(first).year) * block + weekday * cell}
              width={cell - 1}
              height={cell - 1}
            >
              <title>{about(day)}</title>
            </rect>
          )
        })}
      </svg>
      <p className="visually-hidden" role="status">
        {`${about(cursor)}${held && cursor >= held[0] && cursor <= held[1] ? ', chosen' : ''}`}
      </p>
    </div>
  )
}
