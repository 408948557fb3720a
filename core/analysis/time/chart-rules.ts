/** Bits of the rules a point breaks. */
export const RULES = { beyond: 1, side: 2, trend: 4, pair: 8 } as const

const words: readonly (readonly [number, string])[] = [
  [RULES.beyond, 'beyond 3σ'],
  [RULES.side, '8 on one side'],
  [RULES.trend, '6 rising or falling'],
  [RULES.pair, '2 of 3 beyond 2σ'],
]

export function ruleWords(bits: number): string {
  return words
    .filter(([bit]) => (bits & bit) !== 0)
    .map(([, word]) => word)
    .join('; ')
}

/**
 * Which rules each point breaks: one beyond 3σ; the eighth and later of a run on one side of the centre (a point on
 * the centre ends it); the sixth and later of points that each lie above (or below) the one before; beyond 2σ
 * when another of the two points before is too, on the same side. A blank (NaN) ends every run.
 *
 * @param z distance from the centre in σ, what 2σ and 3σ are judged by and, by its sign, the side
 * @param level what rises or falls
 * @see Western Electric (1956), Statistical Quality Control Handbook; Nelson, L. S. (1984), Journal of Quality Technology 16, 237–239.
 */
export function chartRules(z: Float64Array, level: Float64Array): Uint8Array {
  const broken = new Uint8Array(z.length)
  let side = 0
  let sideRun = 0
  let way = 0
  let wayRun = 0
  for (let i = 0; i < z.length; i++) {
    if (Number.isNaN(z[i])) {
      sideRun = 0
      wayRun = 0
      side = 0
      way = 0
      continue
    }
    if (Math.abs(z[i]) > 3) broken[i] |= RULES.beyond
    const own = Math.sign(z[i])
    sideRun = own !== 0 && own === side ? sideRun + 1 : own === 0 ? 0 : 1
    side = own
    if (sideRun >= 8) broken[i] |= RULES.side
    const move = i > 0 && !Number.isNaN(z[i - 1]) ? Math.sign(level[i] - level[i - 1]) : 0
    wayRun = move !== 0 && move === way ? wayRun + 1 : move === 0 ? 0 : 1
    way = move
    // Six points have five steps between them.
    if (wayRun >= 5) broken[i] |= RULES.trend
    if (Math.abs(z[i]) > 2)
      for (let back = 1; back <= 2 && i - back >= 0 && !Number.isNaN(z[i - back]); back++)
        if (z[i - back] * own > 2) broken[i] |= RULES.pair
  }
  return broken
}
