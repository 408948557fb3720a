import type { CoverageCell } from '#core/contract/dataset.ts'
import { monthTitle } from '#renderer/state/months.ts'
import { countText } from '#renderer/ui/numbers.ts'

const words = { present: '', partial: ' (in part)', missing: 'not held' }

/** Force by month: what the files hold, hold in part, and do not hold. */
export function CoverageGrid({ cells }: { readonly cells: readonly CoverageCell[] }) {
  if (!cells.length) return <p className="empty-text">The files name no months.</p>
  const forces = [...new Set(cells.map((cell) => cell.force))].sort()
  const years = [...new Set(cells.map((cell) => cell.month.slice(0, 4)))].sort()
  const at = new Map(cells.map((cell) => [`${cell.force} ${cell.month}`, cell]))
  const initials = 'JFMAMJJASOND'
  return (
    <div className="stack tight">
      <div className="coverage">
        {forces.map((force) => (
          <table key={force} className="coverage-table">
            <caption>{force || 'All files'}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">Year</span>
                </th>
                {[...initials].map((initial, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the index is the month
                  <th
                    key={index}
                    scope="col"
                    abbr={monthTitle(`2000-${String(index + 1).padStart(2, '0')}`).slice(0, 3)}
                  >
                    {initial}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {years.map((year) => (
                <tr key={year}>
                  <th scope="row">{year}</th>
                  {[...initials].map((_, index) => {
                    const month = `${year}-${String(index + 1).padStart(2, '0')}`
                    const cell = at.get(`${force} ${month}`)
                    const text = !cell
                      ? 'outside the span'
                      : cell.state === 'missing'
                        ? words.missing
                        : `${countText(cell.rows)} rows${words[cell.state]}`
                    return (
                      <td
                        key={month}
                        className={`coverage-cell ${cell?.state ?? 'outside'}`}
                        title={`${monthTitle(month)}: ${text}`}
                      >
                        <span className="visually-hidden">{text}</span>
                        {cell?.state === 'missing' && <span aria-hidden="true">×</span>}
                        {cell?.state === 'partial' && <span aria-hidden="true">½</span>}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
      <p className="why">
        Filled: held. ½: far fewer rows than the months around it. ×: not in the files, so unknown, not zero.
      </p>
    </div>
  )
}
