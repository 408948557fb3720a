import { gridParameters } from './grid-parameters.ts'

/** What is counted together: the settings of every method that can take cells, areas or places. */
export const unitParameters = {
  units: {
    type: 'choice',
    title: 'Counted by',
    options: [
      { value: 'cells', title: 'Cells of a grid' },
      { value: 'areas', title: 'Areas of a layer' },
      { value: 'places', title: 'Places: address, or map point' },
    ],
    default: 'cells',
    why: 'Equal cells cover all ground, quiet ground too, and favour no place by the size of its area.',
  },
  ...gridParameters,
  areas: {
    type: 'layer',
    title: 'Areas to count by',
    geometry: 'area',
    required: false,
    default: '',
    why: 'Only needed when counting by areas: wards, output areas or beats, as the workspace holds them.',
  },
} as const

/** Columns that say which unit a row is. */
export const unitColumnCards = [
  { name: 'unit', title: 'Unit', type: 'utf8' },
  { name: 'cell', title: 'Cell (−1 for areas and places)', type: 'int32' },
  { name: 'x', title: 'Easting of the centre', unit: 'm', type: 'float64' },
  { name: 'y', title: 'Northing of the centre', unit: 'm', type: 'float64' },
] as const
