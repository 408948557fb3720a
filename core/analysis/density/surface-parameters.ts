import { bandwidthRuleOptions } from './choose-bandwidth.ts'
import { kernelOptions } from './kernels.ts'

/** The settings of every method that lays a density surface. */
export const surfaceParameters = {
  cellSize: {
    type: 'number',
    title: 'Side of a cell',
    unit: 'm',
    minimum: 10,
    maximum: 5000,
    default: 100,
    why: 'Fine enough to draw a street corner; the cell changes the look of a surface, hardly its ranking.',
  },
  bandwidth: {
    type: 'number',
    title: 'Bandwidth (0 = by rule)',
    unit: 'm',
    minimum: 0,
    maximum: 20000,
    default: 0,
    why: 'A rule is a neutral start; the value used is shown so that it can be changed.',
  },
  rule: {
    type: 'choice',
    title: 'Rule for the bandwidth',
    options: bandwidthRuleOptions,
    default: 'silverman',
    why: "Silverman's rule, robust, both axes averaged, works on public map points too, where cross-validation fails because incidents share places.",
  },
  kernel: {
    type: 'choice',
    title: 'Kernel',
    options: kernelOptions,
    default: 'quartic',
    why: 'An incident then matters within the bandwidth and not beyond it, which is easy to explain.',
  },
  adaptive: {
    type: 'switch',
    title: 'Adaptive bandwidth (distance to a neighbour)',
    default: false,
    why: 'One bandwidth for all keeps two places, and two months, comparable.',
  },
  neighbours: {
    type: 'integer',
    title: 'Neighbour whose distance is the bandwidth',
    minimum: 1,
    maximum: 10000,
    default: 100,
    why: 'Read when the bandwidth is adaptive; about the smallest sample CrimeStat takes.',
  },
  minimumBandwidth: {
    type: 'number',
    title: 'Least adaptive bandwidth',
    unit: 'm',
    minimum: 1,
    maximum: 20000,
    default: 150,
    why: 'Read when the bandwidth is adaptive; incidents at one map point would otherwise have a bandwidth of nothing.',
  },
  edge: {
    type: 'choice',
    title: 'Correction at the boundary',
    options: [
      { value: 'none', title: 'None' },
      { value: 'uniform', title: 'Divide by the share of the kernel inside' },
      { value: 'diggle', title: "Diggle's: divide each incident by its own share" },
    ],
    default: 'none',
    why: 'A correction invents what lies beyond the boundary by mirroring what lies within; without one a caveat says where the surface reads low.',
  },
  weight: {
    type: 'choice',
    title: 'Weight of an incident',
    options: [
      { value: 'count', title: 'Every incident counts 1' },
      { value: 'harm', title: 'By harm of the offence' },
    ],
    default: 'count',
    why: 'Counts need no table of weights.',
  },
} as const

export interface SurfaceSettings {
  readonly cellSize: number
  readonly bandwidth: number
  readonly rule: string
  readonly kernel: string
  readonly adaptive: boolean
  readonly neighbours: number
  readonly minimumBandwidth: number
  readonly edge: string
  readonly weight: string
}
