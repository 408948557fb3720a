import { ArrowLeft, ListTree } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import type { HotspotsSummary } from '#core/contract/results.ts'
import type { HotspotPlan } from '#core/contract/workspace.ts'
import type { DecidedHotspot, DecidedSet } from '#renderer/state/decided-hotspots.ts'
import { loadHotspotDetail, useHotspotDetail } from '#renderer/state/hotspot-details.ts'
import { filterOfHotspot } from '#renderer/state/hotspots.ts'
import { setView, showIncidents } from '#renderer/state/view.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { countText, figureText, shareText } from '#renderer/ui/numbers.ts'
import { DetailParts } from './DetailParts.tsx'
import { TrendArrow } from './HotspotList.tsx'

export interface HotspotDetailsProps {
  readonly hotspot: DecidedHotspot
  readonly set: DecidedSet
  readonly summary: HotspotsSummary
  readonly plan: HotspotPlan
}

/** One hotspot: its figures, when, what and where inside it, and the way to its incidents. */
export function HotspotDetails({ hotspot, set, summary, plan }: HotspotDetailsProps) {
  const filter = useMemo(
    () => filterOfHotspot(plan, summary, hotspot, hotspot.name),
    [plan, summary, hotspot],
  )
  const of = `${plan.dataset} ${JSON.stringify(filter.clauses)}`
  const detail = useHotspotDetail((store) => (store.detail?.of === of ? store.detail : null))
  useEffect(() => {
    void loadHotspotDetail(filter, of)
  }, [filter, of])
  const facts: readonly (readonly [string, string])[] = [
    ['Area', `${figureText(hotspot.areaKm2)} km²`],
    ['Share of incidents', shareText(hotspot.shareOfCount)],
    ...(Number.isFinite(set.shareOfHarm)
      ? ([['Share of harm', shareText(hotspot.shareOfHarm)]] as const)
      : []),
    ['In the top share', `${hotspot.yearsInTop} of ${hotspot.years} years`],
    ['Gi* z (adjusted p)', `${figureText(hotspot.z)} (${pText(hotspot.qValue)})`],
    ...(hotspot.area ? ([['Lies in', hotspot.area]] as const) : []),
  ]
  return (
    <div className="hotspots">
      <header className="panel-head">
        <span className="row details-title">
          <IconButton label="Back to all hotspots" kind="quiet" onPress={() => setView({ hotspot: null })}>
            <ArrowLeft size={16} />
          </IconButton>
          <span className="rank">{hotspot.rank}</span>
          <h2 className="panel-title">{hotspot.name}</h2>
        </span>
      </header>
      <section
        className="hotspots-body scroll"
        aria-label={`Details of ${hotspot.name}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so the keyboard must reach it
        tabIndex={0}
      >
        <div className="padded stack">
          <div className="row spread">
            <p className="headline-small">
              <strong className="figures">{countText(hotspot.count)}</strong> incidents{' '}
              <TrendArrow hotspot={hotspot} yearLabels={summary.yearLabels} />
            </p>
            <Button onPress={() => showIncidents(hotspot.name, filter)}>
              <ListTree size={15} />
              Incidents
            </Button>
          </div>
          <dl className="facts">
            {facts.map(([term, value]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd className="figures">{value}</dd>
              </div>
            ))}
          </dl>
          {hotspot.byYear.length > 1 && (
            <p className="why figures">
              {hotspot.byYear
                .map((count, index) => `${summary.yearLabels[index] ?? ''}: ${countText(count)}`)
                .join(' · ')}
            </p>
          )}
          <DetailParts detail={detail} />
        </div>
      </section>
    </div>
  )
}

function pText(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return value < 0.001 ? 'under 0.001' : value.toFixed(3)
}
