import { X } from 'lucide-react'
import type { CellsClause } from '#core/contract/filter.ts'
import type { CellData } from '#renderer/map/layers/cell-layer.ts'
import { gridReference, metresOf } from '#renderer/map/screen-grid.ts'
import { showIncidents } from '#renderer/state/view.ts'
import { setFilter, useWorkspace } from '#renderer/state/workspace.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { countText } from '#renderer/ui/numbers.ts'

export interface CellCardProps {
  readonly cells: CellData
  readonly index: number
  readonly pixel: readonly [number, number]
  readonly onClose: () => void
}

/** One counted cell: its number leads to its incidents, or becomes the selection. */
export function CellCard({ cells, index, pixel, onClose }: CellCardProps) {
  const filter = useWorkspace((store) => store.state.filter)
  const name = `cell ${gridReference(...metresOf(cells.longitude[index], cells.latitude[index])).slice(0, 12)}`
  const clause: CellsClause = { kind: 'cells', name, grid: cells.grid, cells: [cells.cell[index]] }
  const inside = { clauses: [...filter.clauses, clause] }
  return (
    <div className="cell-card" style={{ left: pixel[0] + 12, top: pixel[1] + 12 }}>
      <div className="row spread">
        <strong className="figures">{countText(cells.count[index])} incidents</strong>
        <IconButton label="Close" kind="quiet" onPress={onClose}>
          <X size={14} />
        </IconButton>
      </div>
      <div className="row">
        <Button onPress={() => showIncidents(name, inside)}>Show them</Button>
        <Button
          onPress={() => {
            setFilter(inside)
            onClose()
          }}
        >
          Select this cell
        </Button>
      </div>
    </div>
  )
}
