import { useRef, useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { Problem } from '#core/contract/problem.ts'
import { problemOf } from '#renderer/api/client.ts'
import { defaultsOf, useMethods } from '#renderer/state/analyse.ts'
import { useJobs } from '#renderer/state/jobs.ts'
import { ask, type Run, runMethod } from '#renderer/state/runs.ts'
import { useSelection } from '#renderer/state/selection.ts'
import { setView, useView } from '#renderer/state/view.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ModalDialog } from '#renderer/ui/ModalDialog.tsx'
import { countText } from '#renderer/ui/numbers.ts'
import { ProblemNote } from '#renderer/ui/ProblemNote.tsx'
import { ProgressLine } from '#renderer/ui/ProgressLine.tsx'
import { MethodAbout } from './MethodAbout.tsx'
import { MethodForm } from './MethodForm.tsx'
import { MethodList } from './MethodList.tsx'
import { ResultView } from './ResultView.tsx'
import { RunHistory } from './RunHistory.tsx'
import '../incidents/incidents.css'
import './methods.css'

/** Any method on the current selection, by the form its card describes. */
export function AnalyseDialog() {
  const open = useView((store) => store.dialog === 'analyse')
  const chosen = useView((store) => store.method)
  const cards = useMethods((store) => store.cards)
  const filter = useWorkspace((store) => store.state.filter)
  const selected = useSelection((store) => store.summary?.selected)
  const [values, setValues] = useState<Record<string, Record<string, unknown>>>({})
  const [results, setResults] = useState<Record<string, Run>>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [tab, setTab] = useState<string>('set')
  const running = useRef<AbortController | null>(null)
  const [busy, setBusy] = useState('')
  const card = cards.find((held) => held.id === chosen) ?? cards[0]
  const job = useJobs((store) => store.jobs.find((held) => held.title === busy))
  if (!card) return null
  const params = values[card.id] ?? defaultsOf(card)
  const run = results[card.id]
  const choose = (method: string) => {
    setView({ method })
    setProblem(null)
    setTab(results[method] ? 'result' : 'set')
  }
  const attempt = async (title: string, work: (signal: AbortSignal) => Promise<Run>) => {
    running.current?.abort()
    const control = new AbortController()
    running.current = control
    setBusy(title)
    setProblem(null)
    try {
      const done = await work(control.signal)
      setResults((held) => ({ ...held, [done.request.method]: done }))
      setValues((held) => ({ ...held, [done.request.method]: { ...done.request.params } }))
      setView({ method: done.request.method })
      setTab('result')
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      if (running.current === control) setBusy('')
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
          <Button
            kind="main"
            pending={busy !== ''}
            onPress={() => attempt(card.title, (signal) => runMethod(card, params, filter, signal))}
          >
            Run
          </Button>
        </>
      }
    >
      <div className="analyse">
        <MethodList chosen={card.id} onChoose={choose} />
        <div className="stack analyse-main">
          <div>
            <h3 className="analyse-title">{card.title}</h3>
            <p className="analyse-answers">{card.answers}</p>
          </div>
          {busy && <ProgressLine title={busy} progress={job?.progress ?? null} />}
          {problem && <ProblemNote problem={problem} />}
          <Tabs selectedKey={tab} onSelectionChange={(key) => setTab(String(key))}>
            <TabList className="tabs" aria-label={card.title}>
              <Tab id="set" className="tab">
                Settings
              </Tab>
              <Tab id="result" className="tab" isDisabled={!run}>
                Result
              </Tab>
              <Tab id="about" className="tab">
                About this method
              </Tab>
              <Tab id="history" className="tab">
                Earlier runs
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
              {run && <ResultView key={run.result.key} run={run} card={card} />}
            </TabPanel>
            <TabPanel id="about" className="tab-panel">
              <MethodAbout card={card} />
            </TabPanel>
            <TabPanel id="history" className="tab-panel">
              <RunHistory
                onOpen={(title, request) => attempt(title, (signal) => ask(title, request, signal))}
              />
            </TabPanel>
          </Tabs>
        </div>
      </div>
    </ModalDialog>
  )
}
