/** What a request body may be. The types are the contract's; zod checks that what arrives is one of them. */
import { z } from 'zod'
import type { ImportProfile, Mapping, Reading } from '#core/contract/dataset.ts'
import type { Filter } from '#core/contract/filter.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Marking } from '#core/contract/marking.ts'
import { InputError } from '#core/contract/problem.ts'
import {
  type AnalysisRequest,
  type FileRef,
  type ImportRequest,
  type IncidentFileRequest,
  type IncidentsRequest,
  type LayerRequest,
  MOST_WORD_COLUMNS,
  type PackRequest,
  type PreviewRequest,
  type SaveWorkspace,
  type SearchRequest,
  type SelectionRequest,
} from '#core/contract/routes.ts'
import type { HotspotPlan, WorkspaceState } from '#core/contract/workspace.ts'

// zod otherwise compiles its checks with `new Function`, which the window's policy forbids and nothing here needs.
z.config({ jitless: true })

const text = z.string().max(10_000)
const name = z.string().trim().min(1).max(200)
const words = z.array(text).max(100_000)
const position = z.tuple([z.number(), z.number()])

const grid: z.ZodType<GridSpec> = z.strictObject({
  shape: z.enum(['hexagon', 'square']),
  size: z.number().positive(),
  originX: z.number(),
  originY: z.number(),
  columns: z.int().positive(),
  rows: z.int().positive(),
})

const textClause = z.strictObject({
  kind: z.literal('text'),
  words: z.string().max(500),
  columns: z.array(text).max(200),
})

const clause = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('period'), from: text, to: text }),
  z.strictObject({ kind: z.literal('oneOf'), column: text, values: words, exclude: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal('flag'),
    column: text,
    states: z.array(z.enum(['yes', 'no', 'unknown'])),
  }),
  z.strictObject({ kind: z.literal('area'), layer: text, codes: words }),
  z.strictObject({
    kind: z.literal('polygon'),
    name: text.optional(),
    rings: z.array(z.array(position).max(100_000)).max(1000),
  }),
  z.strictObject({
    kind: z.literal('cells'),
    name: text.optional(),
    grid,
    cells: z.array(z.int().nonnegative()).max(100_000),
  }),
  z.strictObject({ kind: z.literal('hours'), hours: z.array(z.int().min(0).max(167)).max(168) }),
  z.strictObject({ kind: z.literal('located') }),
  z.strictObject({
    kind: z.literal('precision'),
    precisions: z.array(z.enum(['exact', 'snapped', 'area', 'none'])),
  }),
  textClause,
])
const filter = z.strictObject({ clauses: z.array(clause).max(200) }) as unknown as z.ZodType<Filter>

const column = text.optional()
const mapping = z.strictObject({
  x: column,
  y: column,
  ref: column,
  from: words.optional(),
  to: words.optional(),
  reported: words.optional(),
  offence: column,
  offenceCode: column,
  offenceGroup: column,
  location: column,
  locationId: column,
  locationType: column,
  precision: column,
  outcome: column,
  force: column,
  domestic: column,
  knife: column,
  alcohol: column,
  publicSpace: column,
  victimRef: column,
  suspectRef: column,
  note: column,
  extra: words.optional(),
}) as unknown as z.ZodType<Mapping>

const reading = z.strictObject({
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be']).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  decimalComma: z.boolean().optional(),
  header: z.boolean().optional(),
  dateOrder: z.enum(['day-first', 'month-first', 'year-first']).optional(),
  clock: z.enum(['london', 'utc']).optional(),
  coordinates: z.enum(['bng', 'wgs84']).optional(),
  swapAxes: z.boolean().optional(),
  snapped: z.boolean().optional(),
  deduplicateByRef: z.boolean().optional(),
}) as unknown as z.ZodType<Reading>

const fileRef = z.union([
  z.strictObject({ upload: text }),
  z.strictObject({ path: text }),
]) as z.ZodType<FileRef>
const files = z.array(fileRef).min(1).max(10_000)
const values = z.record(z.string(), z.unknown())

const marking: z.ZodType<Marking> = z.strictObject({
  tier: z.enum(['OFFICIAL', 'SECRET', 'TOP SECRET']),
  sensitive: z.boolean(),
  descriptors: z.array(z.string().max(100)).max(10),
  handling: text,
  originator: text,
})

const plan = z.strictObject({
  dataset: text,
  filter,
  params: values,
  decisions: z
    .array(
      z.strictObject({
        hotspot: text,
        name: z.string().max(200).optional(),
        dropped: z.string().trim().min(1).max(1000).optional(),
        mergedInto: text.optional(),
      }),
    )
    .max(1000),
}) as unknown as z.ZodType<HotspotPlan>

const analysis = z.strictObject({
  method: text,
  params: values,
  dataset: text,
  filter,
  studyArea: text.optional(),
  weights: text.optional(),
}) as unknown as z.ZodType<AnalysisRequest>

const state = z.strictObject({
  name,
  force: text,
  marking,
  dataset: text.nullable(),
  studyArea: text.nullable(),
  areaLayer: text.nullable(),
  weights: text.nullable(),
  filter,
  definition: z.strictObject({ name: text, version: z.int().nonnegative() }),
  plan: plan.nullable(),
  selections: z
    .array(z.strictObject({ id: text, name, filter }))
    .max(500)
    .optional(),
  runs: z
    .array(z.strictObject({ id: text, name, request: analysis }))
    .max(1000)
    .optional(),
}) as unknown as z.ZodType<WorkspaceState>

export const schemas = {
  filter,
  saveWorkspace: z.strictObject({ ifVersion: z.int(), state }) as z.ZodType<SaveWorkspace>,
  beginUpload: z.strictObject({ name: text, bytes: z.number().nonnegative() }),
  preview: z.strictObject({
    files,
    profile: text.optional(),
    mapping: mapping.optional(),
    reading: reading.optional(),
  }) as unknown as z.ZodType<PreviewRequest>,
  import: z.strictObject({
    files,
    name: name.optional(),
    profile: text.optional(),
    mapping: mapping.optional(),
    reading: reading.optional(),
    saveProfileAs: name.optional(),
  }) as unknown as z.ZodType<ImportRequest>,
  profile: z.strictObject({
    id: text,
    name,
    format: z.enum(['police-uk-street', 'police-uk-outcomes', 'police-uk-stop-and-search', 'csv']),
    mapping,
    reading,
  }) as unknown as z.ZodType<ImportProfile>,
  layer: z.strictObject({
    files,
    kind: z.enum(['boundary', 'basemap', 'places', 'lines']),
    name: name.optional(),
    codeField: text.optional(),
    nameField: text.optional(),
    source: text.optional(),
  }) as unknown as z.ZodType<LayerRequest>,
  weights: z.strictObject({ file: fileRef, name, version: text, unit: text, source: text }),
  selection: z.strictObject({
    dataset: text,
    filter,
    grid: z.strictObject({ shape: z.enum(['hexagon', 'square']), size: z.number().min(10).max(100_000) }),
    areaLayer: text.optional(),
    words: z.array(text).max(MOST_WORD_COLUMNS).optional(),
    days: z.boolean().optional(),
  }) as unknown as z.ZodType<SelectionRequest>,
  incidents: z.strictObject({
    dataset: text,
    filter,
    offset: z.int().nonnegative(),
    limit: z.int().min(0).max(1000),
    sort: z.strictObject({ column: text, descending: z.boolean() }).optional(),
  }) as unknown as z.ZodType<IncidentsRequest>,
  incidentFile: z.strictObject({
    dataset: text,
    filter,
    columns: z.array(text).min(1).max(500),
    sort: z.strictObject({ column: text, descending: z.boolean() }).optional(),
  }) as unknown as z.ZodType<IncidentFileRequest>,
  search: z.strictObject({ dataset: text, clause: textClause }) as z.ZodType<SearchRequest>,
  points: z.strictObject({ dataset: text, filter, limit: z.int().min(1).max(1_000_000) }),
  analysis,
  pack: z.strictObject({
    plan,
    title: name.optional(),
    author: text.optional(),
  }) as unknown as z.ZodType<PackRequest>,
}

/** The body as its type, or a refusal that points at the part that is wrong. */
export function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new InputError(
    'E-REQ-SHAPE',
    `The request is not understood at “${issue.path.join('.') || 'its start'}”: ${issue.message}. Nothing was done.`,
    {
      status: 400,
      column: issue.path.join('.'),
    },
  )
}
