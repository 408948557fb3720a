import { create } from 'zustand'
import type { Problem } from '#core/contract/problem.ts'
import type { Progress } from '#core/contract/progress.ts'
import type { PackInfo, PackRequest } from '#core/contract/routes.ts'
import { problemOf } from '#renderer/api/client.ts'
import { saveFile } from '#renderer/api/download.ts'
import { runJob } from './jobs.ts'
import { saveWorkspace } from './save-workspace.ts'
import { useWorkspace } from './workspace.ts'

export interface PackStore {
  readonly status: 'none' | 'working' | 'ready' | 'failed'
  readonly progress: Progress | null
  readonly pack: PackInfo | null
  readonly problem: Problem | null
}

export const usePack = create<PackStore>(() => ({
  status: 'none',
  progress: null,
  pack: null,
  problem: null,
}))

let running: AbortController | null = null

/** Writes the briefing pack of the plan in work. The workspace is saved first: the pack carries its marking. */
export async function writePack(title: string, author: string): Promise<void> {
  const { plan } = useWorkspace.getState().state
  if (!plan) return
  const control = new AbortController()
  running = control
  usePack.setState({ status: 'working', progress: null, pack: null, problem: null })
  try {
    await saveWorkspace()
    const body: PackRequest = { plan, ...(title ? { title } : {}), ...(author ? { author } : {}) }
    const pack = await runJob<PackInfo>('Writing the pack', '/packs', body, control.signal, (progress) =>
      usePack.setState({ progress }),
    )
    usePack.setState({ status: 'ready', pack })
  } catch (error) {
    const problem = problemOf(error)
    usePack.setState({ status: problem ? 'failed' : 'none', problem })
  }
}

export function cancelPack(): void {
  running?.abort()
}

export function savePackFile(pack: string, file: string): Promise<void> {
  return saveFile(`/packs/${encodeURIComponent(pack)}/${encodeURIComponent(file)}`, file)
}
