/** Below this share of its own diagonal what is left of a column is rounding: it repeats other columns. */
const COLLINEAR = 1e-10

/**
 * Lower Cholesky factor of a symmetric positive definite matrix, row by row, n × n; null when a column repeats others.
 * Reads the lower half alone.
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array | null {
  const factor = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    let rest = matrix[j * n + j]
    for (let k = 0; k < j; k++) rest -= factor[j * n + k] * factor[j * n + k]
    if (!(rest > COLLINEAR * matrix[j * n + j])) return null
    const pivot = Math.sqrt(rest)
    factor[j * n + j] = pivot
    for (let i = j + 1; i < n; i++) {
      let sum = matrix[i * n + j]
      const a = i * n
      const b = j * n
      for (let k = 0; k < j; k++) sum -= factor[a + k] * factor[b + k]
      factor[a + j] = sum / pivot
    }
  }
  return factor
}

/** Solves L·Lᵀ·x = b for the factor L. */
export function solveCholesky(factor: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    let sum = x[i]
    for (let k = 0; k < i; k++) sum -= factor[i * n + k] * x[k]
    x[i] = sum / factor[i * n + i]
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i] * x[k]
    x[i] = sum / factor[i * n + i]
  }
  return x
}
