import { ToggleButton } from 'react-aria-components'
import { clauseOf, isFlag, toggleFlag } from '#renderer/state/clauses.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { countText } from '#renderer/ui/numbers.ts'

const states = [
  { state: 'yes', title: 'yes' },
  { state: 'no', title: 'no' },
  { state: 'unknown', title: 'not recorded' },
] as const

export interface FlagRowProps {
  readonly column: string
  readonly title: string
  readonly counts: { readonly yes: number; readonly no: number; readonly unknown: number }
}

/** One flag: yes, no and not recorded are three answers, never two. */
export function FlagRow({ column, title, counts }: FlagRowProps) {
  const filter = useWorkspace((store) => store.state.filter)
  const chosen = clauseOf(filter, isFlag(column))?.states ?? []
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row in every browser
    <div className="flag-row" role="group" aria-label={title}>
      <span className="flag-title">{title}</span>
      {states.map(({ state, title: word }) => (
        <ToggleButton
          key={state}
          className="flag-state figures"
          isSelected={chosen.includes(state)}
          aria-label={`${title}: ${word}, ${countText(counts[state])} incidents`}
          onChange={() => toggleFlag(filter, column, state)}
        >
          {countText(counts[state])}
        </ToggleButton>
      ))}
    </div>
  )
}
