import { create } from 'zustand'
import type { Box } from '#core/contract/geometry.ts'
import type { Problem } from '#core/contract/problem.ts'
import type { FoundPlace } from '#core/contract/routes.ts'
import { callJson, problemOf } from '#renderer/api/client.ts'
import { setView } from './view.ts'

export interface FindPlaceStore {
  readonly open: boolean
  /** A new object asks for the keyboard, open already or not. */
  readonly asked: object | null
  readonly typed: string
  /** What `typed` may mean, best first; null while it is being asked. */
  readonly found: readonly FoundPlace[] | null
  readonly problem: Problem | null
  /** The place that is marked on the map. */
  readonly marked: FoundPlace | null
}

export const useFindPlace = create<FindPlaceStore>(() => ({
  open: false,
  asked: null,
  typed: '',
  found: [],
  problem: null,
  marked: null,
}))

export function openFindPlace(): void {
  useFindPlace.setState({ open: true, asked: {} })
}

/** Closes the box and takes the mark away. */
export function closeFindPlace(): void {
  running?.abort()
  useFindPlace.setState({ open: false, typed: '', found: [], problem: null, marked: null })
}

let running: AbortController | null = null

/** Places that `typed` may mean, best first, nearest to where the map is among equals. */
export async function placesFor(
  typed: string,
  near: readonly [number, number] | null,
  signal?: AbortSignal,
): Promise<readonly FoundPlace[]> {
  const query = new URLSearchParams({ q: typed, ...(near && { near: near.join() }) })
  return (await callJson<{ found: FoundPlace[] }>('GET', `/places?${query}`, undefined, signal)).found
}

/** Asks what is being typed; the last question wins. */
export async function typePlace(typed: string, near: readonly [number, number] | null): Promise<void> {
  running?.abort()
  const control = new AbortController()
  running = control
  if (typed.trim().length < 2) return useFindPlace.setState({ typed, found: [], problem: null })
  useFindPlace.setState({ typed, found: null, problem: null })
  try {
    const found = await placesFor(typed, near, control.signal)
    if (running === control) useFindPlace.setState({ found })
  } catch (error) {
    if (running === control) useFindPlace.setState({ found: [], problem: problemOf(error) })
  }
}

/** Goes to a place and marks it. */
export function markPlace(place: FoundPlace): void {
  useFindPlace.setState({ marked: place })
  setView({ goTo: { box: boxAround(place) } })
}

/** A square of the grid whole; a point with about 400 m of its surroundings. */
function boxAround({ rings, longitude, latitude }: FoundPlace): Box {
  const corners = rings?.flat() ?? [
    [longitude - 0.006, latitude - 0.0036],
    [longitude + 0.006, latitude + 0.0036],
  ]
  const x = corners.map((corner) => corner[0])
  const y = corners.map((corner) => corner[1])
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)]
}
