/**
 * A method is something the product can compute. Its constant carries everything the form, the command line, the
 * route, the card and the provenance line need; this page is the shape of that constant.
 */
import type { Caveat } from './caveat.ts'
import type { Rings } from './geometry.ts'

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

export type Parameter = NumberParameter | ChoiceParameter | SwitchParameter | WordsParameter
export type Parameters = Readonly<Record<string, Parameter>>

/** The values of a parameter schema. */
export type Values<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends NumberParameter
    ? number
    : P[K] extends SwitchParameter
      ? boolean
      : P[K] extends WordsParameter
        ? readonly string[]
        : string
}

/** One output column of a result, for cards and exports. */
export interface OutputColumn {
  readonly name: string
  readonly title: string
  readonly unit?: string
  readonly type: 'float64' | 'float32' | 'int32' | 'uint32' | 'uint8' | 'int8' | 'utf8'
}

/** What is known of a method without running it. Serialisable: `GET /api/methods` sends exactly this. */
export interface MethodCard<P extends Parameters = Parameters> {
  readonly id: string
  readonly version: string
  readonly title: string
  /** One plain sentence: the question it answers. */
  readonly answers: string
  readonly references: readonly string[]
  readonly assumptions: readonly string[]
  /** What a user who compares with a peer will see, where we differ. */
  readonly compares?: readonly string[]
  /** Caveat codes it may attach, each with when. */
  readonly caveats: Readonly<Record<string, string>>
  readonly parameters: P
  /** Fields of `summary`, in words. */
  readonly summary: Readonly<Record<string, string>>
  readonly columns: readonly OutputColumn[]
  /** What the incidents must hold; checked before it runs. */
  readonly needs: readonly ('place' | 'month' | 'minute' | 'offence' | 'location')[]
}

/** The incidents a kernel sees: whole columns and a mask (1 = in). Kernels never write to these. */
export interface Incidents {
  readonly length: number
  readonly mask: Uint8Array
  readonly x: Float64Array
  readonly y: Float64Array
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
}

/** One area of the study: its code, name and rings in metres. */
export interface StudyArea {
  readonly name: string
  readonly areas: readonly { readonly code: string; readonly name: string; readonly rings: Rings }[]
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
}
