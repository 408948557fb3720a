/** Round steps for an axis from nought: at most `most` steps, each 1, 2 or 5 × 10ⁿ (whole numbers when `whole`). */
export function axisSteps(largest: number, most: number, whole = true): number[] {
  if (!(largest > 0) || !Number.isFinite(largest)) return [0, 1]
  const rough = largest / most
  const power = 10 ** Math.floor(Math.log10(rough))
  let step = power
  for (const lead of [1, 2, 5, 10]) {
    step = lead * power
    if (step * most >= largest * (1 - 1e-9)) break
  }
  if (whole && step < 1) step = 1
  const steps: number[] = []
  for (let k = 0; k * step < largest + step * (1 - 1e-9); k++) steps.push(k * step)
  return steps
}
