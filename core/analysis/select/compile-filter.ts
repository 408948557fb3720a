/**
 * A filter made ready to run: every clause checked against the dataset and turned into a range or a look-up table,
 * so that the loop over incidents holds no words, dates or branches on clause kinds. Plain data: it can be sent to a
 * worker, where shared columns arrive without a copy.
 */
import type { Clause, Filter } from '#core/contract/filter.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { FLAG_NO, FLAG_UNKNOWN, FLAG_YES, type IncidentColumns, precisions } from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'
import { minutesOfDate } from '../support/wall-clock.ts'
import { cellColumn, hourColumn, locatedColumn, NO_HOUR } from './derived-columns.ts'
import { canonicalJson } from './filter-key.ts'
import { type PolygonTest, polygonTest } from './polygon-test.ts'
import { findInWords, readTextClause, rowsWithAll, textKey } from './text-search.ts'

/** Area of each incident in each boundary layer: `codes[index[row]]`, −1 outside every area. */
export type AreaIndex = Readonly<
  Record<string, { readonly codes: readonly string[]; readonly index: Int32Array }>
>

/** Columns already worked out for this dataset; what is absent is worked out again. */
export interface KeptColumns {
  readonly hour?: Uint8Array
  readonly located?: Uint8Array
  /** Cell of each incident by `canonicalJson(grid)`. */
  readonly cells?: ReadonlyMap<string, Int32Array>
  /** 1 where the incident contains the words of a text clause, by its `textKey`. */
  readonly texts?: ReadonlyMap<string, Uint8Array>
  /** Bit of each dictionary column, besides the offence, that is counted and so is a brush. */
  readonly brushes?: ReadonlyMap<string, number>
}

/** 2³⁰ minutes after 1970: the year 4011. */
const LATEST = 2 ** 30

/** Which brush a clause belongs to: a histogram leaves out its own. */
export const BRUSH_PERIOD = 1
export const BRUSH_HOURS = 2
export const BRUSH_OFFENCE = 4
export const NO_BRUSH = 8
/** Bit of the first further column that is counted; the next has twice that, and so on. */
export const BRUSH_WORDS = 16

/** `values[row]` lies in [from, to), both within ±2³⁰. */
export interface RangeTest {
  readonly kind: 'range'
  readonly bit: number
  readonly values: Int32Array
  readonly from: number
  readonly to: number
}

/** `fails[codes[row] + shift]` is 0; where the clause does not hold it is the clause's bit, ready to be added. */
export interface TableTest {
  readonly kind: 'table'
  readonly codes: Uint8Array | Uint16Array | Uint32Array | Int32Array
  readonly shift: number
  readonly fails: Uint8Array
}

/** The place lies in the polygon. */
export interface PlaceTest {
  readonly kind: 'place'
  readonly bit: number
  readonly x: Float64Array
  readonly y: Float64Array
  readonly polygon: PolygonTest
}

export type ClauseTest = RangeTest | TableTest | PlaceTest

/**
 * @returns one test per clause, in the order of the filter
 * @throws InputError E-FLT-COLUMN, -LAYER, -AREA, -DATE, -PERIOD, -POLYGON, -GRID, -HOURS, -TEXT, -CLAUSE, each naming
 *   the clause's column or layer and the cure
 */
export function compileFilter(
  filter: Filter,
  columns: IncidentColumns,
  areas: AreaIndex,
  kept: KeptColumns = {},
): ClauseTest[] {
  return filter.clauses.map((clause) => compile(clause, columns, areas, kept))
}

function compile(clause: Clause, columns: IncidentColumns, areas: AreaIndex, kept: KeptColumns): ClauseTest {
  switch (clause.kind) {
    case 'period':
      return { kind: 'range', bit: BRUSH_PERIOD, values: columns.occurredFrom, ...period(clause) }
    case 'oneOf': {
      const dictionary = own(columns.dictionaries, clause.column)
      if (!dictionary) throw missingColumn(clause.column)
      const wanted = new Set(clause.values)
      const bit = clause.column === 'offence' ? BRUSH_OFFENCE : (kept.brushes?.get(clause.column) ?? NO_BRUSH)
      const fails = Uint8Array.from(dictionary.words, (word) =>
        wanted.has(word) === (clause.exclude !== true) ? 0 : bit,
      )
      return { kind: 'table', codes: dictionary.codes, shift: 0, fails }
    }
    case 'flag': {
      const codes = own(columns.flags, clause.column)
      if (!codes) throw missingColumn(clause.column)
      const fails = new Uint8Array(256).fill(NO_BRUSH)
      for (const state of clause.states)
        fails[state === 'yes' ? FLAG_YES : state === 'no' ? FLAG_NO : FLAG_UNKNOWN] = 0
      return { kind: 'table', codes, shift: 0, fails }
    }
    case 'area':
      return areaTest(clause.layer, clause.codes, areas)
    case 'polygon':
      return {
        kind: 'place',
        bit: NO_BRUSH,
        x: columns.easting,
        y: columns.northing,
        polygon: polygonTest(clause),
      }
    case 'cells': {
      const fails = cellTable(clause.grid, clause.cells)
      const codes = kept.cells?.get(canonicalJson(clause.grid)) ?? cellColumn(columns, clause.grid)
      return { kind: 'table', codes, shift: 1, fails }
    }
    case 'hours': {
      const fails = new Uint8Array(256).fill(BRUSH_HOURS)
      for (const hour of clause.hours) {
        if (!Number.isInteger(hour) || hour < 0 || hour > 167)
          throw new InputError('E-FLT-HOURS', `There is no hour ${hour} in the week.`, {
            column: 'occurredFrom',
            cure: 'Use 0 (Monday 00:00) to 167 (Sunday 23:00).',
          })
        fails[hour] = 0
      }
      const codes = kept.hour ?? hourColumn(columns)
      if (columns.length > 0 && codes.every((hour) => hour === NO_HOUR))
        throw new InputError(
          'E-FLT-HOURS',
          'These incidents hold no time of day, so no hour can be chosen.',
          {
            column: 'occurredFrom',
            cure: 'Remove the hours from the selection, or import records with the time they occurred.',
          },
        )
      return { kind: 'table', codes, shift: 0, fails }
    }
    case 'located': {
      const codes = kept.located ?? locatedColumn(columns)
      return { kind: 'table', codes, shift: 0, fails: Uint8Array.of(NO_BRUSH, 0) }
    }
    case 'precision': {
      const fails = Uint8Array.from(precisions, (each) => (clause.precisions.includes(each) ? 0 : NO_BRUSH))
      return { kind: 'table', codes: columns.precision, shift: 0, fails }
    }
    case 'text': {
      let codes = kept.texts?.get(textKey(clause))
      if (!codes) {
        const { terms, words, texts } = readTextClause(clause, columns)
        // Free text is not in memory: whoever holds the files searches them first.
        if (texts.length > 0) throw new Error(`the text of ${texts.join(', ')} has not been searched`)
        const found = new Uint8Array(new SharedArrayBuffer(columns.length))
        for (const column of words) findInWords(columns.dictionaries[column], terms, found)
        codes = rowsWithAll(found, terms.length)
      }
      return { kind: 'table', codes, shift: 0, fails: Uint8Array.of(NO_BRUSH, 0) }
    }
    default:
      throw new InputError('E-FLT-CLAUSE', 'The selection holds a condition this version does not know.', {
        cure: 'Remove the condition, or open the workspace in the version that made it.',
      })
  }
}

function period(clause: { readonly from: string; readonly to: string }): { from: number; to: number } {
  const from = date(clause.from)
  const to = date(clause.to)
  if (to <= from)
    throw new InputError(
      'E-FLT-PERIOD',
      `The period ends (${clause.to}) before it begins (${clause.from}).`,
      {
        column: 'occurredFrom',
        cure: 'Give an end after the beginning; the end day itself is not included.',
      },
    )
  // NO_TIME lies before every date that can be written (the year 0). An end past the year 4011 means "no end", and
  // is cut there because the loop reckons in 32 bits; no incident is that late.
  return { from: Math.min(from, LATEST), to: Math.min(to, LATEST) }
}

function date(text: string): number {
  try {
    return minutesOfDate(text)
  } catch {
    throw new InputError('E-FLT-DATE', `The period holds “${text}”, which is not a date.`, {
      column: 'occurredFrom',
      cure: 'Write dates as YYYY-MM-DD, for example 2025-04-01.',
    })
  }
}

function areaTest(layer: string, codes: readonly string[], areas: AreaIndex): TableTest {
  const held = own(areas, layer)
  if (!held)
    throw new InputError('E-FLT-LAYER', `The boundary layer “${layer}” of this selection is not loaded.`, {
      cure: 'Add the boundary layer again, or remove the area from the selection.',
    })
  const fails = new Uint8Array(held.codes.length + 1).fill(NO_BRUSH)
  for (const code of codes) {
    const at = held.codes.indexOf(code)
    if (at < 0)
      throw new InputError(
        'E-FLT-AREA',
        `The boundary layer “${layer}” has no area with the code “${code}”.`,
        {
          column: code,
          cure: 'Choose the area again: the boundaries may have been replaced by another year’s.',
        },
      )
    fails[at + 1] = 0
  }
  return { kind: 'table', codes: held.index, shift: 1, fails }
}

function cellTable(grid: GridSpec, cells: readonly number[]): Uint8Array {
  const { size, columns, rows } = grid
  const count = columns * rows
  if (!(size > 0) || !Number.isInteger(columns) || !Number.isInteger(rows) || !(count > 0 && count < 2 ** 30))
    throw new InputError('E-FLT-GRID', 'The grid of the chosen cells is not a grid.', {
      cure: 'Choose the cells or the hotspot again.',
    })
  const fails = new Uint8Array(count + 1).fill(NO_BRUSH)
  for (const cell of cells) {
    if (!Number.isInteger(cell) || cell < 0 || cell >= count)
      throw new InputError('E-FLT-GRID', `The grid of the chosen cells has no cell number ${cell}.`, {
        cure: 'Choose the cells or the hotspot again.',
      })
    fails[cell + 1] = 0
  }
  return fails
}

function missingColumn(column: string): InputError {
  return new InputError('E-FLT-COLUMN', `These incidents hold no column “${column}”.`, {
    column,
    cure: 'Remove the condition, or import the files again with that column mapped.',
  })
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
