/** What the files leave open: asked, never guessed. */
import type { Question, Reading } from '#core/contract/dataset.ts'
import { InputError } from '#core/contract/problem.ts'
import type { CoordinateEvidence } from './sniff/sniff-coordinates.ts'
import { type DateEvidence, dateOrderOf } from './sniff/sniff-dates.ts'
import type { Survey } from './survey.ts'

const delimiterTitles: Readonly<Record<string, string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Vertical bar',
}

export function askedQuestions(
  reading: Reading,
  surveys: readonly Survey[],
  dates: DateEvidence,
  coordinates: CoordinateEvidence,
): Question[] {
  const questions: Question[] = []
  const unsure = surveys.find((survey) => !survey.encodingCertain)
  if (unsure && !reading.encoding) questions.push(encodingQuestion(unsure))
  const rivalled = surveys.find((survey) => survey.rivals.length > 0)
  if (rivalled && !reading.delimiter)
    questions.push({
      about: 'delimiter',
      text: `Which character separates the values in ${rivalled.source.name}?`,
      options: [rivalled.delimiter, ...rivalled.rivals].map((value) => ({
        value,
        title: delimiterTitles[value],
      })),
    })
  if (dateOrderOf(dates) === 'ask' && !reading.dateOrder) questions.push(dateQuestion(dates))
  if (coordinates.comma !== '' && reading.decimalComma === undefined)
    questions.push({
      about: 'decimalComma',
      text: `What does the comma in coordinates such as ${coordinates.comma} stand for?`,
      options: [
        { value: 'true', title: 'The decimal point' },
        { value: 'false', title: 'Thousands' },
      ],
    })
  return questions
}

/** Refuses to go on while something is open (E-IMP-ASK). */
export function refuseOpenQuestions(questions: readonly Question[]): void {
  const [first] = questions
  if (!first) return
  throw new InputError('E-IMP-ASK', `${first.text} Nothing was imported.`, {
    column: first.about,
    detail: questions.map((question) => question.text).join(' '),
    cure: `Answer “${first.about}” with ${first.options.map((option) => option.value).join(' or ')}.`,
  })
}

function encodingQuestion(survey: Survey): Question {
  const wide = survey.encoding === 'utf-16le' || survey.encoding === 'utf-16be'
  return {
    about: 'encoding',
    text: wide
      ? `${survey.source.name} looks like UTF-16 text without its mark. Is it?`
      : `${survey.source.name} holds characters that are not UTF-8. Which encoding was it written in?`,
    options: wide
      ? [
          {
            value: survey.encoding,
            title: `UTF-16 (${survey.encoding === 'utf-16le' ? 'little' : 'big'}-endian)`,
          },
          { value: 'utf-8', title: 'UTF-8' },
        ]
      : [
          { value: 'windows-1252', title: 'Windows-1252 (Western European)' },
          { value: 'utf-8', title: 'UTF-8' },
        ],
  }
}

function dateQuestion(dates: DateEvidence): Question {
  return {
    about: 'dateOrder',
    text:
      dates.dayFirst > 0 && dates.monthFirst > 0
        ? 'Some dates can only be day-first and others only month-first. Which order do the rest have?'
        : 'Dates such as 03/04/2025 can be read both ways. Which comes first?',
    options: [
      { value: 'day-first', title: 'The day: 3 April' },
      { value: 'month-first', title: 'The month: 4 March' },
    ],
  }
}
