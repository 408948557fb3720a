import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { type InsideRuns, type MassProfile, massInside, massInsideOf } from './edge-mass.ts'
import type { Kernel } from './kernels.ts'
import type { PlacesInOrder } from './place-strips.ts'

/**
 * Diggle's correction: each weight divided by the mass of the incident's kernel inside the study area, taken at its
 * cell's centre.
 *
 * @param profile of the kernel all share; not read where each incident has a bandwidth of its own
 */
export function correctedPlaces(
  list: PlacesInOrder,
  grid: GridSpec,
  kernel: Kernel,
  runs: InsideRuns,
  profile: MassProfile | null,
  control: Control,
): PlacesInOrder {
  const weight = new Float64Array(list.places.length / 2)
  const known = new Map<number, number>()
  for (let i = 0; i < weight.length; i++) {
    if (list.bandwidth !== null || (i & 255) === 0) control.tick(0, 'Correcting at the boundary')
    const row = Math.min(grid.rows - 1, Math.max(0, Math.floor(list.places[2 * i + 1] + 0.5)))
    const column = Math.min(grid.columns - 1, Math.max(0, Math.floor(list.places[2 * i] + 0.5)))
    const cell = row * grid.columns + column
    let mass: number
    if (list.bandwidth !== null) mass = massInsideOf(kernel, list.bandwidth[i], grid, runs, cell)
    else {
      const held = known.get(cell)
      mass = held ?? massInside(grid, runs, profile!, cell)
      if (held === undefined) known.set(cell, mass)
    }
    weight[i] = (list.weight === null ? 1 : list.weight[i]) / mass
  }
  return { ...list, weight }
}
