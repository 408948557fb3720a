import { Play, Settings2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { MethodCard } from '#core/contract/method.ts'
import { parameterText } from '#core/contract/parameter-text.ts'
import { Caveats } from '#renderer/features/methods/Caveats.tsx'
import { MethodForm } from '#renderer/features/methods/MethodForm.tsx'
import { useMethods } from '#renderer/state/analyse.ts'
import { decidedHotspots } from '#renderer/state/decided-hotspots.ts'
import { cancelHotspots, hotspotParams, runHotspots, useHotspots } from '#renderer/state/hotspots.ts'
import { useJobs } from '#renderer/state/jobs.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { useDataset, useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { countText, shareText } from '#renderer/ui/numbers.ts'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import { ProgressLine } from '#renderer/ui/ProgressLine.tsx'
import { HotspotDetails } from './HotspotDetails.tsx'
import { HotspotList } from './HotspotList.tsx'
import './hotspots.css'

/** The ranked hotspots of the plan: run, read, decide, and open one. */
export function HotspotsPanel() {
  const dataset = useDataset()
  const plan = useWorkspace((store) => store.state.plan)
  const filter = useWorkspace((store) => store.state.filter)
  const studyArea = useWorkspace((store) => store.state.studyArea)
  const weights = useWorkspace((store) => store.state.weights)
  const { status, result, problem } = useHotspots()
  const chosen = useView((store) => store.hotspot)
  const card = useMethods((store) => store.cards.find((held) => held.id === 'hotspots'))
  const job = useJobs((store) => store.jobs.find((held) => held.title === card?.title))
  const [params, setParams] = useState<Record<string, unknown> | null>(null)
  const [settings, setSettings] = useState(false)
  const decided = useMemo(
    () => (result && plan ? decidedHotspots(result.summary, plan.decisions) : null),
    [result, plan],
  )
  if (!dataset) return null
  const values = params ?? hotspotParams()
  const open = settings
  const moved =
    plan && (plan.dataset !== dataset.id || JSON.stringify(plan.filter) !== JSON.stringify(filter))
  const opened = decided?.kept.find((held) => held.id === chosen)
  if (opened && result && plan)
    return <HotspotDetails hotspot={opened} set={decided!} summary={result.summary} plan={plan} />
  const run = () => {
    setSettings(false)
    void runHotspots(values)
  }
  return (
    <div className="hotspots">
      <header className="panel-head">
        <h2 className="panel-title">Hotspots</h2>
        <span className="row">
          <Button kind="quiet" expanded={open} onPress={() => setSettings(!settings)}>
            <Settings2 size={15} />
            Settings
          </Button>
          <Button
            kind={result && !moved ? 'plain' : 'main'}
            disabled={!card}
            pending={status === 'working'}
            onPress={run}
          >
            <Play size={14} />
            {result ? 'Run again' : 'Find hotspots'}
          </Button>
        </span>
      </header>
      <section
        className="hotspots-body scroll"
        aria-label="Ranked hotspots and settings"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so the keyboard must reach it
        tabIndex={0}
      >
        {status === 'working' && (
          <div className="stack tight padded">
            <ProgressLine title="Finding hotspots" progress={job?.progress ?? null} />
            <Button onPress={cancelHotspots}>Cancel</Button>
          </div>
        )}
        {problem && (
          <div className="padded">
            <ProblemNote problem={problem} />
          </div>
        )}
        {moved && status !== 'working' && (
          <p className="padded why">
            The selection has changed since these hotspots were found. They stay as they are until you run
            again.
          </p>
        )}
        {card && (open || (!result && status !== 'working')) && (
          <div className="padded stack">
            {!result && <p className="hotspots-intro">{card.answers}</p>}
            {!studyArea && (
              <p className="note warning">
                No study area is chosen: the share of area will be of the cells that hold incidents. Choose
                one under Layers.
              </p>
            )}
            {!weights && (
              <p className="note">
                No harm weights are loaded, so hotspots can be ranked by count only. Add a table of weights
                under Layers.
              </p>
            )}
            {open ? (
              <MethodForm card={card} values={values} onChange={setParams} />
            ) : (
              <SettingsInWords card={card} values={values} />
            )}
          </div>
        )}
        {decided && result && plan && !open && (
          <>
            <div className="headline">
              {Number.isFinite(decided.shareOfHarm) ? (
                <p>
                  <strong>{shareText(decided.shareOfHarm)}</strong> of harm in{' '}
                  <strong>{shareText(decided.shareOfArea)}</strong> of the area
                </p>
              ) : (
                <p>
                  <strong>{shareText(decided.shareOfCount)}</strong> of incidents in{' '}
                  <strong>{shareText(decided.shareOfArea)}</strong> of the area
                </p>
              )}
              <p className="why">
                {decided.kept.length} hotspots
                {Number.isFinite(decided.shareOfHarm)
                  ? `, ${shareText(decided.shareOfCount)} of incidents`
                  : ''}
                . Half of all incidents lie in {countText(result.summary.halfOfCrimeInCells)} cells,{' '}
                {shareText(result.summary.halfOfCrimeShareOfCells)} of them all.
              </p>
            </div>
            <HotspotList set={decided} yearLabels={result.summary.yearLabels} decisions={plan.decisions} />
            <div className="padded">
              <Caveats caveats={result.caveats} />
            </div>
          </>
        )}
      </section>
      {decided && (
        <footer className="panel-foot">
          <Button kind="main" onPress={() => setView({ dialog: 'pack' })}>
            Export briefing pack…
          </Button>
        </footer>
      )}
    </div>
  )
}

/** The settings a run would use, so that nothing is computed with a number nobody has seen. */
function SettingsInWords({
  card,
  values,
}: {
  readonly card: MethodCard
  readonly values: Readonly<Record<string, unknown>>
}) {
  return (
    <dl className="settings-words">
      {Object.entries(card.parameters).map(([name, parameter]) => (
        <div key={name}>
          <dt>{parameter.title}</dt>
          <dd className="figures">{parameterText(parameter, values[name] ?? parameter.default)}</dd>
        </div>
      ))}
    </dl>
  )
}
