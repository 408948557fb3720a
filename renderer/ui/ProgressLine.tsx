import { ProgressBar } from 'react-aria-components'
import type { Progress } from '#core/contract/progress.ts'
import { bytesText, countText, durationText } from './numbers.ts'

export interface ProgressLineProps {
  readonly title: string
  readonly progress: Progress | null
}

/** What is going on and how far it is: the share where it is known, rows, bytes and the time left. */
export function ProgressLine({ title, progress }: ProgressLineProps) {
  const done = progress?.done
  const facts = [
    progress?.rows !== undefined ? `${countText(progress.rows)} rows` : '',
    progress?.bytes !== undefined && progress.totalBytes !== undefined
      ? `${bytesText(progress.bytes)} of ${bytesText(progress.totalBytes)}`
      : '',
    progress?.secondsLeft !== undefined ? `${durationText(progress.secondsLeft)} left` : '',
  ].filter(Boolean)
  return (
    <ProgressBar
      className="progress"
      aria-label={title}
      isIndeterminate={done === undefined}
      value={Math.round((done ?? 0) * 100)}
    >
      <div className="progress-text">
        <span>{progress?.stage ?? title}</span>
        <span className="figures">{facts.join(' · ')}</span>
      </div>
      <div className="progress-track">
        <div
          className={`progress-fill ${done === undefined ? 'unknown' : ''}`}
          style={done === undefined ? {} : { width: `${Math.round(done * 1000) / 10}%` }}
        />
      </div>
    </ProgressBar>
  )
}
