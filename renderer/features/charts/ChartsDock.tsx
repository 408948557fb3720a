import { HourGrid } from './HourGrid.tsx'
import { MonthChart } from './MonthChart.tsx'
import './charts.css'

/** When: months and hours of the week, side by side under the map. */
export function ChartsDock() {
  return (
    <div className="charts">
      <MonthChart />
      <HourGrid />
    </div>
  )
}
