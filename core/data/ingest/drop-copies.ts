/** The same file chosen twice would double every count: the second one is not read. */
import type { Source } from './sources/source.ts'
import { newMeter } from './sources/source.ts'

/** Compares content only among sources that could be equal: same size, or same size and checksum in an archive. */
export async function dropCopies(
  sources: readonly Source[],
): Promise<{ sources: Source[]; warnings: string[] }> {
  const bySize = new Map<string, Source[]>()
  for (const source of sources) {
    const key = source.fingerprint ?? String(source.storedBytes)
    const group = bySize.get(key)
    if (group) group.push(source)
    else bySize.set(key, [source])
  }
  const copies = new Map<Source, Source>()
  for (const group of bySize.values()) {
    if (group.length < 2) continue
    const byContent = new Map<string, Source>()
    for (const source of group) {
      const content = await contentHash(source)
      const first = byContent.get(content)
      if (first) copies.set(source, first)
      else byContent.set(content, source)
    }
  }
  return {
    sources: sources.filter((source) => !copies.has(source)),
    warnings: [...copies].map(
      ([copy, first]) => `${copy.name} is the same file as ${first.name}; it was read once.`,
    ),
  }
}

async function contentHash(source: Source): Promise<string> {
  const meter = newMeter()
  const chunks = source.read(meter)[Symbol.asyncIterator]()
  while (!(await chunks.next()).done);
  return meter.sha256
}
