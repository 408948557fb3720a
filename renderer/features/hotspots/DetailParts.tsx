import type { ReactNode } from 'react'
import type { HourWeekdaySummary, MonthTrendSummary } from '#core/contract/results.ts'
import { heatStep } from '#renderer/features/charts/hours-between.ts'
import type { HotspotDetail, Part } from '#renderer/state/hotspot-details.ts'
import { dayNames } from '#renderer/state/hours-title.ts'
import { monthTitle } from '#renderer/state/months.ts'
import { changeText, countText, figureText, shareText } from '#renderer/ui/numbers.ts'
import { PlainTable } from '#renderer/ui/PlainTable.tsx'

/** When, trend, what and repeat places of one hotspot; a part the data cannot carry says so in a sentence. */
export function DetailParts({ detail }: { readonly detail: HotspotDetail | null }) {
  return (
    <>
      <Block title="When" part={detail?.hours}>
        {(summary) => <When summary={summary} />}
      </Block>
      <Block title="Trend" part={detail?.trend}>
        {(summary) => <Trend summary={summary} />}
      </Block>
      <Block title="What" part={detail?.mix}>
        {(summary) => (
          <PlainTable
            caption="Offences in this hotspot"
            columns={[
              { title: 'Offence' },
              { title: 'Incidents', number: true },
              { title: 'Share', number: true },
              ...(Number.isFinite(summary.harm) ? [{ title: 'Harm', number: true }] : []),
            ]}
            rows={summary.rows.slice(0, 8).map((row) => ({
              key: row.offence,
              cells: [
                row.offence || 'Not recorded',
                countText(row.count),
                shareText(row.share),
                ...(Number.isFinite(summary.harm) ? [shareText(row.shareOfHarm)] : []),
              ],
            }))}
          />
        )}
      </Block>
      <Block title="Repeat places" part={detail?.repeats}>
        {(summary) => (
          <div className="stack tight">
            <p className="why">
              {shareText(summary.shareAtRepeatPlaces)} of incidents at places with more than one (
              {summary.basis}).
            </p>
            <PlainTable
              caption="Repeat places in this hotspot"
              columns={[{ title: 'Place' }, { title: 'Incidents', number: true }, { title: 'Last' }]}
              rows={summary.rows.slice(0, 6).map((row) => ({
                key: row.key,
                cells: [row.location || 'Not named', countText(row.count), row.last],
              }))}
            />
          </div>
        )}
      </Block>
    </>
  )
}

interface BlockProps<S> {
  readonly title: string
  readonly part: Part<S> | undefined
  readonly children: (summary: S) => ReactNode
}

function Block<S>({ title, part, children }: BlockProps<S>) {
  return (
    <section className="stack tight">
      <h3 className="heading">{title}</h3>
      {!part && <p className="empty-text">Counting…</p>}
      {part && 'problem' in part && (
        <p className="empty-text">
          {part.problem.title} {part.problem.cure}
        </p>
      )}
      {part && 'result' in part && (
        <>
          {children(part.result.summary)}
          {part.result.caveats.map((caveat) => (
            <p key={caveat.code} className="why">
              {caveat.text}
            </p>
          ))}
        </>
      )}
    </section>
  )
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`
}

function When({ summary }: { readonly summary: HourWeekdaySummary }) {
  const most = Math.max(...summary.weights)
  const label = summary.windows
    .map(
      (held) =>
        `${dayNames[held.day]} ${clock(held.fromHour)} to ${clock(held.toHour)}, ${shareText(held.share)}`,
    )
    .join('; ')
  return (
    <div className="stack tight">
      <div className="small-heat" role="img" aria-label={`Incidents by hour and weekday. Busiest: ${label}`}>
        {dayNames.map((name, day) => (
          <div key={name} className="small-heat-row">
            <span>{name}</span>
            {summary.weights.slice(day * 24, day * 24 + 24).map((weight, hour) => (
              <i
                // biome-ignore lint/suspicious/noArrayIndexKey: the index is the hour
                key={hour}
                className={`heat-${heatStep(weight, most)}`}
                title={`${name} ${clock(hour)}: ${figureText(weight)}`}
              />
            ))}
          </div>
        ))}
        <div className="small-heat-row axis-row" aria-hidden="true">
          <span />
          {[0, 6, 12, 18].map((hour) => (
            <b key={hour}>{clock(hour)}</b>
          ))}
        </div>
      </div>
      <ul className="windows">
        {summary.windows.map((held) => (
          <li key={`${held.day} ${held.fromHour}`}>
            {dayNames[held.day]} {clock(held.fromHour)}–{clock(held.toHour)}{' '}
            <span className="figures">{shareText(held.share)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Trend({ summary }: { readonly summary: MonthTrendSummary }) {
  const held = summary.counts.map((count) => (Number.isFinite(count) ? count : 0))
  const most = Math.max(1, ...held)
  const { last12, prior12 } = summary
  const interval =
    Number.isFinite(summary.changeLow) && Number.isFinite(summary.changeHigh)
      ? ` (95% interval ${changeText(summary.changeLow)} to ${changeText(summary.changeHigh)})`
      : ''
  return (
    <div className="stack tight">
      <svg
        className="spark"
        viewBox={`0 0 ${Math.max(1, summary.months.length)} 30`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Incidents by month in this hotspot"
      >
        {summary.months.map((month, index) =>
          summary.coverage[index] === 'missing' ? null : (
            <rect
              key={month}
              x={index + 0.1}
              width={0.8}
              y={30 - (held[index] / most) * 29}
              height={(held[index] / most) * 29}
            >
              <title>{`${monthTitle(month)}: ${countText(summary.counts[index])}`}</title>
            </rect>
          ),
        )}
      </svg>
      <p>
        {countText(last12.count)} in the 12 months to {monthTitle(last12.to)},{' '}
        {Number.isFinite(prior12.count)
          ? `${countText(prior12.count)} in the 12 before`
          : 'the 12 before are not wholly held'}
        {Number.isFinite(summary.changePercent) ? `: ${changeText(summary.changePercent)}${interval}` : '.'}
      </p>
    </div>
  )
}
