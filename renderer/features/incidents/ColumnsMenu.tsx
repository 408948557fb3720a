import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import { useRef } from 'react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { columnTitles } from '#core/contract/incident.ts'
import {
  moveColumn,
  orderedColumns,
  resetColumns,
  toggleColumn,
  useIncidentColumns,
} from '#renderer/state/incident-columns.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Check } from '#renderer/ui/Check.tsx'

const moves = [
  { by: -1, word: 'forward', Arrow: ArrowUp },
  { by: 1, word: 'back', Arrow: ArrowDown },
] as const

/** Which columns the list shows and in which order. */
export function ColumnsMenu({ columns }: { readonly columns: readonly string[] }) {
  const choice = useIncidentColumns()
  const list = useRef<HTMLUListElement>(null)
  const ordered = orderedColumns(columns, choice)
  const shown = ordered.filter((column) => !choice.hidden.includes(column))
  // A row that changes place loses the focus; the same button goes on, so that a column can be moved far by keyboard.
  const move = (column: string, by: -1 | 1) => {
    moveColumn(columns, column, by)
    requestAnimationFrame(() => {
      const place = list.current?.querySelector(`[data-move=${JSON.stringify(`${by} ${column}`)}] button`)
      if (place instanceof HTMLElement) place.focus()
    })
  }
  return (
    <DialogTrigger>
      <AriaButton className="button plain">
        <Columns3 size={15} />
        Columns
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <Dialog className="columns-menu" aria-label="Columns of the list">
          <ul ref={list}>
            {ordered.map((column) => {
              const title = columnTitles[column] ?? column
              return (
                <li key={column} className="row spread">
                  <Check
                    selected={shown.includes(column)}
                    disabled={shown.length === 1 && shown[0] === column}
                    onChange={() => toggleColumn(column)}
                  >
                    {title}
                  </Check>
                  <span className="row">
                    {moves.map(({ by, word, Arrow }) => (
                      <span key={by} data-move={`${by} ${column}`}>
                        <Button
                          kind="quiet"
                          className="icon"
                          label={`Move ${title} ${word}`}
                          onPress={() => move(column, by)}
                        >
                          <Arrow size={14} />
                        </Button>
                      </span>
                    ))}
                  </span>
                </li>
              )
            })}
          </ul>
          <Button kind="link" onPress={resetColumns}>
            All, in their usual order
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
