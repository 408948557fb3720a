import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Problem } from '#core/contract/problem.ts'

/** A refusal as the core words it: what happened, where, what to do. */
export function ProblemNote({
  problem,
  children,
}: {
  readonly problem: Problem
  readonly children?: ReactNode
}) {
  const where = [
    problem.file,
    problem.row !== undefined ? `row ${problem.row.toLocaleString('en-GB')}` : '',
    problem.column ? `column ${problem.column}` : '',
  ].filter(Boolean)
  return (
    <div className="note problem" role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <div className="stack tight">
        <p className="note-title">{problem.title}</p>
        {where.length > 0 && <p>{where.join(', ')}</p>}
        {problem.cure && <p className="note-cure">{problem.cure}</p>}
        {children}
        <p className="note-code">{problem.code}</p>
      </div>
    </div>
  )
}
