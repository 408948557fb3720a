import type { IssueCount } from '#core/contract/dataset.ts'
import { countText } from '#renderer/ui/numbers.ts'
import { PlainTable } from '#renderer/ui/PlainTable.tsx'

const actions = { rejected: 'Not taken', repaired: 'Put right', blanked: 'Left blank' }

/** Every reason with its count and cure: rows not taken first. */
export function IssueTable({ issues }: { readonly issues: readonly IssueCount[] }) {
  if (!issues.length) return <p className="empty-text">Every row could be read as it stands.</p>
  const order = ['rejected', 'blanked', 'repaired']
  const sorted = [...issues].sort(
    (a, b) => order.indexOf(a.action) - order.indexOf(b.action) || b.count - a.count,
  )
  return (
    <PlainTable
      caption="Issues by reason"
      columns={[
        { title: 'Rows', number: true },
        { title: 'What happened' },
        { title: 'Reason' },
        { title: 'What to do' },
      ]}
      rows={sorted.map((issue) => ({
        key: `${issue.code} ${issue.action}`,
        cells: [countText(issue.count), actions[issue.action], issue.reason, issue.cure],
      }))}
    />
  )
}
