import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { chooseProfile, heldMapping, openQuestions, useImport } from '#renderer/state/import.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'
import { Choice } from '#renderer/ui/Choice.tsx'
import { bytesText, countText } from '#renderer/ui/numbers.ts'
import { PlainTable } from '#renderer/ui/PlainTable.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'
import { CoverageGrid } from './CoverageGrid.tsx'
import { IssueTable } from './IssueTable.tsx'
import { MappingForm } from './MappingForm.tsx'
import { Questions } from './Questions.tsx'

/** What the files are taken for, before anything is imported; every choice is checked at once. */
export function CheckStep() {
  const held = useImport()
  const profiles = useWorkspace((store) => store.profiles)
  const { preview } = held
  if (!preview) return null
  const questions = openQuestions(held)
  return (
    <div className="check-step" aria-busy={held.previewing}>
      <div className="progress-track check-busy" hidden={!held.previewing}>
        <div className="progress-fill unknown" />
      </div>
      {preview.warnings.length > 0 && (
        <ul className="note warning warnings">
          {preview.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <div className="check-top">
        <TextInput
          label="Name of the dataset"
          value={held.name}
          onChange={(name) => useImport.setState({ name })}
        />
        <Choice
          label="Read as"
          value={held.profile ?? 'as-found'}
          options={[
            { value: 'as-found', title: `Recognised: ${preview.profile.name}` },
            ...profiles.map((profile) => ({ value: profile.id, title: profile.name })),
          ]}
          onChange={(value) => chooseProfile(value === 'as-found' ? null : value)}
        />
        <TextInput
          label="Save this reading for next time as"
          value={held.saveAs}
          placeholder="Not saved"
          onChange={(saveAs) => useImport.setState({ saveAs })}
        />
      </div>
      {preview.questions.length > 0 && (
        <Questions questions={preview.questions} answers={held.reading} open={questions} />
      )}
      <Tabs>
        <TabList className="tabs" aria-label="Check the import">
          <Tab id="columns" className="tab">
            Columns
          </Tab>
          <Tab id="rows" className="tab">
            First rows
          </Tab>
          <Tab id="issues" className="tab">
            Issues{' '}
            <span className="figures">
              {countText(preview.issues.reduce((sum, issue) => sum + issue.count, 0))}
            </span>
          </Tab>
          <Tab id="coverage" className="tab">
            Months
          </Tab>
          <Tab id="files" className="tab">
            Files <span className="figures">{preview.files.length}</span>
          </Tab>
        </TabList>
        <TabPanel id="columns" className="tab-panel">
          <MappingForm
            columns={preview.columns}
            sample={preview.rows[0] ?? []}
            mapping={held.mapping ?? heldMapping(preview.profile.mapping, preview.columns)}
          />
        </TabPanel>
        <TabPanel id="rows" className="tab-panel">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so the keyboard must reach it */}
          <section className="scroll preview-rows" tabIndex={0} aria-label="First rows">
            <PlainTable
              caption="First rows of the files as they stand"
              columns={preview.columns.map((title) => ({ title }))}
              rows={preview.rows.map((cells, index) => ({
                key: String(index),
                cells: preview.columns.map((_, at) => cells[at] ?? ''),
              }))}
            />
          </section>
        </TabPanel>
        <TabPanel id="issues" className="tab-panel">
          <IssueTable issues={preview.issues} />
        </TabPanel>
        <TabPanel id="coverage" className="tab-panel">
          <CoverageGrid cells={preview.coverage} />
        </TabPanel>
        <TabPanel id="files" className="tab-panel">
          <PlainTable
            caption="Files"
            columns={[{ title: 'File' }, { title: 'Recognised as' }, { title: 'Size', number: true }]}
            rows={preview.files.map((file) => ({
              key: file.name,
              cells: [file.name, file.kind, bytesText(file.bytes)],
            }))}
          />
        </TabPanel>
      </Tabs>
    </div>
  )
}
