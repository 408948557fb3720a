import type { Provenance } from '#core/contract/provenance.ts'
import type { PackInput } from './pack-input.ts'
import type { Block, Page } from './page-model.ts'

/**
 * What was asked of which data by which version, and which block of the pack came from it: attached to the PDF as
 * `provenance.json`. Plain JSON with a fixed order of keys, so that it is the same bytes for the same pack.
 */
export function packProvenance(input: PackInput, pages: readonly Page[]): Readonly<Record<string, unknown>> {
  const blocks: Record<string, { readonly page: string; readonly provenance: Provenance }> = {}
  for (const page of pages)
    for (const block of page.blocks)
      visit(block, (id, provenance) => {
        blocks[id] = { page: page.id, provenance }
      })
  return {
    product: input.product,
    force: input.force,
    title: input.title,
    marking: input.marking,
    asAt: input.asAt,
    period: input.period,
    definition: input.definition,
    selection: { sentence: input.filterSentence, filter: input.provenance.filter, incidents: input.selected },
    data: {
      id: input.data.id,
      name: input.data.name,
      importer: input.data.importer,
      rowsRead: input.data.rowsRead,
      rowsKept: input.data.rowsKept,
      rowsRejected: input.data.rowsRejected,
      files: input.data.files,
    },
    studyArea: input.studyArea ? { name: input.studyArea.name, sha256: input.studyArea.sha256 } : null,
    weights: input.weights ?? null,
    hotspots: input.provenance,
    decisions: input.decisions,
    methods: input.methods.map(({ id, version, parameters }) => ({ id, version, parameters })),
    blocks,
  }
}

function visit(block: Block, found: (id: string, provenance: Provenance) => void): void {
  if (block.kind === 'columns') {
    for (const inner of block.left) visit(inner, found)
    for (const inner of block.right) visit(inner, found)
  } else if ('provenance' in block && block.provenance) found(block.id, block.provenance)
}
