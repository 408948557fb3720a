/**
 * Blocks of fields in, segments of incidents out. Every column is filled in one loop over some rows; rows that cannot
 * be an incident are left out first and listed. Rows whose date or place cannot be read are kept without it.
 */
import type { ShiftTable } from '#core/analysis/space/national-grid.ts'
import type { SegmentColumn } from '#core/data/columns/encode-segment.ts'
import { FLAG, TEXT, WORD } from '#core/data/columns/segment-format.ts'
import type { FieldBlock } from '../csv/field-block.ts'
import { fieldText } from '../csv/field-block.ts'
import type { IssueLog } from '../issues/issue-log.ts'
import { limits } from '../limits.ts'
import type { FilePlan } from '../plan.ts'
import { BLANK, IDENTICAL, INCIDENT, REPEATED, VERDICT } from '../reader/judge-rows.ts'
import { createDictionary } from './dictionary-builder.ts'
import { createExtra, type ExtraColumn } from './extra-column.ts'
import { type FileMembers, fileMembers } from './file-members.ts'
import { createFlag } from './flag-builder.ts'
import { createMapPoints } from './map-points.ts'
import { narrowCodes } from './narrow-codes.ts'
import { createPlaces } from './place-builder.ts'
import { learnGroup, type PlaceGroup } from './place-group.ts'
import { createPlaceQuality } from './place-quality.ts'
import type { SegmentWriter } from './segment-writer.ts'
import { createTally, type Tally } from './tally.ts'
import { createTextColumn } from './text-builder.ts'
import { createTimes } from './times-builder.ts'

export interface IncidentBuilder {
  /** Rows from here on come from this file. */
  beginFile(index: number, plan: FilePlan): void
  /** The verdicts of the block must be there. */
  take(block: FieldBlock): void
  /** Lists a quote that was kept as part of its value. */
  strayQuote(row: number, column: number): void
  /** Hands over the last, shorter segment. */
  finish(): void
  readonly tally: Tally
  readonly seenTimes: ReturnType<typeof createTimes>['seen']
  dictionaries(): Record<string, readonly string[]>
  /** The words of the force column alone. */
  forceWords(): readonly string[]
  readonly flagNames: readonly string[]
  /** Text columns, with extras that have too many different words. */
  textNames(): string[]
  /** Extras that held a word. */
  extraNames(): string[]
  extrasAsText(): string[]
  /** Sentences about map points that the publisher changed. */
  mapPointWarnings(): string[]
}

export interface BuilderOptions {
  readonly files: readonly FilePlan[]
  readonly table: ShiftTable
  readonly issues: IssueLog
  readonly deduplicateByRef: boolean
  /** Absent: nothing is stored, as for a preview. */
  readonly writer?: SegmentWriter
}

/** Rows that go through all columns together: their text stays in the cache. */
const BATCH = 256

export function createIncidentBuilder(options: BuilderOptions): IncidentBuilder {
  const { files, issues, writer } = options
  let block: FieldBlock
  let file: FilePlan = files[0]
  let fileIndex = 0
  let ref = -1
  let held: FileMembers = { members: [], absent: [] }
  let group: PlaceGroup | undefined
  let learnt = false
  let filled = 0
  const kept = new Int32Array(BATCH)

  const list = (blockRow: number, column: number, code: string): void =>
    issues.add(
      file.source.name,
      block.rowNumbers[blockRow],
      file.layout.names[column] ?? '',
      fieldText(block, blockRow, column),
      code,
    )

  const places = createPlaces(options.table, list)
  const quality = createPlaceQuality()
  const times = createTimes((row, column, code) => list(row, column, code))
  const unique = <T>(pick: (plan: FilePlan) => Iterable<T>): T[] => [
    ...new Set(files.flatMap((plan) => [...pick(plan)])),
  ]
  const words = unique((plan) => [
    ...plan.layout.dictionaries.keys(),
    ...(plan.force ? (['force'] as const) : []),
  ]).map((name) => createDictionary(name, limits.words, list))
  const flags = unique((plan) => plan.layout.flags.keys()).map((name) => createFlag(name, list))
  const texts = unique((plan) => plan.layout.texts.keys()).map((name) => createTextColumn(name))
  const extras: ExtraColumn[] = unique((plan) => plan.layout.extras.keys()).map((name) =>
    createExtra(name, list, writer),
  )
  const force = words.find((column) => column.name === 'force')
  const source = new Uint16Array(limits.segmentRows)
  const sourceRow = new Int32Array(limits.segmentRows)
  const tally = createTally()
  const mapPoints = createMapPoints()

  /** Fills `kept` with those of the block's rows that are incidents, and lists the others; returns how many. */
  function sift(first: number, end: number): number {
    const { verdicts } = block
    let count = 0
    for (let r = first; r < end; r++) {
      const verdict = verdicts[r]
      if ((verdict & VERDICT) !== INCIDENT) {
        reject(r, verdict)
        continue
      }
      if (verdict !== INCIDENT) {
        if (verdict & IDENTICAL) tally.identical++
        if (verdict & REPEATED) tally.repeatedRef++
      }
      kept[count++] = r
    }
    if (options.deduplicateByRef) count = dropRepeated(count)
    tally.addRows(fileIndex, end - first, count)
    return count
  }

  function reject(blockRow: number, verdict: number): void {
    const row = block.rowNumbers[blockRow]
    const counted = `${block.fieldCounts[blockRow]} values, ${file.layout.names.length} names`
    if (verdict === BLANK) issues.add(file.source.name, row, '', '', 'E-CSV-008')
    else issues.add(file.source.name, row, '', counted, 'E-CSV-007')
  }

  /** Keeps the first row of each reference only. */
  function dropRepeated(count: number): number {
    let left = 0
    for (let k = 0; k < count; k++) {
      if ((block.verdicts[kept[k]] & REPEATED) === 0) {
        kept[left++] = kept[k]
        continue
      }
      tally.dropped++
      issues.add(file.source.name, block.rowNumbers[kept[k]], file.layout.names[ref], '', 'E-DUP-001')
    }
    return left
  }

  function fill(from: number, to: number): void {
    const { layout } = file
    const at = filled
    const end = at + to - from
    if (group) group.take(block, kept, from, to, at)
    else if (layout.x >= 0) places.take(block, layout.x, layout.y, kept, from, to, at)
    else places.fill(at, end)
    if (layout.precision >= 0) quality.mark(block, layout.precision, kept, from, to, at, places.precision)
    times.take(block, layout, kept, from, to, at)
    for (const member of held.members) if (!group?.has(member)) member.take(block, kept, from, to, at)
    for (const column of held.absent) column.fill(at, end)
    for (const column of [...flags, ...texts]) {
      const index = layout.flags.get(column.name as never) ?? layout.texts.get(column.name as never)
      if (index === undefined) column.fill(at, end)
      else column.take(block, index, kept, from, to, at)
    }
    source.fill(fileIndex, at, end)
    for (let k = from; k < to; k++) sourceRow[at + k - from] = block.rowNumbers[kept[k]]
    tally.addIncidents(places, times, force?.codes, at, end)
    if (file.place.snapped) mapPoints.add(places, times, force?.codes, at, end)
    filled = end
  }

  function forceWords(): readonly string[] {
    return force?.words() ?? ['']
  }

  function flush(): void {
    if (filled === 0) return
    const rows = filled
    filled = 0
    if (writer) {
      const columns: SegmentColumn[] = []
      const fixed = {
        easting: places.easting,
        northing: places.northing,
        longitude: places.longitude,
        latitude: places.latitude,
        precision: places.precision,
        occurredFrom: times.occurredFrom,
        occurredTo: times.occurredTo,
        reportedAt: times.reportedAt,
        timePrecision: times.timePrecision,
        source,
        sourceRow,
      }
      for (const [name, values] of Object.entries(fixed))
        columns.push({ name, values: values.subarray(0, rows) })
      for (const column of words)
        columns.push({
          name: WORD + column.name,
          values: narrowCodes(column.codes.subarray(0, rows), column.size()),
        })
      for (const column of flags)
        columns.push({ name: FLAG + column.name, values: column.values.subarray(0, rows) })
      for (const column of texts)
        columns.push({
          name: TEXT + column.name,
          offsets: column.offsets.subarray(0, rows + 1),
          values: column.data(),
        })
      for (const column of extras) {
        const part = column.segment(rows)
        if (part) columns.push(part)
      }
      writer.put(columns, rows)
    }
    for (const column of texts) column.clear()
    // Codes of a column that has become text last for one segment.
    if (extras.some((column) => column.isText())) group?.clear()
  }

  return {
    beginFile(index, plan) {
      fileIndex = index
      file = plan
      const { layout } = plan
      ref = layout.texts.get('ref') ?? -1
      places.begin(plan.place)
      times.begin(plan.reading, plan.wholeMonths)
      held = fileMembers(plan, words, extras, force)
      group = undefined
      learnt = false
    },
    take(next) {
      block = next
      let firstFilled = filled
      for (let first = 0; first < block.rows; first += BATCH) {
        const count = sift(first, Math.min(first + BATCH, block.rows))
        for (let from = 0; from < count; ) {
          const to = Math.min(count, from + limits.segmentRows - filled)
          fill(from, to)
          from = to
          if (filled < limits.segmentRows) continue
          flush()
          firstFilled = 0
        }
      }
      const { x, y } = file.layout
      if (learnt || x < 0) return
      learnt = true
      group = learnGroup(places, x, y, held.members, firstFilled, filled, issues.total)
    },
    strayQuote(row, column) {
      issues.add(file.source.name, row, file.layout.names[column] ?? '', '', 'E-CSV-006')
    },
    finish: flush,
    tally,
    seenTimes: times.seen,
    dictionaries() {
      const all: Record<string, readonly string[]> = Object.create(null)
      for (const column of words) all[column.name] = column.words()
      for (const column of extras)
        if (!column.isText() && column.words().length > 1) all[column.name] = column.words()
      return all
    },
    forceWords,
    flagNames: flags.map((column) => column.name),
    textNames: () => [
      ...texts.map((column) => column.name),
      ...extras.filter((e) => e.isText()).map((e) => e.name),
    ],
    extraNames: () => extras.filter((e) => e.isText() || e.words().length > 1).map((e) => e.name),
    mapPointWarnings: () => mapPoints.warnings(forceWords()),
    extrasAsText: () => extras.filter((e) => e.isText()).map((e) => e.name),
  }
}
