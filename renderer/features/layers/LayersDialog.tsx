import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { LayerKind } from '#core/contract/layer.ts'
import type { Problem } from '#core/contract/problem.ts'
import { problemOf } from '#renderer/api/client.ts'
import { useJobs } from '#renderer/state/jobs.ts'
import { addLayer, mostDrawnPlaces, removeLayer } from '#renderer/state/layers.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { editWorkspace, useWorkspace } from '#renderer/state/workspace.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'
import { ModalDialog } from '#renderer/ui/ModalDialog.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { PlainTable } from '#renderer/ui/PlainTable.tsx'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import { ProgressLine } from '#renderer/ui/ProgressLine.tsx'
import { WeightsForm } from './WeightsForm.tsx'
import './layers.css'

const kinds: readonly { readonly kind: LayerKind; readonly title: string; readonly what: string }[] = [
  {
    kind: 'boundary',
    title: 'Add boundary…',
    what: 'Force area, districts, wards, beats: GeoJSON, GeoPackage or zipped shapefile',
  },
  { kind: 'basemap', title: 'Add basemap…', what: 'Roads, land, water, place names: GeoJSON or GeoPackage' },
  {
    kind: 'places',
    title: 'Add places…',
    what: 'Schools, licensed premises, stations, OS Open Names, Code-Point Open: CSV',
  },
  { kind: 'lines', title: 'Add streets…', what: 'Roads as lines: GeoJSON, GeoPackage or zipped shapefile' },
]

const kindWords: Readonly<Record<LayerKind, string>> = {
  boundary: 'Boundary',
  basemap: 'Basemap',
  places: 'Places',
  lines: 'Streets',
}

/** Boundaries, basemap, places and harm weights of the workspace, and which of them count. */
export function LayersDialog() {
  const open = useView((store) => store.dialog === 'layers')
  const { layers, weights, state } = useWorkspace()
  const [problem, setProblem] = useState<Problem | null>(null)
  const job = useJobs((store) => store.jobs.find((held) => held.title.endsWith('layer')))
  const attempt = (work: Promise<unknown>) => {
    setProblem(null)
    work.catch((error) => setProblem(problemOf(error)))
  }
  const boundaries = layers.filter((layer) => layer.kind === 'boundary')
  const options = [
    { value: '', title: 'None' },
    ...boundaries.map((layer) => ({
      value: layer.id,
      title: `${layer.name} (${countText(layer.features)})`,
    })),
  ]
  return (
    <ModalDialog
      title="Layers and weights"
      size="medium"
      open={open}
      onClose={() => setView({ dialog: null })}
    >
      <div className="stack">
        <div className="layer-adders">
          {kinds.map(({ kind, title, what }) => (
            <div key={kind} className="layer-adder">
              <FileTrigger
                allowsMultiple={kind === 'basemap'}
                onSelect={(list) => {
                  const files = Array.from(list ?? [])
                  if (files.length) attempt(addLayer(files, { kind }))
                }}
              >
                <Button>{title}</Button>
              </FileTrigger>
              <p className="why">{what}</p>
            </div>
          ))}
        </div>
        {job && <ProgressLine title={job.title} progress={job.progress} />}
        {problem && <ProblemNote problem={problem} />}
        {layers.length > 0 && (
          <PlainTable
            caption="Layers"
            columns={[
              { title: 'Layer' },
              { title: 'Kind' },
              { title: 'Features', number: true },
              { title: 'Source' },
              { title: 'Remove' },
            ]}
            rows={layers.map((layer) => ({
              key: layer.id,
              cells: [
                layer.name,
                layer.kind === 'places' && layer.features > mostDrawnPlaces
                  ? 'Places, to be searched'
                  : kindWords[layer.kind],
                countText(layer.features),
                layer.source || 'not stated',
                <IconButton
                  key="remove"
                  label={`Remove ${layer.name}`}
                  kind="quiet"
                  onPress={() => attempt(removeLayer(layer.id))}
                >
                  <Trash2 size={14} />
                </IconButton>,
              ],
            }))}
          />
        )}
        <div className="fields">
          <Choice
            label="Study area"
            options={options}
            value={state.studyArea ?? ''}
            onChange={(value) => editWorkspace({ studyArea: value || null })}
            why="Where incidents are expected: shares of area are of this."
          />
          <Choice
            label="Areas to count by"
            options={options}
            value={state.areaLayer ?? ''}
            onChange={(value) => editWorkspace({ areaLayer: value || null })}
            why="Listed in the filter panel and drawn on the map."
          />
          <Choice
            label="Harm weights"
            options={[
              { value: '', title: 'None: count incidents only' },
              ...weights.map((table) => ({
                value: table.id,
                title: `${table.name} ${table.version} (${table.unit})`,
              })),
            ]}
            value={state.weights ?? ''}
            onChange={(value) => editWorkspace({ weights: value || null })}
            why="Weight of each offence, e.g. the Crime Severity Score or the Cambridge Crime Harm Index."
          />
        </div>
        <WeightsForm onProblem={setProblem} />
      </div>
    </ModalDialog>
  )
}
