import type { Filter } from '#core/contract/filter.ts'
import { everything } from '#core/contract/filter.ts'
import type { MethodCard } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { AnalysisResult } from '#core/contract/routes.ts'
import { decodeTable } from '#core/data/columns/encode-table.ts'
import { type Given, jsonOption, UsageError } from './arguments.ts'
import { datasetGiven, withSession } from './session.ts'

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
    const { studyArea, weights } = workspace.state
    const result = await session.client.run<AnalysisResult>(
      '/analyses',
      {
        method,
        params: jsonOption(given, 'params') ?? {},
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

export async function methodsCommand(given: Given): Promise<number> {
  return withSession(given, async ({ client }) => {
    const { methods } = await client.get<{ methods: MethodCard[] }>('/methods')
    const [id] = given.words
    const shown = id === undefined ? methods : methods.filter((card) => card.id === id)
    if (shown.length === 0)
      throw new InputError('E-MTH-UNKNOWN', `There is no method called “${id}”.`, {
        cure: `Methods are: ${methods.map((card) => card.id).join(', ')}.`,
      })
    if (given.options.json || id !== undefined)
      process.stdout.write(`${JSON.stringify(id === undefined ? shown : shown[0], null, 2)}\n`)
    else
      for (const card of shown)
        process.stdout.write(`${card.id.padEnd(18)} ${card.version}  ${card.answers}\n`)
    return 0
  })
}
