/** What all parts of a scan need. Plain data, its arrays in shared memory, none of them written after `begin`. */
export interface ScanState {
  /** Poisson likelihood (also of the space-time permutation model), or Bernoulli. */
  readonly likelihood: 'poisson' | 'bernoulli'
  /**
   * What chance may change: `times` are dealt anew over the incidents, each keeping its place; `places` are drawn
   * anew in proportion to the expected share, each incident keeping its time; `placesAndTimes` are both drawn;
   * `labels` of case and control are dealt anew over all records.
   */
  readonly chance: 'times' | 'places' | 'placesAndTimes' | 'labels'
  /** Windows end with the last step, or anywhere; a scan of space alone is `last` with one step. */
  readonly windows: 'last' | 'any'
  /** Whole metres, by x then y: the order in which equal distances are added. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Share of what is expected at each place, in any unit, and the sum over places. */
  readonly space: Float64Array
  readonly spaceTotal: number
  /** Sum of `space` a circle may hold at most, and its largest radius, metres. */
  readonly spaceLimit: number
  readonly radiusLimit: number
  readonly steps: number
  /** Steps a window may hold at most. */
  readonly longest: number
  /** Measure of the steps before each step, `steps + 1` ascending values. */
  readonly time: Float64Array
  /** Place and step of each record, in order of place; for `labels` 1 in `isCase` for a case. */
  readonly recordPlace: Int32Array
  readonly recordStep: Int32Array
  readonly isCase: Uint8Array | null
  readonly cases: number
  /** True where a window is measured by the records in it, not by space times time (Bernoulli with time). */
  readonly countsRecords: boolean
  /** Poisson: expected = measure / `perExpected`. Bernoulli: all records. */
  readonly perExpected: number
  readonly seed: number
  readonly permutations: number
  /** Replications of a part. */
  readonly batch: number
  /** Largest statistic of the incidents themselves. */
  readonly observed: number
  /** For stopping early: exceedances of each finished part plus one, 0 while it is not; null when not asked for. */
  readonly exceedances: Int32Array | null
}

/** A cluster as found, before it is put in words. */
export interface ScanCluster {
  readonly centre: number
  /** Places in it: the first `places` in order of distance from the centre. */
  readonly places: number
  readonly radius: number
  readonly firstStep: number
  readonly lastStep: number
  readonly observed: number
  readonly measure: number
  readonly statistic: number
}

/** How windows are drawn in time; `none` scans space alone. */
export type ScanTime = 'prospective' | 'retrospective' | 'none'
