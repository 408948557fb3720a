import { Minus, Check as Tick } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox } from 'react-aria-components'

export interface CheckProps {
  readonly children: ReactNode
  readonly selected: boolean
  readonly onChange: (selected: boolean) => void
  readonly some?: boolean
  readonly disabled?: boolean
}

export function Check({ children, selected, onChange, some = false, disabled = false }: CheckProps) {
  return (
    <Checkbox
      className="check"
      isSelected={selected}
      isIndeterminate={some}
      isDisabled={disabled}
      onChange={onChange}
    >
      <span className="box" aria-hidden="true">
        {some ? <Minus size={12} strokeWidth={3} /> : selected && <Tick size={12} strokeWidth={3} />}
      </span>
      {children}
    </Checkbox>
  )
}
