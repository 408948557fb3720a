/** The whole import: from files the analyst has to a folder of checked segments with its manifest. */
import { createHash } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from '#core/contract/dataset.ts'
import { timePrecisions } from '#core/contract/incident.ts'
import { Cancelled, InputError } from '#core/contract/problem.ts'
import type { Progress } from '#core/contract/progress.ts'
import type { SourceFile } from '#core/contract/provenance.ts'
import { segmentName } from '#core/data/columns/segment-format.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { createIncidentBuilder, type IncidentBuilder } from './build/incident-builder.ts'
import { createSegmentWriter, writeDurably } from './build/segment-writer.ts'
import { refuseUnmapped } from './choose-format.ts'
import { coverageOf } from './coverage.ts'
import { dropCopies } from './drop-copies.ts'
import type { ImportJob } from './import-job.ts'
import { createIssueLog, type IssueLog } from './issues/issue-log.ts'
import { type ImportPlan, planImport, tableSpec } from './plan.ts'
import { refuseOpenQuestions } from './questions.ts'
import { createTableReader, type TableReader } from './reader/table-reader.ts'
import { listSources } from './sources/list-sources.ts'
import { newMeter, type Source } from './sources/source.ts'
import { type Survey, surveySource } from './survey.ts'
import { timeWarnings } from './time-warnings.ts'

/** Part of a dataset's identity: raised whenever the same files would give other columns. */
export const IMPORTER = 'hotspot-import 1'

/**
 * Reads every file of the job and writes `segment-00000.arrow …`, `issues.csv` and `manifest.json` into the staging
 * folder, each flushed to the disk. Rows without a readable date or place are kept without it; rows that cannot be an
 * incident are rejected; both are listed. Anything that casts doubt on a whole file refuses the import with one
 * `InputError`, and an open question with E-IMP-ASK; then, and when cancelled, nothing is left behind.
 * Deterministic. One pass over the data; memory is three segments, the dictionaries and 16 to 32 bytes a row.
 */
export async function runImport(
  job: ImportJob,
  emit: (progress: Progress) => void,
  cancelled: () => boolean,
): Promise<Manifest> {
  const made = await mkdir(job.staging, { recursive: true })
  const issues = createIssueLog(join(job.staging, 'issues.csv'))
  try {
    return await importInto(job, emit, cancelled, issues)
  } catch (error) {
    issues.close()
    await clear(job.staging, made !== undefined)
    throw error
  }
}

async function importInto(
  job: ImportJob,
  emit: (progress: Progress) => void,
  cancelled: () => boolean,
  issues: IssueLog,
): Promise<Manifest> {
  emit({ kind: 'progress', stage: 'Looking at the files' })
  const listed = await listSources(job.files)
  // Started first, so that its thread is there when it is known what to read.
  const reader = createTableReader(bytesOf(listed.sources))
  const writer = createSegmentWriter(job.staging, reader.hash)
  try {
    const { sources, warnings: copyWarnings } = await dropCopies(listed.sources)
    const plan = await lookAt(job, sources, cancelled)
    reader.begin(plan.files.map(tableSpec))
    const builder = createIncidentBuilder({
      files: plan.files,
      table: loadOstn15(),
      issues,
      deduplicateByRef: plan.profile.reading.deduplicateByRef ?? false,
      writer,
    })
    const files = await readAll(plan, reader, builder, () => writer.ready(), emit, cancelled)
    builder.finish()
    emit({ kind: 'progress', stage: 'Writing the dataset', done: 1, rows: builder.tally.kept })
    issues.close()
    const coverage = coverageOf(builder.tally, plan.files, builder.forceWords())
    const warnings = [...listed.warnings, ...copyWarnings, ...plan.warnings, ...emptyWarnings(files)]
    warnings.push(...timeWarnings(builder.seenTimes), ...coverage.warnings, ...builder.mapPointWarnings())
    warnings.push(...extraWarnings(builder))
    const manifest = makeManifest(job, plan, builder, files, issues)
    const segments = await writer.finish()
    const whole: Manifest = { ...manifest, coverage: coverage.cells, segments, warnings }
    await writeDurably(join(job.staging, 'manifest.json'), JSON.stringify(whole))
    await flushFolder(job.staging)
    return whole
  } finally {
    await reader.close()
    // What is still being written must be there before the folder is cleared.
    await writer.settle()
  }
}

async function lookAt(
  job: ImportJob,
  sources: readonly Source[],
  cancelled: () => boolean,
): Promise<ImportPlan> {
  const reading = { ...job.profile?.reading, ...job.reading }
  const surveys: Survey[] = []
  for (const source of sources) {
    if (cancelled()) throw new Cancelled()
    surveys.push(await surveySource(source, reading))
  }
  const plan = await planImport(job, surveys)
  refuseUnmapped(plan.profile, plan.files[0].source.name)
  refuseOpenQuestions(plan.questions)
  return plan
}

async function readAll(
  plan: ImportPlan,
  reader: TableReader,
  builder: IncidentBuilder,
  ready: () => Promise<void>,
  emit: (progress: Progress) => void,
  cancelled: () => boolean,
): Promise<SourceFile[]> {
  const totalBytes = bytesOf(plan.files.map((file) => file.source))
  const files: SourceFile[] = []
  const began = performance.now()
  let told = 0
  let before = 0
  for (const [index, file] of plan.files.entries()) {
    const meter = newMeter()
    builder.beginFile(index, file)
    await reader.next(meter, {
      onBlock: builder.take,
      onStrayQuote: builder.strayQuote,
      async between() {
        if (cancelled()) throw new Cancelled()
        await ready()
        const now = performance.now()
        if (now - told < 200) return false
        told = now
        const bytes = before + meter.stored
        const secondsLeft = ((now - began) / 1000) * (totalBytes / Math.max(bytes, 1) - 1)
        const done = totalBytes > 0 ? bytes / totalBytes : 1
        const stage = `Reading ${file.source.name}`
        emit({ kind: 'progress', stage, done, rows: builder.tally.read, bytes, totalBytes, secondsLeft })
        return false
      },
    })
    before += meter.stored
    const { rows, kept } = builder.tally.files[index] ?? { rows: 0, kept: 0 }
    if (rows > 0 && kept === 0 && !plan.profile.reading.deduplicateByRef)
      refuseUnreadable(file.source.name, rows, file.layout.names.length)
    files.push({
      name: file.source.name,
      sha256: meter.sha256,
      bytes: meter.bytes,
      rows,
      kept,
      rejected: rows - kept,
    })
  }
  return files
}

function bytesOf(sources: readonly Source[]): number {
  return sources.reduce((sum, source) => sum + source.storedBytes, 0)
}

function makeManifest(
  job: ImportJob,
  plan: ImportPlan,
  builder: IncidentBuilder,
  files: readonly SourceFile[],
  issues: IssueLog,
): Omit<Manifest, 'coverage' | 'segments' | 'warnings'> {
  const { tally } = builder
  const identity = JSON.stringify([IMPORTER, files.map((file) => file.sha256), plan.profile])
  return {
    formatVersion: 1,
    id: createHash('sha256').update(identity).digest('hex'),
    name: job.name ?? files[0].name,
    importer: IMPORTER,
    profile: plan.profile,
    files,
    rowsRead: tally.read,
    rowsKept: tally.kept,
    rowsRejected: tally.read - tally.kept,
    duplicates: { identical: tally.identical, repeatedRef: tally.repeatedRef, dropped: tally.dropped },
    located: tally.located,
    issues: issues.counts(),
    firstFrom: tally.firstFrom,
    lastFrom: tally.lastFrom,
    timePrecision: usualPrecision(tally.byPrecision),
    box: tally.located > 0 ? tally.box : null,
    dictionaries: builder.dictionaries(),
    flags: builder.flagNames,
    textColumns: builder.textNames(),
    extra: builder.extraNames(),
  }
}

/** The finest precision that at least one dated incident in a hundred has. */
function usualPrecision(counts: readonly number[]): Manifest['timePrecision'] {
  const dated = counts[0] + counts[1] + counts[2]
  return timePrecisions[[0, 1, 2].find((i) => dated > 0 && counts[i] >= dated / 100) ?? 3]
}

function emptyWarnings(files: readonly SourceFile[]): string[] {
  return files.filter((file) => file.rows === 0).map((file) => `${file.name} has a header but 0 rows.`)
}

function extraWarnings(builder: IncidentBuilder): string[] {
  return builder
    .extrasAsText()
    .map(
      (name) => `“${name}” has more than 65,535 different values; it is kept as text and cannot be filtered.`,
    )
}

function refuseUnreadable(file: string, rows: number, columns: number): never {
  throw new InputError(
    'E-IMP-011',
    `None of the ${rows.toLocaleString('en-GB')} rows of ${file} can be read: they are blank or do not have the ${columns} values the header names. Nothing was imported.`,
    { file, cure: 'Check the separator and the header of the file.' },
  )
}

/** Makes the new names in the folder as durable as the files. Not every system lets a folder be opened. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

async function clear(folder: string, madeHere: boolean): Promise<void> {
  if (madeHere) return rm(folder, { recursive: true, force: true })
  await rm(join(folder, 'issues.csv'), { force: true })
  await rm(join(folder, 'manifest.json'), { force: true })
  // Segments are numbered without gaps, and later ones may still be on their way when an earlier one failed.
  for (let index = 0; index < 65_536; index++) {
    const path = join(folder, segmentName(index))
    const handle = await open(path, 'r').catch(() => undefined)
    if (!handle) return
    await handle.close()
    await rm(path, { force: true })
  }
}
