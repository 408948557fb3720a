import { Bookmark, Download, Map as MapIcon } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { MethodCard } from '#core/contract/method.ts'
import { columnsOf } from '#renderer/api/cache.ts'
import { saveText } from '#renderer/api/download.ts'
import { drawable, holdsOutlines } from '#renderer/map/result-shape.ts'
import { keepRun, type Run, showOnMap } from '#renderer/state/runs.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'
import { Caveats } from './Caveats.tsx'
import { ResultTable } from './ResultTable.tsx'
import { RowChartView } from './RowChartView.tsx'
import { resultCsv } from './result-csv.ts'
import { SummaryView } from './SummaryView.tsx'

/** The answer of a method: what to beware of, the figures, the rows; drawn on the map, kept, or saved as CSV. */
export function ResultView({ run, card }: { readonly run: Run; readonly card: MethodCard }) {
  const columns = columnsOf(`result ${run.result.key}`)
  const kept = useWorkspace((store) => store.state.runs?.some((held) => held.id === run.result.key) ?? false)
  const offered = useMemo(
    () => (columns ? drawable(run.result.summary, columns, card.columns) : []),
    [columns, run, card],
  )
  const [column, setColumn] = useState<string | null>(null)
  const chosen = offered.find((held) => held.name === column) ?? offered[0]
  // Clusters and zones are drawn by their outlines, where no column lies on the map.
  const outlined = chosen === undefined && holdsOutlines(run.result.summary)
  return (
    <div className="stack">
      <div className="row result-tools">
        {chosen && (
          <>
            {offered.length > 1 && (
              <Choice
                label="Column on the map"
                hideLabel
                options={offered.map((held) => ({ value: held.name, title: held.title }))}
                value={chosen.name}
                onChange={setColumn}
              />
            )}
            <Button
              onPress={() =>
                showOnMap({ run, column: chosen.name, title: chosen.title, unit: chosen.unit ?? '' })
              }
            >
              <MapIcon size={15} />
              Show on the map
            </Button>
          </>
        )}
        {outlined && (
          <Button onPress={() => showOnMap({ run, column: '', title: card.title, unit: '' })}>
            <MapIcon size={15} />
            Show on the map
          </Button>
        )}
        <Button onPress={() => keepRun(run, card.title)} disabled={kept}>
          <Bookmark size={15} />
          {kept ? 'Kept in the workspace' : 'Keep in the workspace'}
        </Button>
        {columns && columns.length > 0 && (
          <Button onPress={() => saveText(resultCsv(run, columns, card), `${card.id}.csv`)}>
            <Download size={15} />
            Save rows as CSV
          </Button>
        )}
      </div>
      <Caveats caveats={run.result.caveats} />
      {columns &&
        card.charts?.map((chart) => (
          <RowChartView key={chart.title} chart={chart} columns={columns} outputs={card.columns} />
        ))}
      <SummaryView summary={run.result.summary} words={card.summary} />
      {columns && columns.length > 0 && <ResultTable columns={columns} outputs={card.columns} />}
    </div>
  )
}
