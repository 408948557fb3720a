import type { ReactNode } from 'react'
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components'

export interface ButtonProps {
  readonly children: ReactNode
  readonly onPress?: () => void
  readonly kind?: 'plain' | 'main' | 'quiet' | 'danger' | 'link'
  readonly disabled?: boolean
  /** At work: cannot be pressed, but keeps the focus it has. */
  readonly pending?: boolean
  readonly label?: string
  readonly pressed?: boolean
  readonly expanded?: boolean
  readonly className?: string
}

export function Button({
  children,
  onPress,
  kind = 'plain',
  disabled = false,
  pending = false,
  label,
  pressed,
  expanded,
  className = '',
}: ButtonProps) {
  return (
    <AriaButton
      className={`button ${kind} ${className}`}
      isDisabled={disabled}
      isPending={pending}
      {...(onPress ? { onPress } : {})}
      {...(label ? { 'aria-label': label } : {})}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
    >
      {children}
    </AriaButton>
  )
}

/** A button that is only a picture: its name is said, and shown as a tip with its keys. */
export function IconButton({
  label,
  keys,
  ...rest
}: ButtonProps & { readonly label: string; readonly keys?: string }) {
  return (
    <TooltipTrigger delay={500}>
      <Button {...rest} label={label} className={`icon ${rest.className ?? ''}`} />
      <Tooltip className="tip" offset={6}>
        {label}
        {keys && <kbd>{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}
