/**
 * How wide words are, without a font at hand: advance widths of Source Sans 3 (SIL Open Font Licence) for ASCII in
 * thousandths of the size. Kerning is left out (it only ever narrows running text a little), and other letters count
 * as a wide lower-case letter, so a label that fits by this sum fits on paper.
 */
import type { Weight } from './drawing.ts'

const ascii: Readonly<Record<Weight, readonly number[]>> = {
  // biome-ignore format: a table of 95 numbers reads best as rows
  regular: [
    200, 289, 426, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497,
    497, 497, 497, 497, 497, 497, 497, 249, 249, 497, 497, 497, 425, 847, 543, 588, 571, 615, 527,
    494, 617, 652, 263, 479, 579, 486, 727, 647, 664, 566, 664, 569, 534, 536, 645, 515, 786, 513,
    476, 539, 303, 350, 303, 497, 500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495,
    255, 829, 547, 542, 555, 555, 347, 419, 338, 544, 467, 719, 446, 467, 425, 303, 241, 303, 497,
  ],
  // biome-ignore format: a table of 95 numbers reads best as rows
  semibold: [
    200, 315, 482, 513, 513, 841, 639, 275, 324, 324, 438, 513, 275, 322, 275, 344, 513, 513, 513,
    513, 513, 513, 513, 513, 513, 513, 275, 275, 513, 513, 513, 444, 875, 558, 597, 576, 625, 538,
    510, 628, 663, 282, 494, 597, 502, 745, 657, 674, 582, 674, 592, 545, 546, 655, 536, 800, 541,
    501, 540, 324, 344, 324, 513, 500, 549, 516, 563, 462, 564, 507, 317, 520, 558, 262, 263, 522,
    271, 843, 560, 549, 564, 564, 373, 431, 361, 556, 495, 748, 481, 495, 443, 324, 255, 324, 513,
  ],
  // biome-ignore format: a table of 95 numbers reads best as rows
  bold: [
    200, 340, 537, 528, 528, 857, 667, 300, 344, 344, 457, 528, 300, 332, 300, 339, 528, 528, 528,
    528, 528, 528, 528, 528, 528, 528, 300, 300, 528, 528, 528, 463, 902, 573, 605, 582, 635, 548,
    524, 638, 674, 301, 509, 614, 518, 762, 665, 684, 596, 684, 613, 556, 556, 665, 556, 813, 567,
    525, 541, 344, 339, 344, 528, 500, 555, 527, 573, 468, 573, 518, 341, 534, 571, 276, 278, 548,
    286, 857, 572, 555, 573, 573, 398, 443, 383, 568, 523, 776, 514, 521, 460, 344, 268, 344, 528,
  ],
}

/** Width of `text` in the unit of `size`. */
export function textWidth(text: string, size: number, weight: Weight = 'regular'): number {
  const widths = ascii[weight]
  let total = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    total += code >= 32 && code < 127 ? widths[code - 32] : 600
  }
  return (total * size) / 1000
}

/** `text` cut with an ellipsis so that it is no wider than `width`. */
export function fitText(text: string, width: number, size: number, weight: Weight = 'regular'): string {
  if (textWidth(text, size, weight) <= width) return text
  const letters = Array.from(text)
  let kept = letters.length
  while (kept > 0 && textWidth(`${letters.slice(0, kept).join('').trimEnd()}…`, size, weight) > width) kept--
  return kept > 0 ? `${letters.slice(0, kept).join('').trimEnd()}…` : ''
}

/** `text` in at most `most` lines no wider than `width`, the last cut with an ellipsis where there is more. */
export function fitLines(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = []
  const left = text.split(' ').filter((word) => word !== '')
  while (left.length > 0) {
    if (lines.length === most - 1) {
      lines.push(fitText(left.join(' '), width, size))
      break
    }
    let line = left.shift() ?? ''
    while (left.length > 0 && textWidth(`${line} ${left[0]}`, size) <= width) line += ` ${left.shift()}`
    lines.push(fitText(line, width, size))
  }
  return lines
}
