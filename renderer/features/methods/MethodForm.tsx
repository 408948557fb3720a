import type { MethodCard } from '#core/contract/method.ts'
import { ParameterField } from './ParameterField.tsx'

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
