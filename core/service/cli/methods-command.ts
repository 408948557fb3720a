import type { Agreement } from '#core/contract/agreement.ts'
import type { MethodCard, Parameter } from '#core/contract/method.ts'
import { parameterText } from '#core/contract/parameter-text.ts'
import { InputError } from '#core/contract/problem.ts'
import type { MethodGroupCard } from '#core/contract/routes.ts'
import type { Given } from './arguments.ts'
import { withSession } from './session.ts'

/** `hotspot methods` lists, `hotspot methods ID` prints the card, `hotspot methods --agreement` the peers. */
export async function methodsCommand(given: Given): Promise<number> {
  return withSession(given, async ({ client }) => {
    const json = given.options.json === true
    const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
    if (given.options.agreement === true) {
      const { rows } = await client.get<{ rows: Agreement[] }>('/methods/agreement')
      if (json) print(rows)
      else process.stdout.write(agreementTable(rows))
      return 0
    }
    const { methods, groups } = await client.get<{ methods: MethodCard[]; groups: MethodGroupCard[] }>(
      '/methods',
    )
    const [id] = given.words
    if (id === undefined) {
      if (json) print(methods)
      else process.stdout.write(listOf(methods, groups))
      return 0
    }
    const card = methods.find((each) => each.id === id)
    if (!card)
      throw new InputError('E-MTH-UNKNOWN', `There is no method called “${id}”.`, {
        cure: `Methods are: ${methods.map((each) => each.id).join(', ')}.`,
      })
    if (json) print(card)
    else process.stdout.write(cardText(card))
    return 0
  })
}

function listOf(methods: readonly MethodCard[], groups: readonly MethodGroupCard[]): string {
  const width = Math.max(...methods.map((card) => card.id.length)) + 2
  return groups
    .filter((group) => group.methods.length > 0)
    .map(({ title, methods: ids }) => {
      const cards = methods.filter((card) => ids.includes(card.id))
      return `${title}\n${cards.map((card) => `  ${card.id.padEnd(width)}${card.answers}\n`).join('')}`
    })
    .join('\n')
}

/** The card as a page of text: what it answers, how, with what, and what it does not show. */
function cardText(card: MethodCard): string {
  const section = (title: string, lines: readonly string[] = []): string =>
    lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`
  return [
    `${card.title}  (${card.id} ${card.version})\n${card.answers}\n`,
    section('Formula', card.formula === undefined ? [] : card.formula.split('\n')),
    section(
      'Settings',
      Object.entries(card.parameters).flatMap(([name, parameter]) => [
        `${name}: ${parameter.title}${limits(parameter)}; default ${parameterText(parameter, parameter.default)}`,
        `  ${parameter.why}`,
      ]),
    ),
    section('Assumes', card.assumptions),
    section('Does not show', card.notShown),
    section('Beside other tools', card.compares),
    section('Caveats it may give', Object.values(card.caveats)),
    section(
      'Answers',
      Object.entries(card.summary).map(([name, words]) => `${name}: ${words}`),
    ),
    section(
      'Columns',
      card.columns.map(
        ({ name, title, unit }) => `${name}: ${title}${unit === undefined ? '' : ` (${unit})`}`,
      ),
    ),
    section('References', card.references),
  ].join('')
}

function limits(parameter: Parameter): string {
  if (parameter.type === 'choice')
    return ` (${parameter.options.map((option) => `${option.value}: ${option.title}`).join('; ')})`
  if (parameter.type === 'layer') return ` (layer of ${parameter.geometry}s)`
  if (parameter.type !== 'number' && parameter.type !== 'integer') return ''
  const { minimum, maximum, unit } = parameter
  const words = [
    minimum === undefined ? '' : `from ${minimum}`,
    maximum === undefined ? '' : `to ${maximum}`,
    unit ?? '',
  ].filter(Boolean)
  return words.length === 0 ? '' : ` (${words.join(' ')})`
}

/** One row per method and peer; what was compared stands under it, for it is a sentence. */
function agreementTable(rows: readonly Agreement[]): string {
  const head = ['method', 'peer and version', 'largest difference', 'tolerance']
  const lines = rows.map((row) => [
    row.method,
    `${row.peer} ${row.version}`.slice(0, 60),
    row.largestDifference === 0 ? '0' : row.largestDifference.toExponential(1),
    row.tolerance === 0 ? '0' : row.tolerance.toExponential(0),
  ])
  const widths = head.map((_, at) => Math.max(...[head, ...lines].map((line) => line[at].length)))
  const print = (line: readonly string[]): string =>
    `${line
      .map((cell, at) => cell.padEnd(widths[at]))
      .join('  ')
      .trimEnd()}\n`
  return print(head) + lines.map((line, at) => `${print(line)}    ${rows[at].data}\n`).join('')
}
