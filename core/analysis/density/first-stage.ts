import type { Control } from '#core/contract/method.ts'

const LOOK_EVERY_MS = 25
const LOST_AFTER_MS = 5000

/**
 * Two stages in one list of numbered parts: the parts of the first stage come first in the list, and each part of the
 * second calls this before it starts. Parts are taken in the order of their numbers, so the first stage is at least
 * begun by then; what another worker still has in hand is waited for, and what it lost (it died, or hangs) is done
 * here once more. That is safe because a part of the first stage writes the same bytes every time.
 *
 * @param done shared, one number per part of the first stage, 1 when it is done
 * @param part does one of them and marks it
 */
export function awaitFirstStage(done: Int32Array, part: (index: number) => void, control: Control): void {
  for (let index = 0; index < done.length; index++) {
    for (let waited = 0; Atomics.load(done, index) === 0; waited += LOOK_EVERY_MS) {
      control.tick(0)
      if (waited >= LOST_AFTER_MS) part(index)
      else Atomics.wait(done, index, 0, LOOK_EVERY_MS)
    }
  }
}

/** Says that a part of the first stage is done, and wakes those who wait for it. */
export function markDone(done: Int32Array, index: number): void {
  Atomics.store(done, index, 1)
  Atomics.notify(done, index)
}
