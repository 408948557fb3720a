/** Hours of the week in the block between two corners of the hour × weekday grid. */
export function hoursBetween(start: number, end: number): number[] {
  const days = [Math.floor(start / 24), Math.floor(end / 24)].sort((a, b) => a - b)
  const span = [start % 24, end % 24].sort((a, b) => a - b)
  const hours: number[] = []
  for (let day = days[0]; day <= days[1]; day++)
    for (let hour = span[0]; hour <= span[1]; hour++) hours.push(day * 24 + hour)
  return hours
}

/** Step of the heat scale, 0 for none, 1–5 by share of the busiest hour. */
export function heatStep(value: number, most: number): number {
  return value > 0 && most > 0 ? Math.min(5, 1 + Math.floor((value / most) * 4.999)) : 0
}
