import { noise } from './noise.ts'
import { cutsAt, type Patch, patchAt, patchesOf, type Zone } from './plan.ts'
import { hashUnit } from './random.ts'
import { bend, builtEdge, type Settlement } from './settlements.ts'

/** A street before it has a name: its line, what it is and the patch it serves. */
export interface StreetLine {
  readonly line: number[]
  readonly class: 'a-road' | 'b-road' | 'minor-road'
  readonly zone: Zone
  readonly deprivation: number
  /** Rings, arterials and country roads keep one name over many streets. */
  readonly route?: string
}

/** Whether a street may run here: dry land of the force, no park, no walled site. */
export type Buildable = (x: number, y: number) => boolean

/** Metres between rows of houses and between cross streets, share of cross streets built, bend, share of gaps. */
interface Spacing {
  readonly rows: number
  readonly cross: number
  readonly keep: number
  readonly curve: number
  readonly gaps: number
}

const SPACING: Readonly<Record<string, Spacing>> = {
  centre: { rows: 74, cross: 105, keep: 0.8, curve: 10, gaps: 0.03 },
  terrace: { rows: 74, cross: 160, keep: 0.72, curve: 18, gaps: 0.07 },
  suburb: { rows: 104, cross: 170, keep: 0.64, curve: 62, gaps: 0.2 },
  estate: { rows: 90, cross: 135, keep: 0.62, curve: 50, gaps: 0.2 },
  industrial: { rows: 210, cross: 320, keep: 0.7, curve: 8, gaps: 0.1 },
  village: { rows: 105, cross: 150, keep: 0.55, curve: 26, gaps: 0.12 },
}

/** All streets inside one settlement but its arterials and rings: a bent grid in each patch. */
export function patchStreets(settlement: Settlement, buildable: Buildable): StreetLine[] {
  const streets: StreetLine[] = []
  for (const patch of patchesOf(settlement)) {
    const spacing = SPACING[patch.zone]
    if (!spacing) continue
    for (const line of gridLines(settlement, patch, buildable)) {
      streets.push({ line, class: 'minor-road', zone: patch.zone, deprivation: patch.deprivation })
    }
  }
  return streets
}

function gridLines(settlement: Settlement, patch: Patch, buildable: Buildable): number[][] {
  const spacing = SPACING[patch.zone]
  const seed = settlement.seed + patch.key * 13
  const sweep = patch.to - patch.from
  const middleAngle = patch.from + sweep / 2
  const middleRadius = (patch.inner + patch.outer) / 2
  const reach =
    Math.max((patch.outer - patch.inner) / 2, (patch.outer * Math.min(sweep, Math.PI)) / 2) * 1.35 + 60
  const turn = middleAngle + (hashUnit(seed, 1) < 0.5 ? 0 : Math.PI / 2) + 0.9 * (hashUnit(seed, 2) - 0.5)
  const cos = Math.cos(turn)
  const sin = Math.sin(turn)
  const out = [0, 0]
  const place = (u: number, v: number) => {
    const cu = u + spacing.curve * noise(seed + 1, u / 170, v / 170)
    const cv = v + spacing.curve * noise(seed + 2, u / 170, v / 170)
    bend(
      settlement,
      middleRadius * Math.cos(middleAngle) + cu * cos - cv * sin,
      middleRadius * Math.sin(middleAngle) + cu * sin + cv * cos,
      out,
    )
  }
  const inside = (u: number, v: number) => {
    place(u, v)
    return patchAt(settlement, out[0], out[1]) === patch.key && buildable(out[0], out[1])
  }
  const lines: number[][] = []
  const rows = Math.ceil(reach / spacing.rows)
  const crosses = Math.ceil(reach / spacing.cross)
  for (let row = -rows; row <= rows; row++) {
    const v = (row + 0.25 * (hashUnit(seed, row, 3) - 0.5)) * spacing.rows
    if (hashUnit(seed, row, 4) < 0.06) continue
    const open = (t: number) => hashUnit(seed, row * 1000 + Math.floor(t / 190 + row / 2), 9) > spacing.gaps
    traceLine(
      -reach,
      reach,
      (t) => open(t) && inside(t, v),
      (t) => place(t, v),
      out,
      lines,
    )
  }
  for (let cross = -crosses; cross <= crosses; cross++) {
    for (let row = -rows; row < rows; ) {
      let end = row
      while (end < rows && hashUnit(seed, cross * 1000 + Math.floor(end / 2), 5) < spacing.keep) end++
      if (end > row) {
        const shift = 0.6 * (hashUnit(seed, cross * 1000 + Math.floor(row / 3), 6) - 0.5)
        const u = (cross + shift) * spacing.cross
        traceLine(
          row * spacing.rows,
          end * spacing.rows,
          (t) => inside(u, t),
          (t) => place(u, t),
          out,
          lines,
        )
      }
      row = end + 1
    }
  }
  return lines
}

/** Walks a line and keeps the runs where it may be built, ended to the metre; runs under 45 m are dropped. */
function traceLine(
  from: number,
  to: number,
  inside: (t: number) => boolean,
  place: (t: number) => void,
  out: readonly number[],
  lines: number[][],
): void {
  const steps = Math.max(1, Math.round((to - from) / 28))
  let run: number[] | undefined
  let runFrom = 0
  let before = from
  for (let i = 0; i <= steps; i++) {
    const t = from + ((to - from) * i) / steps
    const good = inside(t)
    if (good !== (run !== undefined)) {
      const edge = i === 0 ? t : boundary(before, t, good, inside)
      place(edge)
      if (good) {
        run = [out[0], out[1]]
        runFrom = edge
      } else if (run) {
        run.push(out[0], out[1])
        if (edge - runFrom >= 45) lines.push(run)
        run = undefined
      }
    }
    if (good && run) {
      place(t)
      run.push(out[0], out[1])
    }
    before = t
  }
  if (run && to - runFrom >= 45) lines.push(run)
}

function boundary(low: number, high: number, goodAtHigh: boolean, inside: (t: number) => boolean): number {
  for (let round = 0; round < 6; round++) {
    const half = (low + high) / 2
    if (inside(half) === goodAtHigh) high = half
    else low = half
  }
  return (low + high) / 2
}

/** Rings and the radial roads between arterials. They cross rivers on bridges but stop at the shore. */
export function collectorStreets(settlement: Settlement, onLand: Buildable): StreetLine[] {
  const streets: StreetLine[] = []
  const out = [0, 0]
  const { rings, kind, name } = settlement
  const walk = (from: number, to: number, at: (t: number) => void, good: (t: number) => boolean) => {
    const lines: number[][] = []
    const fits = (t: number) => {
      at(t)
      return good(t) && onLand(out[0], out[1])
    }
    traceLine(from, to, fits, at, out, lines)
    return lines
  }
  for (let ring = 0; ring < rings.length - 1; ring++) {
    const radius = rings[ring]
    const at = (t: number) =>
      bend(settlement, radius * Math.cos(t / radius), radius * Math.sin(t / radius), out)
    const ringRoad = kind === 'city' && (ring === 1 || ring === 4)
    const roadClass = ringRoad ? 'a-road' : kind !== 'village' && ring <= 2 ? 'b-road' : 'minor-road'
    const route = ringRoad ? (ring === 1 ? 'Inner Ring Road' : `${name} Ring Road`) : undefined
    const good = (t: number) => radius < builtEdge(settlement, t / radius) + (ringRoad ? 900 : 0)
    for (const line of walk(0, 2 * Math.PI * radius, at, good)) {
      const zone = ring === 0 ? 'centre' : 'arterial'
      streets.push({ line, class: roadClass, zone, deprivation: 0.5, ...(route ? { route } : {}) })
    }
  }
  for (let ring = 1; ring < rings.length; ring++) {
    const cuts = cutsAt(settlement, ring)
    for (const patch of patchesOf(settlement)) {
      if (patch.outer !== rings[ring] || patch.key % 100 === 0 || cuts === 1) continue
      const at = (t: number) => bend(settlement, t * Math.cos(patch.from), t * Math.sin(patch.from), out)
      const good = (t: number) => t < builtEdge(settlement, patch.from)
      for (const line of walk(patch.inner, patch.outer, at, good)) {
        streets.push({ line, class: 'minor-road', zone: 'suburb', deprivation: patch.deprivation })
      }
    }
  }
  return streets
}
