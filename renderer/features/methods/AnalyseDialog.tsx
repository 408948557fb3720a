import { useRef, useState } from 'react'
import { ListBox, ListBoxItem, Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { Problem } from '#core/contract/problem.ts'
import type { AnalysisResult } from '#core/contract/routes.ts'
import { problemOf } from '#renderer/api/client.ts'
import { analyse, defaultsOf, useMethods } from '#renderer/state/analyse.ts'
import { useJobs } from '#renderer/state/jobs.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ModalDialog } from '#renderer/ui/ModalDialog.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import { ProgressLine } from '#renderer/ui/ProgressLine.tsx'
import { Caveats } from './Caveats.tsx'
import { MethodAbout } from './MethodAbout.tsx'
import { MethodForm } from './MethodForm.tsx'
import { SummaryView } from './SummaryView.tsx'
import './methods.css'

/** Any method on the current selection, by the form its card describes. */
export function AnalyseDialog() {
  const open = useView((store) => store.dialog === 'analyse')
  const chosen = useView((store) => store.method)
  const cards = useMethods((store) => store.cards)
  const filter = useWorkspace((store) => store.state.filter)
  const selected = useSelection((store) => store.summary?.selected)
  const [values, setValues] = useState<Record<string, Record<string, unknown>>>({})
  const [result, setResult] = useState<{ readonly of: string; readonly held: AnalysisResult } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [tab, setTab] = useState<string>('set')
  const running = useRef<AbortController | null>(null)
  const [busy, setBusy] = useState(false)
  const card = cards.find((held) => held.id === chosen) ?? cards[0]
  const job = useJobs((store) => store.jobs.find((held) => held.title === card?.title))
  if (!card) return null
  const params = values[card.id] ?? defaultsOf(card)
  const run = async () => {
    const control = new AbortController()
    running.current = control
    setBusy(true)
    setProblem(null)
    try {
      setResult({ of: card.id, held: await analyse(card.id, params, filter, control.signal) })
      setTab('result')
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const close = () => {
    running.current?.abort()
    setView({ dialog: null })
  }
  return (
    <ModalDialog
      title="Analyse the selection"
      size="wide"
      open={open}
      onClose={close}
      foot={
        <>
          <span className="lead figures">{countText(selected)} incidents selected</span>
          {busy && <Button onPress={() => running.current?.abort()}>Cancel</Button>}
          <Button kind="main" pending={busy} onPress={run}>
            Run
          </Button>
        </>
      }
    >
      <div className="analyse">
        <ListBox
          className="analyse-list"
          aria-label="Methods"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[card.id]}
          onSelectionChange={(keys) => {
            const [key] = keys
            setView({ method: String(key) })
            setProblem(null)
            setTab('set')
          }}
        >
          {cards.map((held) => (
            <ListBoxItem key={held.id} id={held.id} className="option" textValue={held.title}>
              {held.title}
            </ListBoxItem>
          ))}
        </ListBox>
        <div className="stack analyse-main">
          <div>
            <h3 className="analyse-title">{card.title}</h3>
            <p className="analyse-answers">{card.answers}</p>
          </div>
          {busy && <ProgressLine title={card.title} progress={job?.progress ?? null} />}
          {problem && <ProblemNote problem={problem} />}
          <Tabs selectedKey={tab} onSelectionChange={(key) => setTab(String(key))}>
            <TabList className="tabs" aria-label={card.title}>
              <Tab id="set" className="tab">
                Settings
              </Tab>
              <Tab id="result" className="tab" isDisabled={result?.of !== card.id}>
                Result
              </Tab>
              <Tab id="about" className="tab">
                About this method
              </Tab>
            </TabList>
            <TabPanel id="set" className="tab-panel">
              <MethodForm
                card={card}
                values={params}
                onChange={(next) => setValues({ ...values, [card.id]: next })}
              />
            </TabPanel>
            <TabPanel id="result" className="tab-panel">
              {result?.of === card.id && (
                <div className="stack">
                  <Caveats caveats={result.held.caveats} />
                  <SummaryView summary={result.held.summary} words={card.summary} />
                </div>
              )}
            </TabPanel>
            <TabPanel id="about" className="tab-panel">
              <MethodAbout card={card} />
            </TabPanel>
          </Tabs>
        </div>
      </div>
    </ModalDialog>
  )
}
