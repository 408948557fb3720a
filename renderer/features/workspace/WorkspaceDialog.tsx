import { Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Problem } from '#core/contract/problem.ts'
import { problemOf } from '#renderer/api/client.ts'
import { chooseDataset, removeDataset, saveIssues } from '#renderer/state/datasets.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { editWorkspace, useWorkspace } from '#renderer/state/workspace.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { ModalDialog } from '#renderer/ui/ModalDialog.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { PlainTable } from '#renderer/ui/PlainTable.tsx'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'

/** Names of the workspace and its datasets. */
export function WorkspaceDialog() {
  const open = useView((store) => store.dialog === 'workspace')
  const { state, datasets } = useWorkspace()
  const [problem, setProblem] = useState<Problem | null>(null)
  const attempt = (work: Promise<unknown>) => {
    setProblem(null)
    work.catch((error) => setProblem(problemOf(error)))
  }
  return (
    <ModalDialog
      title="Workspace"
      size="medium"
      open={open}
      onClose={() => setView({ dialog: null })}
      foot={
        <>
          <Button onPress={() => setView({ dialog: 'import' })}>Import incidents…</Button>
          <Button kind="main" onPress={() => setView({ dialog: null })}>
            Done
          </Button>
        </>
      }
    >
      <div className="stack">
        <div className="fields">
          <TextInput label="Name" value={state.name} onChange={(name) => editWorkspace({ name })} />
          <TextInput
            label="Force"
            value={state.force}
            onChange={(force) => editWorkspace({ force })}
            why="Printed on the cover of the pack."
          />
          <TextInput
            label="Definition in use"
            value={state.definition.name}
            onChange={(name) => editWorkspace({ definition: { ...state.definition, name } })}
            why="What the selection is called on every page, e.g. Serious violence, Duty definition."
          />
        </div>
        {problem && <ProblemNote problem={problem} />}
        <h3 className="heading">Datasets</h3>
        {datasets.length === 0 && <p className="empty-text">None yet.</p>}
        {datasets.length > 0 && (
          <PlainTable
            caption="Datasets"
            columns={[
              { title: 'Dataset' },
              { title: 'Incidents', number: true },
              { title: 'Not taken', number: true },
              { title: 'Do' },
            ]}
            rows={datasets.map((dataset) => ({
              key: dataset.id,
              cells: [
                dataset.id === state.dataset ? (
                  <strong key="name">{dataset.name} (in work)</strong>
                ) : (
                  <Button key="name" kind="link" onPress={() => chooseDataset(dataset.id)}>
                    {dataset.name}
                  </Button>
                ),
                countText(dataset.rowsKept),
                countText(dataset.rowsRejected),
                <span key="do" className="row">
                  <IconButton
                    label={`Save the issues of ${dataset.name}`}
                    kind="quiet"
                    onPress={() => attempt(saveIssues(dataset.id, dataset.name))}
                  >
                    <Download size={14} />
                  </IconButton>
                  <IconButton
                    label={`Delete ${dataset.name}`}
                    kind="quiet"
                    onPress={() => attempt(removeDataset(dataset.id))}
                  >
                    <Trash2 size={14} />
                  </IconButton>
                </span>,
              ],
            }))}
          />
        )}
      </div>
    </ModalDialog>
  )
}
