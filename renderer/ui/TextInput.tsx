import { Input, Label, TextArea, TextField } from 'react-aria-components'

export interface TextInputProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly why?: string
  readonly long?: boolean
  readonly required?: boolean
  readonly autoFocus?: boolean
  readonly hideLabel?: boolean
  readonly placeholder?: string
}

export function TextInput({
  label,
  value,
  onChange,
  why,
  long,
  required = false,
  autoFocus = false,
  hideLabel,
  placeholder,
}: TextInputProps) {
  const hint = placeholder ? { placeholder } : {}
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isRequired={required}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label>{label}</Label>}
      {long ? <TextArea autoFocus={autoFocus} {...hint} /> : <Input autoFocus={autoFocus} {...hint} />}
      {why && <span className="why">{why}</span>}
    </TextField>
  )
}
