import { useMemo } from 'react'
import type { Filter } from '#core/contract/filter.ts'
import type { SelectionParameter } from '#core/contract/method.ts'
import { useAreaName } from '#renderer/state/area-names.ts'
import { yearBefore } from '#renderer/state/clauses.ts'
import { sentenceParts } from '#renderer/state/filter-sentence.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Choice } from '#renderer/ui/Choice.tsx'

export interface SelectionFieldProps {
  readonly parameter: SelectionParameter
  readonly value: unknown
  readonly onChange: (value: Filter | null) => void
}

/** The incidents to compare with: all of them, the same a year before, or a selection kept under a name. */
export function SelectionField({ parameter, value, onChange }: SelectionFieldProps) {
  const { filter, selections = [] } = useWorkspace((store) => store.state)
  const areaName = useAreaName()
  const offered = useMemo(() => {
    const before = yearBefore(filter)
    return [
      ...(parameter.required ? [] : [{ id: 'none', title: 'None', filter: null }]),
      { id: 'all', title: 'All incidents', filter: { clauses: [] } as Filter },
      ...(before ? [{ id: 'before', title: 'The same, one year before', filter: before }] : []),
      ...selections.map((held) => ({ id: held.id, title: held.name, filter: held.filter })),
    ]
  }, [filter, selections, parameter.required])
  const given = JSON.stringify(value)
  const chosen = offered.find((held) => JSON.stringify(held.filter) === given)
  const sentence =
    value === null
      ? ''
      : sentenceParts(value as Filter, areaName)
          .map((part) => part.text)
          .join(', ') || 'All incidents'
  return (
    <Choice
      label={parameter.title}
      options={offered.map((held) => ({ value: held.id, title: held.title }))}
      value={chosen?.id ?? null}
      onChange={(id) => onChange(offered.find((held) => held.id === id)?.filter ?? null)}
      placeholder={sentence || 'Choose'}
      why={[
        parameter.why,
        sentence && `Chosen: ${sentence}.`,
        'Keep selections under a name to choose them here.',
      ]
        .filter(Boolean)
        .join(' ')}
    />
  )
}
