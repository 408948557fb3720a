import { scaleLinear } from 'd3-scale'
import { useRef } from 'react'
import type { OutputColumn, RowChart } from '#core/contract/method.ts'
import type { Columns } from '#renderer/api/columns.ts'
import { valueText } from '#renderer/ui/numbers.ts'
import { useSize } from '#renderer/ui/useSize.ts'

const margin = { top: 8, right: 12, bottom: 34, left: 58 }
const height = 240
/** Dash patterns tell lines apart for those who do not tell colours apart. */
const dashes = ['', '6 4', '2 3', '9 3 2 3']

export interface RowChartViewProps {
  readonly chart: RowChart
  readonly columns: Columns
  readonly outputs: readonly OutputColumn[]
}

/** The rows of a result as lines with their interval; gaps stay gaps, marked points carry their value. */
export function RowChartView({ chart, columns, outputs }: RowChartViewProps) {
  const host = useRef<HTMLDivElement>(null)
  const { width } = useSize(host)
  const titleOf = (name: string) => outputs.find((held) => held.name === name)?.title ?? name
  const unitOf = (name: string) => outputs.find((held) => held.name === name)?.unit
  const words = columns.words[chart.x]
  const at = columns.numbers[chart.x] ?? Float64Array.from({ length: columns.length }, (_, row) => row)
  const lines = chart.lines.filter((name) => columns.numbers[name])
  const drawn = [...lines, ...(chart.band ?? [])].flatMap((name) =>
    Array.from(columns.numbers[name] ?? []).filter(Number.isFinite),
  )
  const reach = Array.from(at).filter(Number.isFinite)
  if (lines.length === 0 || drawn.length === 0 || reach.length === 0) return null
  const low = Math.min(...drawn)
  const x = scaleLinear(
    [Math.min(...reach), Math.max(...reach)],
    [margin.left, Math.max(margin.left + 1, width - margin.right)],
  )
  // Counts and shares start at 0; what lies below it shows how far.
  const y = scaleLinear([Math.min(0, low), Math.max(...drawn)], [height - margin.bottom, margin.top]).nice(4)
  const ticks = words
    ? Array.from(at.keys()).filter((row) => row % Math.ceil(columns.length / Math.max(2, width / 90)) === 0)
    : []
  const unit = unitOf(lines[0])
  const marks = chart.marks ? (columns.numbers[chart.marks] ?? columns.words[chart.marks]) : undefined
  return (
    <figure className="row-chart">
      <figcaption className="label">{chart.title}</figcaption>
      <div ref={host}>
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`${chart.title}; the rows are in the table below`}
        >
          {y.ticks(4).map((tick) => (
            <g key={tick}>
              <line
                className="grid-line"
                x1={margin.left}
                x2={width - margin.right}
                y1={y(tick)}
                y2={y(tick)}
              />
              <text className="axis" x={margin.left - 6} y={y(tick) + 4} textAnchor="end">
                {valueText(tick)}
              </text>
            </g>
          ))}
          {(words ? ticks : x.ticks(6)).map((tick) => (
            <text
              key={tick}
              className="axis"
              x={x(words ? at[tick] : tick)}
              y={height - margin.bottom + 16}
              textAnchor="middle"
            >
              {words ? words[tick] : valueText(tick)}
            </text>
          ))}
          <text className="axis" x={width - margin.right} y={height - 4} textAnchor="end">
            {titleOf(chart.x)}
            {unitOf(chart.x) ? `, ${unitOf(chart.x)}` : ''}
          </text>
          {chart.band && columns.numbers[chart.band[0]] && columns.numbers[chart.band[1]] && (
            <path
              className="chart-band"
              d={bandPath(at, columns.numbers[chart.band[0]], columns.numbers[chart.band[1]], x, y)}
            />
          )}
          {lines.map((name, k) => (
            <path
              key={name}
              className={`chart-line line-${k % 4}`}
              strokeDasharray={dashes[k % 4]}
              d={linePath(at, columns.numbers[name], x, y)}
            />
          ))}
          {marks &&
            Array.from(marks as ArrayLike<number | string>).map((mark, row) =>
              mark !== 0 && mark !== '' && Number.isFinite(columns.numbers[lines[0]][row]) ? (
                <circle
                  // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name than its number
                  key={row}
                  className="chart-mark"
                  cx={x(at[row])}
                  cy={y(columns.numbers[lines[0]][row])}
                  r={4}
                >
                  <title>{`${words ? words[row] : valueText(at[row])}: ${valueText(columns.numbers[lines[0]][row])}`}</title>
                </circle>
              ) : null,
            )}
        </svg>
      </div>
      <ul className="row-chart-key">
        {lines.map((name, k) => (
          <li key={name}>
            <svg width="26" height="8" aria-hidden="true">
              <path className={`chart-line line-${k % 4}`} strokeDasharray={dashes[k % 4]} d="M1 4H25" />
            </svg>
            {titleOf(name)}
            {k === 0 && unit ? `, ${unit}` : ''}
          </li>
        ))}
        {chart.band && (
          <li>Shaded: {`${titleOf(chart.band[0])} to ${titleOf(chart.band[1]).toLowerCase()}`}</li>
        )}
        {chart.marks && <li>Marked: {titleOf(chart.marks).toLowerCase()}</li>}
      </ul>
    </figure>
  )
}

type Scale = (value: number) => number

/** A line that breaks where a value is not known. */
function linePath(at: ArrayLike<number>, values: ArrayLike<number>, x: Scale, y: Scale): string {
  let path = ''
  let pen = 'M'
  for (let row = 0; row < values.length; row++) {
    if (!Number.isFinite(values[row])) {
      pen = 'M'
      continue
    }
    path += `${pen}${x(at[row]).toFixed(1)} ${y(values[row]).toFixed(1)}`
    pen = 'L'
  }
  return path
}

/** The interval as closed pieces, one for each run of rows that have one. */
function bandPath(
  at: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  x: Scale,
  y: Scale,
): string {
  let path = ''
  let from = -1
  for (let row = 0; row <= low.length; row++) {
    const known = row < low.length && Number.isFinite(low[row]) && Number.isFinite(high[row])
    if (known && from < 0) from = row
    if (known || from < 0) continue
    const point = (k: number, values: ArrayLike<number>) =>
      `${x(at[k]).toFixed(1)} ${y(values[k]).toFixed(1)}`
    const over = Array.from({ length: row - from }, (_, k) => point(from + k, high))
    const back = Array.from({ length: row - from }, (_, k) => point(row - 1 - k, low))
    path += `M${[...over, ...back].join('L')}Z`
    from = -1
  }
  return path
}
