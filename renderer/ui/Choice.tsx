import { ChevronsUpDown } from 'lucide-react'
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'

export interface ChoiceOption {
  readonly value: string
  readonly title: string
}

export interface ChoiceProps {
  readonly label: string
  readonly options: readonly ChoiceOption[]
  readonly value: string | null
  readonly onChange: (value: string) => void
  readonly why?: string
  readonly placeholder?: string
  readonly hideLabel?: boolean
  readonly disabled?: boolean
}

/** One of a list. An empty value is a choice too ('not used'). */
export function Choice({
  label,
  options,
  value,
  onChange,
  why,
  placeholder = 'Choose',
  hideLabel,
  disabled = false,
}: ChoiceProps) {
  return (
    <Select
      className="field"
      value={value}
      isDisabled={disabled}
      placeholder={placeholder}
      onChange={(key) => {
        if (key !== null) onChange(String(key))
      }}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label>{label}</Label>}
      <Button className="choice">
        <SelectValue />
        <ChevronsUpDown size={13} />
      </Button>
      {why && <span className="why">{why}</span>}
      <Popover className="popover">
        <ListBox className="options" items={options.map((held) => ({ id: held.value, title: held.title }))}>
          {(item) => (
            <ListBoxItem className="option" id={item.id} textValue={item.title}>
              {item.title}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}
