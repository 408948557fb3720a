import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components'
import { setView, useView } from '#renderer/state/view.ts'
import { commands, isEnabled } from './commands.ts'

/** Every command by name (Ctrl+K), with its keys. */
export function Palette() {
  const open = useView((store) => store.dialog === 'palette')
  const { contains } = useFilter({ sensitivity: 'base' })
  const list = commands().filter((command) => command.id !== 'palette' && isEnabled(command))
  return (
    <ModalOverlay
      className="overlay"
      isOpen={open}
      isDismissable
      onOpenChange={(next) => !next && setView({ dialog: null })}
    >
      <Modal className="modal palette">
        <Dialog className="dialog" aria-label="Find a command">
          <Autocomplete filter={contains}>
            <SearchField aria-label="Find a command" className="palette-search" autoFocus>
              <Input placeholder="Find a command" />
            </SearchField>
            <Menu
              className="options palette-list"
              aria-label="Commands"
              items={list}
              renderEmptyState={() => <p className="padded empty-text">No command of that name.</p>}
              onAction={(key) => {
                setView({ dialog: null })
                list.find((command) => command.id === key)?.run()
              }}
            >
              {(command) => (
                <MenuItem id={command.id} className="option" textValue={`${command.group} ${command.title}`}>
                  <span className="palette-group">{command.group}</span>
                  {command.title}
                  {command.keys && <kbd>{command.keys}</kbd>}
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
