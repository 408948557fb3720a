import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { density } from './density/density.ts'
import { gridCounts } from './density/grid-counts.ts'
import { gistar } from './hotspot/gistar.ts'
import { hotspots } from './hotspot/hotspots.ts'
import { offenceMix } from './place/offence-mix.ts'
import { repeatLocations } from './place/repeat-locations.ts'
import { hourWeekday } from './time/hour-weekday.ts'
import { monthTrend } from './time/month-trend.ts'

/** Everything the product can compute. Adding a method is one file, its test and one line here. */
export const methods: readonly Method[] = [
  gridCounts,
  density,
  gistar,
  hotspots,
  monthTrend,
  hourWeekday,
  offenceMix,
  repeatLocations,
] as readonly unknown[] as readonly Method[]

/** @throws InputError E-MTH-UNKNOWN */
export function methodNamed(id: string): Method {
  const method = methods.find((candidate) => candidate.card.id === id)
  if (!method)
    throw new InputError('E-MTH-UNKNOWN', `There is no method called “${id}”.`, {
      status: 404,
      cure: `Methods are: ${methods.map((each) => each.card.id).join(', ')}.`,
    })
  return method
}
