import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { ringsArea } from '#core/analysis/space/polygon.ts'
import { polygonsOfRings } from '#core/analysis/space/polygons-of-rings.ts'
import { readBoundary } from '#core/data/boundaries/read-boundary.ts'
import { geoPackagePolygons } from '#core/data/boundaries/wkb-polygons.ts'
import {
  type GeoPackageLayer,
  geoPackageBytes,
  writeGeoPackage,
} from '#core/data/geopackage/write-geopackage.ts'
import { made, refusal, square } from './files.ts'

const open = (x: number, y: number, size: number) => square(x, y, size).slice(0, 4)
const layer: GeoPackageLayer = {
  table: 'hotspots',
  title: 'Hotspots, test force',
  srs: 27700,
  features: [
    {
      rings: [open(400000, 300000, 1000), open(400100, 300100, 500), open(400200, 300200, 100)],
      properties: { code: 'HS-1', count: 12, rate: 0.5, checked: true, note: null },
    },
    {
      rings: [open(410000, 310000, 200), open(410200, 310200, 200)],
      properties: { code: "O'Brien's <b>", count: 3, rate: Number.NaN, checked: false, note: null },
    },
  ],
}

describe('writing', () => {
  it('gives the same bytes every time, in another process too', () => {
    const hash = createHash('sha256').update(geoPackageBytes(layer)).digest('hex')
    expect(createHash('sha256').update(geoPackageBytes(layer)).digest('hex')).toBe(hash)
    const script = `
      import { createHash } from 'node:crypto'
      import { geoPackageBytes } from '#core/data/geopackage/write-geopackage.ts'
      const layer = JSON.parse(process.argv[1], (k, v) => (v === 'NaN' ? NaN : v))
      process.stdout.write(createHash('sha256').update(geoPackageBytes(layer)).digest('hex'))`
    const text = JSON.stringify(layer, (_k, v) => (Number.isNaN(v) ? 'NaN' : v))
    const root = path.resolve(import.meta.dirname, '../../..')
    const other = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script, text], {
      cwd: root,
    })
    expect(other.toString()).toBe(hash)
  })
  it('comes back through the reader as it was', () => {
    const file = made('out.gpkg', '')
    writeGeoPackage(file, layer)
    const { areas, crs, codeField, warnings } = readBoundary(file)
    expect([crs, codeField, warnings]).toEqual(['bng', 'code', []])
    expect(areas.map(({ code }) => code)).toEqual(['HS-1', "O'Brien's <b>"])
    expect(areas.map(({ rings }) => ringsArea(rings))).toEqual([1_000_000 - 250_000 + 10_000, 80_000])
  })
  it('writes missing and undefined values as null, never 0', () => {
    const db = new Sqlite(Buffer.from(geoPackageBytes(layer)))
    expect(db.prepare('SELECT count, rate, checked, note FROM hotspots ORDER BY fid').raw().all()).toEqual([
      [12, 0.5, 1, null],
      [3, null, 0, null],
    ])
    expect(db.pragma('application_id', { simple: true })).toBe(0x47504b47)
    expect(db.pragma('user_version', { simple: true })).toBe(10300)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
    db.close()
  })
  it('writes a layer without areas', () => {
    const file = made('none.gpkg', geoPackageBytes({ ...layer, features: [] }))
    expect(refusal(() => readBoundary(file)).message).toMatch(/holds no areas/)
  })
  it('refuses table and attribute names that cannot be', () => {
    for (const table of ['', 'a b', 'x"; DROP TABLE y', 'sqlite_x', 'gpkg_contents', '1a'])
      expect(() => geoPackageBytes({ ...layer, table })).toThrow(TypeError)
    const twice = [{ rings: layer.features[0].rings, properties: { Code: 1, code: 2 } }]
    expect(() => geoPackageBytes({ ...layer, features: twice })).toThrow(/used twice/)
  })
  it('turns even-odd rings into polygons with holes, outer rings counter-clockwise', () => {
    const polygons = polygonsOfRings(layer.features[0].rings)
    expect(polygons.map((rings) => rings.length)).toEqual([2, 1])
    expect(polygonsOfRings(layer.features[1].rings).map((rings) => rings.length)).toEqual([1, 1])
  })
})

const hasGdal = spawnSync('ogrinfo', ['--version']).status === 0
describe.skipIf(!hasGdal)(`oracle: GDAL${hasGdal ? '' : ' (skipped: ogrinfo is not installed here)'}`, () => {
  const ogrinfo = (...options: string[]) => execFileSync('ogrinfo', ['-ro', ...options]).toString()
  it('reads the layer with its reference, types, values and areas', () => {
    const file = made('gdal.gpkg', geoPackageBytes(layer))
    const summary = ogrinfo('-so', '-al', file)
    expect(summary).toMatch(/Geometry: Multi Polygon/)
    expect(summary).toMatch(/Feature Count: 2/)
    expect(summary).toMatch(/Extent: \(400000\.000000, 300000\.000000\) - \(410400\.000000, 310400\.000000\)/)
    expect(summary).toMatch(/ID\["EPSG",27700\]\]/)
    expect(summary).toMatch(/count: Integer64[\s\S]*rate: Real[\s\S]*checked: Integer\(Boolean\)/)
    const areas = ogrinfo(
      '-q',
      '-dialect',
      'OGRSQL',
      '-sql',
      'select OGR_GEOM_AREA as a, rate from hotspots',
      file,
    )
    expect([...areas.matchAll(/a \(Real\) = (\d+)/g)].map(([, a]) => Number(a))).toEqual([760_000, 80_000])
    expect(areas).toMatch(/rate \(Real\) = \(null\)/)
  })
})

describe('refuses databases', () => {
  const good = Buffer.from(geoPackageBytes(layer))
  const altered = (name: string, change: (db: Sqlite.Database) => void): string => {
    const file = made(name, good)
    const db = new Sqlite(file)
    change(db)
    db.close()
    return file
  }
  it('half a file, with both sizes', () => {
    const error = refusal(() => readBoundary(made('half.gpkg', good.subarray(0, good.length / 2))))
    expect(error.code).toBe('E-DB-003')
    expect(error.message).toContain(good.length.toLocaleString('en-GB'))
  })
  it('pages overwritten', () => {
    const bytes = Buffer.from(good)
    bytes.fill(0xaa, 4096 * 2, 4096 * 4)
    expect(refusal(() => readBoundary(made('torn.gpkg', bytes))).code).toBe('E-DB-003')
  })
  it.each([
    ['a trigger', 'CREATE TRIGGER watch AFTER INSERT ON hotspots BEGIN SELECT 1; END', /trigger watch/],
    ['a view', 'CREATE VIEW peek AS SELECT * FROM hotspots', /view peek/],
    ['a view of itself', 'CREATE VIEW loop AS SELECT * FROM loop', /view loop/],
    ['a virtual table', 'CREATE VIRTUAL TABLE words USING fts5(t)', /virtual table words/],
  ])('%s, by name', (_what, sql, sentence) => {
    const error = refusal(() => readBoundary(altered('odd.gpkg', (db) => db.exec(sql))))
    expect(error.code).toBe('E-DB-004')
    expect(error.message).toMatch(sentence)
  })
  it('a plain database', () => {
    const plain = new Sqlite(':memory:')
    plain.exec('CREATE TABLE t (a)')
    expect(refusal(() => readBoundary(made('plain.gpkg', plain.serialize()))).code).toBe('E-DB-005')
    plain.close()
  })
  it('changes that are still in a -wal file beside it', () => {
    const file = made('wal.gpkg', good)
    writeFileSync(`${file}-wal`, 'pending')
    expect(refusal(() => readBoundary(file)).code).toBe('E-DB-007')
  })
  it('but reads a file left in write-ahead mode, and writes nothing beside it', () => {
    const file = altered('mode.gpkg', (db) => db.pragma('journal_mode = WAL'))
    const before = readFileSync(file)
    expect(before[18]).toBe(2)
    expect(readBoundary(file).areas).toHaveLength(2)
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(existsSync(`${file}-wal`) || existsSync(`${file}-shm`)).toBe(false)
  })
  it('another reference than the two it knows', () => {
    const file = altered('web.gpkg', (db) =>
      db.exec('UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 3857 WHERE srs_id = 27700'),
    )
    expect(refusal(() => readBoundary(file)).code).toBe('E-GEO-012')
  })
  it('a geometry cut short, with its feature number', () => {
    const file = altered('cut.gpkg', (db) =>
      db.exec('UPDATE hotspots SET geom = substr(geom, 1, 60) WHERE fid = 2'),
    )
    const error = refusal(() => readBoundary(file))
    expect([error.code, error.detail.row]).toEqual(['E-GEO-011', 2])
  })
  it('an unknown layer, naming those there are', () => {
    const error = refusal(() => readBoundary(made('l.gpkg', good), { layer: 'wards' }))
    expect(error.code).toBe('E-GEO-014')
    expect(error.message).toMatch(/hotspots/)
  })
})

describe('well-known binary', () => {
  it('never allocates for a count the bytes cannot hold', () => {
    const blob = Buffer.alloc(8 + 9 + 4)
    blob.write('GP', 0)
    blob[3] = 1
    blob[8] = 1
    blob.writeUInt32LE(3, 9)
    blob.writeUInt32LE(1, 13)
    blob.writeUInt32LE(0x7ffffff0, 17)
    expect(() => geoPackagePolygons(blob)).toThrow(RangeError)
  })
  it('reads big-endian, with heights', () => {
    const blob = Buffer.alloc(8 + 9 + 4 + 4 * 24)
    blob.write('GP', 0)
    blob.writeUInt32BE(1003, 9)
    blob.writeUInt32BE(1, 13)
    blob.writeUInt32BE(4, 17)
    open(1, 2, 3).forEach(([x, y], i) => {
      blob.writeDoubleBE(x, 21 + i * 24)
      blob.writeDoubleBE(y, 29 + i * 24)
      blob.writeDoubleBE(99, 37 + i * 24)
    })
    expect(geoPackagePolygons(blob)).toEqual({ polygons: [[open(1, 2, 3)]], lines: [], others: [] })
  })
})
