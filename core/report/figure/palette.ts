/**
 * Colours by what they mean. One accent and its tints, ordered by lightness so that a black-and-white print and a
 * colour-blind reader see the same order; outlines and numbers carry what must not be missed. `paper` is for print;
 * `light` and `dark` are for the screen.
 */
import type { BasemapClass } from '#core/contract/layer.ts'

export interface Palette {
  readonly ground: string
  readonly ink: string
  readonly muted: string
  readonly rule: string
  readonly faint: string
  readonly accent: string
  /** Text on the accent. */
  readonly onAccent: string
  /** Bars that are there to be compared with. */
  readonly second: string
  readonly third: string
  /** Five steps, least to most. */
  readonly steps: readonly [string, string, string, string, string]
  readonly outline: string
  readonly casing: string
  readonly map: Readonly<Record<BasemapClass, string>>
}

export const paper: Palette = {
  ground: '#ffffff',
  ink: '#16202a',
  muted: '#56616c',
  rule: '#c9d0d7',
  faint: '#eef1f4',
  accent: '#12436d',
  onAccent: '#ffffff',
  second: '#7fa8cf',
  third: '#c6d2de',
  steps: ['#e3ecf5', '#bcd4ea', '#84b1da', '#3c7fbd', '#12436d'],
  outline: '#10151b',
  casing: '#ffffff',
  map: {
    sea: '#e6eef4',
    land: '#fbfaf7',
    green: '#e9efe0',
    water: '#d5e4ef',
    building: '#e4e1db',
    rail: '#9aa2aa',
    motorway: '#8d99a5',
    'a-road': '#a9b3bc',
    'b-road': '#bfc7ce',
    'minor-road': '#d3d8dd',
    boundary: '#6b7681',
    place: '#4a545e',
  },
}

/** On a white screen the paper colours serve. */
export const light: Palette = paper

export const dark: Palette = {
  ground: '#14191f',
  ink: '#e8edf2',
  muted: '#a3afba',
  rule: '#3a4550',
  faint: '#1f262e',
  accent: '#6fb1ee',
  onAccent: '#0c1116',
  second: '#3f7099',
  third: '#36424e',
  steps: ['#1f3140', '#29506f', '#3777a5', '#5fa3dc', '#b5dcff'],
  outline: '#ffffff',
  casing: '#0c1116',
  map: {
    sea: '#10202c',
    land: '#1a2027',
    green: '#1d2a22',
    water: '#16303f',
    building: '#262d35',
    rail: '#6a757f',
    motorway: '#7b8793',
    'a-road': '#626d78',
    'b-road': '#4b5560',
    'minor-road': '#38414b',
    boundary: '#8b97a3',
    place: '#c3ccd5',
  },
}
