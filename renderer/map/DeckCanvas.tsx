import { Deck, type Layer, LinearInterpolator, MapView } from '@deck.gl/core'
import { useEffect, useRef, useState } from 'react'
import type { Box } from '#core/contract/geometry.ts'
import { type Camera, cameraFor, homeBox } from './camera.ts'

export interface Picked {
  readonly layer: string
  readonly index: number
  readonly id: string | null
  /** Degrees under the pointer. */
  readonly at: readonly [number, number]
  readonly pixel: readonly [number, number]
}

export interface DeckCanvasProps {
  readonly layers: readonly Layer[]
  readonly background: string
  /** Where to go; a new object moves again. */
  readonly goTo: { readonly box: Box } | null
  readonly zoomBy: { readonly steps: number } | null
  readonly drawing: boolean
  readonly onCamera: (camera: Camera, width: number, height: number) => void
  readonly onClick: (picked: Picked) => void
  /** What can be dragged while drawing, degrees. */
  readonly handles: readonly (readonly [number, number])[]
  /**
   * The map was clicked while drawing, on a handle or (−1) elsewhere; the browser's own clicks, as the map's recogniser
   * swallows quick ones.
   */
  readonly onCorner: (at: readonly [number, number], handle: number, milliseconds: number) => void
  /** The button went down while drawing; true takes the drag from the map. */
  readonly onGrab: (at: readonly [number, number], handle: number) => boolean
  readonly onDrag: (at: readonly [number, number]) => void
  readonly onHover: (picked: Picked | null) => void
}

/** A press that moves less than this is a click. */
const CLICK_PIXELS = 5
/** How near a handle counts as on it. */
const HANDLE_PIXELS = 10

type Info = {
  layer: Layer | null
  index: number
  object?: unknown
  coordinate?: number[] | undefined
  x: number
  y: number
}

function pickedOf(info: Info): Picked | null {
  if (!info.coordinate) return null
  const object = info.object as { id?: string } | undefined
  return {
    layer: info.layer?.id ?? '',
    index: info.index,
    id: object?.id ?? null,
    at: [info.coordinate[0], info.coordinate[1]],
    pixel: [info.x, info.y],
  }
}

/** The one place that holds a deck.gl instance; made once, fed with layers, taken down with the component. */
export function DeckCanvas(props: DeckCanvasProps) {
  const host = useRef<HTMLDivElement>(null)
  const deck = useRef<Deck<MapView> | null>(null)
  const camera = useRef<Camera>(cameraFor(homeBox, 800, 600))
  const latest = useRef(props)
  latest.current = props
  const pressed = useRef<readonly [number, number]>([0, 0])
  /** Handle under the button when it went down; −1 none. */
  const pressedOn = useRef(-1)
  const dragging = useRef(false)
  /** Whether the press was taken from the map; still known at the click that follows it. */
  const taken = useRef(false)
  const [failed, setFailed] = useState(false)

  const move = (next: Camera, milliseconds: number) => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    camera.current = next
    deck.current?.setProps({
      initialViewState: {
        ...next,
        transitionDuration: still ? 0 : milliseconds,
        ...(still
          ? {}
          : { transitionInterpolator: new LinearInterpolator(['longitude', 'latitude', 'zoom']) }),
      },
    })
    tell()
  }
  const tell = () => {
    const box = host.current
    if (box) latest.current.onCamera(camera.current, box.clientWidth, box.clientHeight)
  }

  // The instance is made once; what changes reaches it through `latest`.
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once on purpose
  useEffect(() => {
    const parent = host.current
    if (!parent) return
    if (!document.createElement('canvas').getContext('webgl2')) {
      setFailed(true)
      return
    }
    const goTo = latest.current.goTo
    camera.current = cameraFor(goTo?.box ?? homeBox, parent.clientWidth || 800, parent.clientHeight || 600)
    const made = new Deck({
      parent,
      views: new MapView({ repeat: false }),
      initialViewState: camera.current,
      controller: { dragRotate: false, touchRotate: false, keyboard: false, doubleClickZoom: false },
      layers: [...latest.current.layers],
      pickingRadius: 3,
      getCursor: ({ isDragging, isHovering }) =>
        latest.current.drawing ? 'crosshair' : isDragging ? 'grabbing' : isHovering ? 'pointer' : 'grab',
      onViewStateChange: ({ viewState }) => {
        camera.current = viewState as Camera
        tell()
      },
      onClick: (info) => {
        const picked = pickedOf(info as Info)
        if (picked && !latest.current.drawing) latest.current.onClick(picked)
      },
      onHover: (info) => latest.current.onHover(pickedOf(info as Info)),
      onError: () => setFailed(true),
    })
    deck.current = made
    const sizes = new ResizeObserver(tell)
    sizes.observe(parent)
    tell()
    return () => {
      sizes.disconnect()
      made.finalize()
      deck.current = null
    }
  }, [])

  useEffect(() => {
    deck.current?.setProps({ layers: [...props.layers] })
  }, [props.layers])

  // biome-ignore lint/correctness/useExhaustiveDependencies: moves only when told to
  useEffect(() => {
    const box = host.current
    if (props.goTo && box)
      move(cameraFor(props.goTo.box, box.clientWidth || 800, box.clientHeight || 600), 300)
  }, [props.goTo])

  // biome-ignore lint/correctness/useExhaustiveDependencies: moves only when told to
  useEffect(() => {
    if (props.zoomBy) move({ ...camera.current, zoom: camera.current.zoom + props.zoomBy.steps }, 150)
  }, [props.zoomBy])

  const pointAt = (event: { clientX: number; clientY: number }) => {
    const frame = host.current?.getBoundingClientRect()
    const viewport = deck.current?.getViewports()[0]
    if (!frame || !viewport) return null
    const pixel = [event.clientX - frame.left, event.clientY - frame.top]
    const at = viewport.unproject(pixel)
    let nearest = -1
    let least = HANDLE_PIXELS
    latest.current.handles.forEach((handle, index) => {
      const [x, y] = viewport.project([...handle])
      const apart = Math.hypot(x - pixel[0], y - pixel[1])
      // Of two on the same spot the first, which is a corner, is meant.
      if (apart < least) [nearest, least] = [index, apart]
    })
    return { at: [at[0], at[1]] as const, handle: nearest }
  }

  const pan = (x: number, y: number) => {
    const degrees = 360 / (512 * 2 ** camera.current.zoom)
    const { longitude, latitude, zoom } = camera.current
    const flat = Math.cos((latitude * Math.PI) / 180)
    move({ longitude: longitude + x * degrees, latitude: latitude + y * degrees * flat, zoom }, 100)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = 80
    if (event.key === 'ArrowLeft') pan(-step, 0)
    else if (event.key === 'ArrowRight') pan(step, 0)
    else if (event.key === 'ArrowUp') pan(0, step)
    else if (event.key === 'ArrowDown') pan(0, -step)
    else if (event.key === '+' || event.key === '=')
      move({ ...camera.current, zoom: camera.current.zoom + 1 }, 150)
    else if (event.key === '-') move({ ...camera.current, zoom: camera.current.zoom - 1 }, 150)
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={host}
      className="deck-canvas"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows pan and plus and minus zoom
      tabIndex={0}
      aria-label="Map. Arrow keys move it, plus and minus zoom. Areas can also be chosen from the list in the filter panel."
      style={{ background: props.background }}
      onKeyDown={onKeyDown}
      // Before the map hears of it, so that a handle is dragged and not the map.
      onPointerDownCapture={(event) => {
        pressed.current = [event.clientX, event.clientY]
        const hit = props.drawing && event.button === 0 ? pointAt(event) : null
        pressedOn.current = hit?.handle ?? -1
        taken.current = hit !== null && props.onGrab(hit.at, hit.handle)
        if (!taken.current) return
        dragging.current = true
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.focus()
      }}
      onPointerMove={(event) => {
        const [x, y] = pressed.current
        if (!dragging.current || Math.hypot(event.clientX - x, event.clientY - y) <= CLICK_PIXELS) return
        const hit = pointAt(event)
        if (hit) props.onDrag(hit.at)
      }}
      onPointerUp={() => {
        dragging.current = false
      }}
      onPointerCancel={() => {
        dragging.current = false
      }}
      onClick={(event) => {
        const [x, y] = pressed.current
        if (!props.drawing || Math.hypot(event.clientX - x, event.clientY - y) > CLICK_PIXELS) return
        const hit = pointAt(event)
        // A press that set the first point of a shape is no click of its own.
        if (hit && !(taken.current && pressedOn.current < 0))
          props.onCorner(hit.at, pressedOn.current, event.timeStamp)
      }}
    >
      {failed && (
        <p className="map-note" role="status">
          This computer cannot draw the map (WebGL 2 is not available). Charts, lists and the pack work
          without it.
        </p>
      )}
    </div>
  )
}
