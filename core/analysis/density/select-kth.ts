/**
 * The k-th smallest (from 0) of the first `count` values, by partition; puts the values in another order, smaller
 * ones before place k and larger ones after it. No NaN. O(count) on average; no worse for repeated values.
 */
export function selectKth(values: Float64Array, count: number, k: number): number {
  let low = 0
  let high = count - 1
  while (low < high) {
    const a = values[low]
    const b = values[(low + high) >> 1]
    const c = values[high]
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b
    let i = low
    let j = high
    while (i <= j) {
      while (values[i] < pivot) i++
      while (values[j] > pivot) j--
      if (i <= j) {
        const held = values[i]
        values[i++] = values[j]
        values[j--] = held
      }
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else return values[k]
  }
  return values[k]
}
