/** The core in its own thread: opens the workspace, then answers what the host relays. */
import { MessageChannel, type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { InputError, toProblem } from '#core/contract/problem.ts'
import { type CoreOptions, createCore } from './core.ts'
import type { IntakeAnswer } from './intake.ts'
import type { SpawnIntake } from './run-intake.ts'
import { answerOver } from './transport/relay.ts'

export interface CoreWorkerData extends Omit<CoreOptions, 'spawnIntake'> {
  /** The host starts intake processes (Electron can only do so from its main process). */
  readonly hostSpawnsIntake: boolean
}

const port = parentPort
if (!port) throw new Error('core.worker.ts is started by the host, as a worker thread')
const { hostSpawnsIntake, ...options } = workerData as CoreWorkerData

const spawnByHost: SpawnIntake = () => {
  const channel = new MessageChannel()
  const near: MessagePort = channel.port1
  port.postMessage({ kind: 'spawn-intake', port: channel.port2 }, [channel.port2])
  return {
    send: (order) => near.postMessage({ kind: 'order', order }),
    onMessage: (hear) =>
      void near.on('message', (message: { kind: string; answer: IntakeAnswer }) => {
        if (message.kind === 'answer') hear(message.answer)
      }),
    onExit: (hear) =>
      void near.on('message', (message: { kind: string; code: number | null }) => {
        if (message.kind === 'exit') hear(message.code)
      }),
    kill: () => {
      near.postMessage({ kind: 'kill' })
      near.close()
    },
  }
}

try {
  const core = createCore(hostSpawnsIntake ? { ...options, spawnIntake: spawnByHost } : options)
  answerOver(port, core.handle)
  port.on('message', async (message: { kind: string }) => {
    if (message.kind !== 'close') return
    await core.close()
    port.postMessage({ kind: 'closed' })
    port.close()
  })
  port.postMessage({ kind: 'ready' })
} catch (error) {
  if (!(error instanceof InputError)) throw error
  port.postMessage({ kind: 'refused', problem: toProblem(error) })
}
