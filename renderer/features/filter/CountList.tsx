import { useState } from 'react'
import { Button as AriaButton, Input, SearchField } from 'react-aria-components'
import { Button } from '#renderer/ui/Button.tsx'
import { countText } from '#renderer/ui/numbers.ts'

export interface CountRow {
  readonly value: string
  readonly title: string
  readonly count: number
}

export interface CountListProps {
  readonly label: string
  readonly rows: readonly CountRow[]
  readonly chosen: readonly string[]
  readonly onToggle: (value: string) => void
  readonly onIncidents: (row: CountRow) => void
  readonly first?: number
}

/** Words with their counts as bars: the bar chooses, the number leads to its incidents. */
export function CountList({ label, rows, chosen, onToggle, onIncidents, first = 10 }: CountListProps) {
  const [all, setAll] = useState(false)
  const [query, setQuery] = useState('')
  const most = Math.max(1, ...rows.map((row) => row.count))
  const found = query ? rows.filter((row) => row.title.toLowerCase().includes(query.toLowerCase())) : rows
  const shown = all || query ? found.slice(0, 200) : found.slice(0, first)
  const hidden = chosen.length ? rows.filter((row) => chosen.includes(row.value) && !shown.includes(row)) : []
  return (
    <div className="count-list">
      {rows.length > first && (
        <SearchField
          className="count-search"
          aria-label={`Find in ${label.toLowerCase()}`}
          value={query}
          onChange={setQuery}
        >
          <Input className="input" placeholder={`Find in ${rows.length}`} />
        </SearchField>
      )}
      <ul aria-label={label}>
        {[...hidden, ...shown].map((row) => (
          <li key={row.value} className="count-row">
            <AriaButton
              className="count-bar"
              aria-pressed={chosen.includes(row.value)}
              onPress={() => onToggle(row.value)}
            >
              <span className="count-fill" style={{ width: `${(row.count / most) * 100}%` }} />
              <span className="count-title">{row.title}</span>
            </AriaButton>
            <AriaButton
              className="count-number figures"
              aria-label={`${countText(row.count)} incidents, ${row.title}: show them`}
              onPress={() => onIncidents(row)}
            >
              {countText(row.count)}
            </AriaButton>
          </li>
        ))}
      </ul>
      {rows.length === 0 && <p className="empty-text">None in this selection.</p>}
      {!query && found.length > first && (
        <Button kind="link" onPress={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${Math.min(found.length, 200)}`}
        </Button>
      )}
    </div>
  )
}
