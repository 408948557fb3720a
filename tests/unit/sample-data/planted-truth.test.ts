import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateSample, type SampleAbout } from '#sample/generate.ts'
import { sampleForce } from '#sample/sample-force.ts'
import { minutesOf, type Row, readIncidents } from './read-sample.ts'

const ROWS = 80_000
const out = mkdtempSync(join(tmpdir(), 'sample-truth-'))
let about: SampleAbout
let good: Row[] = []
let ragged: string[][] = []
let all: string[][] = []
const byFile = new Map<string, string[][]>()

beforeAll(() => {
  about = generateSample({ out, rows: ROWS, seed: sampleForce.seed, years: 3 })
  for (const year of about.years) {
    const part = readIncidents(out, sampleForce.files.incidents(year))
    good = good.concat(part.good)
    ragged = ragged.concat(part.ragged)
    all = all.concat(part.all)
    byFile.set(sampleForce.files.incidents(year), part.all)
  }
})
afterAll(() => rmSync(out, { recursive: true }))

const VIOLENCE = ['Violence with injury', 'Violence without injury', 'Stalking and harassment']
const share = (part: readonly unknown[], whole: readonly unknown[]) => part.length / whole.length
const located = () =>
  good.filter((row) => row.geocode_quality === 'address' || row.geocode_quality === 'street')

describe('defects', () => {
  test('twelve malformed rows stand where sample.json says', () => {
    expect(all.length).toBe(ROWS)
    expect(ragged.length).toBe(12)
    expect(about.truth.malformed.length).toBe(12)
    const at = about.truth.malformed.map(({ file, row }) => byFile.get(file)![row - 1])
    expect(at.map((fields) => fields.length)).toEqual(ragged.map((fields) => fields.length))
    expect(new Set(at)).toEqual(new Set(ragged))
  })

  test('fifteen rows repeat the row before them and no other reference occurs twice', () => {
    const refs = new Map<string, string>()
    let identical = 0
    for (const row of good) {
      const text = JSON.stringify(row)
      if (refs.get(row.crime_ref) === text) identical++
      else if (refs.has(row.crime_ref)) expect.fail(`${row.crime_ref} stands for two records`)
      refs.set(row.crime_ref, text)
    }
    expect(identical).toBe(15)
  })

  test('about 1.5 % have no place, 3 % the centre of their beat, a few no times or the wrong way round', () => {
    const blank = good.filter((row) => row.easting === '' && row.northing === '')
    expect(share(blank, good)).toBeCloseTo(0.015, 2)
    expect(blank.every((row) => row.geocode_quality === 'not located' && row.uprn === '')).toBe(true)
    const centres = good.filter((row) => row.geocode_quality === 'beat centre')
    expect(share(centres, good)).toBeCloseTo(0.03, 2)
    expect(new Set(centres.map((row) => `${row.beat} ${row.easting}`)).size).toBeLessThanOrEqual(
      about.truth.areas.beats,
    )
    const reversed = good.filter((row) => minutesOf(row.committed_to) < minutesOf(row.committed_from))
    expect(reversed.length).toBeGreaterThan(2)
    expect(reversed.length).toBeLessThan(40)
    expect(
      share(
        good.filter((row) => row.committed_from === ''),
        good,
      ),
    ).toBeCloseTo(0.005, 2)
  })

  test('every time given is a real date and time and nothing is recorded before it is reported', () => {
    const wrong = good.filter(
      (row) =>
        !(minutesOf(row.recorded_dt) >= minutesOf(row.reported_dt)) ||
        [row.committed_from, row.committed_to].some((text) => text !== '' && !(minutesOf(text) > 0)),
    )
    expect(wrong).toEqual([])
  })
})

describe('shares', () => {
  test('violence is near 30 %, a third of it domestic, always in a dwelling', () => {
    const violence = good.filter((row) => VIOLENCE.includes(row.offence_group))
    expect(share(violence, good)).toBeGreaterThan(0.28)
    expect(share(violence, good)).toBeLessThan(0.33)
    const domestic = violence.filter((row) => row.domestic_flag === 'Y')
    expect(share(domestic, violence)).toBeGreaterThan(0.3)
    expect(share(domestic, violence)).toBeLessThan(0.36)
    expect(
      good.every(
        (row) => row.domestic_flag !== 'Y' || (row.location_type === 'Dwelling' && row.public_space !== 'Y'),
      ),
    ).toBe(true)
  })

  test('the knife flag is near 6 % of eligible offences, higher for robbery and in hotspots, and misses some', () => {
    const codes = ['1', '2', '3B', '5D', '8N', '8P', '34A', '34B', '17A', '19C', '20A']
    const eligible = good.filter((row) => codes.includes(row.ho_code))
    const flagged = (rows: readonly Row[]) =>
      share(
        rows.filter((row) => row.knife_flag_officer === 'Y'),
        rows,
      )
    expect(flagged(eligible)).toBeGreaterThan(0.05)
    expect(flagged(eligible)).toBeLessThan(0.08)
    expect(flagged(eligible.filter((row) => row.offence_group === 'Robbery'))).toBeGreaterThan(
      2 * flagged(eligible),
    )
    const inside = eligible.filter((row) => nearHotspot(row))
    expect(flagged(inside)).toBeGreaterThan(1.2 * flagged(eligible.filter((row) => !nearHotspot(row))))
    expect(about.truth.knifeUsed).toBeGreaterThan(about.truth.knifeFlagged)
  })

  test('half of what has a place is in 4 to 6 % of named streets', () => {
    const streets = new Map<string, number>()
    for (const row of located()) {
      const parts = row.address_text.split(', ')
      const street = `${parts.at(-2)!.replace(/^(O\/S )?(\d+ )?/, '')}, ${parts.at(-1)}`
      streets.set(street, (streets.get(street) ?? 0) + 1)
    }
    const half = located().length / 2
    let seen = 0
    let needed = 0
    for (const count of [...streets.values()].sort((a, b) => b - a)) {
      if (seen >= half) break
      seen += count
      needed++
    }
    expect(needed / about.truth.namedStreets).toBeGreaterThan(0.04)
    expect(needed / about.truth.namedStreets).toBeLessThan(0.06)
  })
})

function nearHotspot(row: Row): boolean {
  return about.truth.hotspots.some(
    (spot) =>
      Math.hypot(Number(row.easting) - spot.easting, Number(row.northing) - spot.northing) <= spot.radius,
  )
}

describe('planted places', () => {
  const within = (spot: { easting: number; northing: number; radius: number }, rows: readonly Row[]) =>
    rows.filter(
      (row) =>
        Math.hypot(Number(row.easting) - spot.easting, Number(row.northing) - spot.northing) <=
        spot.radius + 90,
    )

  test('25 stable, two emerging and two fading hotspots hold what they were given', () => {
    const trends = about.truth.hotspots.map((spot) => spot.trend)
    expect(trends.filter((trend) => trend === 'stable').length).toBe(25)
    const rows = located()
    for (const spot of about.truth.hotspots) {
      expect(spot.rows / ROWS, spot.id).toBeGreaterThan(0.7 * spot.plannedShare)
      expect(within(spot, rows).length, spot.id).toBeGreaterThan(0.8 * spot.rows)
    }
    for (const trend of ['emerging', 'fading']) {
      const spots = about.truth.hotspots.filter((spot) => spot.trend === trend)
      expect(spots.length).toBe(2)
      for (const spot of spots) {
        const [first, , last] = about.years.map(
          (year) => within(spot, rows).filter((row) => row.crime_ref.includes(`/${year}/`)).length,
        )
        expect(trend === 'emerging' ? last / first : first / last, spot.id).toBeGreaterThan(1.5)
      }
    }
  })

  test('the night-time economy peaks on Friday and Saturday nights, the town centre after school', () => {
    const rows = located().filter(
      (row) => row.committed_from && ['Violence with injury', 'Robbery'].includes(row.offence_group),
    )
    const hourOfWeek = (row: Row) => (Math.floor(minutesOf(row.committed_from) / 60) + 72) % 168
    const spots = (kind: string) =>
      about.truth.hotspots
        .filter((spot) => spot.kind === kind)
        .flatMap((spot) => within({ ...spot, radius: spot.radius - 90 }, rows))
    const night = spots('night-time economy')
    const late = night.filter((row) => {
      const hour = hourOfWeek(row)
      return (hour >= 4 * 24 + 20 && hour < 5 * 24 + 3) || (hour >= 5 * 24 + 20 && hour < 6 * 24 + 3)
    })
    expect(share(late, night)).toBeGreaterThan(0.4)
    const day = spots('town centre').filter((row) => row.offence_group === 'Robbery')
    const after = day.filter((row) => [15, 16, 17].includes(hourOfWeek(row) % 24))
    expect(share(after, day)).toBeGreaterThan(0.45)
  })

  test('the hospital, the prison and the custody suite draw enough to need excluding', () => {
    for (const name of ['Haverstow General Hospital', 'HMP Gorsemoor', 'Haverstow Custody Suite']) {
      const rows = good.filter((row) => row.address_text.startsWith(name))
      expect(rows.length, name).toBeGreaterThan(0.002 * ROWS)
      expect(rows.every((row) => ['Hospital', 'Prison', 'Police station'].includes(row.location_type))).toBe(
        true,
      )
    }
  })
})

test('home burglaries cluster within 200 m and 14 days beyond what place and season explain', () => {
  const rows = located().filter((row) => ['28E', '28F'].includes(row.ho_code) && row.committed_from !== '')
  const day = rows.map((row) => minutesOf(row.committed_from) / 1440)
  const close = (days: readonly number[]) => {
    let pairs = 0
    for (let i = 0; i < rows.length; i++) {
      for (let j = i + 1; j < rows.length; j++) {
        if (Math.abs(days[i] - days[j]) > 14) continue
        const away = Math.hypot(
          Number(rows[i].easting) - Number(rows[j].easting),
          Number(rows[i].northing) - Number(rows[j].northing),
        )
        if (away <= 200) pairs++
      }
    }
    return pairs
  }
  // A fixed step through the list breaks the tie between place and day and keeps both distributions.
  const moved = rows.map((_, i) => day[(i * 7919 + 13) % rows.length])
  expect(close(day)).toBeGreaterThan(1.8 * close(moved))
  expect(about.truth.nearRepeats / about.truth.homeBurglaries).toBeGreaterThan(0.18)
})

test('repeat victims and repeat addresses are there, and from/to windows for what is found later', () => {
  const counts = (of: (row: Row) => string) => {
    const seen = new Map<string, number>()
    for (const row of good) if (of(row)) seen.set(of(row), (seen.get(of(row)) ?? 0) + 1)
    return [...seen.values()]
  }
  const victims = counts((row) => (row.victim_ref.startsWith('V') ? row.victim_ref : ''))
  expect(
    share(
      victims.filter((count) => count > 1),
      victims,
    ),
  ).toBeGreaterThan(0.05)
  const addresses = counts((row) => row.uprn)
  expect(
    share(
      addresses.filter((count) => count > 1),
      addresses,
    ),
  ).toBeGreaterThan(0.25)
  expect(good.every((row) => row.uprn === '' || /^9990\d{8}$/.test(row.uprn))).toBe(true)
  const spans = good
    .filter((row) => ['45', '48', '28E'].includes(row.ho_code))
    .map((row) => minutesOf(row.committed_to) - minutesOf(row.committed_from))
    .filter((minutes) => Number.isFinite(minutes) && minutes >= 0)
    .sort((a, b) => a - b)
  expect(spans[Math.floor(spans.length / 2)]).toBeGreaterThan(3 * 60)
})
