import { useCountBy } from '#renderer/state/count-by.ts'
import { DayCalendar } from './DayCalendar.tsx'
import { HourGrid } from './HourGrid.tsx'
import { MonthChart } from './MonthChart.tsx'
import './charts.css'

/** When: months or days, and hours of the week, side by side under the map. */
export function ChartsDock() {
  const byDay = useCountBy((store) => store.byDay)
  return (
    <div className="charts">
      {byDay ? <DayCalendar /> : <MonthChart />}
      <HourGrid />
    </div>
  )
}
