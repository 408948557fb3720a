/**
 * A Home Office code or classification as it is compared: capitals, without blanks, without leading zeros of its
 * parts. `008/06`, `8/6` and ` 8/06` are one; so are `008N` and `8n`.
 */
export function plainCode(code: string): string {
  return code
    .toUpperCase()
    .replace(/\s+/g, '')
    .replace(/(^|[/.-])0+(?=\d)/g, '$1')
}
