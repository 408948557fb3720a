/** A made-up extract of 600 incidents around two places, with times, flags and a blank, for tests of the boundary. */
export function smallExtract(): string {
  const rows = [
    'crime_ref,committed_from,committed_to,offence_title,easting,northing,address_text,public_space,domestic_flag,knife_flag_officer',
  ]
  for (let i = 0; i < 600; i++) {
    const month = String((i % 24) % 12 === 0 ? 12 : (i % 24) % 12).padStart(2, '0')
    const year = i % 24 < 12 ? 2024 : 2025
    const day = String(1 + (i % 28)).padStart(2, '0')
    const hour = String((18 + (i % 7)) % 24).padStart(2, '0')
    const near = i % 3 === 0
    const easting = near ? 458_300 + (i % 40) : 451_000 + i * 20
    const northing = near ? 304_500 + (i % 30) : 300_000 + ((i * 37) % 9000)
    const place = i === 7 ? ',' : `${easting},${northing}`
    const offence = i % 5 === 0 ? 'Robbery' : 'Assault with injury'
    rows.push(
      `T/${i},${day}/${month}/${year} ${hour}:10,${day}/${month}/${year} ${hour}:40,${offence},${place},"${near ? 'Market Street, Centre' : `${i} Long Road`}",Y,N,${i % 9 === 0 ? 'Y' : 'N'}`,
    )
  }
  return `${rows.join('\n')}\n`
}

/** Two square areas that hold them all, as GeoJSON on the National Grid. */
export function smallAreas(): string {
  const square = (code: string, name: string, west: number, east: number) => ({
    type: 'Feature',
    properties: { code, name },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 298_000],
          [east, 298_000],
          [east, 312_000],
          [west, 312_000],
          [west, 298_000],
        ],
      ],
    },
  })
  return JSON.stringify({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::27700' } },
    features: [square('A', 'West side', 450_000, 457_000), square('B', 'East side', 457_000, 464_000)],
  })
}
