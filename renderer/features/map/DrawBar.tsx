import { useState } from 'react'
import type { Position } from '#core/contract/geometry.ts'
import { areaOf, crossesItself, lengthOf } from '#renderer/map/drawn-shapes.ts'
import {
  addPoint,
  type DrawingStore,
  type DrawTool,
  drawnRings,
  finishDrawing,
  shapeName,
  startDrawing,
  stopDrawing,
  useDrawing,
} from '#renderer/state/drawing.ts'
import { placesFor } from '#renderer/state/find-place.ts'
import { setView } from '#renderer/state/view.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { NumberInput } from '#renderer/ui/NumberInput.tsx'
import { Segments } from '#renderer/ui/Segments.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'
import { areaText, lengthText } from './metric-text.ts'

const tools: readonly { readonly value: DrawTool; readonly title: string }[] = [
  { value: 'polygon', title: 'Area' },
  { value: 'rectangle', title: 'Rectangle' },
  { value: 'circle', title: 'Circle' },
  { value: 'line', title: 'Along a line' },
  { value: 'measure', title: 'Measure' },
]

/** The bar over the map while something is drawn, changed or measured. */
export function DrawBar() {
  const held = useDrawing()
  const { tool, points, radius, buffer, name, edited } = held
  if (!tool) return null
  const rings = drawnRings(held)
  const crossed = tool === 'polygon' && rings.length > 0 && crossesItself(points)
  return (
    <section className="draw-bar" aria-label="Draw and measure">
      <div className="draw-bar-row">
        {edited ? (
          <strong>Change the area</strong>
        ) : (
          <Segments label="Draw" options={tools} value={tool} onChange={startDrawing} />
        )}
        <div className="draw-words">
          <span className="draw-figures figures" role="status">
            {crossed
              ? 'The outline crosses itself: parts enclosed twice are left out.'
              : figuresOf(held, rings)}
          </span>
          <span className="draw-help">{helpOf(held)}</span>
        </div>
      </div>
      <div className="draw-bar-row">
        {tool === 'circle' && (
          <>
            <CentreInput onCentre={addPoint} />
            <NumberInput
              label="Radius"
              unit="m"
              minimum={1}
              maximum={100_000}
              value={radius}
              onChange={(value) => useDrawing.setState({ radius: value })}
            />
          </>
        )}
        {tool === 'line' && (
          <NumberInput
            label="Either side"
            unit="m"
            minimum={1}
            maximum={10_000}
            value={buffer}
            onChange={(value) => useDrawing.setState({ buffer: value })}
          />
        )}
        {tool !== 'measure' && (
          <TextInput
            label="Name"
            value={name}
            placeholder={shapeName(tool, points, radius, buffer)}
            onChange={(value) => useDrawing.setState({ name: value })}
          />
        )}
        <span className="draw-buttons">
          {tool !== 'measure' && (
            <Button kind="main" disabled={rings.length === 0} onPress={finishDrawing}>
              Finish
            </Button>
          )}
          <Button onPress={stopDrawing}>{tool === 'measure' ? 'Close' : 'Cancel'}</Button>
        </span>
      </div>
    </section>
  )
}

/** A centre that is typed instead of clicked: anything the search box understands. */
function CentreInput({ onCentre }: { readonly onCentre: (at: Position) => void }) {
  const [typed, setTyped] = useState('')
  const [missed, setMissed] = useState(false)
  const look = async () => {
    const [place] = await placesFor(typed, null).catch(() => [])
    setMissed(!place)
    if (!place) return
    onCentre([place.easting, place.northing])
    const { longitude, latitude } = place
    setView({ goTo: { box: [longitude - 0.01, latitude - 0.006, longitude + 0.01, latitude + 0.006] } })
  }
  return (
    <form
      className="draw-centre"
      onSubmit={(event) => {
        event.preventDefault()
        void look()
      }}
    >
      <TextInput label="Centre" value={typed} onChange={setTyped} placeholder="click, or type a place" />
      {missed && <span role="alert">Not found.</span>}
    </form>
  )
}

function figuresOf({ tool, points, radius }: DrawingStore, rings: ReturnType<typeof drawnRings>): string {
  if (tool === 'measure') {
    if (points.length < 2) return ''
    const length = `${lengthText(lengthOf(points))} along the line`
    if (points.length < 3) return length
    return `${length} · ${crossesItself(points) ? 'it crosses itself: no area' : `${areaText(areaOf([points]))} inside`}`
  }
  if (rings.length === 0) return ''
  const area = areaText(areaOf(rings))
  if (tool === 'circle') return `${area} · ${lengthText(radius)} radius`
  if (tool === 'line') return `${area} · line of ${lengthText(lengthOf(points))}`
  const [ring] = rings
  return `${area} · ${lengthText(lengthOf([...ring, ring[0]]))} around`
}

function helpOf({ tool, points, edited }: DrawingStore): string {
  if (edited && tool === 'polygon')
    return 'Drag corners, or the middle of a side for a new one. Click a corner and press Delete to remove it.'
  if (tool === 'circle')
    return points.length === 0
      ? 'Drag from the centre outwards, or click it.'
      : 'Drag the centre or the edge.'
  if (tool === 'rectangle') return points.length < 2 ? 'Drag from corner to corner, or click both.' : ''
  if (tool === 'measure') return 'Click along what you measure; drag points to move them.'
  if (tool === 'line')
    return points.length < 2 ? 'Click along the line.' : 'Double-click or press Enter to finish.'
  return points.length < 3 ? 'Click the corners of the area.' : 'Double-click or press Enter to finish.'
}
