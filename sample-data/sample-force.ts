/** Names and file names of the sample force, for the generator and the demonstration. Nothing in it is real. */
export const sampleForce = {
  name: 'Northmere Police',
  code: 'X00',
  /** Default folder, relative to the repository; generated, never committed. */
  folder: 'sample-data/force',
  seed: 20260101,
  rows: 250_000,
  years: 3,
  /** The last calendar year the sample covers. */
  lastYear: 2025,
  files: {
    incidents: (year: number) => `incidents/northmere-${year}.csv`,
    force: 'boundaries/force.geojson',
    districts: 'boundaries/districts.geojson',
    beats: 'boundaries/beats.geojson',
    lsoas: 'boundaries/lsoa.geojson',
    roads: 'basemap/roads.geojson',
    land: 'basemap/land.geojson',
    placeNames: 'basemap/places.geojson',
    schools: 'places/schools.csv',
    licensed: 'places/licensed-premises.csv',
    weights: 'weights/sample-weights.csv',
    about: 'sample.json',
  },
} as const
