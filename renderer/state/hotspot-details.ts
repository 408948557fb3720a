import { create } from 'zustand'
import type { Filter } from '#core/contract/filter.ts'
import type { Problem } from '#core/contract/problem.ts'
import type {
  HourWeekdaySummary,
  MonthTrendSummary,
  OffenceMixSummary,
  RepeatLocationsSummary,
} from '#core/contract/results.ts'
import type { AnalysisResult } from '#core/contract/routes.ts'
import { problemOf } from '#renderer/api/client.ts'
import { analyse, useMethods } from './analyse.ts'

/** A part of the story of one hotspot: its result, or why the data cannot carry it. */
export type Part<S> = { readonly result: AnalysisResult<S> } | { readonly problem: Problem }

export interface HotspotDetail {
  readonly of: string
  readonly hours?: Part<HourWeekdaySummary>
  readonly trend?: Part<MonthTrendSummary>
  readonly mix?: Part<OffenceMixSummary>
  readonly repeats?: Part<RepeatLocationsSummary>
}

export const useHotspotDetail = create<{ readonly detail: HotspotDetail | null }>(() => ({ detail: null }))

const methods = {
  hours: 'hourWeekday',
  trend: 'monthTrend',
  mix: 'offenceMix',
  repeats: 'repeatLocations',
} as const

let running: AbortController | null = null

/** Tells the story of one hotspot part by part; an answer for another hotspot is dropped. */
export async function loadHotspotDetail(filter: Filter, of: string): Promise<void> {
  if (useHotspotDetail.getState().detail?.of === of) return
  running?.abort()
  const control = new AbortController()
  running = control
  useHotspotDetail.setState({ detail: { of } })
  const known = new Set(useMethods.getState().cards.map((card) => card.id))
  for (const [part, method] of Object.entries(methods)) {
    if (!known.has(method)) continue
    let held: Part<unknown>
    try {
      held = { result: await analyse(method, {}, filter, control.signal) }
    } catch (error) {
      const problem = problemOf(error)
      if (!problem || running !== control) return
      held = { problem }
    }
    if (running !== control) return
    useHotspotDetail.setState(({ detail }) =>
      detail?.of === of ? { detail: { ...detail, [part]: held } } : {},
    )
  }
}
