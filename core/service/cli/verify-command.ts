import { resolve } from 'node:path'
import { readClaim } from '#core/data/pack/read-claim.ts'
import type { Verification } from '../pack/verify-pack.ts'
import { type Given, listOption, textOption, UsageError } from './arguments.ts'
import { datasetGiven, withSession } from './session.ts'

/** Exit code 0 when every figure comes out the same, 5 when one does not. */
export async function verifyCommand(given: Given): Promise<number> {
  const [pack] = given.words
  if (pack === undefined) throw new UsageError('Name the pack: its PDF, its provenance.json or their folder')
  if (textOption(given, 'workspace') === undefined && listOption(given, 'input').length === 0)
    throw new UsageError('Name the data: --workspace DIR, or the original files with --input')
  const claim = readClaim(resolve(pack))
  const result = await withSession(given, async (session) => {
    if (listOption(given, 'input').length > 0) await datasetGiven(session, given)
    return session.client.run<Verification>('/verifications', claim, session.progress.tell)
  })
  const { figures, agree, differ } = result
  if (given.options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else {
    process.stdout.write(
      `${agree.toLocaleString('en-GB')} of ${figures.toLocaleString('en-GB')} figures come out the same.\n`,
    )
    for (const { id, printed, now } of differ.slice(0, 20))
      process.stdout.write(`  ${id}: printed ${printed ?? 'nothing'}, now ${now ?? 'nothing'}\n`)
    if (differ.length > 20) process.stdout.write(`  … and ${differ.length - 20} more\n`)
  }
  return differ.length === 0 ? 0 : 5
}
