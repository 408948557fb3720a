import { type KeyboardEvent, useState } from 'react'
import { clauseOf, isHours, setHours } from '#renderer/state/clauses.ts'
import { dayNames } from '#renderer/state/hours-title.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { ChartCard } from '#renderer/ui/ChartCard.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { PlainTable } from '#renderer/ui/PlainTable.tsx'
import { heatStep, hoursBetween } from './hours-between.ts'
import './charts.css'

const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour)
/** Three hours of every day, from `hour`. */
function hoursOfBlock(hour: number): number[] {
  return dayNames.flatMap((_, day) => [0, 1, 2].map((after) => day * 24 + hour + after))
}

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`

/** Hour of the week. Dragging chooses a block, days and hours choose whole rows and columns. */
export function HourGrid() {
  const filter = useWorkspace((store) => store.state.filter)
  const summary = useSelection((store) => store.summary)
  const hours = summary?.hours ?? null
  const chosen = clauseOf(filter, isHours)?.hours ?? []
  const note = hours ? 'by start time' : ''
  return (
    <ChartCard
      title="Hour and weekday"
      note={note}
      chart={
        hours ? (
          <Grid hours={hours} chosen={chosen} />
        ) : (
          <p className="chart-empty empty-text">
            {summary
              ? 'These incidents are recorded to the month or day only, so no hour of the day is known.'
              : 'Counting…'}
          </p>
        )
      }
      table={
        <PlainTable
          caption="Incidents by hour and weekday"
          columns={[{ title: 'Hour' }, ...dayNames.map((day) => ({ title: day, number: true }))]}
          rows={hoursOfDay.map((hour) => ({
            key: String(hour),
            cells: [clock(hour), ...dayNames.map((_, day) => countText(hours?.[day * 24 + hour]))],
          }))}
        />
      }
    />
  )
}

function Grid({ hours, chosen }: { readonly hours: readonly number[]; readonly chosen: readonly number[] }) {
  const [drag, setDrag] = useState<{
    readonly start: number
    readonly end: number
    readonly add: boolean
  } | null>(null)
  const [focus, setFocus] = useState(0)
  const most = Math.max(1, ...hours)
  const picked = new Set(drag ? [...(drag.add ? chosen : []), ...hoursBetween(drag.start, drag.end)] : chosen)
  const commit = () => {
    if (!drag) return
    const block = hoursBetween(drag.start, drag.end)
    const again = block.length === 1 && chosen.includes(block[0])
    if (again) setHours(chosen.filter((hour) => hour !== block[0]))
    else setHours(drag.add ? [...new Set([...chosen, ...block])] : block)
    setDrag(null)
  }
  const toggleAll = (block: number[]) => {
    const all = block.every((hour) => chosen.includes(hour))
    setHours(all ? chosen.filter((hour) => !block.includes(hour)) : [...new Set([...chosen, ...block])])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const moves: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 24, ArrowUp: -24 }
    if (event.key in moves) {
      const next = focus + moves[event.key]
      if (next >= 0 && next < 168) {
        setFocus(next)
      }
    } else if (event.key === ' ' || event.key === 'Enter') toggleAll([focus])
    else return
    event.preventDefault()
  }
  const hourAt = (event: React.PointerEvent) => {
    const held = document
      .elementFromPoint(event.clientX, event.clientY)
      ?.closest('[data-hour]')
      ?.getAttribute('data-hour')
    return held === null || held === undefined ? null : Number(held)
  }
  return (
    <div
      className="hour-control"
      role="application"
      aria-label="Hours of the week. Arrow keys move, space chooses; days and blocks of hours are buttons."
      // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for 168 hours
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        const hour = hourAt(event)
        if (hour === null) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setFocus(hour)
        setDrag({ start: hour, end: hour, add: event.ctrlKey || event.metaKey || event.shiftKey })
      }}
      onPointerMove={(event) => {
        const hour = drag ? hourAt(event) : null
        if (drag && hour !== null && hour !== drag.end) setDrag({ ...drag, end: hour })
      }}
      onPointerUp={commit}
      onPointerCancel={() => setDrag(null)}
    >
      <table className="hour-grid">
        <thead>
          <tr>
            <td className="hour-corner" />
            {hoursOfDay
              .filter((hour) => hour % 3 === 0)
              .map((hour) => (
                <th key={hour} scope="colgroup" colSpan={3}>
                  <button
                    type="button"
                    aria-label={`${String(hour).padStart(2, '0')}, all days ${clock(hour)} to ${clock((hour + 3) % 24)}`}
                    onClick={() => toggleAll(hoursOfBlock(hour))}
                  >
                    {String(hour).padStart(2, '0')}
                  </button>
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {dayNames.map((name, day) => (
            <tr key={name}>
              <th scope="row">
                <button
                  type="button"
                  aria-label={`${name}, all hours`}
                  onClick={() => toggleAll(hoursOfDay.map((hour) => day * 24 + hour))}
                >
                  {name}
                </button>
              </th>
              {hoursOfDay.map((hour) => {
                const at = day * 24 + hour
                return (
                  <td
                    key={hour}
                    data-hour={at}
                    title={`${name} ${clock(hour)}–${clock((hour + 1) % 24)}: ${countText(hours[at])}`}
                    className={`hour-cell heat-${heatStep(hours[at], most)} ${picked.size ? (picked.has(at) ? 'in' : 'out') : ''} ${at === focus ? 'cursor' : ''}`}
                  >
                    <span className="visually-hidden">{countText(hours[at])}</span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="visually-hidden" role="status">
        {`${dayNames[Math.floor(focus / 24)]} ${clock(focus % 24)}: ${countText(hours[focus])}${picked.has(focus) ? ', chosen' : ''}`}
      </p>
    </div>
  )
}
