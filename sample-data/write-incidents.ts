import { dayNumber, weekdayOf } from './clock.ts'
import { rowDefects, spoil } from './defects.ts'
import type { Force } from './force.ts'
import { openOutput, type WrittenFile } from './output-file.ts'
import { createRandom } from './random.ts'
import { type IncidentPlan, incidentColumns, recordWriter } from './record.ts'
import { sampleForce } from './sample-force.ts'
import { dayWeights, layStrata } from './strata.ts'
import { count, newTally, type Tally } from './tally.ts'
import { chooseMinute } from './times.ts'

/** The day's true minute and stratum packed into one number, so that a day is sorted without objects. */
const STRATA_SPACE = 65_536

/**
 * Writes the force's record extract, one file a calendar year in order of occurrence, exactly `rows` rows in all. A day
 * is held in memory at a time: about 20,000 rows when 20 million are asked for.
 */
export function writeIncidents(
  folder: string,
  force: Force,
  plan: IncidentPlan,
): { files: WrittenFile[]; tally: Tally } {
  const { rows, years, seed } = plan
  const strata = layStrata(force.hotspots)
  const weigh = dayWeights(strata, force.hotspots)
  const running = new Float64Array(strata.length)
  const firstYear = sampleForce.lastYear - years + 1
  const firstDay = dayNumber(firstYear, 1, 1)
  const dayCount = dayNumber(sampleForce.lastYear + 1, 1, 1) - firstDay
  const pulse = createRandom(seed, 'days')
  const dayOf = (d: number) => {
    const day = firstDay + d
    const year = new Date(day * 86_400_000).getUTCFullYear()
    return {
      year,
      weekday: weekdayOf(day),
      dayOfYear: day - dayNumber(year, 1, 1),
      progress: (d + 0.5) / dayCount,
    }
  }
  const dayTotals = new Float64Array(dayCount)
  let total = 0
  for (let d = 0; d < dayCount; d++) {
    total += weigh(dayOf(d), running) * Math.max(0.6, 1 + 0.06 * pulse.normal())
    dayTotals[d] = total
  }
  const random = createRandom(seed, 'incidents')
  const minuteOf = chooseMinute()
  const tally = newTally()
  const record = recordWriter(force, strata, plan, tally)
  const broken = rowDefects(rows)
  const files: WrittenFile[] = []
  let written = 0
  let name = ''
  let output: ReturnType<typeof openOutput> | undefined
  let inYear = 0
  let previous = ''
  for (let d = 0; d < dayCount; d++) {
    const day = dayOf(d)
    if (name !== sampleForce.files.incidents(day.year)) {
      if (output) files.push(output.close())
      name = sampleForce.files.incidents(day.year)
      output = openOutput(folder, name)
      output.write(`${incidentColumns.join(',')}\r\n`)
      inYear = 0
    }
    const upTo = Math.round((dayTotals[d] / total) * rows)
    const sum = weigh(day, running)
    const moments = new Float64Array(upTo - written)
    for (let i = 0; i < moments.length; i++) {
      const stratum = search(running, random.next() * sum)
      moments[i] = minuteOf(strata[stratum].rhythm, day.weekday, random) * STRATA_SPACE + stratum
    }
    moments.sort()
    for (const packed of moments) {
      inYear++
      const defect = broken.get(written)
      written++
      if (defect === 'duplicate') {
        tally.duplicates.push({ file: name, row: inYear })
        output!.write(previous)
      } else {
        const minute = Math.floor(packed / STRATA_SPACE)
        const stratum = packed - minute * STRATA_SPACE
        previous = record(stratum, firstDay + d, minute, day.year, inYear, defect !== undefined)
        if (defect) tally.malformed.push({ file: name, row: inYear, kind: defect })
        output!.write(defect ? spoil(previous, defect) : previous)
      }
      count(tally.byYear, String(day.year))
    }
  }
  files.push(output!.close())
  tally.rows = written
  return { files, tally }
}

function search(running: Float64Array, dice: number): number {
  let low = 0
  let high = running.length - 1
  while (low < high) {
    const half = (low + high) >> 1
    if (running[half] > dice) high = half
    else low = half + 1
  }
  return low
}
