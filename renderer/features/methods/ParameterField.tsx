import type { NumbersParameter, Parameter } from '#core/contract/method.ts'
import { Check } from '#renderer/ui/Check.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'
import { NumberInput } from '#renderer/ui/NumberInput.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'
import { LayerField } from './LayerField.tsx'
import { NumbersField } from './NumbersField.tsx'
import { SelectionField } from './SelectionField.tsx'

export interface ParameterFieldProps {
  readonly parameter: Parameter
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** The field for one setting of a method, by the kind of value it takes. */
export function ParameterField({ parameter, value, onChange }: ParameterFieldProps) {
  switch (parameter.type) {
    case 'number':
    case 'integer':
      return (
        <NumberInput
          label={parameter.title}
          value={Number(value)}
          onChange={onChange}
          whole={parameter.type === 'integer'}
          why={parameter.why}
          {...(parameter.unit ? { unit: parameter.unit } : {})}
          {...(parameter.minimum === undefined ? {} : { minimum: parameter.minimum })}
          {...(parameter.maximum === undefined ? {} : { maximum: parameter.maximum })}
        />
      )
    case 'choice':
      return (
        <Choice
          label={parameter.title}
          options={parameter.options}
          value={String(value)}
          onChange={onChange}
          why={parameter.why}
        />
      )
    case 'switch':
      return (
        <div className="field">
          <Check selected={Boolean(value)} onChange={onChange}>
            {parameter.title}
          </Check>
          <span className="why">{parameter.why}</span>
        </div>
      )
    case 'words':
      return (
        <TextInput
          label={parameter.title}
          value={(value as readonly string[]).join(', ')}
          onChange={(text) => onChange(text.split(/\s*,\s*/).filter(Boolean))}
          why={`${parameter.why} Separate words with commas.`}
        />
      )
    case 'numbers':
      return (
        <NumbersField
          parameter={parameter satisfies NumbersParameter}
          value={value as readonly number[]}
          onChange={onChange}
        />
      )
    case 'date':
      return (
        <label className="field">
          {parameter.title}
          <input type="date" value={String(value)} onChange={(event) => onChange(event.target.value)} />
          <span className="why">{parameter.why}</span>
        </label>
      )
    case 'text':
      return (
        <TextInput label={parameter.title} value={String(value)} onChange={onChange} why={parameter.why} />
      )
    case 'layer':
      return <LayerField parameter={parameter} value={String(value)} onChange={onChange} />
    case 'selection':
      return <SelectionField parameter={parameter} value={value} onChange={onChange} />
  }
}
