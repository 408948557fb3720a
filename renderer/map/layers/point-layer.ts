import { ScatterplotLayer } from '@deck.gl/layers'
import type { Rgba } from '../colours.ts'

export interface PointData {
  readonly length: number
  readonly longitude: ArrayLike<number>
  readonly latitude: ArrayLike<number>
}

/** Incidents as dots. Several at one public map point lie on one another: the counts grid shows how many. */
export function pointLayer(data: PointData, colour: Rgba) {
  const positions = new Float64Array(data.length * 2)
  for (let i = 0; i < data.length; i++) {
    positions[i * 2] = data.longitude[i]
    positions[i * 2 + 1] = data.latitude[i]
  }
  return new ScatterplotLayer({
    id: 'points',
    data: { length: data.length, attributes: { getPosition: { value: positions, size: 2 } } },
    getRadius: 22,
    radiusUnits: 'meters',
    radiusMinPixels: 1.6,
    radiusMaxPixels: 6,
    getFillColor: [...colour] as [number, number, number, number],
  })
}
