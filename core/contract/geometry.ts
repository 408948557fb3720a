/** A point in metres (EPSG:27700) or degrees, as its holder says. */
export type Position = readonly [number, number]

/** Rings of one area: even-odd filled, each closed by its first point again being understood, not repeated. */
export type Rings = readonly (readonly Position[])[]

/** West, south, east, north. */
export type Box = readonly [number, number, number, number]
