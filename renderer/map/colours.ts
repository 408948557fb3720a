export type Rgba = readonly [number, number, number, number]

/** Colours of the map that are not of the page: WebGL cannot read CSS variables. */
export interface MapPalette {
  readonly background: Rgba
  readonly sea: Rgba
  readonly land: Rgba
  readonly green: Rgba
  readonly water: Rgba
  readonly building: Rgba
  readonly casing: Rgba
  readonly road: Rgba
  readonly mainRoad: Rgba
  readonly rail: Rgba
  readonly boundary: Rgba
  readonly label: Rgba
  readonly halo: Rgba
  readonly ink: Rgba
  readonly accent: Rgba
  readonly point: Rgba
  readonly scale: readonly Rgba[]
  /** Two-sided scale: below and above 0, weak to strong. RdBu of ColorBrewer, told apart by every common colour vision. */
  readonly below: readonly Rgba[]
  readonly above: readonly Rgba[]
}

/** YlOrRd of ColorBrewer: told apart by every common colour vision, light to dark on paper. */
export const lightPalette: MapPalette = {
  background: [234, 238, 241, 255],
  sea: [214, 225, 233, 255],
  land: [245, 245, 242, 255],
  green: [226, 235, 222, 255],
  water: [207, 221, 231, 255],
  building: [231, 229, 225, 255],
  casing: [206, 206, 202, 255],
  road: [255, 255, 255, 255],
  mainRoad: [250, 240, 214, 255],
  rail: [176, 178, 182, 255],
  boundary: [88, 98, 110, 255],
  label: [66, 74, 84, 255],
  halo: [255, 255, 255, 235],
  ink: [22, 27, 34, 255],
  accent: [11, 83, 170, 255],
  point: [164, 24, 52, 150],
  scale: [
    [254, 217, 118, 190],
    [254, 178, 76, 205],
    [253, 141, 60, 215],
    [240, 59, 32, 225],
    [158, 0, 44, 235],
  ],
  below: [
    [146, 197, 222, 210],
    [67, 147, 195, 225],
    [33, 102, 172, 235],
  ],
  above: [
    [244, 165, 130, 210],
    [214, 96, 77, 225],
    [178, 24, 43, 235],
  ],
}

/** Dark to light by night: more incidents are always further from the background. */
export const darkPalette: MapPalette = {
  background: [22, 26, 31, 255],
  sea: [17, 23, 30, 255],
  land: [31, 35, 40, 255],
  green: [32, 42, 37, 255],
  water: [19, 30, 41, 255],
  building: [40, 44, 49, 255],
  casing: [24, 27, 31, 255],
  road: [58, 63, 70, 255],
  mainRoad: [84, 82, 74, 255],
  rail: [70, 74, 80, 255],
  boundary: [150, 160, 172, 255],
  label: [182, 190, 199, 255],
  halo: [20, 24, 29, 235],
  ink: [240, 244, 248, 255],
  accent: [120, 180, 255, 255],
  point: [255, 176, 92, 150],
  scale: [
    [92, 44, 92, 190],
    [152, 46, 94, 205],
    [213, 75, 73, 220],
    [247, 138, 54, 230],
    [253, 222, 130, 240],
  ],
  below: [
    [45, 80, 118, 210],
    [66, 134, 190, 225],
    [146, 197, 240, 235],
  ],
  above: [
    [120, 60, 48, 210],
    [214, 110, 85, 225],
    [250, 178, 150, 235],
  ],
}

/** A colour as CSS, for the legend. */
export function cssColour(colour: Rgba): string {
  return `rgb(${colour[0]} ${colour[1]} ${colour[2]} / ${(colour[3] / 255).toFixed(2)})`
}
