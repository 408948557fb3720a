/** Which of the import's dictionary and further columns one file holds, and which only others do. */
import type { FilePlan } from '../plan.ts'
import type { DictionaryBuilder, RepairingDictionary } from './dictionary-builder.ts'
import type { ExtraColumn } from './extra-column.ts'
import type { GroupMember } from './place-group.ts'

export interface FileMembers {
  readonly members: readonly GroupMember[]
  /** Columns this file does not have: blank, or the force its name gives. */
  readonly absent: readonly { fill(at: number, to: number): void }[]
}

export function fileMembers(
  { layout, force }: FilePlan,
  words: readonly RepairingDictionary[],
  extras: readonly ExtraColumn[],
  forceColumn: DictionaryBuilder | undefined,
): FileMembers {
  const members: GroupMember[] = []
  const absent: { fill(at: number, to: number): void }[] = []
  for (const column of words) {
    const index = layout.dictionaries.get(column.name as never)
    if (index === undefined) {
      const code = column === forceColumn && force !== '' ? column.codeOf(force) : 0
      absent.push({ fill: (at, to) => column.fill(code, at, to) })
      continue
    }
    column.setRepairs(layout.repairs.get(index))
    members.push({
      column: index,
      codes: () => column.codes,
      take: (block, rows, from, to, at) => column.take(block, index, rows, from, to, at),
    })
  }
  for (const column of extras) {
    const index = layout.extras.get(column.name)
    if (index === undefined) {
      absent.push(column)
      continue
    }
    const repairs = layout.repairs.get(index)
    members.push({
      column: index,
      codes: column.codes,
      take: (block, rows, from, to, at) => column.take(block, index, repairs, rows, from, to, at),
    })
  }
  return { members, absent }
}
