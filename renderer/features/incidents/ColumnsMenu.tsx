import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
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

/** Which columns the list shows and in which order. */
export function ColumnsMenu({ columns }: { readonly columns: readonly string[] }) {
  const choice = useIncidentColumns()
  const ordered = orderedColumns(columns, choice)
  const shown = ordered.filter((column) => !choice.hidden.includes(column))
  return (
    <DialogTrigger>
      <AriaButton className="button plain">
        <Columns3 size={15} />
        Columns
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <Dialog className="columns-menu" aria-label="Columns of the list">
          <ul>
            {ordered.map((column, at) => {
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
                    <Button
                      kind="quiet"
                      className="icon"
                      label={`Move ${title} forward`}
                      disabled={at === 0}
                      onPress={() => moveColumn(columns, column, -1)}
                    >
                      <ArrowUp size={14} />
                    </Button>
                    <Button
                      kind="quiet"
                      className="icon"
                      label={`Move ${title} back`}
                      disabled={at === ordered.length - 1}
                      onPress={() => moveColumn(columns, column, 1)}
                    >
                      <ArrowDown size={14} />
                    </Button>
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
