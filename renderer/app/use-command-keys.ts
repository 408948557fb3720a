import { useEffect } from 'react'
import { useView } from '#renderer/state/view.ts'
import { commands, isEnabled, keysOf } from './commands.ts'

/** Keys of the command registry. Single letters are left to whoever is typing, and to open dialogs. */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const keys = keysOf(event)
      const target = event.target as HTMLElement | null
      const typing = target?.matches(
        'input, textarea, select, [contenteditable], [role="option"], [role="menuitem"]',
      )
      const plain = !keys.startsWith('Ctrl')
      if (typing && (plain || keys === 'Ctrl+Z' || keys === 'Ctrl+Y')) return
      if (useView.getState().dialog && keys !== 'Ctrl+K') return
      const command = commands().find((held) => held.keys === keys)
      if (!command || !isEnabled(command)) return
      event.preventDefault()
      command.run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
