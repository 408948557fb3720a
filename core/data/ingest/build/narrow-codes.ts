/** Two bytes a code as long as they suffice, for a dictionary of `size` words with the empty one. */
export function narrowCodes(codes: Uint32Array, size: number): Uint16Array | Uint32Array {
  return size <= 65_536 ? Uint16Array.from(codes) : codes
}
