import '#renderer/ui/tokens.css'
import '#renderer/ui/ui.css'
import '#renderer/ui/fields.css'

import { I18nProvider } from 'react-aria-components'
import { createRoot } from 'react-dom/client'
import { problemOf } from '#renderer/api/client.ts'
import { openSession } from '#renderer/api/session.ts'
import { loadMethods } from '#renderer/state/analyse.ts'
import { watchHotspots } from '#renderer/state/hotspots.ts'
import { watchMapData } from '#renderer/state/map-data.ts'
import { loadWorkspace } from '#renderer/state/save-workspace.ts'
import { watchSelection } from '#renderer/state/selection.ts'
import { App } from './App.tsx'
import { StartProblem } from './StartProblem.tsx'

const root = createRoot(document.getElementById('root') as HTMLElement)

async function start(): Promise<void> {
  try {
    if (!(await openSession())) {
      root.render(
        <StartProblem
          problem={{
            code: 'E-UI-SESSION',
            title: 'This window is not signed in to the workbench.',
            status: 401,
            cure: 'Open it from the link the workbench printed when it started. Each link works once.',
          }}
        />,
      )
      return
    }
    await Promise.all([loadWorkspace(), loadMethods()])
    watchSelection()
    watchMapData()
    watchHotspots()
    root.render(
      <I18nProvider locale="en-GB">
        <App />
      </I18nProvider>,
    )
  } catch (error) {
    const problem = problemOf(error)
    if (problem) root.render(<StartProblem problem={problem} />)
  }
}

void start()
