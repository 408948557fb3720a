import { create } from 'zustand'
import type { Box } from '#core/contract/geometry.ts'
import type { AreaFeature, BasemapFeature, LayerInfo, PlaceFeature } from '#core/contract/layer.ts'
import type { LayerRequest } from '#core/contract/routes.ts'
import type { WeightTable } from '#core/contract/workspace.ts'
import { callJson } from '#renderer/api/client.ts'
import { uploadFile } from '#renderer/api/upload.ts'
import { runJob, trackJob } from './jobs.ts'
import { refreshLists } from './save-workspace.ts'
import { editWorkspace, useWorkspace } from './workspace.ts'

export interface LayersStore {
  readonly areas: Readonly<Record<string, readonly AreaFeature[]>>
  readonly places: Readonly<Record<string, readonly PlaceFeature[]>>
  readonly basemap: readonly BasemapFeature[]
}

/** Geometry for the screen, in degrees, by layer id. */
export const useLayers = create<LayersStore>(() => ({ areas: {}, places: {}, basemap: [] }))

/** Layers of more places than this, such as every postcode, are for searching and are not drawn. */
export const mostDrawnPlaces = 50_000

const asked = new Set<string>()

/** Fetches the areas or places of a layer once. */
export async function loadLayer(layer: LayerInfo): Promise<void> {
  if (asked.has(layer.id) || layer.kind === 'basemap' || layer.kind === 'lines') return
  if (layer.kind === 'places' && layer.features > mostDrawnPlaces) return
  asked.add(layer.id)
  try {
    if (layer.kind === 'boundary') {
      const { areas } = await callJson<{ areas: AreaFeature[] }>('GET', `/layers/${layer.id}/areas`)
      useLayers.setState((held) => ({ areas: { ...held.areas, [layer.id]: areas } }))
    } else {
      const { places } = await callJson<{ places: PlaceFeature[] }>('GET', `/layers/${layer.id}/places`)
      useLayers.setState((held) => ({ places: { ...held.places, [layer.id]: places } }))
    }
  } catch {
    asked.delete(layer.id)
  }
}

let basemapRun: AbortController | null = null
let basemapAsked = ''

/** Streets and land of the window in view; the last view asked for wins. */
export async function loadBasemap(box: Box, metresPerPixel: number): Promise<void> {
  const basemaps = useWorkspace.getState().layers.filter((layer) => layer.kind === 'basemap')
  if (![...box, metresPerPixel].every(Number.isFinite) || !(metresPerPixel > 0)) return
  const query = `box=${box.map((side) => side.toFixed(4)).join(',')}&scale=${metresPerPixel.toFixed(3)}`
  const key = `${basemaps.map((layer) => layer.id).join()} ${query}`
  if (key === basemapAsked) return
  basemapAsked = key
  basemapRun?.abort()
  const control = new AbortController()
  basemapRun = control
  try {
    const parts = await Promise.all(
      basemaps.map((layer) =>
        callJson<{ features: BasemapFeature[] }>(
          'GET',
          `/layers/${layer.id}/basemap?${query}`,
          undefined,
          control.signal,
        ),
      ),
    )
    if (basemapAsked === key) useLayers.setState({ basemap: parts.flatMap((part) => part.features) })
  } catch {
    if (basemapAsked === key) basemapAsked = ''
  }
}

async function sendFiles(files: readonly File[], title: string): Promise<{ upload: string }[]> {
  return trackJob(title, async (signal, tell) => {
    const refs: { upload: string }[] = []
    for (const file of files) {
      const sent = (bytes: number) =>
        tell({
          kind: 'progress',
          stage: `Sending ${file.name}`,
          bytes,
          totalBytes: file.size,
          done: bytes / file.size,
        })
      refs.push({ upload: await uploadFile(file, file.name, signal, sent) })
    }
    return refs
  })
}

/** Adds a boundary, basemap or places file; a first boundary is put to use. */
export async function addLayer(
  files: readonly File[],
  request: Omit<LayerRequest, 'files'>,
): Promise<LayerInfo> {
  const refs = await sendFiles(files, 'Reading layer')
  const layer = await runJob<LayerInfo>('Adding layer', '/layers', { ...request, files: refs })
  await refreshLists()
  if (layer.kind === 'boundary') takeBoundary(layer)
  basemapAsked = ''
  return layer
}

/** Puts a new boundary to use where none is: a whole force is a study area, several districts are areas to count by. */
function takeBoundary(layer: LayerInfo): void {
  const { studyArea, areaLayer } = useWorkspace.getState().state
  const area = areaLayer ?? (layer.features > 1 ? layer.id : null)
  if (!studyArea || area !== areaLayer) editWorkspace({ studyArea: studyArea ?? layer.id, areaLayer: area })
}

export async function removeLayer(id: string): Promise<void> {
  await callJson('DELETE', `/layers/${id}`)
  const { state } = useWorkspace.getState()
  if (state.studyArea === id || state.areaLayer === id) {
    editWorkspace({
      studyArea: state.studyArea === id ? null : state.studyArea,
      areaLayer: state.areaLayer === id ? null : state.areaLayer,
      filter: { clauses: state.filter.clauses.filter((held) => held.kind !== 'area' || held.layer !== id) },
    })
  }
  basemapAsked = ''
  await refreshLists()
}

/** Adds a table of harm weights and puts it to use. */
export async function addWeights(
  table: File,
  about: { readonly name: string; readonly version: string; readonly unit: string; readonly source: string },
): Promise<WeightTable> {
  const [file] = await sendFiles([table], 'Reading weights')
  const weights = await callJson<WeightTable>('POST', '/weights', { file, ...about })
  await refreshLists()
  editWorkspace({ weights: weights.id })
  return weights
}
