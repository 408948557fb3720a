/** The places of an evaluation. */
export const placeParameters = {
  treated: {
    type: 'layer',
    title: 'Treated places',
    geometry: 'area',
    required: true,
    default: '',
    why: 'The places as they were patrolled, not as they were later redrawn.',
  },
  control: {
    type: 'layer',
    title: 'Comparison places',
    geometry: 'area',
    required: true,
    default: '',
    why: 'Without places that were left alone, a fall everywhere would be taken for an effect.',
  },
} as const

/** What lies around them. */
export const bufferParameters = {
  treatedBuffer: {
    type: 'layer',
    title: 'Around the treated places',
    geometry: 'area',
    required: false,
    default: '',
    why: 'Empty: made from the buffer distance.',
  },
  controlBuffer: {
    type: 'layer',
    title: 'Around the comparison places',
    geometry: 'area',
    required: false,
    default: '',
    why: 'Empty: made from the buffer distance.',
  },
  bufferDistance: {
    type: 'number',
    title: 'Buffer distance (0 = none, unless a layer is given)',
    unit: 'm',
    minimum: 0,
    maximum: 5000,
    default: 100,
    why: '100 m is what Operation Rowan used; crime that moves moves a short way first.',
  },
} as const
