import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { dropSelection, keepSelection } from '#renderer/state/kept-selections.ts'
import { setFilter, useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ModalDialog } from '#renderer/ui/ModalDialog.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'

/** Selections kept under a name: to come back to, and to compare with in any method that takes two. */
export function KeptSelections({ sentence }: { readonly sentence: string }) {
  const { filter, selections = [] } = useWorkspace((store) => store.state)
  const [naming, setNaming] = useState(false)
  const [removing, setRemoving] = useState(false)
  const [name, setName] = useState('')
  const act = (key: string) => {
    if (key === 'keep') {
      setName('')
      setNaming(true)
    } else if (key === 'remove') setRemoving(true)
    else {
      const held = selections.find((each) => each.id === key)
      if (held) setFilter(held.filter)
    }
  }
  const keep = () => {
    keepSelection(name.trim(), filter)
    setNaming(false)
  }
  return (
    <>
      <MenuTrigger>
        <AriaButton className="button plain">
          <Bookmark size={15} />
          Selections
        </AriaButton>
        <Popover className="popover">
          <Menu className="options" aria-label="Kept selections" onAction={(key) => act(String(key))}>
            {selections.map((held) => (
              <MenuItem key={held.id} id={held.id} className="option">
                {held.name}
              </MenuItem>
            ))}
            {selections.length > 0 && <Separator className="menu-line" />}
            <MenuItem id="keep" className="option">
              Keep this selection…
            </MenuItem>
            {selections.length > 0 && (
              <MenuItem id="remove" className="option">
                Remove kept selections…
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      <ModalDialog
        title="Keep this selection"
        open={naming}
        onClose={() => setNaming(false)}
        foot={
          <Button kind="main" disabled={name.trim() === ''} onPress={keep}>
            Keep
          </Button>
        }
      >
        <TextInput
          label="Name"
          value={name}
          onChange={setName}
          autoFocus
          why={`${sentence}. A name already used is given to this selection instead.`}
        />
      </ModalDialog>
      <ModalDialog title="Kept selections" open={removing} onClose={() => setRemoving(false)}>
        <ul className="stack tight">
          {selections.map((held) => (
            <li key={held.id} className="row spread">
              {held.name}
              <Button label={`Remove ${held.name}`} onPress={() => dropSelection(held.id)}>
                Remove
              </Button>
            </li>
          ))}
          {selections.length === 0 && <li className="empty-text">None is kept. Undo brings them back.</li>}
        </ul>
      </ModalDialog>
    </>
  )
}
