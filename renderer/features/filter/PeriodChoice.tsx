import { clauseOf, clearPeriod, isPeriod, setPeriod } from '#renderer/state/clauses.ts'
import { addMonths, monthTitle, periodTitle } from '#renderer/state/months.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'

/** From month to month, both in; the keyboard's way to what the trend chart does by dragging. */
export function PeriodChoice() {
  const filter = useWorkspace((store) => store.state.filter)
  const months = useSelection((store) => store.summary?.months)
  if (!months?.length) return <p className="empty-text">These incidents hold no dates.</p>
  const period = clauseOf(filter, isPeriod)
  const first = months[0].month
  const last = months[months.length - 1].month
  const from = period ? period.from.slice(0, 7) : first
  const to = period ? addMonths(period.to.slice(0, 7), period.to.endsWith('-01') ? -1 : 0) : last
  const options = months.map(({ month }) => ({ value: month, title: monthTitle(month) }))
  const set = (start: string, end: string) => setPeriod(`${start}-01`, `${addMonths(end, 1)}-01`)
  return (
    <div className="stack tight">
      <div className="period">
        <Choice
          label="From"
          value={from}
          options={options}
          onChange={(month) => set(month, month > to ? month : to)}
        />
        <Choice
          label="To"
          value={to}
          options={options}
          onChange={(month) => set(month < from ? month : from, month)}
        />
      </div>
      <div className="row">
        {[12, 24, 36]
          .filter((count) => count < months.length)
          .map((count) => (
            <Button key={count} kind="link" onPress={() => set(addMonths(last, 1 - count), last)}>
              Last {count} months
            </Button>
          ))}
        {period && (
          <Button
            kind="link"
            label={`All months: remove the period ${periodTitle(period.from, period.to)}`}
            onPress={clearPeriod}
          >
            All
          </Button>
        )}
      </div>
    </div>
  )
}
