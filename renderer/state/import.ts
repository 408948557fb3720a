import { create } from 'zustand'
import type { Mapping, Preview, Reading } from '#core/contract/dataset.ts'
import type { Problem } from '#core/contract/problem.ts'
import type { Progress } from '#core/contract/progress.ts'
import type { ImportRequest, PreviewRequest } from '#core/contract/routes.ts'
import type { DatasetInfo } from '#core/contract/workspace.ts'
import { problemOf } from '#renderer/api/client.ts'
import { uploadFile } from '#renderer/api/upload.ts'
import { runJob, trackJob } from './jobs.ts'
import { refreshLists } from './save-workspace.ts'
import { editWorkspace } from './workspace.ts'

export interface ImportStore {
  readonly step: 'choose' | 'check' | 'run' | 'done'
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly upload: string }[]
  readonly sending: { readonly name: string; readonly bytes: number; readonly total: number } | null
  readonly previewing: boolean
  readonly preview: Preview | null
  readonly profile: string | null
  /** As the analyst changed it; null leaves it to the profile. */
  readonly mapping: Mapping | null
  readonly reading: Reading
  readonly name: string
  readonly saveAs: string
  readonly progress: Progress | null
  readonly result: DatasetInfo | null
  readonly problem: Problem | null
}

const fresh: ImportStore = {
  step: 'choose',
  files: [],
  sending: null,
  previewing: false,
  preview: null,
  profile: null,
  mapping: null,
  reading: {},
  name: '',
  saveAs: '',
  progress: null,
  result: null,
  problem: null,
}

export const useImport = create<ImportStore>(() => fresh)

let running: AbortController | null = null

/** Stops whatever runs and starts again at the first step. */
export function resetImport(): void {
  running?.abort()
  running = null
  useImport.setState(fresh)
}

function begin(): AbortController {
  running?.abort()
  running = new AbortController()
  useImport.setState({ problem: null })
  return running
}

/** Sends the chosen files to the core, then shows what they are. */
export async function sendFiles(
  files: readonly { readonly file: File; readonly name: string }[],
): Promise<void> {
  if (!files.length) return
  const control = begin()
  const total = files.reduce((sum, held) => sum + held.file.size, 0)
  const sent: ImportStore['files'][number][] = [...useImport.getState().files]
  let before = 0
  try {
    await trackJob(
      'Reading files',
      async (signal, tell) => {
        for (const { file, name } of files) {
          const upload = await uploadFile(file, name, signal, (bytes) => {
            useImport.setState({ sending: { name, bytes: before + bytes, total } })
            tell({ kind: 'progress', stage: `Sending ${name}`, done: (before + bytes) / total })
          })
          before += file.size
          sent.push({ name, bytes: file.size, upload })
        }
      },
      control.signal,
    )
    useImport.setState({ files: sent, sending: null })
    await preview()
  } catch (error) {
    if (running === control) useImport.setState({ sending: null, problem: problemOf(error) })
  }
}

/** Asks how the files would be read with the mapping and reading as they stand. */
export async function preview(): Promise<void> {
  const control = begin()
  const { files, profile, mapping, reading } = useImport.getState()
  const body: PreviewRequest = {
    files: files.map(({ upload }) => ({ upload })),
    ...(profile ? { profile } : {}),
    ...(mapping ? { mapping } : {}),
    ...(Object.keys(reading).length ? { reading } : {}),
  }
  useImport.setState({ previewing: true })
  try {
    const answer = await runJob<Preview>('Checking files', '/previews', body, control.signal)
    if (running !== control) return
    useImport.setState((held) => ({
      step: 'check',
      preview: answer,
      previewing: false,
      name: held.name || suggestedName(answer),
    }))
  } catch (error) {
    if (running === control) useImport.setState({ previewing: false, problem: problemOf(error) })
  }
}

/** The force and span of the files where they tell, else what their names have in common. */
export function suggestedName(answer: Pick<Preview, 'coverage' | 'files'>): string {
  const names = answer.files.map((file) =>
    file.name.replace(/^.*\//, '').replace(/(\.(csv|gz|zip|txt))+$/i, ''),
  )
  const dated = names.flatMap((name) => /^\d{4}-\d{2}(?=-)/.exec(name)?.[0] ?? [])
  const covered = answer.coverage.map((cell) => cell.month)
  const months = [...new Set(covered.length ? covered : dated)].sort()
  const forces = [...new Set(answer.coverage.map((cell) => cell.force))].filter(Boolean)
  const bare = names.map((name) => name.replace(/^\d{4}-\d{2}-/, ''))
  let common = bare[0] ?? ''
  for (const name of bare) while (!name.startsWith(common)) common = common.slice(0, -1)
  if (names.length === 1 && !forces.length) return names[0]
  const lead = forces.length === 1 ? forces[0] : common.replace(/[\s_\-\d]+$/, '')
  const span = months.length > 1 ? `${months[0]} to ${months.at(-1)}` : (months[0] ?? '')
  return [lead, span].filter(Boolean).join(' ') || (names[0] ?? '')
}

/** A profile's mapping without the columns these files do not hold. */
export function heldMapping(mapping: Mapping, columns: readonly string[]): Mapping {
  const held: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(mapping)) {
    if (
      typeof value === 'string'
        ? columns.includes(value)
        : value.every((name: string) => columns.includes(name))
    )
      held[field] = value
  }
  return held
}

/** Chooses a saved profile, or the proposal again, and checks anew. */
export function chooseProfile(profile: string | null): void {
  useImport.setState({ profile, mapping: null, reading: {} })
  void preview()
}

export function setMapping(mapping: Mapping): void {
  useImport.setState({ mapping })
  void preview()
}

export function answerQuestion(about: keyof Reading, value: string): void {
  const typed = value === 'true' ? true : value === 'false' ? false : value
  useImport.setState((held) => ({ reading: { ...held.reading, [about]: typed } }))
  void preview()
}

/** Questions the analyst has not answered yet; an import with one open would be refused. */
export function openQuestions(held: ImportStore): number {
  return (held.preview?.questions ?? []).filter((question) => held.reading[question.about] === undefined)
    .length
}

/** Imports and makes the dataset the one in work. */
export async function runImport(): Promise<void> {
  const control = begin()
  const held = useImport.getState()
  const body: ImportRequest = {
    files: held.files.map(({ upload }) => ({ upload })),
    ...(held.name ? { name: held.name } : {}),
    ...(held.profile ? { profile: held.profile } : {}),
    ...(held.mapping ? { mapping: held.mapping } : {}),
    ...(Object.keys(held.reading).length ? { reading: held.reading } : {}),
    ...(held.saveAs ? { saveProfileAs: held.saveAs } : {}),
  }
  useImport.setState({ step: 'run', progress: null })
  try {
    const result = await runJob<DatasetInfo>('Importing', '/imports', body, control.signal, (progress) =>
      useImport.setState({ progress }),
    )
    await refreshLists()
    editWorkspace({ dataset: result.id, filter: { clauses: [] } })
    if (running === control) useImport.setState({ step: 'done', result })
  } catch (error) {
    if (running === control) useImport.setState({ step: 'check', problem: problemOf(error) })
  }
}

/** Stops the import; nothing of it is kept. */
export function cancelImport(): void {
  running?.abort()
  useImport.setState({ step: 'check', progress: null })
}
