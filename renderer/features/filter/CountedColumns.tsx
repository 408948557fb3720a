import { columnTitles } from '#core/contract/incident.ts'
import { MOST_WORD_COLUMNS } from '#core/contract/routes.ts'
import type { DatasetInfo } from '#core/contract/workspace.ts'
import { clauseOf, isOneOf, toggleValue } from '#renderer/state/clauses.ts'
import { countableColumns, countedColumns, setCounted, useCountBy } from '#renderer/state/count-by.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { showIncidents } from '#renderer/state/view.ts'
import { useWorkspace, withClause } from '#renderer/state/workspace.ts'
import { Check } from '#renderer/ui/Check.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { CountList } from './CountList.tsx'
import { Section } from './Section.tsx'

/** Location types, outcomes and other columns of set words, each counted without its own choice. */
export function CountedColumns({ dataset }: { readonly dataset: DatasetInfo }) {
  const filter = useWorkspace((store) => store.state.filter)
  const chosen = useCountBy((store) => store.columns)
  const words = useSelection((store) => store.summary?.words)
  return countedColumns(dataset, chosen).map((column) => {
    const title = columnTitles[column] ?? column
    const counted = words?.[column]
    const rows = (counted?.values ?? []).map((row) => ({ ...row, title: row.value || 'Not recorded' }))
    return (
      <Section key={column} title={title}>
        <CountList
          label={title}
          rows={rows.filter((row) => row.count > 0)}
          chosen={clauseOf(filter, isOneOf(column))?.values ?? []}
          onToggle={(value) => toggleValue(filter, column, value)}
          onIncidents={(row) =>
            showIncidents(
              `${title}: ${row.title}`,
              withClause(filter, isOneOf(column), { kind: 'oneOf', column, values: [row.value] }),
            )
          }
          first={6}
        />
        {counted !== undefined && counted.more > 0 && (
          <p className="why">
            {countText(counted.more)} rarer ones are not listed; look for them by their words.
          </p>
        )}
      </Section>
    )
  })
}

/** Which columns are counted. */
export function CountedChoice({ dataset }: { readonly dataset: DatasetInfo }) {
  const chosen = useCountBy((store) => store.columns)
  const counted = countedColumns(dataset, chosen)
  const offered = countableColumns(dataset)
  if (offered.length === 0)
    return <p className="empty-text">These incidents hold no other columns to count by.</p>
  return (
    <div className="stack tight">
      <div className="word-columns">
        {offered.map(({ column, title }) => {
          const held = counted.includes(column)
          return (
            <Check
              key={column}
              selected={held}
              disabled={!held && counted.length >= MOST_WORD_COLUMNS}
              onChange={() =>
                setCounted(held ? counted.filter((each) => each !== column) : [...counted, column])
              }
            >
              {title}
            </Check>
          )
        })}
      </div>
      <p className="why">Up to {MOST_WORD_COLUMNS} columns are counted beside the offence.</p>
    </div>
  )
}
