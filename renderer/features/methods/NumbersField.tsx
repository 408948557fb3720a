import { useEffect, useState } from 'react'
import { FieldError, Input, Label, TextField } from 'react-aria-components'
import type { NumbersParameter } from '#core/contract/method.ts'

export interface NumbersFieldProps {
  readonly parameter: NumbersParameter
  readonly value: readonly number[]
  readonly onChange: (value: readonly number[]) => void
}

/** Several numbers as typed, separated by commas; kept only while each is one, in its range and in order. */
export function NumbersField({ parameter, value, onChange }: NumbersFieldProps) {
  const [text, setText] = useState(value.join(', '))
  useEffect(() => {
    setText((held) => (same(numbersOf(held), value) ? held : value.join(', ')))
  }, [value])
  const fault = faultOf(parameter, numbersOf(text))
  return (
    <TextField
      className="field"
      value={text}
      isInvalid={fault !== ''}
      onChange={(next) => {
        setText(next)
        const typed = numbersOf(next)
        if (faultOf(parameter, typed) === '') onChange(typed)
      }}
    >
      <Label>{parameter.title}</Label>
      <span className="with-unit">
        <Input inputMode="decimal" />
        {parameter.unit && <span>{parameter.unit}</span>}
      </span>
      <FieldError className="field-error">{fault}</FieldError>
      <span className="why">{parameter.why}</span>
    </TextField>
  )
}

function numbersOf(text: string): number[] {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  return parts.map(Number)
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((number, at) => number === b[at])
}

function faultOf({ minimum, maximum, increasing }: NumbersParameter, numbers: readonly number[]): string {
  if (!numbers.every(Number.isFinite)) return 'Give numbers, separated by commas.'
  if (minimum !== undefined && numbers.some((number) => number < minimum))
    return `Each must be at least ${minimum}.`
  if (maximum !== undefined && numbers.some((number) => number > maximum))
    return `Each must be at most ${maximum}.`
  if (increasing && numbers.some((number, at) => at > 0 && number <= numbers[at - 1]))
    return 'Each must be larger than the one before.'
  return ''
}
