import { basename } from 'node:path'
import { type Given, neededOption, textOption, UsageError } from './arguments.ts'
import { addLayer, addWeights, changeState, withSession } from './session.ts'

export async function layerCommand(given: Given): Promise<number> {
  neededOption(given, 'workspace')
  const kind = neededOption(given, 'kind')
  if (given.words.length === 0) throw new UsageError('Name the file of the layer')
  const added = await withSession(given, async (session) => {
    const results: unknown[] = []
    for (const path of given.words) {
      const name = textOption(given, 'name') ?? basename(path)
      if (kind === 'weights') {
        const table = await addWeights(session, path, {
          name,
          version: textOption(given, 'table-version') ?? '1',
          unit: textOption(given, 'unit') ?? '',
          source: textOption(given, 'source') ?? '',
        })
        await changeState(session, (state) => ({ ...state, weights: table.id }))
        results.push(table)
      } else {
        const layer = await addLayer(session, path, kind, name, textOption(given, 'source'))
        // The first boundary becomes the study area, so that shares of area have something to be shares of.
        if (kind === 'boundary')
          await changeState(session, (state) => ({
            ...state,
            studyArea: state.studyArea ?? layer.id,
            areaLayer: layer.id,
          }))
        results.push(layer)
      }
    }
    return results
  })
  if (given.options.json) process.stdout.write(`${JSON.stringify(added)}\n`)
  else process.stdout.write(`Added ${given.words.map((path) => basename(path)).join(', ')} as ${kind}.\n`)
  return 0
}
