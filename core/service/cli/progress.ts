import type { Progress } from '#core/contract/progress.ts'

/** Progress on standard error: one line that moves on a terminal, one line a stage elsewhere. */
export function progressLine(quiet: boolean): { tell: (progress: Progress) => void; end: () => void } {
  const moving = process.stderr.isTTY === true
  let lastStage = ''
  let shown = false
  return {
    tell(progress) {
      if (quiet) return
      if (!moving) {
        if (progress.stage !== lastStage) process.stderr.write(`${progress.stage}\n`)
        lastStage = progress.stage
        return
      }
      shown = true
      process.stderr.write(`\r\u001b[K${[progress.stage, ...figures(progress)].join(' · ').slice(0, 110)}`)
    },
    end() {
      if (shown) process.stderr.write('\r\u001b[K')
      shown = false
    },
  }
}

function figures({ done, rows, bytes, secondsLeft }: Progress): string[] {
  return [
    ...(done === undefined ? [] : [`${Math.round(done * 100)}%`]),
    ...(rows === undefined ? [] : [`${rows.toLocaleString('en-GB')} rows`]),
    ...(bytes === undefined ? [] : [`${Math.round(bytes / 1e6).toLocaleString('en-GB')} MB`]),
    ...(secondsLeft === undefined ? [] : [`${Math.ceil(secondsLeft)} s left`]),
  ]
}
