import { columnTitles } from '#core/contract/incident.ts'
import { clauseOf, isArea, isOneOf, toggleArea, toggleValue } from '#renderer/state/clauses.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { setView, showIncidents } from '#renderer/state/view.ts'
import { useDataset, useWorkspace, withClause } from '#renderer/state/workspace.ts'
import { Button as PlainButton } from '#renderer/ui/Button.tsx'
import { CountedChoice, CountedColumns } from './CountedColumns.tsx'
import { CountList } from './CountList.tsx'
import { FlagRow } from './FlagRow.tsx'
import { PeriodChoice } from './PeriodChoice.tsx'
import { Section } from './Section.tsx'
import { WordSearch } from './WordSearch.tsx'
import './filter.css'

/** Everything the selection can be narrowed by, with counts that follow every other choice. */
export function FilterPanel() {
  const filter = useWorkspace((store) => store.state.filter)
  const areaLayer = useWorkspace((store) => store.state.areaLayer)
  const dataset = useDataset()
  const summary = useSelection((store) => store.summary)
  if (!dataset) return null
  const offences = (summary?.offences ?? []).map((row) => ({ ...row, title: row.value || 'Not recorded' }))
  const areas = (summary?.areas ?? []).map((row) => ({
    value: row.value,
    title: row.name || row.value,
    count: row.count,
  }))
  const flags = Object.entries(summary?.flags ?? {})
  return (
    <div className="filter-panel">
      <Section title="Period">
        <PeriodChoice />
      </Section>
      <Section title="Words">
        <WordSearch key={dataset.id} dataset={dataset} />
      </Section>
      <Section title="Offences">
        <CountList
          label="Offences"
          rows={offences.filter((row) => row.count > 0)}
          chosen={clauseOf(filter, isOneOf('offence'))?.values ?? []}
          onToggle={(value) => toggleValue(filter, 'offence', value)}
          onIncidents={(row) =>
            showIncidents(
              row.title,
              withClause(filter, isOneOf('offence'), {
                kind: 'oneOf',
                column: 'offence',
                values: [row.value],
              }),
            )
          }
        />
      </Section>
      {flags.length > 0 && (
        <Section title="Flags">
          <div className="flag-head" aria-hidden="true">
            <span>Yes</span>
            <span>No</span>
            <span>Not rec.</span>
          </div>
          {flags.map(([column, counts]) => (
            <FlagRow key={column} column={column} title={columnTitles[column] ?? column} counts={counts} />
          ))}
        </Section>
      )}
      <CountedColumns dataset={dataset} />
      <Section title="Areas">
        {areaLayer ? (
          <CountList
            label="Areas"
            rows={areas}
            chosen={clauseOf(filter, isArea(areaLayer))?.codes ?? []}
            onToggle={(code) => toggleArea(filter, areaLayer, code)}
            onIncidents={(row) =>
              showIncidents(
                row.title,
                withClause(filter, isArea(areaLayer), { kind: 'area', layer: areaLayer, codes: [row.value] }),
              )
            }
          />
        ) : (
          <div className="stack tight">
            <p className="empty-text">
              No area layer is chosen. Add districts, wards or beats to count by area.
            </p>
            <PlainButton onPress={() => setView({ dialog: 'layers' })}>Layers…</PlainButton>
          </div>
        )}
      </Section>
      <Section title="Count by" open={false}>
        <CountedChoice dataset={dataset} />
      </Section>
    </div>
  )
}
