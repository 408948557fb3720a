/** The settings every method on a grid shares. */
export const gridParameters = {
  shape: {
    type: 'choice',
    title: 'Cell shape',
    options: [
      { value: 'hexagon', title: 'Hexagon' },
      { value: 'square', title: 'Square' },
    ],
    default: 'hexagon',
    why: 'Every neighbour of a hexagon is equally far away, so clusters do not depend on direction.',
  },
  cellSize: {
    type: 'number',
    title: 'Side of a cell',
    unit: 'm',
    minimum: 25,
    maximum: 5000,
    default: 200,
    why: 'A hexagon of 200 m side is 0.104 km², about ten football pitches: the size named for national hex mapping.',
  },
  originX: {
    type: 'number',
    title: 'Shift of the grid to the east',
    unit: 'm',
    minimum: 0,
    maximum: 10000,
    default: 0,
    why: 'The grid starts at the origin of the National Grid, so that cells stay the same from year to year; shift it to see how much the result depends on where cells happen to fall.',
  },
  originY: {
    type: 'number',
    title: 'Shift of the grid to the north',
    unit: 'm',
    minimum: 0,
    maximum: 10000,
    default: 0,
    why: 'As for the shift to the east.',
  },
} as const
