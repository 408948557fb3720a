/** Two bytes a code as long as they suffice, for a dictionary of `size` words with the empty one. */
export function narrowCodes(codes: Uint32Array, size: number): Uint16Array | Uint32Array {
  if (size > 65_536) return codes
  const narrow = new Uint16Array(codes.length)
  for (let i = 0; i < codes.length; i++) narrow[i] = codes[i]
  return narrow
}
