/** What an import would make of the files, without importing them. */
import type { Preview } from '#core/contract/dataset.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { createIncidentBuilder } from './build/incident-builder.ts'
import { coverageOf } from './coverage.ts'
import { dropCopies } from './drop-copies.ts'
import type { ImportJob } from './import-job.ts'
import { createIssueLog } from './issues/issue-log.ts'
import { limits } from './limits.ts'
import { planImport, tableSpec } from './plan.ts'
import { createRowJudge } from './reader/judge-rows.ts'
import { readTable } from './reader/read-table.ts'
import { listSources } from './sources/list-sources.ts'
import { newMeter } from './sources/source.ts'
import { type Survey, surveySource } from './survey.ts'
import { timeWarnings } from './time-warnings.ts'

/**
 * Recognises the files, proposes a profile, shows the first 50 rows as they stand and tries the first 20,000. Where a
 * question is open the counts rest on its first option. Refuses what an import would refuse; writes nothing.
 */
export async function previewImport(job: ImportJob): Promise<Preview> {
  const listed = await listSources(job.files)
  const { sources, warnings: copyWarnings } = await dropCopies(listed.sources)
  const surveys: Survey[] = []
  for (const source of sources)
    surveys.push(await surveySource(source, { ...job.profile?.reading, ...job.reading }))
  const plan = await planImport(job, surveys)
  const issues = createIssueLog()
  const builder = createIncidentBuilder({
    files: plan.files,
    table: loadOstn15(),
    issues,
    deduplicateByRef: plan.profile.reading.deduplicateByRef ?? false,
  })
  const judge = createRowJudge()
  let tried = 0
  for (const [index, file] of plan.files.entries()) {
    if (tried >= limits.surveyRows) break
    builder.beginFile(index, file)
    await readTable({ ...tableSpec(file), rows: limits.surveyRows }, judge, newMeter(), {
      onBlock(block) {
        block.rows = Math.min(block.rows, limits.surveyRows - tried)
        if (block.rows > 0) builder.take(block)
        tried = builder.tally.read
      },
      onStrayQuote: builder.strayQuote,
      between: () => tried >= limits.surveyRows,
    })
  }
  const whole = tried < limits.surveyRows
  const coverage = whole ? coverageOf(builder.tally, plan.files, builder.forceWords()) : undefined
  const taken = new Set(plan.files.map((file) => file.source))
  const shown = surveys.find((survey) => survey.source === plan.files[0].source)
  return {
    files: surveys.map((survey) => ({
      name: survey.source.name,
      bytes: survey.source.storedBytes,
      kind: `${survey.builtIn?.profile.name ?? 'CSV'}${taken.has(survey.source) ? '' : ' (left out)'}`,
    })),
    profile: plan.profile,
    columns: shown?.names ?? [],
    rows: shown?.rows ?? [],
    tried,
    wouldKeep: builder.tally.kept,
    issues: issues.counts(),
    questions: plan.questions,
    coverage: coverage?.cells ?? [],
    warnings: [
      ...listed.warnings,
      ...copyWarnings,
      ...plan.warnings,
      ...timeWarnings(builder.seenTimes),
      ...(coverage?.warnings ?? []),
    ],
  }
}
