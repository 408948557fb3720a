import type { LayerParameter } from '#core/contract/method.ts'
import { setView } from '#renderer/state/view.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'

export interface LayerFieldProps {
  readonly parameter: LayerParameter
  readonly value: string
  readonly onChange: (id: string) => void
}

const kinds = { area: 'boundary', point: 'places', line: 'lines' } as const
const what = { area: 'areas', point: 'places', line: 'streets' } as const

/** A layer of the workspace of the kind a setting asks for. */
export function LayerField({ parameter, value, onChange }: LayerFieldProps) {
  const layers = useWorkspace((store) => store.layers)
  const fitting = layers.filter((layer) => layer.kind === kinds[parameter.geometry])
  if (fitting.length === 0)
    return (
      <div className="field">
        <span>{parameter.title}</span>
        <span className="why">
          The workspace holds no layer of {what[parameter.geometry]}. {parameter.why}
        </span>
        <Button kind="link" onPress={() => setView({ dialog: 'layers' })}>
          Add a layer…
        </Button>
      </div>
    )
  const none = parameter.required ? [] : [{ value: '', title: 'None' }]
  return (
    <Choice
      label={parameter.title}
      options={[...none, ...fitting.map((layer) => ({ value: layer.id, title: layer.name }))]}
      value={value === '' && parameter.required ? null : value}
      onChange={onChange}
      why={parameter.why}
    />
  )
}
