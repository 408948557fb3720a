import { poissonSegments, prefix } from './poisson-segments.ts'

/** Rounds of cutting and taking the season again; three or four is usual. */
const ROUNDS = 12

/**
 * Cuts, then takes the season again from the spells found, until neither moves: a change of level leaves a trace in the
 * first factors, which come from moving averages. Exposure 1 is a step of mean length and season.
 */
export function cutWithSeason(
  counts: Float64Array,
  days: Float64Array,
  first: Float64Array | null,
  settings: { readonly penalty: number; readonly shortest: number; readonly estimated: boolean },
): { starts: number[]; exposures: Float64Array; dispersion: number } {
  const n = counts.length
  const meanDays = days.reduce((sum, each) => sum + each, 0) / n
  let factors = first
  let before = ''
  for (let round = 1; ; round++) {
    const season = factors
    const exposures = days.map((each, i) => (each / meanDays) * (season ? season[i % season.length] : 1))
    const dispersion = settings.estimated ? neighbourDispersion(counts, exposures) : 1
    const starts = poissonSegments(counts, exposures, settings.penalty, settings.shortest, dispersion)
    const key = starts.join()
    if (!season || key === before || round === ROUNDS) return { starts, exposures, dispersion }
    before = key
    factors = factorsGiven(counts, exposures, starts, season)
  }
}

/** Season factors by maximum likelihood given the level of each spell. */
function factorsGiven(
  counts: Float64Array,
  exposures: Float64Array,
  starts: readonly number[],
  season: Float64Array,
): Float64Array {
  const period = season.length
  const [sums, spans] = [prefix(counts, counts), prefix(exposures, counts)]
  const seen = new Float64Array(period)
  const expected = new Float64Array(period)
  const edges = [...starts, counts.length]
  for (let i = 0, k = 0; i < counts.length; i++) {
    if (i === edges[k]) k++
    if (Number.isNaN(counts[i])) continue
    const from = k === 0 ? 0 : edges[k - 1]
    const level = (sums[edges[k]] - sums[from]) / (spans[edges[k]] - spans[from])
    seen[i % period] += counts[i]
    expected[i % period] += (level * exposures[i]) / season[i % period]
  }
  // A place never seen, or with nothing in it, keeps the factor it had: an exposure of 0 has no rate.
  const raw = season.map((held, p) => (seen[p] > 0 && expected[p] > 0 ? seen[p] / expected[p] : held))
  const mean = raw.reduce((sum, factor) => sum + factor, 0) / period
  return raw.map((factor) => factor / mean)
}

/** Mean squared step between neighbours over what Poisson gives, given the sum of the two: at least 1. */
function neighbourDispersion(counts: Float64Array, exposures: Float64Array): number {
  let sum = 0
  let pairs = 0
  for (let i = 1; i < counts.length; i++) {
    const both = counts[i] + counts[i - 1]
    if (!(both > 0)) continue
    const p = exposures[i] / (exposures[i] + exposures[i - 1])
    sum += (counts[i] - both * p) ** 2 / (both * p * (1 - p))
    pairs++
  }
  return pairs > 0 ? Math.max(1, sum / pairs) : 1
}
