/**
 * Sentences that keep hold of their numbers. `sentence` is a template tag: words go in as they are, a `[label, cell]`
 * pair is printed as the cell's text and remembered, so that no number on a page is missing from the figures file.
 */
import type { Cell } from '../figure/drawing.ts'
import type { NamedNumber, Sentence } from './page-model.ts'

type Part = string | readonly [string, Cell] | Sentence

export function sentence(strings: TemplateStringsArray, ...parts: readonly Part[]): Sentence {
  let text = strings[0]
  const numbers: NamedNumber[] = []
  parts.forEach((part, i) => {
    if (typeof part === 'string') text += part
    else if ('text' in part) {
      text += part.text
      numbers.push(...part.numbers)
    } else {
      text += part[1].text
      numbers.push({ label: part[0], cell: part[1] })
    }
    text += strings[i + 1]
  })
  return { text, numbers }
}

/** Sentences one after another, or phrases with `between` them. */
export function joinSentences(parts: readonly Sentence[], between = ' '): Sentence {
  return {
    text: parts.map(({ text }) => text).join(between),
    numbers: parts.flatMap(({ numbers }) => numbers),
  }
}
