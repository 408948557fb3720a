import { FileUp, Layers } from 'lucide-react'
import { chooseDataset } from '#renderer/state/datasets.ts'
import { setView } from '#renderer/state/view.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { countText } from '#renderer/ui/numbers.ts'

/** Before there are incidents: what to do, in order. */
export function EmptyState() {
  const { datasets, layers } = useWorkspace()
  return (
    <main className="empty">
      <div className="empty-card">
        <h2>From incident files to a hotspot briefing pack</h2>
        <ol className="empty-steps">
          <li>
            <strong>Import incidents.</strong> A force extract or data.police.uk files, as they come. You see
            what is kept and why before anything is stored.
          </li>
          <li>
            <strong>Add a study area and a basemap.</strong> Force boundary, districts or wards; roads and
            place names.
          </li>
          <li>
            <strong>Select, find hotspots, decide, export.</strong> Every number leads back to its incidents.
          </li>
        </ol>
        <div className="row">
          <Button kind="main" onPress={() => setView({ dialog: 'import' })}>
            <FileUp size={15} />
            Import incidents…
          </Button>
          <Button onPress={() => setView({ dialog: 'layers' })}>
            <Layers size={15} />
            Layers…{layers.length ? ` (${layers.length})` : ''}
          </Button>
        </div>
        {datasets.length > 0 && (
          <div className="stack tight">
            <h3 className="label">Datasets in this workspace</h3>
            {datasets.map((dataset) => (
              <Button
                key={dataset.id}
                kind="link"
                className="empty-dataset"
                onPress={() => chooseDataset(dataset.id)}
              >
                {dataset.name} ({countText(dataset.rowsKept)} incidents)
              </Button>
            ))}
          </div>
        )}
        <p className="why">Nothing leaves this computer. The workbench opens no network connection.</p>
      </div>
    </main>
  )
}
