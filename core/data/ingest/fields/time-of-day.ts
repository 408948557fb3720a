/** The time of day in a value: `14:05`, `14:05:09.5`, `2:05 PM`, `1405`, `14.05`, `0.586` (Excel), with or without zone. */

export interface TimeOfDay {
  /** Minutes after midnight, 1440 for 24:00. */
  minutes: number
  /** The value carries its own zone, `offset` minutes ahead of UTC. */
  zoned: boolean
  offset: number
  /** False when there is no time in the range. */
  read(bytes: Uint8Array, start: number, end: number): boolean
}

export function createTimeOfDay(): TimeOfDay {
  let bytes: Uint8Array = new Uint8Array(0)
  let p = 0
  let end = 0
  let number = 0

  const time: TimeOfDay = { minutes: 0, zoned: false, offset: 0, read }
  return time

  function read(source: Uint8Array, from: number, to: number): boolean {
    bytes = source
    p = from
    end = to
    while (p < end && bytes[p] === 32) p++
    while (p < end && bytes[end - 1] === 32) end--
    time.zoned = false
    time.offset = 0
    const width = digits()
    let hour = number
    let minute = 0
    if (width <= 1 && hour === 0 && p < end && bytes[p] === 46) return fractionOfDay()
    if (width === 4 && p >= end) {
      minute = hour % 100
      hour = Math.floor(hour / 100)
    } else {
      if (width === 0 || width > 2 || p >= end || (bytes[p] !== 58 && bytes[p] !== 46)) return false
      p++
      if (digits() !== 2) return false
      minute = number
      if (p < end && (bytes[p] === 58 || bytes[p] === 46) && !seconds()) return false
    }
    while (p < end && bytes[p] === 32) p++
    const half = p + 1 < end && (bytes[p + 1] | 32) === 109 ? bytes[p] | 32 : 0
    if (half === 97 || half === 112) {
      if (hour < 1 || hour > 12) return false
      hour = (hour % 12) + (half === 112 ? 12 : 0)
      p += 2
      while (p < end && bytes[p] === 32) p++
    }
    if (!zone()) return false
    if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return false
    time.minutes = hour * 60 + minute
    return true
  }

  function digits(): number {
    const from = p
    number = 0
    while (p < end && bytes[p] >= 48 && bytes[p] <= 57) {
      number = number * 10 + bytes[p] - 48
      p++
    }
    return p - from
  }

  function seconds(): boolean {
    p++
    if (digits() !== 2 || number > 60) return false
    if (p < end && (bytes[p] === 46 || bytes[p] === 44)) {
      p++
      if (digits() === 0) return false
    }
    return true
  }

  /** `Z`, `+01:00`, `+0100`, `+01` or nothing; false for anything else. */
  function zone(): boolean {
    if (p >= end) return true
    if ((bytes[p] | 32) === 122 && p + 1 === end) {
      time.zoned = true
      return true
    }
    const negative = bytes[p] === 45
    if (!negative && bytes[p] !== 43) return false
    p++
    const width = digits()
    let offset = 0
    if (width === 4) offset = Math.floor(number / 100) * 60 + (number % 100)
    else if (width === 2) {
      offset = number * 60
      if (p < end) {
        if (bytes[p] === 58) p++
        if (digits() !== 2) return false
        offset += number
      }
    } else return false
    if (p < end || offset > 14 * 60) return false
    time.zoned = true
    time.offset = negative ? -offset : offset
    return true
  }

  function fractionOfDay(): boolean {
    p++
    const decimals = digits()
    if (decimals === 0 || p < end) return false
    time.minutes = Math.round((number / 10 ** decimals) * 1440)
    return true
  }
}
