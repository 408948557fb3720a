import type { MethodCard } from '#core/contract/method.ts'
import type { Columns } from '#renderer/api/columns.ts'
import type { Run } from '#renderer/state/runs.ts'

/**
 * The rows of a result as CSV for a spreadsheet: headings with units, then where the figures come from, as lines
 * that start with #. Text that a spreadsheet would take for a formula is preceded by an apostrophe.
 */
export function resultCsv(run: Run, columns: Columns, card: MethodCard): string {
  const outputs = card.columns.filter(({ name }) => columns.numbers[name] ?? columns.words[name])
  const lines = [outputs.map(({ title, unit }) => field(unit ? `${title} (${unit})` : title)).join(',')]
  for (let row = 0; row < columns.length; row++)
    lines.push(
      outputs
        .map(({ name }) => {
          const numbers = columns.numbers[name]
          if (!numbers) return field(columns.words[name][row])
          return Number.isFinite(numbers[row]) ? String(numbers[row]) : ''
        })
        .join(','),
    )
  const { provenance, caveats } = run.result
  for (const caveat of caveats) lines.push(field(`# ${caveat.text}`))
  lines.push(field(`# ${card.title}, ${card.id} ${card.version}, result ${run.result.key}`))
  lines.push(field(`# ${JSON.stringify(provenance)}`))
  return `${lines.join('\r\n')}\r\n`
}

function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
