import { ListTree, X } from 'lucide-react'
import { useMemo } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useAreaName } from '#renderer/state/area-names.ts'
import { sentenceParts } from '#renderer/state/filter-sentence.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { showIncidents } from '#renderer/state/view.ts'
import { setFilter, useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { KeptSelections } from './KeptSelections.tsx'
import './filter.css'

/** The selection as a sentence: each part can be taken out, the count leads to its incidents. */
export function FilterBar() {
  const filter = useWorkspace((store) => store.state.filter)
  const { summary, status } = useSelection()
  const areaName = useAreaName()
  const parts = useMemo(() => sentenceParts(filter, areaName), [filter, areaName])
  const sentence = parts.map((part) => part.text).join(', ') || 'All incidents'
  const remove = (index: number) => setFilter({ clauses: filter.clauses.filter((_, at) => at !== index) })
  return (
    <section className="filter-bar" aria-label="Selection">
      {parts.length === 0 && <span className="filter-all">All incidents</span>}
      <ul className="filter-parts">
        {parts.map((part) => (
          <li key={part.clause} className="filter-part">
            <span>{part.text}</span>
            <AriaButton
              className="filter-remove"
              aria-label={`Remove ${part.text}`}
              onPress={() => remove(part.clause)}
            >
              <X size={13} />
            </AriaButton>
          </li>
        ))}
      </ul>
      {parts.length > 1 && (
        <Button kind="link" onPress={() => setFilter({ clauses: [] })}>
          Clear all
        </Button>
      )}
      <span className={`filter-count ${status === 'working' ? 'stale' : ''}`} role="status">
        {summary && (
          <>
            <strong className="figures">{countText(summary.selected)}</strong>
            {' of '}
            <span className="figures">{countText(summary.total)}</span>
            {' incidents'}
          </>
        )}
      </span>
      {summary && <KeptSelections sentence={sentence} />}
      {summary && (
        <Button onPress={() => showIncidents(sentence, filter)}>
          <ListTree size={15} />
          Incidents
        </Button>
      )}
    </section>
  )
}
