/**
 * A name as it is searched for: capitals A–Z, digits and single spaces. Accents and apostrophes fall away, '&' is AND,
 * anything else parts two words. 'St John’s (CofE)' → 'ST JOHNS COFE'.
 */
export function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’‘`]/g, '')
    .toUpperCase()
    .replaceAll('&', ' AND ')
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim()
}
