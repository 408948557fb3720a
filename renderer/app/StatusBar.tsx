import { X } from 'lucide-react'
import { markingText } from '#core/contract/marking.ts'
import { useJobs } from '#renderer/state/jobs.ts'
import { saveWorkspace } from '#renderer/state/save-workspace.ts'
import { retrySelection, useSelection } from '#renderer/state/selection.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { ProgressLine } from '#renderer/ui/ProgressLine.tsx'

const savingWords = { saved: 'Saved', waiting: 'Saving…', saving: 'Saving…', failed: 'Not saved' }

/** Jobs with their progress, whether the workspace is saved, and how long the last selection took. */
export function StatusBar() {
  const jobs = useJobs((store) => store.jobs)
  const { saving, problem, state } = useWorkspace()
  const selection = useSelection()
  return (
    <footer className="status">
      <ul className="status-jobs" aria-label="Running">
        {jobs.slice(-2).map((job) => (
          <li key={job.id} className="status-job">
            <ProgressLine title={job.title} progress={job.progress} />
            <IconButton label={`Cancel ${job.title}`} kind="quiet" onPress={job.cancel}>
              <X size={13} />
            </IconButton>
          </li>
        ))}
        {jobs.length > 2 && <li>and {jobs.length - 2} more</li>}
      </ul>
      {selection.status === 'failed' && selection.problem && (
        <span className="status-problem" role="alert">
          {selection.problem.title} {selection.problem.cure}{' '}
          <Button kind="link" onPress={retrySelection}>
            Try again
          </Button>
        </span>
      )}
      {problem && (
        <span className="status-problem" role="alert">
          {problem.title} {problem.cure}{' '}
          {saving === 'failed' && (
            <Button kind="link" onPress={() => void saveWorkspace()}>
              Save again
            </Button>
          )}
        </span>
      )}
      <span className="status-marking">{markingText(state.marking)}</span>
      <span className="status-end figures">
        {selection.status === 'working'
          ? 'Counting…'
          : selection.summary
            ? `Selection ${Math.round(selection.waited)} ms (core ${Math.round(selection.summary.took)} ms)`
            : ''}
        <span>{savingWords[saving]}</span>
      </span>
    </footer>
  )
}
