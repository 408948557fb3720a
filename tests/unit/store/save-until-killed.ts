/** Saves the workspace as fast as it can and tells each version once it is acknowledged, until it is killed. */
import { writeSync } from 'node:fs'
import { openWorkspace } from '#core/data/store/workspace-store.ts'

const store = openWorkspace(process.argv[2])
for (;;) {
  const { version, state } = store.state()
  writeSync(1, `${store.saveState(version, { ...state, force: `force at ${version + 1}` })}\n`)
}
