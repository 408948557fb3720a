import { useEffect } from 'react'
import { ChartsDock } from '#renderer/features/charts/ChartsDock.tsx'
import { FilterBar } from '#renderer/features/filter/FilterBar.tsx'
import { FilterPanel } from '#renderer/features/filter/FilterPanel.tsx'
import { HotspotsPanel } from '#renderer/features/hotspots/HotspotsPanel.tsx'
import { ImportDialog } from '#renderer/features/import/ImportDialog.tsx'
import { IncidentsPanel } from '#renderer/features/incidents/IncidentsPanel.tsx'
import { LayersDialog } from '#renderer/features/layers/LayersDialog.tsx'
import { MapPanel } from '#renderer/features/map/MapPanel.tsx'
import { AnalyseDialog } from '#renderer/features/methods/AnalyseDialog.tsx'
import { PackDialog } from '#renderer/features/pack/PackDialog.tsx'
import { EmptyState } from '#renderer/features/workspace/EmptyState.tsx'
import { MarkingDialog } from '#renderer/features/workspace/MarkingDialog.tsx'
import { WorkspaceDialog } from '#renderer/features/workspace/WorkspaceDialog.tsx'
import { useDark } from '#renderer/state/theme.ts'
import { useView } from '#renderer/state/view.ts'
import { useDataset } from '#renderer/state/workspace.ts'
import { Palette } from './Palette.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TopBar } from './TopBar.tsx'
import { useCommandKeys } from './use-command-keys.ts'
import './app.css'
import './narrow.css'

export function App() {
  const dataset = useDataset()
  const dark = useDark()
  const { leftOpen, rightOpen, chartsOpen } = useView()
  useCommandKeys()
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  }, [dark])
  return (
    <div className="app">
      <TopBar />
      {dataset ? (
        <>
          <FilterBar />
          <main className="work">
            {leftOpen && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so the keyboard must reach it
              <aside className="side left scroll" aria-label="Filter" tabIndex={0}>
                <FilterPanel />
              </aside>
            )}
            <div className="centre">
              <MapPanel />
              {chartsOpen && <ChartsDock />}
              <IncidentsPanel />
            </div>
            {rightOpen && (
              <aside className="side right" aria-label="Hotspots">
                <HotspotsPanel />
              </aside>
            )}
          </main>
        </>
      ) : (
        <EmptyState />
      )}
      <StatusBar />
      <ImportDialog />
      <LayersDialog />
      <MarkingDialog />
      <WorkspaceDialog />
      <PackDialog />
      <AnalyseDialog />
      <Palette />
    </div>
  )
}
