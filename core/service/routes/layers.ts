import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fromNationalGrid } from '#core/analysis/space/national-grid.ts'
import type { Box, Position, Rings } from '#core/contract/geometry.ts'
import type { AreaFeature, LayerInfo, PlaceFeature } from '#core/contract/layer.ts'
import { InputError } from '#core/contract/problem.ts'
import type { LayerRequest } from '#core/contract/routes.ts'
import type { BasemapInfo } from '#core/data/basemap/basemap.ts'
import { openPlaceIndex } from '#core/data/basemap/place-index.ts'
import type { Lines } from '#core/data/lines/read-lines.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { readWeights } from '#core/data/weights/read-weights.ts'
import { json, readJson } from '../answer.ts'
import type { Services } from '../core.ts'
import type { Job } from '../jobs.ts'
import { layerId, ringsToDegrees } from '../layers.ts'
import type { Routes } from '../router.ts'
import { runIntake } from '../run-intake.ts'
import { checked, schemas } from '../schemas.ts'
import { filesOf } from './imports.ts'

export function layerRoutes(services: Services): Routes {
  const { store, jobs, layers, uploads } = services
  return {
    async 'POST /layers'({ request }) {
      const body = checked(schemas.layer, await readJson(request))
      return jobs.stream(async (job) => {
        let added: LayerInfo | undefined
        for (const file of await filesOf(services, body.files))
          added = await addLayer(services, body, file, job)
        for (const file of body.files) if ('upload' in file) uploads.discard(file.upload)
        return added
      })
    },
    'DELETE /layers/{id}'({ parts }) {
      layers.forget(parts.id)
      store.removeLayer(parts.id)
      return json({})
    },
    'GET /layers/{id}/areas': ({ parts }) =>
      json({ areas: layers.areas(parts.id).map((area) => ({ ...area, rings: ringsToDegrees(area.rings) })) }),
    'GET /layers/{id}/basemap': ({ parts, query }) => {
      const box = (query.get('box') ?? '').split(',').map(Number)
      const scale = Number(query.get('scale'))
      if (box.length !== 4 || !box.every(Number.isFinite) || !(scale > 0))
        throw new InputError('E-REQ-BOX', 'The part of the map asked for is not understood.', { status: 400 })
      return json({ features: layers.basemap(parts.id, box as unknown as Box, scale) })
    },
    'GET /layers/{id}/places': ({ parts }) => json({ places: layers.places(parts.id).map(placeToDegrees) }),
    async 'POST /weights'({ request }) {
      const body = checked(schemas.weights, await readJson(request))
      const [file] = await filesOf(services, [body.file])
      const table = readWeights(file.path, {
        name: body.name,
        version: body.version,
        unit: body.unit,
        source: body.source,
      })
      store.addWeights(table)
      return json(table)
    },
  }
}

async function addLayer(
  services: Services,
  body: LayerRequest,
  file: { path: string; name: string },
  job: Job,
): Promise<LayerInfo> {
  const { store, spawnIntake } = services
  job.tell({ stage: `Reading ${file.name}` })
  const sha256 = createHash('sha256').update(readFileSync(file.path)).digest('hex')
  const name = body.name ?? file.name.replace(/\.[a-z]+$/i, '')
  const id = layerId(body.kind, sha256, name)
  const head = { id, kind: body.kind, name, sha256, source: body.source ?? '' }
  if (body.kind === 'boundary') {
    const { areas } = await runIntake<{ areas: readonly AreaFeature[] }>(
      spawnIntake,
      {
        kind: 'boundary',
        path: file.path,
        file: file.name,
        ...(body.codeField !== undefined && { codeField: body.codeField }),
        ...(body.nameField !== undefined && { nameField: body.nameField }),
      },
      job,
    )
    const info = {
      ...head,
      file: `${id}.json`,
      features: areas.length,
      box: degreesBox(areas.map((area) => area.rings)),
    }
    store.addLayer(info, Buffer.from(JSON.stringify(areas)))
    return info
  }
  if (body.kind === 'places') {
    const { bytes } = await runIntake<{ bytes: Uint8Array }>(
      spawnIntake,
      { kind: 'places', path: file.path, file: file.name },
      job,
    )
    const { rows, x, y } = openPlaceIndex(bytes)
    const info = { ...head, file: `${id}.places`, features: rows, box: degreesBox([[edgeAround(x, y)]]) }
    store.addLayer(info, bytes)
    return info
  }
  if (body.kind === 'lines') {
    const { lines } = await runIntake<Lines>(
      spawnIntake,
      { kind: 'lines', path: file.path, file: file.name },
      job,
    )
    const info = {
      ...head,
      file: `${id}.json`,
      features: lines.length,
      box: degreesBox(lines.map((line) => line.lines)),
    }
    store.addLayer(info, Buffer.from(JSON.stringify(lines)))
    return info
  }
  const read = await runIntake<BasemapInfo>(
    spawnIntake,
    { kind: 'basemap', path: file.path, file: file.name },
    job,
  )
  const info = {
    ...head,
    source: head.source || read.source,
    file: `${id}.${read.format}`,
    features: read.features,
    box: read.box,
  }
  store.addLayer(info, readFileSync(file.path))
  return info
}

/** The edge of the rectangle around points, in short steps: a straight edge of the National Grid bends in degrees. */
function edgeAround(x: Float64Array, y: Float64Array): Position[] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < x.length; i++) {
    if (x[i] < west) west = x[i]
    if (x[i] > east) east = x[i]
    if (y[i] < south) south = y[i]
    if (y[i] > north) north = y[i]
  }
  return Array.from({ length: 17 }, (_, step) => {
    const over = west + ((east - west) * step) / 16
    const along = south + ((north - south) * step) / 16
    return [
      [over, south],
      [over, north],
      [west, along],
      [east, along],
    ] as Position[]
  }).flat()
}

function degreesBox(shapes: readonly Rings[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const rings of shapes)
    for (const ring of ringsToDegrees(rings))
      for (const [x, y] of ring) {
        if (x < west) west = x
        if (x > east) east = x
        if (y < south) south = y
        if (y > north) north = y
      }
  return [west, south, east, north]
}

function placeToDegrees(place: PlaceFeature): PlaceFeature {
  const out = [0, 0]
  fromNationalGrid(loadOstn15(), place.x, place.y, out)
  return { ...place, x: out[0], y: out[1] }
}
