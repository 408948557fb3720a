import { TriangleAlert } from 'lucide-react'
import type { Caveat } from '#core/contract/caveat.ts'

/** It worked, but: every caveat of a result, in words. */
export function Caveats({ caveats }: { readonly caveats: readonly Caveat[] }) {
  if (!caveats.length) return null
  return (
    <div className="note warning">
      <TriangleAlert size={16} aria-hidden="true" />
      <ul className="stack tight">
        {caveats.map((caveat) => (
          <li key={`${caveat.code} ${caveat.text}`}>{caveat.text}</li>
        ))}
      </ul>
    </div>
  )
}
