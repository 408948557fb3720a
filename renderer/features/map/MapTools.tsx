import { Check, Layers, Maximize, Minus, PenLine, Plus, Ruler, Search } from 'lucide-react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { startDrawing, stopDrawing, useDrawing } from '#renderer/state/drawing.ts'
import { closeFindPlace, openFindPlace, useFindPlace } from '#renderer/state/find-place.ts'
import { type MapMode, setView, useView } from '#renderer/state/view.ts'
import { IconButton } from '#renderer/ui/Button.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'
import { Segments } from '#renderer/ui/Segments.tsx'

const modes: readonly { readonly value: MapMode; readonly title: string }[] = [
  { value: 'auto', title: 'Auto' },
  { value: 'points', title: 'Dots' },
  { value: 'cells', title: 'Counts' },
  { value: 'density', title: 'Density' },
]

const grids = [
  { value: 'hexagon 100', title: 'Hexagons 100 m' },
  { value: 'hexagon 200', title: 'Hexagons 200 m' },
  { value: 'hexagon 400', title: 'Hexagons 400 m' },
  { value: 'square 100', title: 'Squares 100 m' },
  { value: 'square 250', title: 'Squares 250 m' },
  { value: 'square 500', title: 'Squares 500 m' },
]

const shown = [
  { key: 'showHotspots', title: 'Hotspots' },
  { key: 'showBoundary', title: 'Boundaries' },
  { key: 'showBasemap', title: 'Basemap' },
  { key: 'showPlaces', title: 'Place names' },
] as const

export interface MapToolsProps {
  readonly onZoom: (steps: number) => void
  readonly onFit: () => void
}

export function MapTools({ onZoom, onFit }: MapToolsProps) {
  const view = useView()
  const tool = useDrawing((store) => store.tool)
  const finding = useFindPlace((store) => store.open)
  return (
    <>
      {/* While something is drawn its bar stands here. */}
      <div className="map-tools left" hidden={tool !== null}>
        <Segments
          label="Show incidents as"
          options={modes}
          value={view.mapMode}
          onChange={(mapMode) => setView({ mapMode })}
        />
        <Choice
          label="Counting grid"
          hideLabel
          options={grids}
          value={`${view.shape} ${view.cellSize}`}
          onChange={(value) => {
            const [shape, size] = value.split(' ')
            setView({ shape: shape as 'hexagon' | 'square', cellSize: Number(size) })
          }}
        />
        <MenuTrigger>
          <AriaButton className="button">
            <Layers size={15} />
            Show
          </AriaButton>
          <Popover className="popover">
            <Menu
              className="options"
              selectionMode="multiple"
              selectedKeys={shown.filter(({ key }) => view[key]).map(({ key }) => key)}
              onSelectionChange={(keys) => {
                const on = keys === 'all' ? null : keys
                setView(Object.fromEntries(shown.map(({ key }) => [key, on === null || on.has(key)])))
              }}
            >
              {shown.map(({ key, title }) => (
                <MenuItem key={key} id={key} className="option" textValue={title}>
                  {({ isSelected }) => (
                    <>
                      <span className="option-tick">{isSelected && <Check size={14} />}</span>
                      {title}
                    </>
                  )}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
      <div className="map-tools right">
        <IconButton
          label="Find a place"
          keys="Ctrl+F"
          pressed={finding}
          onPress={finding ? closeFindPlace : openFindPlace}
        >
          <Search size={15} />
        </IconButton>
        <IconButton label="Zoom in" onPress={() => onZoom(1)}>
          <Plus size={16} />
        </IconButton>
        <IconButton label="Zoom out" onPress={() => onZoom(-1)}>
          <Minus size={16} />
        </IconButton>
        <IconButton label="Fit to the data" keys="F" onPress={onFit}>
          <Maximize size={15} />
        </IconButton>
        <IconButton
          label="Draw an area to select"
          keys="D"
          pressed={tool !== null && tool !== 'measure'}
          onPress={() => (tool !== null && tool !== 'measure' ? stopDrawing() : startDrawing('polygon'))}
        >
          <PenLine size={15} />
        </IconButton>
        <IconButton
          label="Measure distance and area"
          keys="M"
          pressed={tool === 'measure'}
          onPress={() => (tool === 'measure' ? stopDrawing() : startDrawing('measure'))}
        >
          <Ruler size={15} />
        </IconButton>
      </div>
    </>
  )
}
