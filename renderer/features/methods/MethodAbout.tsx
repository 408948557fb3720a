import type { MethodCard } from '#core/contract/method.ts'

/** The card of a method: what it answers, what it assumes, where it comes from. */
export function MethodAbout({ card }: { readonly card: MethodCard }) {
  return (
    <div className="stack method-about">
      <p>{card.answers}</p>
      <List title="Assumes" items={card.assumptions} />
      <List title="Beside other tools" items={card.compares ?? []} />
      <List title="Caveats it may give" items={Object.values(card.caveats)} />
      <List title="References" items={card.references} />
      <p className="why">
        {card.id} {card.version}
      </p>
    </div>
  )
}

function List({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (!items.length) return null
  return (
    <section>
      <h3 className="label">{title}</h3>
      <ul className="bullets">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  )
}
