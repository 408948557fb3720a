import type { Method, MethodCard, Parameters, Shares } from '#core/contract/method.ts'

/** A method whose work comes in parts: `run` takes them one after another, the service may hand them out. */
export function methodInParts<P extends Parameters, S, State, Part>(
  card: MethodCard<P>,
  shares: Shares<P, S, State, Part>,
): Method<P, S> {
  return {
    card,
    shares: shares as unknown as Shares<P, S>,
    run(incidents, params, context, control) {
      const { state, parts } = shares.begin(incidents, params, context, control)
      const done: Part[] = []
      for (let index = 0; index < parts; index++) {
        done.push(shares.part(state, index, control))
        control.tick((index + 1) / parts)
      }
      return shares.finish(state, done, incidents, params, context, control)
    },
  }
}

/** Zeros that every worker can see and write. */
export function sharedFloat64(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * 8))
}

/** Zeros that every worker can see and write. */
export function sharedInt32(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * 4))
}
