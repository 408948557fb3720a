import type { MethodCard } from '#core/contract/method.ts'
import { gridParameters } from '../space/grid-parameters.ts'
import { studyGridCaveats } from '../space/study-grid.ts'

export const gridShiftParameters = {
  ...gridParameters,
  top: {
    type: 'integer',
    title: 'Cells chosen',
    minimum: 1,
    maximum: 1000,
    default: 20,
    why: 'About as many as a force patrols.',
  },
  shifts: {
    type: 'integer',
    title: 'Positions of the grid, each way',
    minimum: 2,
    maximum: 12,
    default: 5,
    why: 'Five by five moves the grid by a fifth of a cell at a time.',
  },
  sizeChange: {
    type: 'number',
    title: 'Smaller and larger cells tried as well (0 = none)',
    unit: '%',
    minimum: 0,
    maximum: 75,
    default: 25,
    why: 'A quarter either way: nobody can say that 150 m is right and 190 m wrong.',
  },
} as const

export const gridShiftCard: MethodCard<typeof gridShiftParameters> = {
  id: 'gridShift',
  version: '1.0.0',
  title: 'Hotspots when the grid is moved',
  answers:
    'Which of the fullest cells are hotspots wherever the grid happens to lie, and which only where it lies now?',
  references: [
    'Openshaw, S. (1984) The modifiable areal unit problem. Concepts and Techniques in Modern Geography 38.',
    'Gerell, M. (2017) Smallest is better? The spatial distribution of arson and the modifiable areal unit problem. Journal of Quantitative Criminology 33, 293–318.',
  ],
  formula:
    'A chosen cell stays where at least half of its incidents lie in the top cells of the moved grid; its share is over all positions but the one it was chosen in. Top: cells with fewer than N fuller ones. With cells of another size, N is changed so that the ground is the same.',
  assumptions: [
    'The incidents are those in the cells of the study area as first laid; no more and no fewer are counted when the grid moves.',
    'Among cells that tie at the last place those of the lowest number are chosen; all that tie count as top when the grid has moved.',
  ],
  notShown: [
    'Whether the hotspot lasts: that is stability. A cell can hold its place on every grid in a year that was a fluke.',
  ],
  compares: [
    'sfhotspot lays its grid from the corner of the data: one more incident can move every cell. Here the grid is fixed, and moved on purpose.',
    'Nudging the grid by hand shows a position or two; here positions are spread evenly over one cell.',
  ],
  caveats: {
    ...studyGridCaveats,
    'shift-tie': 'Cells tie at the last place chosen.',
    'shift-few': 'The last of the chosen cells holds fewer than five incidents.',
    'shift-unsteady': 'Some chosen cells stay in fewer than half of the positions.',
  },
  parameters: gridShiftParameters,
  summary: {
    grid: 'The grid as chosen',
    incidents: 'Incidents counted',
    chosen: 'Cells chosen',
    positions: 'Other positions of the grid tried',
    meanShare: 'Mean over the chosen cells of the share of positions in which they stay',
    steady: 'Chosen cells that stay in at least 80 % of the positions',
    unsteady: 'Chosen cells that stay in fewer than half',
    sizes: 'For each size of cell: grids, top cells, and the mean share that stays',
  },
  columns: [
    { name: 'unit', title: 'Cell', type: 'utf8' },
    { name: 'cell', title: 'Number of the cell', type: 'int32' },
    { name: 'x', title: 'Easting of the centre', unit: 'm', type: 'float64' },
    { name: 'y', title: 'Northing of the centre', unit: 'm', type: 'float64' },
    { name: 'rank', title: 'Rank as chosen', type: 'int32' },
    { name: 'count', title: 'Incidents', type: 'uint32' },
    { name: 'share', title: 'Share of positions in which it stays', type: 'float64' },
    { name: 'covered', title: 'Its incidents in top cells, mean share', type: 'float64' },
    { name: 'rankMedian', title: 'Rank of the cell that holds most of it, median', type: 'float64' },
    { name: 'rankWorst', title: 'The same, worst', type: 'float64' },
    { name: 'shareOtherSizes', title: 'Share of grids of other sizes in which it stays', type: 'float64' },
  ],
  needs: ['place'],
}
