/** Method and data: what a reviewer needs to do it again and get the same numbers. */
import { type Cell, type DataTable, measure, words } from '../figure/drawing.ts'
import { formatBytes, formatMonth } from '../format.ts'
import type { BlockIds } from './block-ids.ts'
import type { NumberedCaveat } from './caveat-list.ts'
import { countCell } from './cells.ts'
import { periodText } from './cover-page.ts'
import type { PackInput } from './pack-input.ts'
import type { Block, Page, TableBlock } from './page-model.ts'

/** A longer sentence than this is cut in the particulars, and stands in full below them. */
const longSelection = 900

const left = (title: string, share: number) => ({ title, align: 'left' as const, share })
const right = (title: string, share: number) => ({ title, align: 'right' as const, share })

export function methodPage(input: PackInput, caveats: readonly NumberedCaveat[], ids: BlockIds): Page {
  const table = (title: string, content: DataTable, lines = 3, rowHeader = 0): TableBlock => ({
    kind: 'table',
    id: ids.next('T'),
    title,
    table: content,
    rowHeader,
    lines,
  })
  const decisions = decisionRows(input)
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: 'Method and data', over: input.force },
    { kind: 'particulars', id: ids.next('T'), compact: true, rows: particulars(input) },
    ...(input.filterSentence.length > longSelection
      ? ([{ kind: 'heading', level: 2, text: 'Selection in full' }, note(ids, input.filterSentence)] as const)
      : []),
    table('Files', filesTable(input), 2),
    ...(input.data.issues.length
      ? [table('Rows rejected, repaired or left blank, and why', issuesTable(input), 8)]
      : [note(ids, 'No row was rejected, repaired or left blank.')]),
    { kind: 'heading', level: 2, text: 'Coverage' },
    coverageParagraph(input, ids),
    ...(input.summary.excluded.length
      ? [
          table('Incidents of the selection not used for hotspots', {
            columns: [left('Reason', 400), right('Incidents', 60)],
            rows: input.summary.excluded.map(({ reason, incidents }) => [
              words(reason),
              countCell(incidents),
            ]),
          }),
        ]
      : []),
    ...(decisions.length
      ? [
          table('Decisions of the analyst', {
            columns: [left('Hotspot', 120), left('Decision', 120), left('Reason', 270)],
            rows: decisions,
          }),
        ]
      : [note(ids, 'The analyst dropped, joined or renamed no hotspot.')]),
    table(
      'Methods',
      {
        columns: [
          left('Method', 120),
          left('Id and version', 110),
          left('What it answers', 170),
          left('Reference', 150),
        ],
        rows: input.methods.map((method) => [
          words(method.title),
          words(`${method.id} ${method.version}`),
          words(method.answers),
          words(method.references[0] ?? '–'),
        ]),
      },
      8,
    ),
    table(
      'Parameters',
      {
        columns: [left('Method', 150), left('Parameter', 220), left('Value', 140)],
        rows: input.methods.flatMap((method) =>
          method.parameters.map(({ title, value }) => [words(method.title), words(title), words(value)]),
        ),
      },
      12,
    ),
    { kind: 'heading', level: 2, text: 'Caveats' },
    caveats.length
      ? { kind: 'list', items: caveats.map(caveatText) }
      : note(ids, 'The methods raised no caveat.'),
    ...(input.data.warnings.length
      ? ([
          { kind: 'heading', level: 2, text: 'Warnings from the import' },
          { kind: 'list', items: input.data.warnings },
        ] as const)
      : []),
    { kind: 'heading', level: 2, text: 'Checking this pack' },
    note(
      ids,
      `Made by ${input.product} from the files above. Attached to this document as provenance.json: the filter, the parameters, the method versions and the hash of every file. Beside it: every number as CSV and the hotspots as map files. The same files, filter, parameters and versions give the same bytes.`,
    ),
    ...(input.sources.length
      ? ([
          { kind: 'heading', level: 2, text: 'Sources' },
          { kind: 'list', items: input.sources },
        ] as const)
      : []),
  ]
  return { id: 'method', name: 'Method and data', blocks }
}

function note(ids: BlockIds, text: string): Block {
  return { kind: 'paragraph', id: ids.next('S'), style: 'body', text, numbers: [] }
}

function particulars(input: PackInput): readonly { readonly name: string; readonly cell: Cell }[] {
  const { data, weights, studyArea } = input
  return [
    { name: 'Selection', cell: words(input.filterSentence) },
    { name: 'Definition', cell: words(`${input.definition.name}, version ${input.definition.version}`) },
    { name: 'Period', cell: words(periodText(input.period)) },
    { name: 'Data', cell: words(`${data.name}, id ${data.id}, imported by ${data.importer}`) },
    { name: 'Rows read', cell: countCell(data.rowsRead, 'rows') },
    { name: 'Rows kept', cell: countCell(data.rowsKept, 'rows') },
    { name: 'Rows rejected', cell: countCell(data.rowsRejected, 'rows') },
    { name: 'Rows with a place', cell: countCell(data.located, 'rows') },
    { name: 'Identical rows', cell: countCell(data.duplicates.identical, 'rows') },
    { name: 'Repeated references', cell: countCell(data.duplicates.repeatedRef, 'rows') },
    { name: 'Duplicates dropped', cell: countCell(data.duplicates.dropped, 'rows') },
    { name: 'Incidents selected', cell: countCell(input.selected) },
    {
      name: 'Study area',
      cell: words(
        studyArea
          ? `${studyArea.name}, SHA-256 ${studyArea.sha256}`
          : 'none loaded: the grid round the incidents',
      ),
    },
    {
      name: 'Harm weights',
      cell: words(
        weights
          ? `${weights.name}, version ${weights.version}, in ${weights.unit}. ${weights.source}. SHA-256 ${weights.sha256}`
          : 'none loaded: harm is not shown anywhere in this pack',
      ),
    },
  ]
}

function filesTable(input: PackInput): DataTable {
  return {
    columns: [
      left('File', 138),
      right('Size', 36),
      right('Rows', 38),
      right('Kept', 38),
      right('Rejected', 38),
      left('SHA-256', 223),
    ],
    rows: input.data.files.map((file) => [
      words(file.name),
      measure(file.bytes, formatBytes(file.bytes), 'bytes'),
      countCell(file.rows, 'rows'),
      countCell(file.kept, 'rows'),
      countCell(file.rejected, 'rows'),
      words(file.sha256),
    ]),
  }
}

const actionWords = { rejected: 'row rejected', repaired: 'put right', blanked: 'left blank' } as const

function issuesTable(input: PackInput): DataTable {
  return {
    columns: [left('Reason', 190), left('What was done', 70), right('Rows', 42), left('Cure', 208)],
    rows: input.data.issues.map((issue) => [
      words(issue.reason),
      words(actionWords[issue.action]),
      countCell(issue.count, 'rows'),
      words(issue.cure || '–'),
    ]),
  }
}

function coverageParagraph(input: PackInput, ids: BlockIds): Block {
  const list = (state: 'missing' | 'partial'): string =>
    input.data.coverage
      .filter((cell) => cell.state === state)
      .map((cell) => `${cell.force ? `${cell.force} ` : ''}${formatMonth(cell.month)}`)
      .join(', ')
  const missing = list('missing')
  const partial = list('partial')
  const text = [
    missing
      ? `Months not in the files: ${missing}. They are gaps, not months without crime.`
      : 'Every month between the first and the last is in the files.',
    partial ? `Months covered in part: ${partial}.` : '',
  ]
  return note(ids, text.filter(Boolean).join(' '))
}

/** What the analyst did, in the order it was recorded. */
function decisionRows(input: PackInput): Cell[][] {
  const known = new Map<string, string>()
  // Ranks are those of the pack: one that is not in it has none.
  for (const { id, place } of input.summary.hotspots) if (place) known.set(id, place)
  for (const { hotspot, name } of input.hotspots) known.set(hotspot.id, `${hotspot.rank} ${name}`)
  const nameOf = (id: string): string => known.get(id) ?? id
  const rows: Cell[][] = []
  for (const decision of input.decisions) {
    const name = known.get(decision.hotspot)
    const about = words(name ? `${name} (${decision.hotspot})` : decision.hotspot)
    if (decision.dropped !== undefined)
      rows.push([about, words('dropped'), words(decision.dropped || 'no reason recorded')])
    if (decision.mergedInto !== undefined)
      rows.push([
        about,
        words(`joined to ${nameOf(decision.mergedInto)}`),
        words('adjoining places policed as one'),
      ])
    if (decision.name !== undefined) rows.push([about, words(`named ${decision.name}`), words('–')])
  }
  return rows
}

function caveatText({ number, text, ranks, varies }: NumberedCaveat): string {
  const where = ranks.length ? ` (${ranks.length === 1 ? 'hotspot' : 'hotspots'} ${rangesText(ranks)})` : ''
  return `${number}. ${text}${varies ? ' The numbers differ from hotspot to hotspot; each page gives its own.' : ''}${where}`
}

/** Ranks as ranges: '1–4, 7'. */
export function rangesText(ranks: readonly number[]): string {
  const sorted = [...ranks].sort((a, b) => a - b)
  const parts: string[] = []
  for (let i = 0; i < sorted.length; ) {
    let j = i
    while (j + 1 < sorted.length && sorted[j + 1] === sorted[j] + 1) j++
    parts.push(j > i ? `${sorted[i]}–${sorted[j]}` : String(sorted[i]))
    i = j + 1
  }
  return parts.join(', ')
}
