/** The settings the methods on pairs of incidents share. */
export const bandParameters = {
  spatialBands: {
    type: 'numbers',
    title: 'Breaks of the distance bands',
    unit: 'm',
    minimum: 0,
    maximum: 20000,
    increasing: true,
    default: [50, 100, 200, 400],
    why: 'The usual bands of near-repeat work in towns: next door, the same street, the next streets.',
  },
  temporalBands: {
    type: 'numbers',
    title: 'Breaks of the time bands',
    unit: 'days',
    minimum: 0,
    maximum: 3660,
    increasing: true,
    default: [7, 14, 28],
    why: 'One, two and four weeks: the time in which a patrol or a visit can be arranged.',
  },
  distance: {
    type: 'choice',
    title: 'Distance',
    options: [
      { value: 'manhattan', title: 'Along a street grid (Manhattan)' },
      { value: 'euclidean', title: 'As the crow flies (Euclidean)' },
    ],
    default: 'manhattan',
    why: 'What users of the Near Repeat Calculator and of NearRepeat expect.',
  },
  samePlace: {
    type: 'number',
    title: 'Same place: nearer than (0 = the very same coordinates)',
    unit: 'm',
    minimum: 0,
    maximum: 100,
    default: 1,
    why: 'Two spellings of one coordinate differ by centimetres; next door is further than a metre.',
  },
  closed: {
    type: 'choice',
    title: 'Which edge belongs to a band',
    options: [
      { value: 'left', title: 'Lower edge in, upper out: [a, b)' },
      { value: 'right', title: 'Lower edge out, upper in: (a, b]' },
    ],
    default: 'left',
    why: '“Under 7 days” is then what it says; the other reproduces programs that include the upper edge.',
  },
  dateUsed: {
    type: 'choice',
    title: 'Day of an incident that happened within a span',
    options: [
      { value: 'start', title: 'First day of the span' },
      { value: 'middle', title: 'Middle of the span' },
    ],
    default: 'start',
    why: 'The first day is always held; the middle needs both ends.',
  },
} as const

/** The settings of a test by permutation. */
export const permutationParameters = {
  permutations: {
    type: 'integer',
    title: 'Permutations',
    minimum: 0,
    maximum: 9999,
    default: 999,
    why: 'The smallest p is then 0.001; 0 counts without a test.',
  },
  seed: {
    type: 'integer',
    title: 'Seed',
    minimum: 0,
    maximum: 2147483647,
    default: 1,
    why: 'The same seed gives the same result on any machine.',
  },
} as const
