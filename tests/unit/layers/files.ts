/** Files made for these tests, in a folder that is removed afterwards, and the real open data beside the repository. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { InputError } from '#core/contract/problem.ts'

export const sharedData = path.resolve(import.meta.dirname, '../../../../shared/data')
export const noSharedData = !existsSync(sharedData)
export const skipped = noSharedData ? ' (skipped: the open data folder ../shared/data is not here)' : ''

const folder = mkdtempSync(path.join(tmpdir(), 'layers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

export function made(name: string, content: string | Uint8Array | object): string {
  const file = path.join(folder, name)
  const bytes =
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content)
  writeFileSync(file, bytes)
  return file
}

/** The refusal a call ends in; anything else thrown, or nothing, fails the test. */
export function refusal(call: () => unknown): InputError {
  try {
    call()
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
  throw new Error('was not refused')
}

export const square = (x: number, y: number, size: number): [number, number][] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
]

export function collection(features: readonly object[], crs?: string): object {
  return {
    type: 'FeatureCollection',
    ...(crs === undefined ? {} : { crs: { type: 'name', properties: { name: crs } } }),
    features,
  }
}

export function feature(properties: object, geometry: object | null): object {
  return { type: 'Feature', properties, geometry }
}

export const polygon = (...rings: readonly (readonly [number, number])[][]): object => ({
  type: 'Polygon',
  coordinates: rings,
})
