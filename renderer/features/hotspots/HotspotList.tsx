import { ArrowDown, ArrowRight, ArrowUp, EllipsisVertical } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { HotspotDecision } from '#core/contract/workspace.ts'
import type { DecidedHotspot, DecidedSet } from '#renderer/state/decided-hotspots.ts'
import { takeBack } from '#renderer/state/hotspots.ts'
import { yearTrend } from '#renderer/state/trend.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { countText, shareText } from '#renderer/ui/numbers.ts'
import { DecisionDialog, type DecisionKind } from './DecisionDialog.tsx'
import { zoomToHotspot } from './zoom-to-hotspot.ts'

export interface HotspotListProps {
  readonly set: DecidedSet
  readonly yearLabels: readonly string[]
  readonly decisions: readonly HotspotDecision[]
}

export function TrendArrow({
  hotspot,
  yearLabels,
}: {
  readonly hotspot: DecidedHotspot
  readonly yearLabels: readonly string[]
}) {
  const trend = yearTrend(hotspot.byYear, yearLabels)
  if (!trend) return <span className="trend" title="Fewer than two whole years are held" />
  const Arrow = { up: ArrowUp, down: ArrowDown, level: ArrowRight }[trend.direction]
  return (
    <span className={`trend ${trend.direction}`} title={trend.text}>
      <Arrow size={14} aria-hidden="true" />
      <span className="visually-hidden">{trend.text}</span>
    </span>
  )
}

/** Ranked hotspots with what the analyst decided about each; dropped ones keep their reason and can come back. */
export function HotspotList({ set, yearLabels, decisions }: HotspotListProps) {
  const chosen = useView((store) => store.hotspot)
  const [deciding, setDeciding] = useState<{
    readonly kind: DecisionKind
    readonly hotspot: DecidedHotspot
  } | null>(null)
  const harm = Number.isFinite(set.shareOfHarm)
  const merges = decisions.filter((held) => held.mergedInto)
  return (
    <>
      <table className="table hotspot-table">
        <caption className="visually-hidden">Ranked hotspots</caption>
        <thead>
          <tr>
            <th scope="col" className="number">
              Rank
            </th>
            <th scope="col">Hotspot</th>
            <th scope="col" className="number">
              Incidents
            </th>
            <th scope="col" className="number">
              {harm ? 'Harm' : 'Share'}
            </th>
            <th scope="col">
              <span className="visually-hidden">Trend</span>
            </th>
            <th scope="col">
              <span className="visually-hidden">Decide</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {set.kept.map((hotspot) => (
            <tr key={hotspot.id} className={hotspot.id === chosen ? 'chosen' : ''}>
              <td className="number">
                <span className="rank">{hotspot.rank}</span>
              </td>
              <td>
                <AriaButton
                  className="hotspot-name"
                  onPress={() => {
                    setView({ hotspot: hotspot.id })
                    zoomToHotspot(hotspot)
                  }}
                >
                  <span>{hotspot.name}</span>
                </AriaButton>
              </td>
              <td className="number">{countText(hotspot.count)}</td>
              <td className="number">{shareText(harm ? hotspot.shareOfHarm : hotspot.shareOfCount)}</td>
              <td>
                <TrendArrow hotspot={hotspot} yearLabels={yearLabels} />
              </td>
              <td>
                <MenuTrigger>
                  <AriaButton className="button quiet icon small" aria-label={`Decide on ${hotspot.name}`}>
                    <EllipsisVertical size={15} />
                  </AriaButton>
                  <Popover className="popover" placement="bottom end">
                    <Menu
                      className="options"
                      onAction={(key) => setDeciding({ kind: key as DecisionKind, hotspot })}
                    >
                      <MenuItem id="rename" className="option">
                        Rename…
                      </MenuItem>
                      <MenuItem id="merge" className="option">
                        Merge with another…
                      </MenuItem>
                      <MenuItem id="drop" className="option">
                        Drop…
                      </MenuItem>
                    </Menu>
                  </Popover>
                </MenuTrigger>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {(set.dropped.length > 0 || merges.length > 0) && (
        <section className="padded stack tight" aria-label="Decisions">
          <h3 className="label">Your decisions</h3>
          {set.dropped.map((held) => (
            <div key={held.id} className="decision">
              <span>
                Dropped <strong>{held.name}</strong>: {held.reason}
              </span>
              <Button
                kind="link"
                label={`Put back ${held.name}`}
                onPress={() => takeBack(held.id, 'dropped')}
              >
                Put back
              </Button>
            </div>
          ))}
          {merges.map((held) => (
            <div key={held.hotspot} className="decision">
              <span>
                Merged <strong>{held.hotspot}</strong> into{' '}
                <strong>
                  {set.kept.find((kept) => kept.merged.includes(held.hotspot))?.name ?? held.mergedInto}
                </strong>
              </span>
              <Button
                kind="link"
                label={`Separate ${held.hotspot}`}
                onPress={() => takeBack(held.hotspot, 'mergedInto')}
              >
                Separate
              </Button>
            </div>
          ))}
        </section>
      )}
      {deciding && (
        <DecisionDialog
          kind={deciding.kind}
          hotspot={deciding.hotspot}
          others={set.kept}
          onClose={() => setDeciding(null)}
        />
      )}
    </>
  )
}
