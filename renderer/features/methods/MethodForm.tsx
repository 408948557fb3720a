import type { MethodCard, Parameter } from '#core/contract/method.ts'
import { Check } from '#renderer/ui/Check.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'
import { NumberInput } from '#renderer/ui/NumberInput.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'

export interface MethodFormProps {
  readonly card: MethodCard
  readonly values: Readonly<Record<string, unknown>>
  readonly onChange: (values: Record<string, unknown>) => void
}

/** The parameters of a method as its card describes them: unit, range, default and why that default. */
export function MethodForm({ card, values, onChange }: MethodFormProps) {
  return (
    <div className="method-form">
      {Object.entries(card.parameters).map(([name, parameter]) => (
        <ParameterField
          key={name}
          parameter={parameter}
          value={values[name] ?? parameter.default}
          onChange={(value) => onChange({ ...values, [name]: value })}
        />
      ))}
      {Object.keys(card.parameters).length === 0 && <p className="empty-text">Nothing to set.</p>}
    </div>
  )
}

interface ParameterFieldProps {
  readonly parameter: Parameter
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

function ParameterField({ parameter, value, onChange }: ParameterFieldProps) {
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
  }
}
