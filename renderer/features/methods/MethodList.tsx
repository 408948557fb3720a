import { useMemo, useState } from 'react'
import { Collection, Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components'
import { useMethods } from '#renderer/state/analyse.ts'
import { TextInput } from '#renderer/ui/TextInput.tsx'

export interface MethodListProps {
  readonly chosen: string
  readonly onChoose: (id: string) => void
}

/** Every method under the question it belongs to; typing narrows the list by title and by what it answers. */
export function MethodList({ chosen, onChoose }: MethodListProps) {
  const { cards, groups } = useMethods()
  const [sought, setSought] = useState('')
  const sections = useMemo(() => {
    const words = sought.toLowerCase().split(/\s+/).filter(Boolean)
    return groups
      .map((group) => ({
        id: group.title,
        cards: group.methods
          .flatMap((id) => cards.find((card) => card.id === id) ?? [])
          .filter((card) => {
            const text = `${card.title} ${card.answers} ${card.id}`.toLowerCase()
            return words.every((word) => text.includes(word))
          }),
      }))
      .filter((group) => group.cards.length > 0)
  }, [cards, groups, sought])
  return (
    <div className="analyse-list stack tight">
      <TextInput
        label="Find a method"
        hideLabel
        placeholder="Find a method"
        value={sought}
        onChange={setSought}
      />
      <ListBox
        className="analyse-methods scroll"
        aria-label="Methods"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[chosen]}
        onSelectionChange={(keys) => {
          const [key] = keys
          if (key !== undefined) onChoose(String(key))
        }}
        items={sections}
        renderEmptyState={() => <p className="empty-text">No method of that name.</p>}
      >
        {(section) => (
          <ListBoxSection id={section.id}>
            <Header className="label analyse-group">{section.id}</Header>
            <Collection items={section.cards}>
              {(card) => (
                <ListBoxItem id={card.id} className="option" textValue={card.title}>
                  {card.title}
                </ListBoxItem>
              )}
            </Collection>
          </ListBoxSection>
        )}
      </ListBox>
    </div>
  )
}
