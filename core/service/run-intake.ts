import { fork } from 'node:child_process'
import { InputError } from '#core/contract/problem.ts'
import type { IntakeAnswer, IntakeOrder } from './intake.ts'
import type { Job } from './jobs.ts'

/** A process that runs `intake.ts`; Electron starts it as a utility process, Node as a child process. */
export interface IntakeProcess {
  send(order: IntakeOrder): void
  onMessage(hear: (answer: IntakeAnswer) => void): void
  onExit(hear: (code: number | null) => void): void
  kill(): void
}

export type SpawnIntake = () => IntakeProcess

/** Heap of the intake process: a hostile file ends it, not the machine. */
export const INTAKE_HEAP_MB = 1024

export const forkIntake: SpawnIntake = () => {
  const child = fork(new URL('./intake.ts', import.meta.url), {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${INTAKE_HEAP_MB}`],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return {
    send: (order) => void child.send(order),
    onMessage: (hear) => void child.on('message', (answer) => hear(answer as IntakeAnswer)),
    onExit: (hear) => void child.on('exit', hear),
    kill: () => void child.kill('SIGKILL'),
  }
}

/** Runs one order in a fresh intake process. A process that dies is a refusal with its cause, never a crash of ours. */
export function runIntake<T>(spawn: SpawnIntake, order: IntakeOrder, job: Job): Promise<T> {
  return new Promise((resolve, reject) => {
    const intake = spawn()
    let settled = false
    const settle = (act: () => void) => {
      if (settled) return
      settled = true
      act()
      intake.kill()
    }
    job.onCancel(() => settle(() => reject(Object.assign(new Error('Cancelled'), { name: 'Cancelled' }))))
    intake.onMessage((answer) => {
      if (answer.kind === 'progress') job.tell(answer)
      else if (answer.kind === 'done') settle(() => resolve(answer.value as T))
      else if (answer.kind === 'refused') {
        const { code, title, ...detail } = answer.problem
        settle(() => reject(new InputError(code, title, detail)))
      } else settle(() => reject(new Error(answer.message)))
    })
    intake.onExit((code) =>
      settle(() =>
        reject(
          new InputError(
            'E-IMP-INTAKE',
            `Reading the file ended early (${code === null ? 'stopped' : `code ${code}`}), most likely for want of memory. Nothing was kept.`,
            {
              cure: 'Split the file, or close other programs, and try again.',
            },
          ),
        ),
      ),
    )
    if (!settled) intake.send(order)
  })
}
