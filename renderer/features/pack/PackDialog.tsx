import { Download } from 'lucide-react'
import { useState } from 'react'
import { markingText } from '#core/contract/marking.ts'
import type { Problem } from '#core/contract/problem.ts'
import { problemOf } from '#renderer/api/client.ts'
import { useHotspots } from '#renderer/state/hotspots.ts'
import { cancelPack, savePackFile, usePack, writePack } from '#renderer/state/pack.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ModalDialog } from '#renderer/ui/ModalDialog.tsx'
import { bytesText, shareText } from '#renderer/ui/numbers.ts'
import { PlainTable } from '#renderer/ui/PlainTable.tsx'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import { ProgressLine } from '#renderer/ui/ProgressLine.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'

/** The briefing pack of the hotspot plan: title, author and marking in, files out. */
export function PackDialog() {
  const open = useView((store) => store.dialog === 'pack')
  const { state } = useWorkspace()
  const hotspots = useHotspots((store) => store.result)
  const { status, progress, pack, problem } = usePack()
  const [title, setTitle] = useState('Hotspot briefing pack')
  const [author, setAuthor] = useState('')
  const [saveProblem, setSaveProblem] = useState<Problem | null>(null)
  const missing = [
    !state.plan || !hotspots ? 'Find hotspots first: the pack is made of them.' : '',
    !state.studyArea ? 'No study area is chosen, so shares of area are of the occupied cells only.' : '',
    !state.weights
      ? 'No harm weights are loaded, so the pack will count incidents and say nothing of harm.'
      : '',
  ].filter(Boolean)
  const blocked = !state.plan || !hotspots
  return (
    <ModalDialog
      title="Export briefing pack"
      size="medium"
      open={open}
      onClose={() => setView({ dialog: null })}
      foot={
        <>
          {status === 'working' && <Button onPress={cancelPack}>Cancel</Button>}
          <Button
            kind="main"
            disabled={blocked}
            pending={status === 'working'}
            onPress={() => void writePack(title, author)}
          >
            {pack ? 'Write again' : 'Write the pack'}
          </Button>
        </>
      }
    >
      <div className="stack">
        <div className="fields">
          <TextInput label="Title" value={title} onChange={setTitle} />
          <TextInput label="Author" value={author} onChange={setAuthor} />
          <div className="field whole">
            <span className="label">Protective marking</span>
            <span className="row">
              <strong>{markingText(state.marking)}</strong>
              <Button kind="link" onPress={() => setView({ dialog: 'marking' })}>
                Change…
              </Button>
            </span>
            <span className="why">{state.marking.handling}</span>
          </div>
        </div>
        {missing.map((sentence) => (
          <p key={sentence} className="note warning">
            {sentence}
          </p>
        ))}
        {status === 'working' && <ProgressLine title="Writing the pack" progress={progress} />}
        {problem && <ProblemNote problem={problem} />}
        {saveProblem && <ProblemNote problem={saveProblem} />}
        {pack && (
          <>
            <p className="note good">
              {pack.pages} pages on {pack.hotspots} hotspots: {shareText(pack.shareOfCount)} of incidents
              {Number.isFinite(pack.shareOfHarm) ? ` and ${shareText(pack.shareOfHarm)} of harm` : ''} in{' '}
              {shareText(pack.shareOfArea)} of the area.
            </p>
            <PlainTable
              caption="Files of the pack"
              columns={[
                { title: 'File' },
                { title: 'Size', number: true },
                { title: 'SHA-256' },
                { title: 'Save' },
              ]}
              rows={pack.files.map((file) => ({
                key: file.name,
                cells: [
                  file.name,
                  bytesText(file.bytes),
                  file.sha256.slice(0, 12),
                  <Button
                    key="save"
                    kind="link"
                    label={`Save ${file.name}`}
                    onPress={() => {
                      savePackFile(pack.id, file.name).catch((error) => setSaveProblem(problemOf(error)))
                    }}
                  >
                    <Download size={14} />
                    Save
                  </Button>,
                ],
              }))}
            />
          </>
        )}
      </div>
    </ModalDialog>
  )
}
