/** Protective marking (Government Security Classifications, 2024). -SENSITIVE is a marking inside OFFICIAL, not a tier. */
export interface Marking {
  readonly tier: 'OFFICIAL' | 'SECRET' | 'TOP SECRET'
  readonly sensitive: boolean
  readonly descriptors: readonly string[]
  readonly handling: string
  readonly originator: string
}

export const defaultMarking: Marking = {
  tier: 'OFFICIAL',
  sensitive: true,
  descriptors: [],
  handling:
    'For police use in patrol briefing. Do not share outside the force without the originator’s consent.',
  originator: '',
}

/** The marking as it stands at the top and bottom of a page: 'OFFICIAL-SENSITIVE [OPERATIONAL]'. */
export function markingText(marking: Marking): string {
  const head = marking.sensitive && marking.tier === 'OFFICIAL' ? 'OFFICIAL-SENSITIVE' : marking.tier
  return marking.descriptors.length ? `${head} [${marking.descriptors.join(', ').toUpperCase()}]` : head
}
