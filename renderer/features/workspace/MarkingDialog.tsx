import { useState } from 'react'
import { type Marking, markingText } from '#core/contract/marking.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { editWorkspace, useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Check } from '#renderer/ui/Check.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'
import { ModalDialog } from '#renderer/ui/ModalDialog.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'

const tiers: readonly Marking['tier'][] = ['OFFICIAL', 'SECRET', 'TOP SECRET']

export function MarkingDialog() {
  const open = useView((store) => store.dialog === 'marking')
  return open ? <MarkingForm /> : null
}

/** The protective marking: set by the originator, shown in the window and on every page. */
function MarkingForm() {
  const held = useWorkspace((store) => store.state.marking)
  const [marking, setMarking] = useState<Marking>(held)
  const [descriptors, setDescriptors] = useState(held.descriptors.join(', '))
  const next: Marking = { ...marking, descriptors: descriptors.split(/\s*,\s*/).filter(Boolean) }
  const close = () => setView({ dialog: null })
  return (
    <ModalDialog
      title="Protective marking"
      open
      onClose={close}
      foot={
        <>
          <strong className="lead">{markingText(next)}</strong>
          <Button onPress={close}>Cancel</Button>
          <Button
            kind="main"
            onPress={() => {
              editWorkspace({ marking: next })
              close()
            }}
          >
            Set marking
          </Button>
        </>
      }
    >
      <div className="stack">
        <Choice
          label="Tier"
          value={marking.tier}
          options={tiers.map((tier) => ({ value: tier, title: tier }))}
          onChange={(tier) => setMarking({ ...marking, tier: tier as Marking['tier'] })}
        />
        <Check
          selected={marking.sensitive}
          disabled={marking.tier !== 'OFFICIAL'}
          onChange={(sensitive) => setMarking({ ...marking, sensitive })}
        >
          Sensitive (marked OFFICIAL-SENSITIVE)
        </Check>
        <TextInput
          label="Descriptors"
          value={descriptors}
          onChange={setDescriptors}
          why="Separated by commas, e.g. Operational."
        />
        <TextInput
          label="Handling"
          long
          value={marking.handling}
          onChange={(handling) => setMarking({ ...marking, handling })}
        />
        <TextInput
          label="Originator"
          value={marking.originator}
          onChange={(originator) => setMarking({ ...marking, originator })}
        />
      </div>
    </ModalDialog>
  )
}
