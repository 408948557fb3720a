import type { Random } from './random.ts'

/** Free text of the record, by offence code or group. `{blade}` is filled where a knife was used. */
const TEXT: Readonly<Record<string, readonly string[]>> = {
  Robbery: [
    'Victim approached from behind by two males, one said "give me your phone", then ran off towards the station{blade}',
    'Suspect demanded cash, pushed victim to the ground, took bag and watch{blade}',
    'Group of youths surrounded victim, shouted "empty your pockets", took phone and trainers{blade}',
  ],
  'Violence with injury': [
    'Argument between parties known to each other, punched to the face, swelling to left eye{blade}',
    'Altercation outside premises, victim kicked while on the ground, taken to hospital{blade}',
    'Unprovoked assault, suspect said "what are you looking at", single punch, cut lip{blade}',
    'Victim pushed down stairs, bruising to arm and ribs{blade}',
  ],
  'Violence without injury': [
    'Pushed and grabbed by collar during argument, no injury',
    'Suspect spat at victim, then walked off, no injury',
    'Slapped during verbal dispute, no visible injury',
    'Suspect made threats, shouted "I will find you"{blade}',
  ],
  'Stalking and harassment': [
    'Repeated unwanted messages, over 40 in a week, victim alarmed',
    'Suspect attending address uninvited, leaving notes, has been asked to stop',
    'Abusive posts online naming victim, "everyone will know", screenshots held',
  ],
  'Possession of weapons': [
    'Stopped and searched, lock knife found in waistband',
    'Kitchen knife found in bag, stated "for protection"',
    'Metal bar recovered from vehicle after stop',
  ],
  'Sexual offences': [
    'Victim disclosed offence, specialist officer allocated, details restricted',
    'Touched over clothing without consent, reported next day, details restricted',
  ],
  Burglary: [
    'Rear ground floor window forced with bladed tool, untidy search, jewellery and cash taken',
    'Euro profile lock snapped on front door, car keys taken from hall, vehicle left',
    'Insecure patio door, entered while occupants out, laptop and tablet taken',
    'Shed and garage lock cut, power tools removed, exit over rear fence',
  ],
  Theft: [
    'Items concealed in bag, left without payment, "made off" towards bus stop',
    'Property left unattended, gone on return',
    'Cycle secured with cable lock, lock cut, cycle removed',
  ],
  'Vehicle offences': [
    'Nearside window smashed, tools taken from load area',
    'Vehicle removed by unknown means, keyless, no damage left',
    'Door tried and opened, glovebox searched, nothing taken',
  ],
  'Criminal damage and arson': [
    'Window smashed with stone, unknown offender',
    'Paintwork scratched along offside, two panels',
    'Wheeled bin set alight, spread to fence, attended by fire service',
  ],
  Drugs: [
    'Smell of cannabis on stop, small bag of herbal matter found',
    'Seen to exchange items, several wraps and cash found on search',
  ],
  'Public order': [
    'Shouting and swearing in street, "come on then", moved on then arrested',
    'Abusive to staff, refused to leave, threatened to damage property',
  ],
}

const BLADES = [
  ', suspect produced a kitchen knife',
  ', threatened with a large knife, described as a "zombie knife"',
  ', stabbed once to the thigh',
  ', slash wound to forearm',
  ', victim believed he had a blade, none seen',
]
const NO_BLADES = [', no weapon seen', ', no knife or weapon used', '']

/** The record's free text. A blade is named only where one was used; some records say outright that none was. */
export function describe(group: string, blade: boolean, random: Random): string {
  const text = random.pick(TEXT[group])
  if (!text.includes('{blade}')) return blade ? `${text}${random.pick(BLADES)}` : text
  const ending = blade ? random.pick(BLADES) : random.next() < 0.12 ? random.pick(NO_BLADES) : ''
  return text.replace('{blade}', ending)
}

/** Outcome codes of the national framework with rough chances by group; '' is "no outcome yet". */
const OUTCOMES: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  violence: [
    ['16', 38],
    ['15', 22],
    ['18', 9],
    ['1', 11],
    ['8', 4],
    ['10', 3],
    ['14', 5],
    ['', 8],
  ],
  acquisitive: [
    ['18', 66],
    ['15', 9],
    ['1', 8],
    ['16', 5],
    ['8', 3],
    ['', 9],
  ],
  found: [
    ['1', 40],
    ['8', 18],
    ['3', 14],
    ['9', 8],
    ['15', 7],
    ['', 13],
  ],
}

export function outcomeOf(group: string, random: Random): string {
  const family =
    group === 'Drugs' || group === 'Possession of weapons'
      ? 'found'
      : group.startsWith('Violence') ||
          group === 'Stalking and harassment' ||
          group === 'Sexual offences' ||
          group === 'Public order'
        ? 'violence'
        : 'acquisitive'
  let dice = random.next() * 100
  for (const [code, chance] of OUTCOMES[family]) {
    dice -= chance
    if (dice < 0) return code
  }
  return ''
}
