import { type RefObject, useEffect } from 'react'

/** Longer than a closing list takes to hand the focus back to its button. */
const patience = 150

/**
 * Brings the focus back to a dialog when what held it is gone (a Cancel button once there is nothing to cancel):
 * outside it, Escape and Tab would not be heard.
 */
export function useFocusKept(dialog: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) dialog.current?.focus()
    }, patience)
    return () => clearTimeout(timer)
  })
}
