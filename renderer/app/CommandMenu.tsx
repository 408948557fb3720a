import { ChevronDown } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { type Command, commands, isEnabled } from './commands.ts'

/** A menu of the registry's commands of some groups. */
export function CommandMenu({
  title,
  groups,
}: {
  readonly title: string
  readonly groups: readonly Command['group'][]
}) {
  return (
    <MenuTrigger>
      <Button className="button quiet menu-button">
        {title}
        <ChevronDown size={13} aria-hidden="true" />
      </Button>
      <Popover className="popover" placement="bottom start">
        <CommandItems groups={groups} />
      </Popover>
    </MenuTrigger>
  )
}

function CommandItems({ groups }: { readonly groups: readonly Command['group'][] }) {
  const list = commands().filter((command) => groups.includes(command.group))
  return (
    <Menu
      className="options"
      disabledKeys={list.filter((command) => !isEnabled(command)).map((command) => command.id)}
      onAction={(key) => list.find((command) => command.id === key)?.run()}
    >
      {list.map((command) => (
        <MenuItem key={command.id} id={command.id} className="option" textValue={command.title}>
          {command.title}
          {command.keys && <kbd>{command.keys}</kbd>}
        </MenuItem>
      ))}
    </Menu>
  )
}
