import { type HotspotKind, offenceLean, type PlantedHotspot, settingLean, trendFactor } from './hotspots.ts'
import { type Offence, offences, type Rhythm, type Setting } from './offences.ts'
import { schoolsOpen, seasonFactor, type WeekProfile, weekProfiles } from './rhythm.ts'

/**
 * A stratum: one offence in one kind of place, in one hotspot or (`hotspot` = -1) anywhere, with its own rhythm. The
 * whole sample is a mixture of these, so that what is planted is known exactly.
 */
export interface Stratum {
  readonly offence: number
  readonly setting: Setting
  readonly hotspot: number
  /** Part of all records over the whole period. */
  readonly share: number
  readonly rhythm: Rhythm
}

/** Offences the night-time economy drives after dark. */
const NIGHT_GROUPS = [
  'Violence with injury',
  'Violence without injury',
  'Robbery',
  'Sexual offences',
  'Public order',
  'Drugs',
  'Possession of weapons',
]

/** All strata; their shares sum to 1 and, by offence, to the offence's share of the force. */
export function layStrata(hotspots: readonly PlantedHotspot[]): Stratum[] {
  const total = offences.reduce((sum, offence) => sum + offence.share, 0)
  const strata: Stratum[] = []
  const left = offences.map((offence) => offence.share / total)
  for (const [h, hotspot] of hotspots.entries()) {
    const pulls = offences.map((offence) => (offence.share / total) * leanOf(hotspot.kind, offence))
    const sum = pulls.reduce((a, b) => a + b, 0)
    for (const [o, offence] of offences.entries()) {
      const share = (hotspot.share * pulls[o]) / sum
      if (share === 0) continue
      const settings = weighSettings(offence, settingLean[hotspot.kind])
      const reach = settings.reduce((a, entry) => a + entry.weight, 0)
      if (reach === 0) continue
      // A hotspot may take at most 60 % of what is left of an offence, or the background would run dry.
      const taken = Math.min(share, 0.6 * left[o])
      left[o] -= taken
      for (const { setting, weight } of settings) {
        const rhythm = rhythmIn(offence, setting, hotspot.kind)
        strata.push({ offence: o, setting, hotspot: h, share: (taken * weight) / reach, rhythm })
      }
    }
  }
  for (const [o, offence] of offences.entries()) {
    const settings = weighSettings(offence, undefined)
    const reach = settings.reduce((a, entry) => a + entry.weight, 0)
    for (const { setting, weight } of settings) {
      const rhythm = rhythmIn(offence, setting, undefined)
      strata.push({ offence: o, setting, hotspot: -1, share: (left[o] * weight) / reach, rhythm })
    }
  }
  return strata
}

function leanOf(kind: HotspotKind, offence: Offence): number {
  return offenceLean[kind][offence.code] ?? offenceLean[kind][offence.group] ?? 0
}

function weighSettings(offence: Offence, lean: Partial<Record<Setting, number>> | undefined) {
  return (Object.entries(offence.settings) as [Setting, number][])
    .map(([setting, weight]) => ({ setting, weight: lean ? weight * (lean[setting] ?? 0) : weight }))
    .filter((entry) => entry.weight > 0)
}

function rhythmIn(offence: Offence, setting: Setting, kind: HotspotKind | undefined): Rhythm {
  if (kind === 'night-time economy' && (offence.code === '39' || NIGHT_GROUPS.includes(offence.group)))
    return 'night-time'
  if (
    kind === 'town centre' &&
    setting !== 'shop' &&
    (offence.group === 'Robbery' || offence.group.startsWith('Violence'))
  )
    return 'after school'
  if (setting === 'school') return 'school day'
  if (setting === 'licensed' && offence.span === 'exact') return 'night-time'
  if (setting === 'dwelling' && offence.rhythm === 'street violence') return 'home'
  if (setting === 'shop' && offence.span === 'exact') return 'shopping'
  if (setting === 'prison' || setting === 'hospital' || setting === 'police') return 'even'
  return offence.rhythm
}

/** Chances of the strata on one day, as running sums, and the day's total; written into `running`. */
export type DayWeights = (
  day: { weekday: number; dayOfYear: number; progress: number },
  running: Float64Array,
) => number

export function dayWeights(strata: readonly Stratum[], hotspots: readonly PlantedHotspot[]): DayWeights {
  const profiles = weekProfiles()
  const dayShare = strata.map((stratum) => daySums(profiles[stratum.rhythm]))
  return ({ weekday, dayOfYear, progress }, running) => {
    const open = schoolsOpen(dayOfYear)
    let total = 0
    for (let i = 0; i < strata.length; i++) {
      const stratum = strata[i]
      const hotspot = stratum.hotspot < 0 ? undefined : hotspots[stratum.hotspot]
      const holiday = open
        ? 1
        : stratum.setting === 'school'
          ? 0.05
          : stratum.rhythm === 'after school'
            ? 0.6
            : 1
      total +=
        stratum.share *
        dayShare[i][weekday] *
        seasonFactor(offences[stratum.offence].season, dayOfYear) *
        (hotspot ? trendFactor(hotspot.trend, progress) : 1) *
        holiday
      running[i] = total
    }
    return total
  }
}

function daySums(profile: WeekProfile): number[] {
  const sums: number[] = []
  for (let day = 0; day < 7; day++) {
    let sum = 0
    for (let hour = 0; hour < 24; hour++) sum += profile[day * 24 + hour]
    sums.push(sum)
  }
  return sums
}
