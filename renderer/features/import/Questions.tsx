import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { Question, Reading } from '#core/contract/dataset.ts'
import { answerQuestion } from '#renderer/state/import.ts'

export interface QuestionsProps {
  readonly questions: readonly Question[]
  readonly answers: Reading
  readonly open: number
}

/** What the files leave open is asked, never guessed. */
export function Questions({ questions, answers, open }: QuestionsProps) {
  return (
    <div className={`questions ${open ? '' : 'answered'}`}>
      {questions.map((question) => (
        <RadioGroup
          key={question.about}
          className="radios"
          isRequired
          value={answers[question.about] === undefined ? null : String(answers[question.about])}
          onChange={(value) => answerQuestion(question.about, value)}
        >
          <Label className="heading">{question.text}</Label>
          {question.options.map((option) => (
            <Radio key={option.value} value={option.value} className="radio">
              <span className="dot" aria-hidden="true" />
              {option.title}
            </Radio>
          ))}
        </RadioGroup>
      ))}
    </div>
  )
}
