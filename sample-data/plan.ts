import { hashUnit } from './random.ts'
import { builtEdge, type Settlement, unbend, wrap } from './settlements.ts'

export type Zone =
  | 'centre'
  | 'terrace'
  | 'suburb'
  | 'estate'
  | 'industrial'
  | 'village'
  | 'arterial'
  | 'rural'
  | 'open'

/** A piece of a settlement between two rings and two radial roads. Radii and angles are those of the round plan. */
export interface Patch {
  readonly key: number
  readonly zone: Zone
  /** 0 = well off, 1 = poor. */
  readonly deprivation: number
  readonly inner: number
  readonly outer: number
  readonly from: number
  readonly to: number
}

/** Into how many pieces a sector is cut at each ring, so that patches stay about a kilometre wide. */
export function cutsAt(settlement: Settlement, ring: number): number {
  return Math.max(1, Math.round((settlement.rings[ring] * 2 * Math.PI) / settlement.arterials.length / 1250))
}

/** Every patch of a settlement, inner ring first. */
export function patchesOf(settlement: Settlement): Patch[] {
  const patches: Patch[] = []
  const { rings, arterials } = settlement
  for (let ring = 0; ring < rings.length; ring++) {
    const cuts = cutsAt(settlement, ring)
    for (let sector = 0; sector < arterials.length; sector++) {
      const start = arterials[sector]
      const sweep = wrap((arterials[sector + 1] ?? arterials[0]) - start)
      for (let cut = 0; cut < cuts; cut++) {
        const key = keyOf(ring, sector, cut)
        patches.push({
          key,
          zone: zoneOf(settlement, ring, key),
          deprivation: deprivationOf(settlement, ring, key),
          inner: ring === 0 ? 0 : rings[ring - 1],
          outer: rings[ring],
          from: start + (sweep * cut) / cuts,
          to: start + (sweep * (cut + 1)) / cuts,
        })
      }
    }
  }
  return patches
}

const plan = [0, 0]

/** Key of the patch a place lies in, -1 outside the built-up area. */
export function patchAt(settlement: Settlement, x: number, y: number): number {
  unbend(settlement, x, y, plan)
  const radius = Math.hypot(plan[0], plan[1])
  const angle = wrap(Math.atan2(plan[1], plan[0]))
  if (radius > builtEdge(settlement, angle)) return -1
  const { rings, arterials } = settlement
  let ring = 0
  while (ring < rings.length - 1 && radius >= rings[ring]) ring++
  let sector = arterials.length - 1
  for (let i = 0; i < arterials.length; i++) if (angle >= arterials[i]) sector = i
  const start = arterials[sector]
  const sweep = wrap((arterials[sector + 1] ?? arterials[0]) - start)
  const cuts = cutsAt(settlement, ring)
  const cut = Math.min(cuts - 1, Math.floor((wrap(angle - start) / sweep) * cuts))
  return keyOf(ring, sector, cut)
}

function keyOf(ring: number, sector: number, cut: number): number {
  return ring * 10_000 + sector * 100 + cut
}

function zoneOf(settlement: Settlement, ring: number, key: number): Zone {
  const dice = hashUnit(settlement.seed, key, 7)
  if (settlement.kind === 'village') return 'village'
  const share = settlement.rings[ring] / settlement.radius
  if (ring === 0 || (settlement.kind === 'city' && ring === 1)) return 'centre'
  if (share < 0.4) return dice < 0.8 ? 'terrace' : 'estate'
  if (share < 0.6)
    return dice < 0.5 ? 'terrace' : dice < 0.72 ? 'estate' : dice < 0.94 ? 'suburb' : 'industrial'
  if (share < 0.9) return dice < 0.6 ? 'suburb' : dice < 0.82 ? 'estate' : dice < 0.91 ? 'industrial' : 'open'
  return dice < 0.52 ? 'suburb' : dice < 0.68 ? 'estate' : dice < 0.78 ? 'industrial' : 'open'
}

function deprivationOf(settlement: Settlement, ring: number, key: number): number {
  const zone = zoneOf(settlement, ring, key)
  const base = { estate: 0.78, terrace: 0.6, centre: 0.6, industrial: 0.5, suburb: 0.25, village: 0.2 }[
    zone as 'suburb'
  ]
  const swing = hashUnit(settlement.seed, key, 8) - 0.5
  return Math.max(0.02, Math.min(0.98, (base ?? 0.3) + 0.4 * swing))
}
