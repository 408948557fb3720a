import type { Caveat } from '#core/contract/caveat.ts'
import { caveat } from '../support/caveats.ts'
import { type HarmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import type { WholeYears } from './whole-years.ts'

/** Caveats of the ranking itself; those of the grid, of what is left out and of Gi* come from there. */
export function hotspotsCaveats(run: {
  readonly params: { readonly hotspots: number; readonly yearsInTop: number }
  readonly years: WholeYears
  readonly tested: boolean
  readonly found: number
  readonly counted: number
  readonly undated: number
  readonly weights: HarmOfIncidents | null
  readonly unweighted: number
}): Caveat[] {
  const { params, years } = run
  const caveats: Caveat[] = []
  if (!run.tested && params.yearsInTop > 0)
    caveats.push(
      caveat(
        'persistence-skipped',
        `Whether hotspots last was not tested: it needs ${Math.max(2, params.yearsInTop)} whole years that end with the period, and ${years.labels.length === 0 ? 'none is' : `only ${years.labels.length} ${years.labels.length === 1 ? 'is' : 'are'}`} held in full. Some of these may be of one year only.`,
      ),
    )
  if (years.notHeld.length > 0)
    caveats.push(
      caveat(
        'years-not-held',
        `Left out of the test of years because a month is missing from the files: ${years.notHeld.join('; ')}.`,
      ),
    )
  if (years.heldInPart.length > 0)
    caveats.push(
      caveat(
        'years-in-part',
        `A month is held in part only, so these years read low: ${years.heldInPart.join('; ')}.`,
      ),
    )
  if (run.undated > 0)
    caveats.push(
      caveat(
        'undated',
        `${run.undated.toLocaleString('en-GB')} of ${run.counted.toLocaleString('en-GB')} incidents have no date: they count in the ranking and in no year.`,
      ),
    )
  if (run.found < params.hotspots)
    caveats.push(
      caveat(
        'fewer-hotspots',
        `${run.found === 0 ? 'No hotspot was' : run.found === 1 ? 'Only 1 hotspot was' : `Only ${run.found} hotspots were`} found where ${params.hotspots} were asked for: no more cells pass. A larger share of top cells, fewer years or a longer period would give more.`,
      ),
    )
  if (run.weights === null)
    caveats.push(
      caveat('no-harm', 'No harm weights match these data: harm and shares of harm are left blank.'),
    )
  else caveats.push(...unweightedCaveat(run.unweighted, run.counted, run.weights))
  return caveats
}
