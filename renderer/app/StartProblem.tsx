import type { Problem } from '#core/contract/problem.ts'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import './app.css'

/** The workbench could not start: why, and what to do. */
export function StartProblem({ problem }: { readonly problem: Problem }) {
  return (
    <main className="empty">
      <div className="empty-card">
        <h1>Hotspot Workbench</h1>
        <ProblemNote problem={problem} />
      </div>
    </main>
  )
}
