import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { hotspotAccuracy } from './accuracy/hotspot-accuracy.ts'
import { globalAutocorrelation } from './autocorrelation/global-autocorrelation.ts'
import { localMoran } from './autocorrelation/local-moran.ts'
import { rateComparison } from './change/rate-comparison.ts'
import { centreAndSpread } from './cluster/centre-and-spread.ts'
import { dbscan } from './cluster/dbscan.ts'
import { nearestNeighbourClusters } from './cluster/nearest-neighbour-clusters.ts'
import { searchCircles } from './cluster/search-circles.ts'
import { concentration } from './concentration/concentration.ts'
import { unitCounts } from './concentration/unit-counts.ts'
import { bandwidths } from './density/bandwidths.ts'
import { density } from './density/density.ts'
import { densityContours } from './density/density-contours.ts'
import { dualDensity } from './density/dual-density.ts'
import { gridCounts } from './density/grid-counts.ts'
import { emergingHotspots } from './emerging/emerging-hotspots.ts'
import { mannKendall } from './emerging/mann-kendall.ts'
import { comparisonAreas } from './evaluate/comparison-areas.ts'
import { crossover } from './evaluate/crossover.ts'
import { detectableEffect } from './evaluate/detectable-effect.ts'
import { differenceInDifferences } from './evaluate/difference-in-differences.ts'
import { displacement } from './evaluate/displacement.ts'
import { interruptedSeries } from './evaluate/interrupted-series.ts'
import { weightedDisplacement } from './evaluate/weighted-displacement.ts'
import { harmSummary } from './harm/harm-summary.ts'
import { knifeFlags } from './harm/knife-flags.ts'
import { gistar } from './hotspot/gistar.ts'
import { hotspots } from './hotspot/hotspots.ts'
import { coLocation } from './near-repeat/co-location.ts'
import { knox } from './near-repeat/knox.ts'
import { mantel } from './near-repeat/mantel.ts'
import { nearRepeatLabels } from './near-repeat/near-repeat-labels.ts'
import { nearRepeatZones } from './near-repeat/near-repeat-zones.ts'
import { spaceTimeK } from './near-repeat/space-time-k.ts'
import { offenceMix } from './place/offence-mix.ts'
import { repeatLocations } from './place/repeat-locations.ts'
import { repeatVictims } from './place/repeat-victims.ts'
import { scanBernoulli } from './scan/scan-bernoulli.ts'
import { scanPoisson } from './scan/scan-poisson.ts'
import { scanSpaceTime } from './scan/scan-space-time.ts'
import { gridShift } from './stability/grid-shift.ts'
import { sppt } from './stability/sppt.ts'
import { stability } from './stability/stability.ts'
import { aoristic } from './time/aoristic.ts'
import { calendar } from './time/calendar.ts'
import { calendarEffects } from './time/calendar-effects.ts'
import { changePoints } from './time/change-points.ts'
import { controlChart } from './time/control-chart.ts'
import { decomposition } from './time/decomposition.ts'
import { forecast } from './time/forecast.ts'
import { hourWeekday } from './time/hour-weekday.ts'
import { monthTrend } from './time/month-trend.ts'
import { shiftPattern } from './time/shift-pattern.ts'

/** Methods under the question they belong to, in the order the workbench lists them. */
export interface MethodGroup {
  readonly title: string
  readonly methods: readonly Method[]
}

/** Everything the product can compute. Adding a method is one file, its test and one line here. */
export const methodGroups: readonly MethodGroup[] = [
  group('Where it concentrates', [density, densityContours, dualDensity, bandwidths, gridCounts, unitCounts]),
  group('Hotspots and clusters', [
    hotspots,
    gistar,
    scanSpaceTime,
    scanPoisson,
    scanBernoulli,
    localMoran,
    globalAutocorrelation,
    dbscan,
    nearestNeighbourClusters,
    searchCircles,
    centreAndSpread,
  ]),
  group('How concentrated, how stable', [concentration, stability, hotspotAccuracy, sppt, gridShift]),
  group('When', [hourWeekday, aoristic, shiftPattern, calendar, calendarEffects]),
  group('Trend and change', [
    monthTrend,
    mannKendall,
    emergingHotspots,
    decomposition,
    controlChart,
    changePoints,
    rateComparison,
    forecast,
  ]),
  group('Repeats', [
    repeatLocations,
    repeatVictims,
    knox,
    nearRepeatLabels,
    nearRepeatZones,
    mantel,
    spaceTimeK,
    coLocation,
  ]),
  group('What and how harmful', [offenceMix, harmSummary, knifeFlags]),
  group('Did it work', [
    weightedDisplacement,
    displacement,
    differenceInDifferences,
    comparisonAreas,
    interruptedSeries,
    crossover,
    detectableEffect,
  ]),
]

export const methods: readonly Method[] = methodGroups.flatMap((each) => each.methods)

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

/** Each method knows its own parameters and summary; the registry holds them by what they share. */
function group(title: string, held: readonly unknown[]): MethodGroup {
  return { title, methods: held as readonly Method[] }
}
