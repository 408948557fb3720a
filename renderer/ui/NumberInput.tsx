import { useEffect, useState } from 'react'
import { FieldError, Input, Label, TextField } from 'react-aria-components'

export interface NumberInputProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly unit?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly whole?: boolean
  readonly why?: string
}

/** A number as typed; kept only while it is one and lies in its range, with the range said when it does not. */
export function NumberInput({
  label,
  value,
  onChange,
  unit,
  minimum,
  maximum,
  whole,
  why,
}: NumberInputProps) {
  const [text, setText] = useState(String(value))
  useEffect(() => {
    setText((held) => (Number(held) === value ? held : String(value)))
  }, [value])
  const number = Number(text)
  const bad =
    text.trim() === '' ||
    !Number.isFinite(number) ||
    (whole && !Number.isInteger(number)) ||
    (minimum !== undefined && number < minimum) ||
    (maximum !== undefined && number > maximum)
  return (
    <TextField
      className="field"
      value={text}
      isInvalid={bad ?? false}
      onChange={(next) => {
        setText(next)
        const typed = Number(next)
        const fits =
          next.trim() !== '' &&
          Number.isFinite(typed) &&
          (!whole || Number.isInteger(typed)) &&
          (minimum === undefined || typed >= minimum) &&
          (maximum === undefined || typed <= maximum)
        if (fits) onChange(typed)
      }}
    >
      <Label>{label}</Label>
      <span className="with-unit">
        <Input inputMode="decimal" />
        {unit && <span>{unit}</span>}
      </span>
      <FieldError className="field-error">{rangeText(minimum, maximum, whole)}</FieldError>
      {why && <span className="why">{why}</span>}
    </TextField>
  )
}

function rangeText(minimum?: number, maximum?: number, whole?: boolean): string {
  const kind = whole ? 'a whole number' : 'a number'
  if (minimum !== undefined && maximum !== undefined) return `Give ${kind} from ${minimum} to ${maximum}.`
  if (minimum !== undefined) return `Give ${kind} of at least ${minimum}.`
  return maximum !== undefined ? `Give ${kind} of at most ${maximum}.` : `Give ${kind}.`
}
