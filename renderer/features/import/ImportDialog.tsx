import { cancelImport, openQuestions, resetImport, runImport, useImport } from '#renderer/state/import.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ModalDialog } from '#renderer/ui/ModalDialog.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import { ProgressLine } from '#renderer/ui/ProgressLine.tsx'
import { CheckStep } from './CheckStep.tsx'
import { ChooseFiles } from './ChooseFiles.tsx'
import { ImportResult } from './ImportResult.tsx'
import './import.css'

/** From files to a dataset: choose, check, import, see what was kept. */
export function ImportDialog() {
  const open = useView((store) => store.dialog === 'import')
  const held = useImport()
  const close = () => {
    setView({ dialog: null })
    resetImport()
  }
  const questions = openQuestions(held)
  const title = {
    choose: 'Import incidents',
    check: 'Check the import',
    run: 'Importing',
    done: 'Import finished',
  }[held.step]
  const foot =
    held.step === 'check' ? (
      <>
        <span className="lead figures" role="status">
          {held.previewing
            ? 'Checking…'
            : held.preview &&
              `${countText(held.preview.wouldKeep)} of ${countText(held.preview.tried)} rows tried would be kept`}
        </span>
        <Button onPress={resetImport}>Start again</Button>
        <Button
          kind="main"
          disabled={questions > 0 || held.previewing || !held.preview}
          onPress={() => void runImport()}
        >
          {questions > 0
            ? `Answer ${questions} ${questions === 1 ? 'question' : 'questions'} first`
            : 'Import'}
        </Button>
      </>
    ) : held.step === 'run' ? (
      <Button onPress={cancelImport}>Cancel import</Button>
    ) : held.step === 'done' ? (
      <>
        <Button onPress={resetImport}>Import more</Button>
        <Button kind="main" onPress={close}>
          Open the workbench
        </Button>
      </>
    ) : null
  return (
    <ModalDialog
      title={title}
      size={held.step === 'check' ? 'wide' : 'medium'}
      open={open}
      onClose={close}
      dismissable={held.step !== 'run'}
      foot={foot}
    >
      <div className="stack">
        {held.problem && <ProblemNote problem={held.problem} />}
        {held.step === 'choose' && <ChooseFiles />}
        {held.step === 'check' && <CheckStep />}
        {held.step === 'run' && <ProgressLine title="Importing" progress={held.progress} />}
        {held.step === 'done' && held.result && <ImportResult dataset={held.result} />}
      </div>
    </ModalDialog>
  )
}
