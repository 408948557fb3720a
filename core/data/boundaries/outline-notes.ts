/** What was put right, or is doubtful, in the outlines of a boundary file, gathered into a few sentences. */
const kinds = {
  unclosed: 'an outline that is not closed; its last corner was joined to its first',
  degenerate: 'a ring without area; the ring was left out',
  strayHole: 'a hole outside the area; the hole was left out',
  nested: 'a part lying inside another part; the inner part was left out',
  crossing:
    'crossing lines; where parts overlap, the overlap counts as outside (Fix geometries in QGIS cures it)',
  noOutline: 'no outline: left out',
  notAnArea: 'a point or a line instead of an outline: left out',
  offGrid: 'corners beyond the National Grid, off Great Britain: left out',
} as const
export type OutlineNote = keyof typeof kinds

export interface OutlineNotes {
  add(note: OutlineNote, area: string): void
  sentences(): string[]
}

export function outlineNotes(): OutlineNotes {
  const found = new Map<OutlineNote, string[]>()
  return {
    add(note, area) {
      const areas = found.get(note)
      if (!areas) found.set(note, [area])
      else if (areas[areas.length - 1] !== area) areas.push(area)
    },
    sentences() {
      const lines: string[] = []
      for (const note of Object.keys(kinds) as OutlineNote[]) {
        const areas = found.get(note)
        if (!areas) continue
        const shown = areas.slice(0, 3).join(', ')
        const more = areas.length > 3 ? ` and ${(areas.length - 3).toLocaleString('en-GB')} more` : ''
        lines.push(`${shown}${more} ${areas.length === 1 ? 'has' : 'have'} ${kinds[note]}.`)
      }
      return lines
    },
  }
}
