import { type MessagePort, Worker } from 'node:worker_threads'
import { InputError, type Problem } from '#core/contract/problem.ts'
import type { About } from '#core/contract/routes.ts'
import type { CoreWorkerData } from '../core.worker.ts'
import type { IntakeOrder } from '../intake.ts'
import type { SpawnIntake } from '../run-intake.ts'
import { askOver } from './relay.ts'

export interface Host {
  readonly handle: (request: Request) => Promise<Response>
  readonly close: () => Promise<void>
}

export interface HostOptions {
  readonly workspace: string
  readonly name?: string
  readonly shell: About['shell']
  readonly trustsPaths?: boolean
  /** How intake processes are started; absent: the core forks them itself. */
  readonly spawnIntake?: SpawnIntake
}

type CoreMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'spawn-intake'; readonly port: MessagePort }
  | { readonly kind: 'closed' }

/** Starts the core in a worker thread and relays to it. The host's own thread stays free for its windows. */
export async function startHost({ spawnIntake, ...options }: HostOptions): Promise<Host> {
  const data: CoreWorkerData = { ...options, hostSpawnsIntake: spawnIntake !== undefined }
  const worker = new Worker(new URL('../core.worker.ts', import.meta.url), { workerData: data })
  const handle = askOver(worker)
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.on('message', (message: CoreMessage) => {
      if (message.kind === 'ready') resolve()
      else if (message.kind === 'refused') {
        const { code, title, ...detail } = message.problem
        reject(new InputError(code, title, detail))
      } else if (message.kind === 'spawn-intake' && spawnIntake) relayIntake(spawnIntake, message.port)
    })
  })
  return {
    handle,
    close: () =>
      new Promise<void>((resolve) => {
        worker.once('exit', () => resolve())
        worker.postMessage({ kind: 'close' })
      }),
  }
}

function relayIntake(spawn: SpawnIntake, port: MessagePort): void {
  const intake = spawn()
  intake.onMessage((answer) => port.postMessage({ kind: 'answer', answer }))
  intake.onExit((code) => port.postMessage({ kind: 'exit', code }))
  port.on('message', (message: { kind: 'order'; order: IntakeOrder } | { kind: 'kill' }) => {
    if (message.kind === 'order') intake.send(message.order)
    else intake.kill()
  })
  port.on('close', () => intake.kill())
}
