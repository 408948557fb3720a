import { valueText } from '#renderer/ui/numbers.ts'
import { PlainTable } from '#renderer/ui/PlainTable.tsx'

type Row = Readonly<Record<string, unknown>>

function cellText(value: unknown): string {
  if (typeof value === 'number') return valueText(value)
  if (value === null || value === undefined) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isRows(value: unknown): value is readonly Row[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((held) => typeof held === 'object' && held !== null && !Array.isArray(held))
  )
}

/** The name of a field as it is read: `meanAbsoluteError` is Mean absolute error. */
function inWords(name: string): string {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** A small group such as {from, to, count}; grids and outlines are for the map. */
function isGroup(name: string, value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && name !== 'grid'
}

/** Any summary as plain tables: single figures first, lists of rows after, with the card's words for each field. */
export function SummaryView({
  summary,
  words,
}: {
  readonly summary: unknown
  readonly words: Readonly<Record<string, string>>
}) {
  const entries = Object.entries((summary ?? {}) as Row)
  const single = entries.filter(([, value]) => value === null || typeof value !== 'object')
  const groups = entries.filter((entry): entry is [string, Row] => isGroup(...entry))
  const flat = entries.filter(
    ([, value]) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((held) => typeof held !== 'object' || held === null),
  )
  const rows = entries.filter((entry): entry is [string, readonly Row[]] => isRows(entry[1]))
  return (
    <div className="stack">
      {single.length > 0 && (
        <PlainTable
          caption="Figures"
          columns={[{ title: 'Figure' }, { title: 'Value', number: true }]}
          rows={single.map(([name, value]) => ({ key: name, cells: [words[name] ?? name, cellText(value)] }))}
        />
      )}
      {groups.map(([name, group]) => (
        <section key={name} className="stack tight">
          <h3 className="label">{words[name] ?? name}</h3>
          <PlainTable
            caption={words[name] ?? name}
            columns={[{ title: 'Figure' }, { title: 'Value', number: true }]}
            rows={Object.entries(group)
              .filter(([, value]) => value === null || typeof value !== 'object')
              .map(([key, value]) => ({ key, cells: [inWords(key), cellText(value)] }))}
          />
        </section>
      ))}
      {flat.map(([name, value]) => (
        <section key={name} className="stack tight">
          <h3 className="label">{words[name] ?? name}</h3>
          <p className="figures">{(value as readonly unknown[]).slice(0, 400).map(cellText).join(', ')}</p>
        </section>
      ))}
      {rows.map(([name, list]) => {
        const columns = Object.keys(list[0]).filter(
          (key) => typeof list[0][key] !== 'object' || list[0][key] === null,
        )
        return (
          <section key={name} className="stack tight">
            <h3 className="label">{words[name] ?? name}</h3>
            <div className="scroll">
              <PlainTable
                caption={words[name] ?? name}
                columns={columns.map((key) => ({
                  title: inWords(key),
                  number: typeof list[0][key] === 'number',
                }))}
                rows={list.slice(0, 500).map((row, index) => ({
                  key: String(index),
                  cells: columns.map((key) => cellText(row[key])),
                }))}
              />
            </div>
          </section>
        )
      })}
    </div>
  )
}
