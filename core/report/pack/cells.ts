/** Numbers with the words that print them, by what they measure. */
import { type Cell, measure } from '../figure/drawing.ts'
import {
  formatArea,
  formatNumber,
  formatPercentChange,
  formatProbability,
  formatShare,
  formatWeight,
} from '../format.ts'

export function countCell(value: number, unit = 'incidents'): Cell {
  return measure(value, formatNumber(value), unit)
}

export function shareCell(value: number, of: string): Cell {
  return measure(value, formatShare(value), `share of ${of}`)
}

/** Hotspots are a sliver of a force: under one per cent, two decimals. */
export function areaShareCell(value: number): Cell {
  return measure(value, formatShare(value, value < 0.00995 ? 2 : 1), 'share of area')
}

export function areaCell(km2: number): Cell {
  return measure(km2, formatArea(km2), 'km²')
}

/** National Grid coordinates are written without a comma, as on a map. */
export function metresCell(value: number): Cell {
  return measure(value, Number.isFinite(value) ? String(Math.round(value)) : formatNumber(value), 'm')
}

export function harmCell(value: number, unit: string): Cell {
  return measure(value, formatWeight(value), unit)
}

export function changeCell(percent: number, base: number): Cell {
  return measure(percent, formatPercentChange(percent, base), 'percent')
}

export function scoreCell(value: number, unit: string): Cell {
  return measure(value, formatNumber(value, 2), unit)
}

export function probabilityCell(value: number, unit: string): Cell {
  return measure(value, formatProbability(value), unit)
}
