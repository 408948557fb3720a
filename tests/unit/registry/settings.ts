/** Settings that differ from the defaults where a method cannot run without a date, a layer or another selection. */
const years = {
  beforeFrom: '2023-01-01',
  beforeTo: '2024-01-01',
  afterFrom: '2024-01-01',
  afterTo: '2025-01-01',
}
const spots = { treated: 'treated', control: 'control' }

export const settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  dualDensity: { baseline: { clauses: [] } },
  unitCounts: { areas: 'areas', units: 'areas', rateBy: 'population' },
  scanPoisson: { population: 'areas', populationColumn: 'population', permutations: 99 },
  scanBernoulli: { controls: { clauses: [] }, permutations: 99 },
  scanSpaceTime: { permutations: 99 },
  hotspotAccuracy: { splitDate: '2025-01-01' },
  sppt: { splitDate: '2024-07-01' },
  weightedDisplacement: { ...spots, ...years },
  displacement: { ...spots, ...years },
  differenceInDifferences: { ...spots, ...years },
  comparisonAreas: { ...spots, ...years },
  interruptedSeries: { treated: 'treated', from: '2023-01-01', change: '2024-07-01', to: '2026-01-01' },
  crossover: { treated: 'treated', from: '2024-01-01', to: '2024-04-01' },
  detectableEffect: { ...spots, baseFrom: '2023-01-01', baseTo: '2024-01-01' },
}
