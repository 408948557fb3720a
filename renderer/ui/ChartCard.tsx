import { ChartColumn, Table2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { IconButton } from './Button.tsx'

export interface ChartCardProps {
  readonly title: string
  readonly note?: ReactNode
  readonly tools?: ReactNode
  readonly chart: ReactNode
  /** The same numbers as a table, for those who read rather than look. */
  readonly table: ReactNode
}

export function ChartCard({ title, note, tools, chart, table }: ChartCardProps) {
  const [asTable, setAsTable] = useState(false)
  return (
    <section className="chart-card" aria-label={title}>
      <header className="chart-head">
        <h3 className="heading">{title}</h3>
        {note && <span className="chart-note">{note}</span>}
        <span className="chart-tools">
          {tools}
          <IconButton
            label={asTable ? `${title} as a chart` : `${title} as a table`}
            kind="quiet"
            onPress={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartColumn size={15} /> : <Table2 size={15} />}
          </IconButton>
        </span>
      </header>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so the keyboard must reach it
        <section className="chart-table scroll" tabIndex={0} aria-label={`${title}, table`}>
          {table}
        </section>
      ) : (
        chart
      )}
    </section>
  )
}
