import { figureText } from '#renderer/ui/numbers.ts'

/** Metres as '74 m' or '1.24 km'. */
export function lengthText(metres: number): string {
  return metres < 1000 ? `${Math.round(metres)} m` : `${figureText(metres / 1000)} km`
}

/** Square metres as '850 m²', '2.4 ha' or '1.24 km²'. */
export function areaText(squareMetres: number): string {
  if (squareMetres < 10_000) return `${figureText(Math.round(squareMetres))} m²`
  return squareMetres < 1_000_000
    ? `${figureText(squareMetres / 10_000)} ha`
    : `${figureText(squareMetres / 1_000_000)} km²`
}
