import { Trash2 } from 'lucide-react'
import { parameterText } from '#core/contract/parameter-text.ts'
import type { AnalysisRequest } from '#core/contract/routes.ts'
import { cardOf } from '#renderer/state/analyse.ts'
import { useAreaName } from '#renderer/state/area-names.ts'
import { sentenceParts } from '#renderer/state/filter-sentence.ts'
import { dropRun, useRuns } from '#renderer/state/runs.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'

export interface RunHistoryProps {
  readonly onOpen: (title: string, request: AnalysisRequest) => void
}

/** Runs kept in the workspace, then those of this session: each with its selection and what was not left as it is. */
export function RunHistory({ onOpen }: RunHistoryProps) {
  const kept = useWorkspace((store) => store.state.runs) ?? []
  const runs = useRuns((store) => store.runs)
  const keptIds = new Set(kept.map((held) => held.id))
  const recent = runs.filter((run) => !keptIds.has(run.result.key))
  if (kept.length === 0 && recent.length === 0)
    return (
      <p className="empty-text">
        Nothing was run yet. Runs stay here until the window closes; keep those that matter.
      </p>
    )
  return (
    <div className="stack">
      {kept.length > 0 && (
        <section className="stack tight">
          <h3 className="label">Kept in the workspace</h3>
          <ul className="run-list">
            {kept.map((held) => (
              <li key={held.id} className="run">
                <RunText title={held.name} request={held.request} />
                <Button onPress={() => onOpen(held.name, held.request)}>Open</Button>
                <IconButton label={`Remove ${held.name}`} kind="quiet" onPress={() => dropRun(held.id)}>
                  <Trash2 size={15} />
                </IconButton>
              </li>
            ))}
          </ul>
        </section>
      )}
      {recent.length > 0 && (
        <section className="stack tight">
          <h3 className="label">Since the window was opened</h3>
          <ul className="run-list">
            {recent.map((run) => (
              <li key={run.result.key} className="run">
                <RunText title={run.title} request={run.request} />
                <Button onPress={() => onOpen(run.title, run.request)}>Open</Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function RunText({ title, request }: { readonly title: string; readonly request: AnalysisRequest }) {
  const areaName = useAreaName()
  const sentence = sentenceParts(request.filter, areaName)
    .map((part) => part.text)
    .join(', ')
  return (
    <div className="run-text">
      <strong>{title}</strong>
      <span>{sentence || 'All incidents'}</span>
      <span className="why">{changedSettings(request)}</span>
    </div>
  )
}

/** Only what differs from the defaults, in words. */
function changedSettings({ method, params }: AnalysisRequest): string {
  const card = cardOf(method)
  const changed = Object.entries(card?.parameters ?? {}).flatMap(([name, parameter]) =>
    name in params && JSON.stringify(params[name]) !== JSON.stringify(parameter.default)
      ? [`${parameter.title}: ${parameterText(parameter, params[name])}`]
      : [],
  )
  return changed.join('; ') || 'Default settings'
}
