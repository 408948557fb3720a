import type { Parameter } from './method.ts'

/** A setting as it is read on a form, a page or a provenance line: its value in words, with its unit. */
export function parameterText(parameter: Parameter, value: unknown): string {
  switch (parameter.type) {
    case 'switch':
      return value ? 'yes' : 'no'
    case 'choice':
      return parameter.options.find((option) => option.value === value)?.title ?? String(value)
    case 'words':
      return (value as readonly string[]).join(', ') || 'none'
    case 'numbers':
      return withUnit((value as readonly number[]).map(numberText).join(', ') || 'none', parameter.unit)
    case 'number':
    case 'integer':
      return withUnit(numberText(Number(value)), parameter.unit)
    case 'selection':
      return value === null ? 'none' : 'another selection'
    case 'date':
    case 'text':
    case 'layer':
      return String(value) || 'none'
  }
}

function numberText(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 6 })
}

function withUnit(text: string, unit: string | undefined): string {
  return unit ? `${text} ${unit}` : text
}
