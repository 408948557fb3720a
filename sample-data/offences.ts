/** Kinds of place an offence happens at, before the actual place is chosen. */
export type Setting =
  | 'dwelling'
  | 'street'
  | 'roadside'
  | 'business'
  | 'licensed'
  | 'shop'
  | 'school'
  | 'park'
  | 'car park'
  | 'transport'
  | 'hospital'
  | 'prison'
  | 'police'

/** What the sample records in `location_type` for a setting. */
export const locationTypes: Readonly<Record<Setting, string>> = {
  dwelling: 'Dwelling',
  street: 'Street',
  roadside: 'Street',
  business: 'Business premises',
  licensed: 'Licensed premises',
  shop: 'Shop',
  school: 'School',
  park: 'Park',
  'car park': 'Car park',
  transport: 'Transport hub',
  hospital: 'Hospital',
  prison: 'Prison',
  police: 'Police station',
}

export type Rhythm =
  | 'street violence'
  | 'home'
  | 'night-time'
  | 'after school'
  | 'school day'
  | 'shopping'
  | 'house burglary'
  | 'overnight'
  | 'daytime'
  | 'even'

/** How exactly the time is known: to the minute, or between two moments hours or days apart. */
export type Span = 'exact' | 'hours' | 'overnight' | 'days'

export interface Offence {
  readonly code: string
  readonly title: string
  readonly group: string
  /** Per cent of all records. */
  readonly share: number
  readonly settings: Partial<Record<Setting, number>>
  readonly rhythm: Rhythm
  readonly span: Span
  /** Rise above the year's mean in the peak month, and that month (1–12). */
  readonly season: readonly [number, number]
  /** Chance that a blade was used or threatened; 0 where the offence cannot be knife-enabled. */
  readonly knife: number
  /** Made-up harm, days. */
  readonly harm: number
}

const ASSAULT = {
  dwelling: 42,
  street: 31,
  licensed: 11,
  shop: 3,
  park: 3,
  school: 4,
  transport: 1.5,
  hospital: 1.9,
  prison: 1.7,
  police: 0.4,
}
const CAR = { roadside: 88, 'car park': 12 }

function offence(
  code: string,
  title: string,
  group: string,
  share: number,
  settings: Offence['settings'],
  rhythm: Rhythm,
  span: Span,
  season: readonly [number, number],
  knife: number,
  harm: number,
): Offence {
  return { code, title, group, share, settings, rhythm, span, season, knife, harm }
}

const INJURY = 'Violence with injury'
const NO_INJURY = 'Violence without injury'
const SUMMER = [0.1, 7] as const
const WINTER = [0.14, 12] as const
const FLAT = [0, 1] as const

/** The offences of the sample: Home Office codes and plain titles, shares made up to look like a mixed force area. */
// biome-ignore format: a table, one offence to a line
export const offences: readonly Offence[] = [
  offence('1', 'Murder', INJURY, 0.006, { dwelling: 45, street: 45, park: 10 }, 'street violence', 'exact', FLAT, 0.42, 5400),
  offence('2', 'Attempted murder', INJURY, 0.02, { dwelling: 35, street: 55, licensed: 10 }, 'street violence', 'exact', FLAT, 0.5, 2900),
  offence('5D', 'Assault with intent to cause serious harm', INJURY, 0.45, { ...ASSAULT, street: 44, school: 1 }, 'street violence', 'exact', SUMMER, 0.34, 1400),
  offence('8N', 'Assault with injury', INJURY, 7.6, ASSAULT, 'street violence', 'exact', SUMMER, 0.034, 12),
  offence('8P', 'Racially or religiously aggravated assault with injury', INJURY, 0.14, { street: 55, licensed: 15, shop: 15, transport: 10, hospital: 5 }, 'street violence', 'exact', SUMMER, 0.04, 16),
  offence('3B', 'Threats to kill', NO_INJURY, 0.65, { dwelling: 66, street: 28, licensed: 4, prison: 2 }, 'home', 'exact', FLAT, 0.12, 11),
  offence('104', 'Assault without injury on a constable', NO_INJURY, 1.1, { street: 46, licensed: 9, hospital: 16, police: 29 }, 'street violence', 'exact', SUMMER, 0, 4),
  offence('105A', 'Assault without injury', NO_INJURY, 7.4, ASSAULT, 'home', 'exact', SUMMER, 0, 2),
  offence('8L', 'Harassment', 'Stalking and harassment', 3.9, { dwelling: 84, street: 10, business: 4, school: 2 }, 'daytime', 'days', FLAT, 0, 6),
  offence('8Q', 'Stalking', 'Stalking and harassment', 1.7, { dwelling: 88, street: 12 }, 'daytime', 'days', FLAT, 0, 40),
  offence('8R', 'Malicious communications', 'Stalking and harassment', 2.7, { dwelling: 95, school: 5 }, 'daytime', 'days', FLAT, 0, 3),
  offence('34A', 'Robbery of business property', 'Robbery', 0.15, { shop: 78, licensed: 12, business: 10 }, 'shopping', 'exact', WINTER, 0.27, 330),
  offence('34B', 'Robbery of personal property', 'Robbery', 1.25, { street: 78, park: 11, transport: 7, licensed: 2, school: 2 }, 'street violence', 'exact', WINTER, 0.15, 340),
  offence('10C', 'Possession of other weapons', 'Possession of weapons', 0.34, { street: 66, dwelling: 14, licensed: 6, police: 8, school: 6 }, 'street violence', 'exact', SUMMER, 0, 18),
  offence('10D', 'Possession of article with blade or point', 'Possession of weapons', 0.72, { street: 66, park: 8, transport: 8, police: 10, school: 8 }, 'street violence', 'exact', SUMMER, 0, 90),
  offence('19C', 'Rape of a female aged 16 and over', 'Sexual offences', 0.78, { dwelling: 86, street: 8, park: 4, licensed: 2 }, 'night-time', 'hours', SUMMER, 0.012, 1800),
  offence('17A', 'Sexual assault on a male aged 13 and over', 'Sexual offences', 0.14, { dwelling: 70, licensed: 16, street: 14 }, 'night-time', 'hours', SUMMER, 0.005, 170),
  offence('20A', 'Sexual assault on a female aged 13 and over', 'Sexual offences', 0.95, { dwelling: 52, street: 22, licensed: 16, transport: 5, school: 5 }, 'night-time', 'hours', SUMMER, 0.006, 175),
  offence('28E', 'Residential burglary of a home', 'Burglary', 3.2, { dwelling: 100 }, 'house burglary', 'hours', WINTER, 0, 20),
  offence('28F', 'Attempted residential burglary of a home', 'Burglary', 0.8, { dwelling: 100 }, 'house burglary', 'hours', WINTER, 0, 12),
  offence('30C', 'Business and community burglary', 'Burglary', 1.7, { business: 72, shop: 20, licensed: 5, school: 3 }, 'overnight', 'overnight', WINTER, 0, 14),
  offence('46', 'Shoplifting', 'Theft', 8.4, { shop: 100 }, 'shopping', 'exact', WINTER, 0, 1),
  offence('39', 'Theft from the person', 'Theft', 1.5, { street: 52, licensed: 30, transport: 12, shop: 6 }, 'night-time', 'exact', SUMMER, 0, 1.5),
  offence('44', 'Theft or unauthorised taking of a pedal cycle', 'Theft', 1.5, { roadside: 52, transport: 20, dwelling: 20, shop: 8 }, 'daytime', 'hours', [0.35, 7], 0, 1),
  offence('40', 'Theft in a dwelling other than from automatic machine or meter', 'Theft', 1.1, { dwelling: 100 }, 'daytime', 'hours', FLAT, 0, 2),
  offence('49', 'Other theft', 'Theft', 6.1, { business: 34, roadside: 30, shop: 14, licensed: 9, dwelling: 10, school: 3 }, 'daytime', 'hours', FLAT, 0, 1),
  offence('45', 'Theft from vehicle', 'Vehicle offences', 4.3, CAR, 'overnight', 'overnight', WINTER, 0, 2),
  offence('48', 'Theft or unauthorised taking of a motor vehicle', 'Vehicle offences', 2.4, CAR, 'overnight', 'overnight', WINTER, 0, 4),
  offence('126', 'Interfering with a motor vehicle', 'Vehicle offences', 0.9, CAR, 'overnight', 'overnight', WINTER, 0, 1),
  offence('56A', 'Arson endangering life', 'Criminal damage and arson', 0.1, { dwelling: 75, business: 15, prison: 10 }, 'overnight', 'exact', FLAT, 0, 400),
  offence('56B', 'Arson not endangering life', 'Criminal damage and arson', 0.5, { roadside: 50, park: 25, business: 20, school: 5 }, 'overnight', 'hours', [0.3, 11], 0, 8),
  offence('58A', 'Criminal damage to a dwelling', 'Criminal damage and arson', 2.5, { dwelling: 100 }, 'home', 'hours', SUMMER, 0, 1.5),
  offence('58B', 'Criminal damage to a building other than a dwelling', 'Criminal damage and arson', 1.3, { business: 55, shop: 25, licensed: 10, school: 8, police: 2 }, 'overnight', 'overnight', SUMMER, 0, 1.5),
  offence('58C', 'Criminal damage to a vehicle', 'Criminal damage and arson', 4.1, CAR, 'overnight', 'overnight', SUMMER, 0, 1),
  offence('58D', 'Other criminal damage', 'Criminal damage and arson', 1.2, { street: 60, park: 20, business: 12, police: 8 }, 'overnight', 'hours', SUMMER, 0, 1),
  offence('92A', 'Trafficking in controlled drugs', 'Drugs', 0.9, { street: 55, dwelling: 32, park: 8, prison: 5 }, 'daytime', 'exact', FLAT, 0, 120),
  offence('92D', 'Possession of controlled drugs other than cannabis', 'Drugs', 1.0, { street: 66, licensed: 10, police: 9, park: 5, prison: 10 }, 'street violence', 'exact', FLAT, 0, 3),
  offence('92E', 'Possession of cannabis', 'Drugs', 2.0, { street: 72, park: 14, police: 6, transport: 6, school: 2 }, 'street violence', 'exact', SUMMER, 0, 1),
  offence('9A', 'Public fear, alarm or distress', 'Public order', 5.6, { street: 50, dwelling: 14, shop: 12, licensed: 11, transport: 4, hospital: 4, park: 3, school: 2 }, 'street violence', 'exact', SUMMER, 0, 1.5),
  offence('66', 'Other offences against the State or public order', 'Public order', 1.6, { street: 72, licensed: 14, park: 6, transport: 8 }, 'street violence', 'exact', SUMMER, 0, 5),
]

/** Groups counted as violence in the sample's own figures. */
export const violenceGroups: readonly string[] = [INJURY, NO_INJURY, 'Stalking and harassment']
