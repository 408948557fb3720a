/** What an import is asked to do. Paths are the caller's; names are what the analyst sees. */
import type { ImportProfile, Mapping, Reading } from '#core/contract/dataset.ts'

export interface ImportJob {
  /** Files, folders or zip archives. `name` is shown and stored, `path` never is. */
  readonly files: readonly { readonly path: string; readonly name: string }[]
  /** A saved or built-in profile; absent: recognised, or proposed from the column names. */
  readonly profile?: ImportProfile
  /** Overrides the profile's mapping or reading where given. */
  readonly mapping?: Mapping
  readonly reading?: Reading
  readonly name?: string
  /** Empty or new folder that receives the segments, the issue list and the manifest. */
  readonly staging: string
}
