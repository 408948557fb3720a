import { copyFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { everything, type Filter } from '#core/contract/filter.ts'
import type { PackInfo } from '#core/contract/routes.ts'
import type { HotspotPlan } from '#core/contract/workspace.ts'
import { type Given, jsonOption, neededOption, textOption } from './arguments.ts'
import { datasetGiven, type Session, withSession } from './session.ts'

export async function packCommand(given: Given): Promise<number> {
  const out = resolve(neededOption(given, 'out'))
  const pack = await withSession(given, async (session) => {
    const { dataset, workspace } = await datasetGiven(session, given)
    const { plan, filter } = workspace.state
    const chosen: HotspotPlan = {
      dataset: dataset.id,
      filter: (jsonOption(given, 'filter') as Filter | undefined) ?? plan?.filter ?? filter ?? everything,
      params: jsonOption(given, 'params') ?? plan?.params ?? {},
      decisions:
        plan?.dataset === dataset.id &&
        given.options.filter === undefined &&
        given.options.params === undefined
          ? plan.decisions
          : [],
    }
    return writePack(session, chosen, out, textOption(given, 'title'), textOption(given, 'author'))
  })
  if (given.options.json) process.stdout.write(`${JSON.stringify({ ...pack, folder: out })}\n`)
  else process.stdout.write(packSummary(pack, out))
  return 0
}

/** Makes the pack in the workspace, then copies its files out. */
export async function writePack(
  session: Session,
  plan: HotspotPlan,
  out: string,
  title?: string,
  author?: string,
): Promise<PackInfo> {
  const pack = await session.client.run<PackInfo>(
    '/packs',
    { plan, ...(title !== undefined && { title }), ...(author !== undefined && { author }) },
    session.progress.tell,
  )
  session.progress.end()
  mkdirSync(out, { recursive: true })
  for (const file of pack.files) copyFileSync(join(pack.folder as string, file.name), join(out, file.name))
  return pack
}

export function packSummary(pack: PackInfo, out: string): string {
  const percent = (share: number | null) =>
    share === null || !Number.isFinite(share) ? 'not known' : `${(share * 100).toFixed(1)}%`
  const harm = Number.isFinite(pack.shareOfHarm ?? Number.NaN)
    ? `${percent(pack.shareOfHarm)} of the harm and `
    : ''
  return [
    `${pack.hotspots} hotspots hold ${harm}${percent(pack.shareOfCount)} of the incidents in ${percent(pack.shareOfArea)} of the area.`,
    `Written to ${out}:`,
    ...pack.files.map(
      (file) => `  ${file.name} (${Math.ceil(file.bytes / 1000).toLocaleString('en-GB')} kB)`,
    ),
    '',
  ].join('\n')
}
