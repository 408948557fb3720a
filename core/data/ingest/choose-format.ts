/** Which profile the files are read with, and which files it is for. */
import type { ImportProfile, Mapping } from '#core/contract/dataset.ts'
import { InputError } from '#core/contract/problem.ts'
import type { ImportJob } from './import-job.ts'
import type { BuiltInProfile } from './profiles/built-in-profile.ts'
import { builtInOf, builtInProfiles } from './profiles/list-profiles.ts'
import { proposeMapping } from './profiles/propose-mapping.ts'
import type { Survey } from './survey.ts'

export interface ChosenFormat {
  readonly profile: ImportProfile
  readonly builtIn: BuiltInProfile | undefined
  readonly surveys: readonly Survey[]
  readonly warnings: readonly string[]
}

/**
 * The profile asked for; else the built-in one that the files belong to; else a mapping proposed from the names of
 * the first file. An archive of data.police.uk holds several kinds: one import takes one kind (street-level crime
 * before outcomes before stop and search) and says what it left out. A file of no known kind among known ones is
 * refused (E-IMP-008).
 */
export function chooseFormat(job: ImportJob, surveys: readonly Survey[]): ChosenFormat {
  const warnings: string[] = []
  const base = baseProfile(job, surveys, warnings)
  const mapping = job.mapping ?? base.mapping
  const profile: ImportProfile = { ...base, mapping, reading: { ...base.reading, ...job.reading } }
  // A hand-made mapping replaces the built-in one with all that belongs to it.
  const builtIn = job.mapping ? undefined : builtInOf(profile)
  if (!builtIn) return { profile, builtIn, surveys, warnings }
  const fitting = surveys.filter((survey) => survey.builtIn === undefined || survey.builtIn === builtIn)
  if (fitting.length === 0) return { profile, builtIn, surveys, warnings }
  for (const other of builtInProfiles) {
    const left = surveys.filter((survey) => survey.builtIn === other && other !== builtIn)
    if (left.length > 0)
      warnings.push(
        `${left.length} ${left.length === 1 ? 'file' : 'files'} of ${other.kind} left out, for example ${left[0].source.name}: import them as a dataset of their own.`,
      )
  }
  if (!job.profile) {
    const stranger = fitting.find((survey) => survey.builtIn === undefined)
    if (stranger)
      throw new InputError(
        'E-IMP-008',
        `${stranger.source.name} is not a file of ${builtIn.kind} like the others. Nothing was imported.`,
        { file: stranger.source.name, cure: 'Import it by itself, or leave it out.' },
      )
  }
  return { profile, builtIn, surveys: fitting, warnings }
}

/** A preview shows a file none of whose columns is known, so that they can be mapped; an import refuses it. */
export function refuseUnmapped({ mapping }: ImportProfile, file: string): void {
  if (mapping.x || mapping.from || mapping.offence) return
  throw new InputError(
    'E-IMP-010',
    `No column of ${file} was recognised as a place, a time or an offence. Nothing was imported.`,
    { file, cure: 'Say which columns hold them.' },
  )
}

function baseProfile(job: ImportJob, surveys: readonly Survey[], warnings: string[]): ImportProfile {
  if (job.profile) return job.profile
  const recognised = builtInProfiles.find((known) => surveys.some((survey) => survey.builtIn === known))
  if (!job.mapping && recognised) return recognised.profile
  const mapping: Mapping = job.mapping ?? proposeMapping(surveys[0].names)
  if (!job.mapping)
    warnings.push(
      Object.keys(mapping).length > 0
        ? `The columns were matched by their names: ${inWords(mapping)}.`
        : 'No column was known by its name: say which columns hold what.',
    )
  return { id: 'csv', name: 'Mapped CSV', format: 'csv', mapping, reading: {} }
}

function inWords(mapping: Mapping): string {
  return Object.entries(mapping)
    .map(([target, names]) => `${target} from “${Array.isArray(names) ? names.join('” and “') : names}”`)
    .join(', ')
}
