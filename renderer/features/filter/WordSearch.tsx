import { Search, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button as AriaButton, Input, SearchField } from 'react-aria-components'
import type { DatasetInfo } from '#core/contract/workspace.ts'
import { clauseOf, isText, toggled } from '#renderer/state/clauses.ts'
import { searchColumns, searchSelection, useWords, usualColumns } from '#renderer/state/text-search.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Check } from '#renderer/ui/Check.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'

/** Narrows the selection to incidents whose text contains the words, in the columns chosen. */
export function WordSearch({ dataset }: { readonly dataset: DatasetInfo }) {
  const clause = useWorkspace((store) => clauseOf(store.state.filter, isText))
  const { status, found, clause: counted, problem } = useWords()
  const [words, setWords] = useState(clause?.words ?? '')
  const [columns, setColumns] = useState<readonly string[]>(clause?.columns ?? usualColumns(dataset))
  const [choosing, setChoosing] = useState(false)
  const offered = searchColumns(dataset)
  // Taken out of the sentence, undone or opened from a kept selection: the box says what the selection says.
  useEffect(() => {
    setWords(clause?.words ?? '')
    if (clause) setColumns(clause.columns)
  }, [clause])
  if (offered.length === 0) return <p className="empty-text">These incidents hold no words to look in.</p>
  const search = (text: string, named = columns) => void searchSelection(dataset.id, text, named)
  const choose = (column: string) => {
    const next = toggled(columns, column)
    if (next.length === 0) return
    setColumns(next)
    if (clause) search(words, next)
  }
  const titles = offered.filter(({ column }) => columns.includes(column)).map(({ title }) => title)
  return (
    <div className="stack tight">
      <SearchField
        className="word-search"
        aria-label="Words to look for"
        value={words}
        onChange={setWords}
        onSubmit={(text) => search(text)}
        onClear={() => search('')}
      >
        <Search size={14} aria-hidden="true" />
        <Input className="input" placeholder="knife “high street”" />
        {words !== '' && (
          <AriaButton className="word-clear" aria-label="Remove the words">
            <X size={14} />
          </AriaButton>
        )}
      </SearchField>
      <div className="row spread">
        <span className="why" role="status">
          {status === 'working'
            ? 'Looking…'
            : clause && clause === counted && words === clause.words && found !== null
              ? `${countText(found)} of all incidents contain them`
              : 'All words must occur; Enter looks for them'}
        </span>
        {status !== 'working' && words.trim() !== (clause?.words ?? '') && (
          <Button kind="link" onPress={() => search(words)}>
            Look
          </Button>
        )}
      </div>
      <Button kind="link" className="word-in" expanded={choosing} onPress={() => setChoosing(!choosing)}>
        In: {titles.join(', ')}
      </Button>
      {choosing && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would repeat the line above
        <div className="word-columns" role="group" aria-label="Columns to look in">
          {offered.map(({ column, title }) => (
            <Check key={column} selected={columns.includes(column)} onChange={() => choose(column)}>
              {title}
            </Check>
          ))}
        </div>
      )}
      {problem && <ProblemNote problem={problem} />}
    </div>
  )
}
