/** How closely a method agreed with a peer on data no one here made up: one row of `hotspot methods --agreement`. */
export interface Agreement {
  /** Id of the method. */
  readonly method: string
  /** The software or publication it was compared with. */
  readonly peer: string
  /** Version of the software, or year of the publication. */
  readonly version: string
  /** The data, what was compared, and whether the difference is absolute or relative. */
  readonly data: string
  readonly largestDifference: number
  readonly tolerance: number
}
