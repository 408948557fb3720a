import { create } from 'zustand'
import type { Filter } from '#core/contract/filter.ts'
import type { Box } from '#core/contract/geometry.ts'

export type MapMode = 'auto' | 'points' | 'cells' | 'density'
export type DialogName =
  | 'import'
  | 'layers'
  | 'marking'
  | 'pack'
  | 'palette'
  | 'analyse'
  | 'about'
  | 'workspace'
  | null
export type Theme = 'system' | 'light' | 'dark'

/** Incidents behind a number: what to list, and what it was called where it was clicked. */
export interface IncidentList {
  readonly title: string
  readonly filter: Filter
}

export interface ViewStore {
  readonly theme: Theme
  readonly mapMode: MapMode
  readonly shape: 'hexagon' | 'square'
  readonly cellSize: number
  readonly showHotspots: boolean
  readonly showBoundary: boolean
  readonly showBasemap: boolean
  readonly showPlaces: boolean
  readonly leftOpen: boolean
  readonly rightOpen: boolean
  readonly chartsOpen: boolean
  readonly dialog: DialogName
  /** Method chosen in the Analyse dialog. */
  readonly method: string | null
  readonly incidents: IncidentList | null
  readonly hotspot: string | null
  /** Where the map should go next, degrees; a new object each time, so that asking twice moves twice. */
  readonly goTo: { readonly box: Box } | null
  /** A new object asks the map to show all the data. */
  readonly fit: object | null
}

const themeKey = 'hotspot-theme'

function savedTheme(): Theme {
  const held = typeof localStorage === 'undefined' ? null : localStorage.getItem(themeKey)
  return held === 'light' || held === 'dark' ? held : 'system'
}

export const useView = create<ViewStore>(() => ({
  theme: savedTheme(),
  mapMode: 'auto',
  shape: 'hexagon',
  cellSize: 200,
  showHotspots: true,
  showBoundary: true,
  showBasemap: true,
  showPlaces: true,
  leftOpen: true,
  rightOpen: true,
  chartsOpen: true,
  dialog: null,
  method: null,
  incidents: null,
  hotspot: null,
  goTo: null,
  fit: null,
}))

export function setView(change: Partial<ViewStore>): void {
  useView.setState(change)
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(themeKey, theme)
  setView({ theme })
}

/** Lists the incidents behind a number without changing the selection. */
export function showIncidents(title: string, filter: Filter): void {
  setView({ incidents: { title, filter } })
}
