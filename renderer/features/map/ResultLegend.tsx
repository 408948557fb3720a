import { X } from 'lucide-react'
import { cssColour } from '#renderer/map/colours.ts'
import type { Classes } from '#renderer/map/result-classes.ts'
import { cardOf } from '#renderer/state/analyse.ts'
import { type ShownResult, showOnMap } from '#renderer/state/runs.ts'
import { setView } from '#renderer/state/view.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { countText, valueText } from '#renderer/ui/numbers.ts'

/** What the colours of a result mean, which method and column they show, and how to take it off the map. */
export function ResultLegend({ shown, classes }: { readonly shown: ShownResult; readonly classes: Classes }) {
  const { caveats } = shown.run.result
  const words = cardOf(shown.run.request.method)?.columns.find(({ name }) => name === shown.column)?.words
  return (
    <div className="legend">
      <div className="row spread">
        <p className="legend-title">
          {shown.title}
          {shown.unit ? `, ${shown.unit}` : ''}
        </p>
        <IconButton label="Take the result off the map" kind="quiet" onPress={() => showOnMap(null)}>
          <X size={14} />
        </IconButton>
      </div>
      <ul className="legend-steps">
        {classes.edges.map((edge, at) => (
          <li key={edge}>
            <span className="legend-colour" style={{ background: cssColour(classes.colours[at]) }} />
            <span className="figures">{words?.[edge] ?? classText(classes, at)}</span>
          </li>
        ))}
      </ul>
      <p className="legend-note">{shown.run.title}</p>
      {caveats.length > 0 && (
        <Button kind="link" onPress={() => setView({ dialog: 'analyse', method: shown.run.request.method })}>
          {caveats.length === 1 ? 'One caveat' : `${countText(caveats.length)} caveats`}
        </Button>
      )}
    </div>
  )
}

function classText({ edges, whole }: Classes, at: number): string {
  const edge = edges[at]
  const next = edges[at + 1]
  if (whole) return valueText(edge)
  if (edge === -Infinity) return `under ${valueText(next)}`
  return next === undefined ? `${valueText(edge)} or more` : `${valueText(edge)} to ${valueText(next)}`
}
