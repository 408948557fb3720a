import { Download } from 'lucide-react'
import { useState } from 'react'
import type { Problem } from '#core/contract/problem.ts'
import type { DatasetInfo } from '#core/contract/workspace.ts'
import { problemOf } from '#renderer/api/client.ts'
import { saveIssues } from '#renderer/state/datasets.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import { CoverageGrid } from './CoverageGrid.tsx'
import { IssueTable } from './IssueTable.tsx'

/** What became of every row, and the list of those that need attention. */
export function ImportResult({ dataset }: { readonly dataset: DatasetInfo }) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const { duplicates } = dataset
  const facts: readonly (readonly [string, number])[] = [
    ['Rows read', dataset.rowsRead],
    ['Incidents kept', dataset.rowsKept],
    ['Not taken', dataset.rowsRejected],
    ['With a location', dataset.located],
    ['Identical rows', duplicates.identical],
    ['Repeated references', duplicates.repeatedRef],
  ]
  return (
    <div className="stack">
      <dl className="result-facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="figures">{countText(value)}</dd>
          </div>
        ))}
      </dl>
      {dataset.warnings.length > 0 && (
        <ul className="note warning warnings">
          {dataset.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <CoverageGrid cells={dataset.coverage} />
      <IssueTable issues={dataset.issues} />
      {dataset.issues.length > 0 && (
        <div>
          <Button
            onPress={() => {
              saveIssues(dataset.id, dataset.name).catch((error) => setProblem(problemOf(error)))
            }}
          >
            <Download size={15} />
            Save the list of these rows (CSV)
          </Button>
        </div>
      )}
      {problem && <ProblemNote problem={problem} />}
    </div>
  )
}
