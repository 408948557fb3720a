/** A source from its plain description, so that another thread can read it. */
import { gzipFile, plainFile } from './file-source.ts'
import type { Source, SourceSpec } from './source.ts'
import { zipEntrySource } from './zip-source.ts'

export function openSource(spec: SourceSpec): Source {
  if (spec.kind === 'zip') return zipEntrySource(spec.path, spec.name, spec.entry)
  return spec.kind === 'gzip'
    ? gzipFile(spec.path, spec.name, spec.stamp)
    : plainFile(spec.path, spec.name, spec.stamp)
}
