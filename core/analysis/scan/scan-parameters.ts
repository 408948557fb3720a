import { stepOptions } from '../emerging/time-steps.ts'

/** How incidents are gathered into places. */
export const placeParameters = {
  places: {
    type: 'choice',
    title: 'Places',
    options: [
      { value: 'coordinates', title: 'Coordinates as recorded, to the metre (map points)' },
      { value: 'square', title: 'Squares of the National Grid' },
      { value: 'hexagon', title: 'Hexagons' },
    ],
    default: 'coordinates',
    why: 'Nothing is moved; squares or hexagons make fewer places, and a faster scan, where every incident has its own coordinates.',
  },
  placeSize: {
    type: 'integer',
    title: 'Side of a square or hexagon',
    unit: 'm',
    minimum: 10,
    maximum: 5000,
    default: 100,
    why: 'A street corner: smaller than any circle worth patrolling.',
  },
} as const

export const circleParameters = {
  maximumRadius: {
    type: 'number',
    title: 'Largest radius',
    unit: 'm',
    minimum: 0,
    maximum: 50_000,
    default: 1000,
    why: 'What one team can walk; a larger cluster is a matter for the force, not for a patrol.',
  },
  maximumShare: {
    type: 'number',
    title: 'Largest share of the expected incidents in a circle',
    unit: '%',
    minimum: 0.1,
    maximum: 50,
    default: 50,
    why: 'SaTScan’s default: above half, the cluster would be the outside.',
  },
} as const

export const timeParameters = {
  step: {
    type: 'choice',
    title: 'Time step',
    options: stepOptions,
    default: 'day',
    why: 'Days where they are known; data that hold the month only need calendar months.',
  },
  maximumSteps: {
    type: 'integer',
    title: 'Longest window, in time steps (never more than half the period)',
    minimum: 1,
    maximum: 1000,
    default: 28,
    why: 'Four weeks of days: a cluster that has lasted longer is no news.',
  },
} as const

export const chanceParameters = {
  permutations: {
    type: 'integer',
    title: 'Replications',
    minimum: 9,
    maximum: 99_999,
    default: 999,
    why: 'The smallest p is then 0.001; SaTScan’s default.',
  },
  stopEarly: {
    type: 'switch',
    title: 'Stop once 50 replications reach the statistic',
    default: false,
    why: 'Off, so that every run has the same precision; on, a scan that finds nothing ends sooner.',
  },
  seed: {
    type: 'integer',
    title: 'Seed of the random numbers',
    minimum: 0,
    maximum: 4_294_967_295,
    default: 1,
    why: 'The same seed gives the same p values on any machine.',
  },
  clusters: {
    type: 'integer',
    title: 'Clusters to list, at most',
    minimum: 1,
    maximum: 100,
    default: 10,
    why: 'Clusters beyond the first few are seldom more than chance.',
  },
} as const

/** Values every scan is given. */
export interface ScanChoice {
  readonly maximumRadius: number
  readonly maximumShare: number
  readonly permutations: number
  readonly stopEarly: boolean
  readonly seed: number
  readonly clusters: number
}
