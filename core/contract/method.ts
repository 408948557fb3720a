/**
 * A method is something the product can compute. Its constant carries everything the form, the command line, the
 * route, the card and the provenance line need; this page is the shape of that constant.
 */
import type { Caveat } from './caveat.ts'
import type { Filter } from './filter.ts'
import type { Position, Rings } from './geometry.ts'

export interface NumberParameter {
  readonly type: 'number' | 'integer'
  readonly title: string
  readonly unit?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly default: number
  /** Why this default, in one sentence. */
  readonly why: string
}

export interface ChoiceParameter {
  readonly type: 'choice'
  readonly title: string
  readonly options: readonly { readonly value: string; readonly title: string }[]
  readonly default: string
  readonly why: string
}

export interface SwitchParameter {
  readonly type: 'switch'
  readonly title: string
  readonly default: boolean
  readonly why: string
}

/** Words from the data (excluded places, offence names). */
export interface WordsParameter {
  readonly type: 'words'
  readonly title: string
  readonly column?: string
  readonly default: readonly string[]
  readonly why: string
}

/** Several numbers in order, such as the breaks of distance bands. */
export interface NumbersParameter {
  readonly type: 'numbers'
  readonly title: string
  readonly unit?: string
  readonly minimum?: number
  readonly maximum?: number
  /** Each must be larger than the one before. */
  readonly increasing?: boolean
  readonly default: readonly number[]
  readonly why: string
}

/** A day, `YYYY-MM-DD`; '' when not given. */
export interface DateParameter {
  readonly type: 'date'
  readonly title: string
  readonly default: string
  readonly why: string
}

/** A short text, such as the name of a column; '' when not given. */
export interface TextParameter {
  readonly type: 'text'
  readonly title: string
  readonly default: string
  readonly why: string
}

/** A layer of the workspace by its id; '' when not given. Its shapes are in `context.layers[name of the parameter]`. */
export interface LayerParameter {
  readonly type: 'layer'
  readonly title: string
  readonly geometry: 'area' | 'point' | 'line'
  readonly required: boolean
  readonly default: ''
  readonly why: string
}

/** Another selection of the same data, to compare with; its mask is in `context.selections[name of the parameter]`. */
export interface SelectionParameter {
  readonly type: 'selection'
  readonly title: string
  readonly required: boolean
  readonly default: null
  readonly why: string
}

export type Parameter =
  | NumberParameter
  | ChoiceParameter
  | SwitchParameter
  | WordsParameter
  | NumbersParameter
  | DateParameter
  | TextParameter
  | LayerParameter
  | SelectionParameter
export type Parameters = Readonly<Record<string, Parameter>>

/** The values of a parameter schema. */
export type Values<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends NumberParameter
    ? number
    : P[K] extends SwitchParameter
      ? boolean
      : P[K] extends WordsParameter
        ? readonly string[]
        : P[K] extends NumbersParameter
          ? readonly number[]
          : P[K] extends SelectionParameter
            ? Filter | null
            : string
}

/** One output column of a result, for cards and exports. */
export interface OutputColumn {
  readonly name: string
  readonly title: string
  readonly unit?: string
  readonly type: 'float64' | 'float32' | 'int32' | 'uint32' | 'uint8' | 'int8' | 'utf8'
  /** What each whole number stands for, where the column is a class: `{'3': 'hot, 99 %'}`. */
  readonly words?: Readonly<Record<string, string>>
}

/** A picture of the rows of a result that lie along a line: months, distances, shares. Columns by name. */
export interface RowChart {
  readonly title: string
  /** Numbers in order, or words (months) that are spaced evenly. */
  readonly x: string
  readonly lines: readonly string[]
  /** Lower and upper edge of an interval, drawn behind the lines. */
  readonly band?: readonly [string, string]
  /** A column that is not 0 and not '' where a point is marked (a signal, a change). */
  readonly marks?: string
}

/** What is known of a method without running it. Serialisable: `GET /api/methods` sends exactly this. */
export interface MethodCard<P extends Parameters = Parameters> {
  readonly id: string
  readonly version: string
  readonly title: string
  /** One plain sentence: the question it answers. */
  readonly answers: string
  readonly references: readonly string[]
  /** How it is worked out, in symbols and words. */
  readonly formula?: string
  readonly assumptions: readonly string[]
  /** What a reader may think it says, and it does not. */
  readonly notShown?: readonly string[]
  /** What a user who compares with a peer will see, where we differ. */
  readonly compares?: readonly string[]
  /** Caveat codes it may attach, each with when. */
  readonly caveats: Readonly<Record<string, string>>
  readonly parameters: P
  /** Fields of `summary`, in words. */
  readonly summary: Readonly<Record<string, string>>
  readonly columns: readonly OutputColumn[]
  readonly charts?: readonly RowChart[]
  /** Text columns it groups by; they are in `incidents.dictionaries` where the dataset holds them. */
  readonly reads?: readonly ('victimRef' | 'suspectRef')[]
  /** What the incidents must hold; checked before it runs. */
  readonly needs: readonly ('place' | 'month' | 'minute' | 'offence' | 'location')[]
}

/** The incidents a kernel sees: whole columns and a mask (1 = in). Kernels never write to these. */
export interface Incidents {
  readonly length: number
  readonly mask: Uint8Array
  readonly x: Float64Array
  readonly y: Float64Array
  /** Degrees, WGS 84, for H3 alone; maths is done in metres. */
  readonly longitude?: Float64Array
  readonly latitude?: Float64Array
  readonly precision: Uint8Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly timePrecision: Uint8Array
  readonly dictionaries: Readonly<
    Record<string, { readonly codes: Uint32Array | Uint16Array; readonly words: readonly string[] }>
  >
  readonly flags: Readonly<Record<string, Uint8Array>>
}

/** Harm weight of each offence word; an offence not in the table has NaN and is reported, never 0. */
export interface HarmWeights {
  readonly name: string
  readonly version: string
  readonly unit: string
  readonly byOffence: Readonly<Record<string, number>>
  /** By Home Office code or classification, written as `plainCode` does; tried before the offence. */
  readonly byCode?: Readonly<Record<string, number>>
  /** By sub-group in lower case: the last resort, and said wherever it was used. */
  readonly byGroup?: Readonly<Record<string, number>>
}

/** One area of the study: its code, name and rings in metres. */
export interface StudyArea {
  readonly name: string
  readonly areas: readonly { readonly code: string; readonly name: string; readonly rings: Rings }[]
}

/** One shape of a layer, in metres: an area has rings, a line its parts, a point its place. */
export interface LayerShape {
  readonly code: string
  readonly name: string
  readonly rings?: Rings
  readonly lines?: readonly (readonly Position[])[]
  readonly x?: number
  readonly y?: number
  /** Other columns of the layer that hold numbers (a population, a length); absent where the file holds none. */
  readonly numbers: Readonly<Record<string, number>>
  /** The kind of a place, the class of a road. */
  readonly kind: string
}

export interface ContextLayer {
  readonly name: string
  readonly shapes: readonly LayerShape[]
}

/** Everything besides the incidents that a method may need; absent where the workspace does not hold it. */
export interface Context {
  readonly studyArea?: StudyArea
  readonly weights?: HarmWeights
  /** The period asked for, [from, to) as `YYYY-MM-DD`; when absent the span of the data. */
  readonly period?: { readonly from: string; readonly to: string }
  /** Months (`YYYY-MM`) the files do not cover, or cover in part: missing is not zero. */
  readonly missingMonths?: readonly string[]
  readonly partialMonths?: readonly string[]
  /** Shapes of each `layer` parameter that was given, by the parameter's name. */
  readonly layers?: Readonly<Record<string, ContextLayer>>
  /** Mask (1 = in) of each `selection` parameter that was given, by the parameter's name. */
  readonly selections?: Readonly<Record<string, Uint8Array>>
}

/** How a kernel tells of its progress and hears that nobody wants the answer any more. */
export interface Control {
  /** Call at least every ~10 ms of work; throws `Cancelled` when asked to stop. */
  tick(done: number, stage?: string): void
}

export type ResultColumn =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Uint8Array
  | Int8Array
  | readonly string[]

/** What `run` returns. Numbers that are undefined are NaN here and `null` once they cross the boundary as JSON. */
export interface Computed<S> {
  readonly summary: S
  readonly columns: Readonly<Record<string, ResultColumn>>
  readonly caveats: readonly Caveat[]
}

export interface Method<P extends Parameters = Parameters, S = unknown> {
  readonly card: MethodCard<P>
  run(incidents: Incidents, params: Values<P>, context: Context, control: Control): Computed<S>
  /** Present where the work can be handed out to several workers; `run` is then the same parts, one after another. */
  readonly shares?: Shares<P, S>
}

/**
 * Work in numbered parts. How many parts there are, and what each holds, depends on the question alone, never on the
 * number of workers; `finish` sees them in order: so any number of workers gives the same bytes.
 */
export interface Shares<P extends Parameters = Parameters, S = unknown, State = unknown, Part = unknown> {
  /** What all parts need. Plain data; large arrays in shared memory, for it is handed to every worker. */
  begin(
    incidents: Incidents,
    params: Values<P>,
    context: Context,
    control: Control,
  ): { readonly state: State; readonly parts: number }
  /** May write to shared arrays of the state only where no other part does. */
  part(state: State, index: number, control: Control): Part
  finish(
    state: State,
    parts: readonly Part[],
    incidents: Incidents,
    params: Values<P>,
    context: Context,
    control: Control,
  ): Computed<S>
}
