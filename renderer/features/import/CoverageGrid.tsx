import type { CoverageCell } from '#core/contract/dataset.ts'
import { monthTitle } from '#renderer/state/months.ts'
import { countText } from '#renderer/ui/numbers.ts'

const words = { present: '', partial: ' (in part)', missing: 'not held' }

/** Force by month: what the files hold, hold in part, and do not hold. */
export function CoverageGrid({ cells }: { readonly cells: readonly CoverageCell[] }) {
  if (!cells.length)
    return (
      <p className="empty-text">
        The months the files hold are known once all rows are read, with the result of the import.
      </p>
    )
  const forces = [...new Set(cells.map((cell) => cell.force))].sort()
  const years = [...new Set(cells.map((cell) => cell.month.slice(0, 4)))].sort()
  const at = new Map(cells.map((cell) => [`${cell.force} ${cell.month}`, cell]))
  const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'))
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
                {months.map((month) => (
                  <th key={month} scope="col" abbr={monthTitle(`2000-${month}`).slice(0, 3)}>
                    {monthTitle(`2000-${month}`).slice(0, 1)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {years.map((year) => (
                <tr key={year}>
                  <th scope="row">{year}</th>
                  {months.map((ofYear) => {
                    const month = `${year}-${ofYear}`
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
