import { DAY, dayNumber, writeTime } from './clock.ts'
import { csvField } from './csv-text.ts'
import { defects } from './defects.ts'
import * as flags from './flags.ts'
import type { Force } from './force.ts'
import { hexCount, hexX, hexY } from './lattice.ts'
import { createNearRepeats } from './near-repeats.ts'
import { locationTypes, offences } from './offences.ts'
import { peopleOf } from './people.ts'
import { choosePlaces, type Place } from './place-choice.ts'
import { createRandom } from './random.ts'
import { sampleForce } from './sample-force.ts'
import type { Stratum } from './strata.ts'
import { uprnOf } from './streets.ts'
import { count, isViolence, type Tally } from './tally.ts'
import { fillTimes, type Times } from './times.ts'
import { describe, outcomeOf } from './wording.ts'

export const incidentColumns = [
  'crime_ref',
  'recorded_dt',
  'reported_dt',
  'committed_from',
  'committed_to',
  'ho_code',
  'offence_title',
  'offence_group',
  'status',
  'district',
  'beat',
  'easting',
  'northing',
  'uprn',
  'address_text',
  'location_type',
  'geocode_quality',
  'public_space',
  'domestic_flag',
  'alcohol_flag',
  'knife_flag_officer',
  'mo_text',
  'outcome_code',
  'victim_ref',
  'suspect_ref',
] as const

export interface IncidentPlan {
  readonly seed: number
  readonly rows: number
  readonly years: number
}

/** One record as a CSV line. Lines about to be `spoiled` are not counted in the tally. */
export type WriteRecord = (
  stratum: number,
  day: number,
  minute: number,
  year: number,
  number: number,
  spoiled: boolean,
) => string

/** Makes the lines of good records one by one, in order of day: place, times, flags, people and wording of each. */
export function recordWriter(
  force: Force,
  strata: readonly Stratum[],
  plan: IncidentPlan,
  tally: Tally,
): WriteRecord {
  const { streets, areas, hotspots } = force
  const random = createRandom(plan.seed, 'records')
  const { place, choose, goTo } = choosePlaces(plan.seed, force)
  const people = peopleOf(plan.seed, plan.rows)
  const nearRepeats = createNearRepeats(streets)
  const centres = beatCentres(force)
  const times: Times = { from: 0, to: 0, reported: 0, recorded: 0 }
  const last = dayNumber(sampleForce.lastYear + 1, 1, 1) * DAY - 1
  const yearStarts = new Map<number, number>()
  return (
    index: number,
    day: number,
    minute: number,
    year: number,
    number: number,
    spoiled: boolean,
  ): string => {
    const stratum = strata[index]
    const offence = offences[stratum.offence]
    const { setting } = stratum
    choose(setting, stratum.hotspot, random)
    let follows = false
    if (offence.code === '28E' || offence.code === '28F') {
      const near = stratum.hotspot < 0 ? nearRepeats.follow(day, random) : undefined
      if (near) goTo(near[0], near[1])
      follows = near !== undefined
      nearRepeats.remember(day, place.street, place.address)
    }
    let yearStart = yearStarts.get(year)
    if (yearStart === undefined) {
      yearStart = dayNumber(year, 1, 1) * DAY
      yearStarts.set(year, yearStart)
    }
    fillTimes(times, offence, day * DAY + minute, yearStart, last, random)
    const domestic = flags.isDomestic(offence, setting, random)
    const blade = offence.knife > 0 && flags.bladeUsed(offence, stratum.hotspot >= 0, random)
    const knife = flags.knifeFlag(offence, blade, random)
    const addressNumber = streets[place.street].firstAddress + place.address
    const beat = areas.beatOf[place.hex]
    const noTimes = random.next() < defects.noTimes
    const reversed = !noTimes && times.to > times.from && random.next() < defects.reversed * 2
    const noEnd = random.next() < (offence.span === 'exact' ? 0.12 : 0.04) && !reversed
    const from = noTimes ? '' : writeTime(reversed ? times.to : times.from)
    const to = noTimes || noEnd ? '' : writeTime(reversed ? times.from : times.to)
    const where = locate(
      place,
      setting === 'street' || setting === 'roadside',
      random.next(),
      random.next() < 0.08,
    )
    const domesticFlag = flags.domesticFlag(domestic, random)
    if (!spoiled) {
      count(tally.byOffence, offence.title)
      if (stratum.hotspot >= 0) count(tally.byHotspot, hotspots[stratum.hotspot].id)
      if (where.quality === 'not located') tally.unlocated++
      if (where.quality === 'beat centre') tally.beatCentre++
      if (noTimes) tally.noTimes++
      if (reversed) tally.reversed++
      if (isViolence(offence)) {
        tally.violence++
        if (domesticFlag === 'Y') tally.domesticViolence++
      }
      if (offence.knife > 0) {
        tally.knifeEligible++
        if (blade) tally.knifeUsed++
        if (knife === 'Y') tally.knifeFlagged++
      }
      if (offence.code === '28E' || offence.code === '28F') tally.homeBurglaries++
      if (follows) tally.nearRepeats++
    }
    const outcome = outcomeOf(offence.group, random)
    const status = outcome === '' ? 'Under investigation' : random.next() < 0.008 ? 'Cancelled' : 'Closed'
    return (
      `NM/${year}/${String(number).padStart(7, '0')},${writeTime(times.recorded)},${writeTime(times.reported)},${from},${to},` +
      `${offence.code},${csvField(offence.title)},${offence.group},${status},` +
      `${areas.districts[areas.beats[beat].parent].name},${areas.beats[beat].code},${where.easting},${where.northing},${where.uprn},` +
      `${csvField(where.address)},${locationTypes[setting]},${where.quality},${flags.publicSpaceFlag(setting, random)},` +
      `${domesticFlag},${flags.alcoholFlag(offence, stratum, domestic, random)},${knife},` +
      `${csvField(describe(offence.group, blade, random))},${outcome},` +
      `${people.victim(random, setting, domestic, addressNumber, offence.group)},${people.suspect(random, domestic, addressNumber, offence.group)}\r\n`
    )
  }

  function locate(at: Place, outdoors: boolean, dice: number, flat: boolean) {
    const street = streets[at.street]
    const { name, town } = street
    if (dice < defects.unlocated) {
      return { easting: '', northing: '', uprn: '', address: `Not known, ${town}`, quality: 'not located' }
    }
    const beat = areas.beatOf[at.hex]
    if (dice < defects.unlocated + defects.beatCentre) {
      const [x, y] = centres[beat]
      return {
        easting: x,
        northing: y,
        uprn: '',
        address: `${town}, no further detail`,
        quality: 'beat centre',
      }
    }
    if (at.premises) {
      const address = `${at.premises.name}, ${name}, ${town}`
      return { easting: at.x, northing: at.y, uprn: at.premises.uprn, address, quality: 'address' }
    }
    if (outdoors && dice > 1 - defects.streetOnly) {
      const address = `${name}, ${town}`
      return {
        easting: Math.round(street.x),
        northing: Math.round(street.y),
        uprn: '',
        address,
        quality: 'street',
      }
    }
    const house = `${at.address + 1} ${name}, ${town}`
    const address = outdoors
      ? `O/S ${house}`
      : flat && street.zone === 'centre'
        ? `Flat ${1 + (at.address % 6)}, ${house}`
        : house
    return { easting: at.x, northing: at.y, uprn: uprnOf(street, at.address), address, quality: 'address' }
  }
}

/** The hexagon of each beat nearest its middle: where records go that have a beat and no address. */
function beatCentres({ areas }: Force): [number, number][] {
  const sums = areas.beats.map(() => [0, 0, 0])
  for (let hex = 0; hex < hexCount; hex++) {
    const beat = areas.beatOf[hex]
    if (beat < 0) continue
    sums[beat][0] += hexX(hex)
    sums[beat][1] += hexY(hex)
    sums[beat][2]++
  }
  const best = areas.beats.map((): [number, number, number] => [0, 0, Number.POSITIVE_INFINITY])
  for (let hex = 0; hex < hexCount; hex++) {
    const beat = areas.beatOf[hex]
    if (beat < 0) continue
    const away = Math.hypot(
      hexX(hex) - sums[beat][0] / sums[beat][2],
      hexY(hex) - sums[beat][1] / sums[beat][2],
    )
    if (away < best[beat][2]) best[beat] = [Math.round(hexX(hex)), Math.round(hexY(hex)), away]
  }
  return best.map(([x, y]) => [x, y])
}
