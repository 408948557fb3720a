import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { cellWidth, rowStep } from '../space/grid.ts'

/**
 * Quartic kernel density per km² at the centres of a grid's cells, hexagons or squares: Σ 3/(πh²)·(1 − (d/h)²)² over
 * the incidents of the mask nearer than h. The same sum as `density`, which draws it on squares only.
 *
 * @param bandwidth h, metres
 * @returns one per cell of the grid
 * Cost: incidents × cells within the bandwidth, a few ns each.
 */
export function densityAtCells(
  x: Float64Array,
  y: Float64Array,
  mask: Uint8Array,
  grid: GridSpec,
  bandwidth: number,
  control: Control,
): Float64Array {
  const { columns, rows, originX, originY } = grid
  const out = new Float64Array(columns * rows)
  const width = cellWidth(grid)
  const step = rowStep(grid)
  const square = grid.shape === 'square'
  const firstX = originX + (square ? width / 2 : 0)
  const firstY = originY + (square ? step / 2 : 0)
  const perKm2 = (3e6 / (Math.PI * bandwidth)) * (1 / bandwidth)
  const limit = bandwidth * bandwidth
  let worked = 0
  for (let i = 0; i < x.length; i++) {
    if ((i & 0xfff) === 0 || worked > 1_000_000) {
      control.tick(i / x.length, 'Spreading incidents')
      worked = 0
    }
    if (mask[i] === 0 || !(Number.isFinite(x[i]) && Number.isFinite(y[i]))) continue
    const r0 = Math.max(0, Math.ceil((y[i] - bandwidth - firstY) / step))
    const r1 = Math.min(rows - 1, Math.floor((y[i] + bandwidth - firstY) / step))
    for (let r = r0; r <= r1; r++) {
      const dy = firstY + r * step - y[i]
      const left = firstX + (square ? 0 : (r & 1) * (width / 2))
      const half = Math.sqrt(Math.max(0, limit - dy * dy))
      const c0 = Math.max(0, Math.ceil((x[i] - half - left) / width))
      const c1 = Math.min(columns - 1, Math.floor((x[i] + half - left) / width))
      for (let c = c0; c <= c1; c++) {
        const dx = left + c * width - x[i]
        const rest = 1 - (dx * dx + dy * dy) / limit
        if (rest > 0) out[r * columns + c] += perKm2 * rest * rest
      }
      worked += c1 - c0 + 1
    }
  }
  return out
}
