import { useMethods } from '#renderer/state/analyse.ts'
import { editArea, lastArea, startDrawing } from '#renderer/state/drawing.ts'
import { openFindPlace } from '#renderer/state/find-place.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { setTheme, setView, showIncidents, useView } from '#renderer/state/view.ts'
import { redo, setFilter, undo, useWorkspace } from '#renderer/state/workspace.ts'

export interface Command {
  readonly id: string
  readonly title: string
  readonly group: 'Data' | 'Edit' | 'Select' | 'Map' | 'View' | 'Analyse' | 'Export'
  /** As written on the keys: 'Ctrl+K', 'F'. */
  readonly keys?: string
  readonly run: () => void
  readonly enabled?: () => boolean
}

const hasData = () => useWorkspace.getState().state.dataset !== null
const canUndo = () => useWorkspace.temporal.getState().pastStates.length > 0
const canRedo = () => useWorkspace.temporal.getState().futureStates.length > 0
const toggle = (panel: 'leftOpen' | 'rightOpen' | 'chartsOpen') => () =>
  setView({ [panel]: !useView.getState()[panel] })

const fixed: readonly Command[] = [
  {
    id: 'import',
    title: 'Import incidents…',
    group: 'Data',
    keys: 'Ctrl+O',
    run: () => setView({ dialog: 'import' }),
  },
  {
    id: 'layers',
    title: 'Layers and weights…',
    group: 'Data',
    keys: 'Ctrl+L',
    run: () => setView({ dialog: 'layers' }),
  },
  {
    id: 'workspace',
    title: 'Workspace and datasets…',
    group: 'Data',
    run: () => setView({ dialog: 'workspace' }),
  },
  { id: 'undo', title: 'Undo', group: 'Edit', keys: 'Ctrl+Z', run: undo, enabled: canUndo },
  { id: 'redo', title: 'Redo', group: 'Edit', keys: 'Ctrl+Y', run: redo, enabled: canRedo },
  { id: 'marking', title: 'Protective marking…', group: 'Edit', run: () => setView({ dialog: 'marking' }) },
  {
    id: 'clear',
    title: 'Clear the selection',
    group: 'Select',
    run: () => setFilter({ clauses: [] }),
    enabled: () => useWorkspace.getState().state.filter.clauses.length > 0,
  },
  {
    id: 'incidents',
    title: 'List the selected incidents',
    group: 'Select',
    keys: 'I',
    run: () => showIncidents('selection', useWorkspace.getState().state.filter),
    enabled: () => useSelection.getState().summary !== null,
  },
  {
    id: 'draw',
    title: 'Draw an area to select',
    group: 'Select',
    keys: 'D',
    run: () => startDrawing('polygon'),
    enabled: hasData,
  },
  {
    id: 'draw-circle',
    title: 'Draw a circle to select',
    group: 'Select',
    run: () => startDrawing('circle'),
    enabled: hasData,
  },
  {
    id: 'draw-rectangle',
    title: 'Draw a rectangle to select',
    group: 'Select',
    run: () => startDrawing('rectangle'),
    enabled: hasData,
  },
  {
    id: 'draw-line',
    title: 'Draw a line and select along it',
    group: 'Select',
    run: () => startDrawing('line'),
    enabled: hasData,
  },
  {
    id: 'edit-area',
    title: 'Change the drawn area',
    group: 'Select',
    run: () => {
      const area = lastArea()
      if (area) editArea(area)
    },
    enabled: () => lastArea() !== null,
  },
  {
    id: 'measure',
    title: 'Measure distance and area',
    group: 'Map',
    keys: 'M',
    run: () => startDrawing('measure'),
    enabled: hasData,
  },
  {
    id: 'find-place',
    title: 'Find a place on the map…',
    group: 'Map',
    keys: 'Ctrl+F',
    run: openFindPlace,
    enabled: hasData,
  },
  {
    id: 'fit',
    title: 'Fit the map to the data',
    group: 'Map',
    keys: 'F',
    run: () => setView({ fit: {} }),
    enabled: hasData,
  },
  {
    id: 'auto',
    title: 'Map: dots or counts as fits',
    group: 'Map',
    keys: '1',
    run: () => setView({ mapMode: 'auto' }),
    enabled: hasData,
  },
  {
    id: 'points',
    title: 'Map: dots',
    group: 'Map',
    keys: '2',
    run: () => setView({ mapMode: 'points' }),
    enabled: hasData,
  },
  {
    id: 'cells',
    title: 'Map: counts by cell',
    group: 'Map',
    keys: '3',
    run: () => setView({ mapMode: 'cells' }),
    enabled: hasData,
  },
  {
    id: 'density',
    title: 'Map: density',
    group: 'Map',
    keys: '4',
    run: () => setView({ mapMode: 'density' }),
    enabled: hasData,
  },
  {
    id: 'left',
    title: 'Show or hide the filter panel',
    group: 'View',
    keys: 'Ctrl+1',
    run: toggle('leftOpen'),
  },
  {
    id: 'charts',
    title: 'Show or hide the charts',
    group: 'View',
    keys: 'Ctrl+2',
    run: toggle('chartsOpen'),
  },
  {
    id: 'right',
    title: 'Show or hide the hotspots panel',
    group: 'View',
    keys: 'Ctrl+3',
    run: toggle('rightOpen'),
  },
  { id: 'light', title: 'Light theme', group: 'View', run: () => setTheme('light') },
  { id: 'dark', title: 'Dark theme', group: 'View', run: () => setTheme('dark') },
  { id: 'system', title: 'Theme of the system', group: 'View', run: () => setTheme('system') },
  {
    id: 'palette',
    title: 'Find a command…',
    group: 'View',
    keys: 'Ctrl+K',
    run: () => setView({ dialog: 'palette' }),
  },
  {
    id: 'pack',
    title: 'Export briefing pack…',
    group: 'Export',
    keys: 'Ctrl+E',
    run: () => setView({ dialog: 'pack' }),
    enabled: hasData,
  },
]

/** Every command: the one list behind menus, palette and keys. Methods come from the core. */
export function commands(): readonly Command[] {
  const methods = useMethods.getState().cards.map(
    (card): Command => ({
      id: `method ${card.id}`,
      title: `${card.title}…`,
      group: 'Analyse',
      run: () => setView({ dialog: 'analyse', method: card.id }),
      enabled: hasData,
    }),
  )
  return [...fixed, ...methods]
}

export function isEnabled(command: Command): boolean {
  return command.enabled?.() ?? true
}

/** The keys of an event as a command writes them. */
export function keysOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const parts = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : ''].filter(Boolean)
  if (event.shiftKey && event.key.length > 1) parts.push('Shift')
  if (event.shiftKey && event.key.toLowerCase() === 'z' && parts[0] === 'Ctrl') return 'Ctrl+Y'
  return [...parts, event.key.length === 1 ? event.key.toUpperCase() : event.key].join('+')
}
