import type { MethodCard, NumbersParameter, Parameter, Parameters, Values } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { minutesOfDate } from './wall-clock.ts'

/**
 * The values a method will run with: what was given, checked against the card, defaults for the rest. Refuses
 * unknown names, wrong types and values outside the stated range, each by name.
 *
 * @throws InputError E-PRM-UNKNOWN, E-PRM-TYPE, E-PRM-RANGE, E-PRM-CHOICE
 */
export function readParameters<P extends Parameters>(
  card: MethodCard<P>,
  raw: Readonly<Record<string, unknown>>,
): Values<P> {
  for (const name of Object.keys(raw))
    if (!Object.hasOwn(card.parameters, name))
      throw new InputError('E-PRM-UNKNOWN', `${card.title} has no setting called “${name}”.`, {
        column: name,
        cure: `Settings are: ${Object.keys(card.parameters).join(', ')}.`,
      })
  const values: Record<string, unknown> = {}
  for (const [name, parameter] of Object.entries(card.parameters))
    values[name] = Object.hasOwn(raw, name) ? checked(card, name, parameter, raw[name]) : parameter.default
  return values as Values<P>
}

function checked(card: MethodCard, name: string, parameter: Parameter, value: unknown): unknown {
  const refuse = (code: string, what: string): never => {
    throw new InputError(code, `${card.title}: “${parameter.title}” ${what}.`, { column: name })
  }
  switch (parameter.type) {
    case 'number':
    case 'integer': {
      if (typeof value !== 'number' || !Number.isFinite(value))
        return refuse('E-PRM-TYPE', 'must be a number')
      if (parameter.type === 'integer' && !Number.isInteger(value))
        return refuse('E-PRM-TYPE', 'must be a whole number')
      const { minimum = -Infinity, maximum = Infinity, unit = '' } = parameter
      if (value < minimum) return refuse('E-PRM-RANGE', `must be at least ${minimum} ${unit}`.trimEnd())
      if (value > maximum) return refuse('E-PRM-RANGE', `must be at most ${maximum} ${unit}`.trimEnd())
      return value
    }
    case 'choice':
      if (!parameter.options.some((option) => option.value === value))
        return refuse(
          'E-PRM-CHOICE',
          `must be one of ${parameter.options.map((option) => option.value).join(', ')}`,
        )
      return value
    case 'switch':
      return typeof value === 'boolean' ? value : refuse('E-PRM-TYPE', 'must be true or false')
    case 'numbers':
      return numbers(parameter, value, refuse)
    case 'date':
      if (value === '') return value
      if (typeof value !== 'string') return refuse('E-PRM-TYPE', 'must be a date, YYYY-MM-DD')
      minutesOfDate(value)
      return value
    case 'text':
      return typeof value === 'string' ? value : refuse('E-PRM-TYPE', 'must be text')
    case 'layer':
      return typeof value === 'string' ? value : refuse('E-PRM-TYPE', 'must be the id of a layer')
    case 'selection':
      return value === null || (typeof value === 'object' && 'clauses' in value)
        ? value
        : refuse('E-PRM-TYPE', 'must be a filter: {"clauses": […]}')
    case 'words':
      return Array.isArray(value) && value.every((word) => typeof word === 'string')
        ? value
        : refuse('E-PRM-TYPE', 'must be a list of words')
  }
}

function numbers(
  parameter: NumbersParameter,
  value: unknown,
  refuse: (code: string, what: string) => never,
): unknown {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'number' && Number.isFinite(each)))
    return refuse('E-PRM-TYPE', 'must be a list of numbers')
  const { minimum = -Infinity, maximum = Infinity, unit = '' } = parameter
  for (let i = 0; i < value.length; i++) {
    if (value[i] < minimum) return refuse('E-PRM-RANGE', `must be at least ${minimum} ${unit}`.trimEnd())
    if (value[i] > maximum) return refuse('E-PRM-RANGE', `must be at most ${maximum} ${unit}`.trimEnd())
    if (parameter.increasing && i > 0 && value[i] <= value[i - 1])
      return refuse('E-PRM-RANGE', 'must rise from each number to the next')
  }
  return value
}
