import { Monitor, Moon, Redo2, Search, Sun, Undo2 } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { useStore } from 'zustand'
import { markingText } from '#core/contract/marking.ts'
import { setTheme, setView, type Theme, useView } from '#renderer/state/view.ts'
import { redo, undo, useDataset, useWorkspace } from '#renderer/state/workspace.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { CommandMenu } from './CommandMenu.tsx'

const nextTheme: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }
const themeNames: Readonly<Record<Theme, string>> = { system: 'as the system', light: 'light', dark: 'dark' }

/** Marking, name, menus, undo, palette and theme. */
export function TopBar() {
  const { name, force, marking } = useWorkspace((store) => store.state)
  const dataset = useDataset()
  const theme = useView((store) => store.theme)
  const past = useStore(useWorkspace.temporal, (store) => store.pastStates.length)
  const future = useStore(useWorkspace.temporal, (store) => store.futureStates.length)
  const ThemeIcon = { system: Monitor, light: Sun, dark: Moon }[theme]
  return (
    <header className="top">
      <AriaButton
        className="marking"
        aria-label={`Protective marking ${markingText(marking)}. Change it`}
        onPress={() => setView({ dialog: 'marking' })}
      >
        {markingText(marking)}
      </AriaButton>
      <div className="top-bar">
        <h1 className="product">Hotspot Workbench</h1>
        <nav className="menus" aria-label="Menus">
          <CommandMenu title="Data" groups={['Data']} />
          <CommandMenu title="Edit" groups={['Edit', 'Select']} />
          <CommandMenu title="View" groups={['View', 'Map']} />
          <CommandMenu title="Analyse" groups={['Analyse']} />
          <CommandMenu title="Export" groups={['Export']} />
        </nav>
        <Button kind="quiet" className="workspace-name" onPress={() => setView({ dialog: 'workspace' })}>
          <strong>{name}</strong>
          {[force, dataset?.name].filter(Boolean).map((text) => (
            <span key={text}>{text}</span>
          ))}
        </Button>
        <div className="top-tools">
          <IconButton label="Undo" keys="Ctrl+Z" kind="quiet" disabled={past === 0} onPress={undo}>
            <Undo2 size={16} />
          </IconButton>
          <IconButton label="Redo" keys="Ctrl+Y" kind="quiet" disabled={future === 0} onPress={redo}>
            <Redo2 size={16} />
          </IconButton>
          <Button className="find" onPress={() => setView({ dialog: 'palette' })}>
            <Search size={14} />
            Find a command
            <kbd>Ctrl+K</kbd>
          </Button>
          <IconButton
            label={`Theme: ${themeNames[theme]}. Change`}
            kind="quiet"
            onPress={() => setTheme(nextTheme[theme])}
          >
            <ThemeIcon size={16} />
          </IconButton>
        </div>
      </div>
    </header>
  )
}
