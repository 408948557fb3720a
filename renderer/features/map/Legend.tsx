import { colourIndex } from '#renderer/map/breaks.ts'
import { cssColour, darkPalette, lightPalette } from '#renderer/map/colours.ts'
import { useMapData } from '#renderer/state/map-data.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { useDark } from '#renderer/state/theme.ts'
import { useView } from '#renderer/state/view.ts'
import { useDataset, useWorkspace } from '#renderer/state/workspace.ts'
import { countText, figureText } from '#renderer/ui/numbers.ts'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'

export interface LegendProps {
  readonly mode: 'points' | 'cells' | 'density'
  readonly edges: readonly number[]
  readonly points: number | null
}

/** What the colours mean, with units, and how many incidents cannot be on the map. */
export function Legend({ mode, edges, points }: LegendProps) {
  const dark = useDark()
  const { shape, cellSize } = useView()
  const { density, problem } = useMapData()
  const summary = useSelection((store) => store.summary)
  const dataset = useDataset()
  const layers = useWorkspace((store) => store.layers)
  if (!summary) return null
  const palette = dark ? darkPalette : lightPalette
  const unlocated = summary.selected - summary.located
  const levels = mode === 'density' ? (density?.summary.levels ?? []) : edges
  const format = mode === 'density' ? figureText : countText
  const cellWord = shape === 'hexagon' ? `hexagon, ${cellSize} m side` : `square, ${cellSize} m`
  const title =
    mode === 'cells'
      ? `Incidents per ${cellWord}`
      : mode === 'density'
        ? `Density, ${density?.summary.unit ?? 'incidents per km²'}`
        : 'One dot per incident'
  const sources = [...new Set(layers.map((layer) => layer.source).filter(Boolean))]
  return (
    <div className="legend">
      {problem && mode !== 'cells' && <ProblemNote problem={problem} />}
      <p className="legend-title">{title}</p>
      {mode === 'points' ? (
        <p className="legend-note">
          {points === null ? 'Drawing…' : `${countText(points)} of ${countText(summary.located)} drawn`}
          {dataset?.profile.format !== 'csv' &&
          dataset?.profile.reading.snapped !== false &&
          dataset?.profile.format.startsWith('police-uk')
            ? '. Public map points: many incidents share one dot.'
            : ''}
        </p>
      ) : (
        <ul className="legend-steps">
          {levels.map((edge, index) => (
            <li key={edge}>
              <span
                className="legend-colour"
                style={{
                  background: cssColour(
                    palette.scale[colourIndex(index, levels.length, palette.scale.length)],
                  ),
                }}
              />
              <span className="figures">{stepText(edge, levels[index + 1], mode, format)}</span>
            </li>
          ))}
        </ul>
      )}
      {mode === 'density' && density && (
        <p className="legend-note">
          {density.summary.kernel} kernel, bandwidth {countText(density.summary.bandwidth)} m
        </p>
      )}
      {unlocated > 0 && (
        <p className="legend-note">{countText(unlocated)} without a location are not on the map</p>
      )}
      {sources.length > 0 && <p className="legend-source">{sources.join(' · ')}</p>}
    </div>
  )
}

function stepText(
  edge: number,
  next: number | undefined,
  mode: string,
  format: (value: number) => string,
): string {
  if (next === undefined) return `${format(edge)} or more`
  if (mode === 'density') return `${format(edge)} – ${format(next)}`
  return next - 1 === edge ? format(edge) : `${format(edge)} – ${format(next - 1)}`
}
