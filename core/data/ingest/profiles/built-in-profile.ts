/** A source format the product knows by itself: how it is recognised and how its columns are called. */
import type { ImportProfile, Mapping } from '#core/contract/dataset.ts'

export interface BuiltInProfile {
  readonly profile: ImportProfile
  /** What one file of it is called in a sentence. */
  readonly kind: string
  /** Mapped columns without which a file of this kind is not one. */
  readonly needs: readonly (keyof Mapping)[]
  /** Other names of a mapped column, in plain form (see `plainName`). */
  readonly aliases: Readonly<Record<string, readonly string[]>>
  /** Names of a file that comes without a header, by position. */
  readonly headerless?: readonly string[]
  /** Times in the `from` column are whole months, whatever day they are written with. */
  readonly wholeMonths?: boolean
  /** Words put right, or taken as "not recorded", by column name as the source has it. */
  readonly repairs?: Readonly<Record<string, ReadonlyMap<string, WordRepair>>>
  /** True when these column names (in plain form) are of this format. */
  matches(names: ReadonlySet<string>): boolean
}

export interface WordRepair {
  readonly to: string
  /** Issue code when each repair is to be listed; absent where the word is only the source's way of saying "none". */
  readonly code?: string
}
