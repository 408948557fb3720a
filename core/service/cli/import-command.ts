import type { DatasetInfo } from '#core/contract/workspace.ts'
import { type Given, listOption, neededOption } from './arguments.ts'
import { changeState, importGiven, withSession } from './session.ts'

export async function importCommand(given: Given): Promise<number> {
  neededOption(given, 'workspace')
  const dataset = await withSession(given, async (session) => {
    const imported = await importGiven(session, given, [...given.words, ...listOption(given, 'input')])
    await changeState(session, (state) => ({ ...state, dataset: imported.id }))
    return imported
  })
  if (given.options.json) process.stdout.write(`${JSON.stringify({ ...dataset, dictionaries: undefined })}\n`)
  else process.stdout.write(importSummary(dataset))
  return 0
}

const whole = (value: number) => value.toLocaleString('en-GB')

/** What an import did, in plain words: read, kept, not kept and why, months missing. */
export function importSummary(dataset: DatasetInfo): string {
  const lines = [
    `${dataset.name}: ${whole(dataset.rowsRead)} rows read from ${whole(dataset.files.length)} ${dataset.files.length === 1 ? 'file' : 'files'}, ${whole(dataset.rowsKept)} incidents kept, ${whole(dataset.rowsRejected)} rejected; ${whole(dataset.located)} have a place.`,
    ...dataset.issues.map(
      (issue) => `  ${whole(issue.count)} ${issue.action}: ${issue.reason} ${issue.cure}`,
    ),
    ...dataset.warnings.map((warning) => `  Note: ${warning}`),
  ]
  const gaps = dataset.coverage.filter((cell) => cell.state !== 'present')
  if (gaps.length > 0)
    lines.push(
      `  Not fully covered: ${gaps.map((cell) => `${cell.force} ${cell.month} (${cell.state})`).join(', ')}.`,
    )
  return `${lines.join('\n')}\n`
}
