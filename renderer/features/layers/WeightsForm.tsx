import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { Problem } from '#core/contract/problem.ts'
import { problemOf } from '#renderer/api/client.ts'
import { addWeights } from '#renderer/state/layers.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'

/** A table of harm weights is named, versioned and sourced before it may rank anything. */
export function WeightsForm({ onProblem }: { readonly onProblem: (problem: Problem | null) => void }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [version, setVersion] = useState('')
  const [unit, setUnit] = useState('days')
  const [source, setSource] = useState('')
  const [file, setFile] = useState<File | null>(null)
  if (!open)
    return (
      <div>
        <Button onPress={() => setOpen(true)}>Add harm weights…</Button>
      </div>
    )
  const ready = file && name.trim() && version.trim() && unit.trim()
  const add = async () => {
    if (!file) return
    onProblem(null)
    try {
      await addWeights(file, {
        name: name.trim(),
        version: version.trim(),
        unit: unit.trim(),
        source: source.trim(),
      })
      setOpen(false)
      setFile(null)
    } catch (error) {
      onProblem(problemOf(error))
    }
  }
  return (
    <fieldset className="weights-form">
      <legend className="heading">Add harm weights</legend>
      <div className="fields">
        <div className="field">
          <span className="label">Table (CSV with columns offence and weight)</span>
          <FileTrigger
            acceptedFileTypes={['.csv', 'text/csv']}
            onSelect={(list) => {
              const chosen = list?.[0] ?? null
              setFile(chosen)
              if (chosen && !name) setName(chosen.name.replace(/\.csv$/i, ''))
            }}
          >
            <Button>{file ? file.name : 'Choose a file…'}</Button>
          </FileTrigger>
        </div>
        <TextInput label="Name" value={name} onChange={setName} required />
        <TextInput
          label="Version"
          value={version}
          onChange={setVersion}
          required
          why="As its publisher gives it, e.g. February 2026."
        />
        <TextInput label="Unit" value={unit} onChange={setUnit} required />
        <TextInput
          label="Source"
          value={source}
          onChange={setSource}
          why="Printed with every figure of harm."
        />
      </div>
      <div className="row">
        <Button kind="main" disabled={!ready} onPress={() => void add()}>
          Add weights
        </Button>
        <Button onPress={() => setOpen(false)}>Cancel</Button>
      </div>
    </fieldset>
  )
}
