/** The built-in profiles, in the order they are tried. */
import type { ImportProfile } from '#core/contract/dataset.ts'
import type { BuiltInProfile } from './built-in-profile.ts'
import { forceExtract } from './force-extract.ts'
import { policeUkOutcomes } from './police-uk-outcomes.ts'
import { policeUkStopAndSearch } from './police-uk-stop-and-search.ts'
import { policeUkStreet } from './police-uk-street.ts'

export const builtInProfiles: readonly BuiltInProfile[] = [
  policeUkStreet,
  policeUkOutcomes,
  policeUkStopAndSearch,
  forceExtract,
]

/** The built-in behind a profile, by its id: only that one has aliases and repairs. */
export function builtInOf(profile: ImportProfile): BuiltInProfile | undefined {
  return builtInProfiles.find(
    (known) =>
      known.profile.id === profile.id ||
      (known.profile.format !== 'csv' && known.profile.format === profile.format),
  )
}

/** The built-in format these plain column names belong to. */
export function recogniseNames(names: ReadonlySet<string>): BuiltInProfile | undefined {
  return builtInProfiles.find((known) => known.matches(names))
}

/** Twelve columns with a month in the second and blank or decimal coordinates: a street file without its header. */
export function recogniseHeaderless(first: readonly string[]): BuiltInProfile | undefined {
  const decimal = /^(-?\d+\.\d+)?$/
  const street =
    first.length === 12 && /^\d{4}-\d{2}$/.test(first[1]) && decimal.test(first[4]) && decimal.test(first[5])
  return street ? policeUkStreet : undefined
}
