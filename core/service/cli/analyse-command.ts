import type { Filter } from '#core/contract/filter.ts'
import { everything } from '#core/contract/filter.ts'
import type { MethodCard } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { AnalysisResult } from '#core/contract/routes.ts'
import { decodeTable } from '#core/data/columns/encode-table.ts'
import { type Given, jsonOption, listOption, UsageError } from './arguments.ts'
import { addLayer, datasetGiven, type Session, withSession } from './session.ts'

export async function analyseCommand(given: Given): Promise<number> {
  const [method] = given.words
  if (method === undefined) throw new UsageError('Name the method; "hotspot methods" lists them')
  return withSession(given, async (session) => {
    const { methods } = await session.client.get<{ methods: MethodCard[] }>('/methods')
    if (!methods.some((card) => card.id === method))
      throw new InputError('E-MTH-UNKNOWN', `There is no method called “${method}”.`, {
        cure: `Methods are: ${methods.map((card) => card.id).join(', ')}.`,
      })
    const { dataset, workspace } = await datasetGiven(session, given)
    const card = methods.find((each) => each.id === method) as MethodCard
    const layers = await layersGiven(session, given, card)
    const { studyArea, weights } = workspace.state
    const result = await session.client.run<AnalysisResult>(
      '/analyses',
      {
        method,
        params: { ...jsonOption(given, 'params'), ...layers },
        dataset: dataset.id,
        filter: (jsonOption(given, 'filter') as Filter | undefined) ?? everything,
        ...(studyArea !== null && { studyArea }),
        ...(weights !== null && { weights }),
      },
      session.progress.tell,
    )
    session.progress.end()
    const { columns } = decodeTable(await session.client.bytes(`/results/${result.key}`))
    if (given.options.json) {
      const plain = Object.entries(columns).map(([name, column]) => [
        name,
        Array.from(column as ArrayLike<unknown>),
      ])
      process.stdout.write(`${JSON.stringify({ ...result, columns: Object.fromEntries(plain) })}\n`)
    } else {
      process.stdout.write(`${JSON.stringify(result.summary, null, 2)}\n`)
      for (const { text } of result.caveats) process.stdout.write(`Caveat: ${text}\n`)
      const names = Object.keys(columns)
      if (names.length > 0)
        process.stdout.write(
          `Columns (${columns[names[0]].length} rows; --json prints them): ${names.join(', ')}\n`,
        )
    }
    return 0
  })
}

/** `--layer treated=hotspots.geojson`: the file becomes a layer and is given for that setting of the method. */
async function layersGiven(
  session: Session,
  given: Given,
  card: MethodCard,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const pair of listOption(given, 'layer')) {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`--layer takes a setting and a file, as in treated=areas.geojson`)
    const name = pair.slice(0, at)
    const parameter = Object.hasOwn(card.parameters, name) ? card.parameters[name] : undefined
    if (parameter?.type !== 'layer')
      throw new UsageError(`${card.id} has no setting “${name}” that takes a layer`)
    const kind = { area: 'boundary', point: 'places', line: 'lines' }[parameter.geometry]
    found[name] = (await addLayer(session, pair.slice(at + 1), kind)).id
  }
  return found
}
