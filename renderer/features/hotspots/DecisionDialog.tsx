import { useState } from 'react'
import type { DecidedHotspot } from '#renderer/state/decided-hotspots.ts'
import { decide } from '#renderer/state/hotspots.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'
import { ModalDialog } from '#renderer/ui/ModalDialog.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'

export type DecisionKind = 'rename' | 'drop' | 'merge'

export interface DecisionDialogProps {
  readonly kind: DecisionKind
  readonly hotspot: DecidedHotspot
  readonly others: readonly DecidedHotspot[]
  readonly onClose: () => void
}

const titles = { rename: 'Rename hotspot', drop: 'Drop hotspot', merge: 'Merge hotspots' }
const verbs = { rename: 'Rename', drop: 'Drop', merge: 'Merge' }

/** One decision about one hotspot. A drop needs its reason: a reviewer will ask. */
export function DecisionDialog({ kind, hotspot, others, onClose }: DecisionDialogProps) {
  const [text, setText] = useState(kind === 'rename' ? hotspot.name : '')
  const [host, setHost] = useState<string | null>(null)
  const ready = kind === 'merge' ? host !== null : text.trim() !== ''
  const act = () => {
    if (kind === 'rename') decide(hotspot.id, { name: text.trim() })
    else if (kind === 'drop') decide(hotspot.id, { dropped: text.trim() })
    else if (host) decide(hotspot.id, { mergedInto: host })
    onClose()
  }
  return (
    <ModalDialog
      title={titles[kind]}
      open
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" disabled={!ready} onPress={act}>
            {verbs[kind]}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) act()
        }}
      >
        <p>
          {hotspot.rank}. {hotspot.name}
        </p>
        {kind === 'rename' && <TextInput label="Name" value={text} onChange={setText} autoFocus required />}
        {kind === 'drop' && (
          <TextInput
            label="Reason"
            value={text}
            onChange={setText}
            autoFocus
            required
            why="Printed in the pack with the hotspot's name, so that a reviewer can see why it is not patrolled."
          />
        )}
        {kind === 'merge' && (
          <Choice
            label="Into"
            value={host}
            onChange={setHost}
            options={others
              .filter((held) => held.id !== hotspot.id)
              .map((held) => ({ value: held.id, title: `${held.rank}. ${held.name}` }))}
            why="The other keeps its rank and name; cells, incidents and harm are added together."
          />
        )}
      </form>
    </ModalDialog>
  )
}
