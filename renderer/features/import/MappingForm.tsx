import type { Mapping } from '#core/contract/dataset.ts'
import { columnTitles } from '#core/contract/incident.ts'
import { setMapping } from '#renderer/state/import.ts'
import { Choice } from '#renderer/ui/Choice.tsx'

type SingleField = Exclude<keyof Mapping, 'from' | 'to' | 'reported' | 'extra'>
type TimeField = 'from' | 'to' | 'reported'

const groups: readonly {
  readonly title: string
  readonly single?: readonly SingleField[]
  readonly times?: readonly TimeField[]
}[] = [
  { title: 'Where', single: ['x', 'y', 'location', 'locationId', 'locationType'] },
  { title: 'When', times: ['from', 'to', 'reported'] },
  { title: 'What', single: ['offence', 'offenceCode', 'offenceGroup', 'outcome', 'force'] },
  { title: 'Flags', single: ['domestic', 'knife', 'alcohol', 'publicSpace'] },
  { title: 'References', single: ['ref', 'victimRef', 'suspectRef', 'note'] },
]

const titles: Readonly<Record<string, string>> = {
  ...columnTitles,
  x: 'Easting or longitude',
  y: 'Northing or latitude',
  from: 'Occurred from',
  to: 'Occurred to',
  reported: 'Reported',
}

export interface MappingFormProps {
  readonly columns: readonly string[]
  readonly sample: readonly string[]
  readonly mapping: Mapping
}

/** Which column of the file is which column of an incident. */
export function MappingForm({ columns, sample, mapping }: MappingFormProps) {
  const options = [
    { value: '', title: 'Not held' },
    ...columns.map((column, index) => ({
      value: column,
      title: sample[index] ? `${column}  (${sample[index].slice(0, 28)})` : column,
    })),
  ]
  const put = (field: keyof Mapping, value: unknown) => {
    const { [field]: _, ...rest } = mapping
    setMapping(value === null ? rest : { ...rest, [field]: value })
  }
  return (
    <div className="mapping">
      {groups.map((group) => (
        <fieldset key={group.title} className="mapping-group">
          <legend className="heading">{group.title}</legend>
          {(group.single ?? []).map((field) => (
            <Choice
              key={field}
              label={titles[field] ?? field}
              options={options}
              value={mapping[field] ?? ''}
              onChange={(value) => put(field, value || null)}
            />
          ))}
          {(group.times ?? []).map((field) => {
            const [date = '', time = ''] = mapping[field] ?? []
            return (
              <div key={field} className="mapping-time">
                <Choice
                  label={titles[field] ?? field}
                  options={options}
                  value={date}
                  onChange={(value) => put(field, value ? (time ? [value, time] : [value]) : null)}
                />
                {date && (
                  <Choice
                    label="with its time in"
                    options={[{ value: '', title: 'The same column' }, ...options.slice(1)]}
                    value={time}
                    onChange={(value) => put(field, value ? [date, value] : [date])}
                  />
                )}
              </div>
            )
          })}
        </fieldset>
      ))}
    </div>
  )
}
