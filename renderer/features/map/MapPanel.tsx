import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { SelectionSummary } from '#core/contract/routes.ts'
import { columnsOf } from '#renderer/api/cache.ts'
import { AnalystMap } from '#renderer/map/AnalystMap.tsx'
import { countBreaks } from '#renderer/map/breaks.ts'
import type { Camera } from '#renderer/map/camera.ts'
import type { Picked } from '#renderer/map/DeckCanvas.tsx'
import { gridReference, metresOf, ringsToDegrees } from '#renderer/map/screen-grid.ts'
import { editArea, useDrawing } from '#renderer/state/drawing.ts'
import { useFindPlace } from '#renderer/state/find-place.ts'
import { loadBasemap, loadLayer, useLayers } from '#renderer/state/layers.ts'
import { shownMode, useMapData } from '#renderer/state/map-data.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { useDark } from '#renderer/state/theme.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { CellCard } from './CellCard.tsx'
import { DrawBar } from './DrawBar.tsx'
import { FindPlace } from './FindPlace.tsx'
import { Legend } from './Legend.tsx'
import { MapTools } from './MapTools.tsx'
import { ResultLegend } from './ResultLegend.tsx'
import { ScaleBar } from './ScaleBar.tsx'
import { useDrawingTool } from './useDrawingTool.ts'
import { useFit } from './useFit.ts'
import { useMapResult } from './useMapResult.ts'
import { useMapHotspots, usePolygons } from './useMapShapes.ts'
import './map.css'

const none: never[] = []

/** Where: the selection on the map, with everything that is drawn over it. */
export function MapPanel() {
  const view = useView()
  const dark = useDark()
  const { state, layers } = useWorkspace()
  const selection = useSelection()
  const mapData = useMapData()
  const { areas, places, basemap } = useLayers()
  const [camera, setCamera] = useState<Camera | null>(null)
  const [pointer, setPointer] = useState('')
  const [zoomBy, setZoomBy] = useState<{ readonly steps: number } | null>(null)
  const [picked, setPicked] = useState<{
    readonly cell: number
    readonly pixel: readonly [number, number]
  } | null>(null)
  const drawing = useDrawingTool()
  const edited = useDrawing((store) => store.edited)
  const mark = useFindPlace((store) => store.marked)
  const hotspots = useMapHotspots()
  const polygons = usePolygons(state.filter)
  const shapes = useMemo(() => polygons.map(({ rings }) => ringsToDegrees(rings)), [polygons])
  const result = useMapResult(dark)

  const studyArea = layers.find((layer) => layer.id === state.studyArea)?.box ?? null
  const showAll = useFit(state.dataset, selection.cells !== null, studyArea)
  const asked = view.fit
  useEffect(() => showAll(), [showAll])
  useEffect(() => {
    if (asked) showAll()
  }, [asked, showAll])

  useEffect(() => {
    for (const layer of layers) if (layer.kind !== 'basemap') void loadLayer(layer)
  }, [layers])

  const hasBasemap = layers.some((layer) => layer.kind === 'basemap')
  const basemapTimer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const onCamera = useCallback(
    (next: Camera, box: readonly [number, number, number, number], perPixel: number) => {
      setCamera(next)
      clearTimeout(basemapTimer.current)
      if (hasBasemap) basemapTimer.current = setTimeout(() => void loadBasemap(box, perPixel), 200)
    },
    [hasBasemap],
  )

  const mode = shownMode(view.mapMode, selection.summary?.located ?? 0)
  const cells = useMemo(() => {
    const columns = columnsOf<SelectionSummary>(selection.cells)
    if (!columns || mode !== 'cells' || !columns.numbers.cell) return null
    const { cell, count, longitude, latitude } = columns.numbers
    const { grid } = columns.summary
    const corners = Array.from({ length: grid.shape === 'hexagon' ? 6 : 4 }, (_, k) => [
      columns.numbers[`corner${k}Longitude`],
      columns.numbers[`corner${k}Latitude`],
    ]).flat()
    return { length: columns.length, grid, cell, count, longitude, latitude, corners }
  }, [selection.cells, mode])
  const edges = useMemo(() => (cells ? countBreaks(cells.count) : none), [cells])
  const points = useMemo(() => {
    const columns = mode === 'points' ? columnsOf<{ total: number; shown: number }>(mapData.points) : null
    return columns
      ? { length: columns.length, longitude: columns.numbers.longitude, latitude: columns.numbers.latitude }
      : null
  }, [mapData.points, mode])
  const surface = useMemo(() => {
    const held = mode === 'density' ? mapData.density : null
    const density = held && columnsOf(held.key)?.numbers.density
    return held && density ? { grid: held.summary.grid, density, levels: held.summary.levels } : null
  }, [mapData.density, mode])

  const boundaries = useMemo(() => {
    if (!view.showBoundary) return none
    return layers
      .filter(
        (layer) =>
          layer.kind === 'boundary' && (layer.id === state.areaLayer || layer.id === state.studyArea),
      )
      .map((layer) => ({
        id: layer.id,
        strong: layer.id === state.studyArea,
        areas: areas[layer.id] ?? none,
      }))
      .sort((a, b) => Number(a.strong) - Number(b.strong))
  }, [layers, areas, state.areaLayer, state.studyArea, view.showBoundary])
  const labels = useMemo(() => {
    if (!view.showBasemap) return none
    const towns = basemap.flatMap((held) =>
      held.class === 'place' && held.name && held.parts[0]
        ? [{ text: held.name, longitude: held.parts[0][0], latitude: held.parts[0][1], weight: 2 }]
        : [],
    )
    const close = (camera?.zoom ?? 0) > 13.5
    const named =
      view.showPlaces && close
        ? Object.values(places).flatMap((held) =>
            held.map((place) => ({ text: place.name, longitude: place.x, latitude: place.y, weight: 1 })),
          )
        : []
    return [...towns, ...named]
  }, [basemap, places, camera?.zoom, view.showBasemap, view.showPlaces])

  const onClick = (held: Picked) => {
    if (held.layer.startsWith('hotspot') && held.id) {
      setPicked(null)
      return setView({ hotspot: held.id, rightOpen: true })
    }
    const shape = /^boundary-shape-(\d+)$/.exec(held.layer)
    if (shape) return editArea(polygons[Number(shape[1])])
    setPicked(held.layer === 'cells' && held.index >= 0 ? { cell: held.index, pixel: held.pixel } : null)
  }
  const follow = drawing.active ? drawing.onPointer : null
  const onPointer = (held: Picked | null) => {
    follow?.(held?.at ?? null)
    setPointer(held ? gridReference(...metresOf(held.at[0], held.at[1])) : '')
  }

  return (
    <section className="map-panel" aria-label="Map">
      <AnalystMap
        dark={dark}
        points={result ? null : points}
        cells={result ? null : cells}
        surface={result ? null : surface}
        result={result?.data ?? null}
        edges={edges}
        hotspots={view.showHotspots ? hotspots : none}
        hotspot={view.hotspot}
        boundaries={boundaries}
        basemap={view.showBasemap ? basemap : none}
        labels={labels}
        shapes={shapes}
        mark={mark}
        editedShape={edited ? polygons.indexOf(edited) : -1}
        draft={drawing.draft}
        drawing={drawing.active}
        goTo={view.goTo}
        zoomBy={zoomBy}
        onCamera={onCamera}
        onClick={onClick}
        onCorner={drawing.onCorner}
        onGrab={drawing.onGrab}
        onDrag={drawing.onDrag}
        onPointer={onPointer}
      />
      <MapTools onZoom={(steps) => setZoomBy({ steps })} onFit={showAll} />
      <DrawBar />
      <FindPlace near={camera && [camera.longitude, camera.latitude]} />
      {cells && !result && picked && picked.cell < cells.length && (
        <CellCard cells={cells} index={picked.cell} pixel={picked.pixel} onClose={() => setPicked(null)} />
      )}
      {result ? (
        <ResultLegend shown={result.shown} classes={result.classes} />
      ) : (
        <Legend mode={mode} edges={edges} points={points?.length ?? null} />
      )}
      <div className="map-foot">
        {pointer && <span className="figures map-reference">{pointer}</span>}
        {camera && <ScaleBar camera={camera} />}
      </div>
    </section>
  )
}
