import { Search } from 'lucide-react'
import { useState } from 'react'
import { Input, SearchField } from 'react-aria-components'

export interface ListSearchProps {
  readonly working: boolean
  /** The words to look for; empty when they are taken away. */
  readonly onSearch: (words: string) => void
}

/** Looks for words within the list, without changing the selection. */
export function ListSearch({ working, onSearch }: ListSearchProps) {
  const [words, setWords] = useState('')
  return (
    <SearchField
      className="list-search"
      aria-label="Find words in the list"
      value={words}
      onChange={setWords}
      onSubmit={onSearch}
      onClear={() => onSearch('')}
      onKeyDown={(event) => {
        // The first Escape empties the box; only the next one closes the list.
        if (event.key !== 'Escape' || words === '') event.continuePropagation()
      }}
    >
      <Search size={14} aria-hidden="true" />
      <Input className="input" placeholder={working ? 'Looking…' : 'Find in the list, then Enter'} />
    </SearchField>
  )
}
