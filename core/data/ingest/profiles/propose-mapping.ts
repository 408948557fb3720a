/** A first mapping for a file of unknown origin, from the names of its columns. The analyst confirms or corrects it. */
import type { Mapping } from '#core/contract/dataset.ts'
import { plainName } from '../sniff/name-columns.ts'

/** Plain names by target, best first. A name is used once. */
const synonyms: readonly (readonly [target: keyof Mapping, names: readonly string[]])[] = [
  [
    'x',
    [
      'easting',
      'eastings',
      'eastingm',
      'gridreferenceeasting',
      'longitude',
      'lon',
      'long',
      'lng',
      'xcoordinate',
      'xcoord',
      'coordx',
      'x',
      'eastingrounded',
      'east',
    ],
  ],
  [
    'y',
    [
      'northing',
      'northings',
      'northingm',
      'gridreferencenorthing',
      'latitude',
      'lat',
      'ycoordinate',
      'ycoord',
      'coordy',
      'y',
      'northingrounded',
      'north',
    ],
  ],
  [
    'ref',
    [
      'crimeref',
      'crimereference',
      'crimeid',
      'crimenumber',
      'crimeno',
      'reference',
      'refno',
      'ref',
      'incidentnumber',
      'incidentref',
      'incidentid',
      'urn',
      'uid',
      'id',
    ],
  ],
  [
    'from',
    [
      'committedfrom',
      'committedfromdatetime',
      'occurredfrom',
      'occurrencefrom',
      'firstcommitted',
      'datetimefrom',
      'datefrom',
      'datestart',
      'startdate',
      'startdatetime',
      'offencedatefrom',
      'earliestdate',
      'committeddate',
      'occurreddate',
      'dateoccurred',
      'occurrencedate',
      'offencedate',
      'incidentdate',
      'crimedate',
      'datetime',
      'datetimeofcall',
      'dateofcall',
      'datesingle',
      'date',
      'month',
    ],
  ],
  [
    'to',
    [
      'committedto',
      'committedtodatetime',
      'occurredto',
      'occurrenceto',
      'lastcommitted',
      'datetimeto',
      'dateto',
      'dateend',
      'enddate',
      'enddatetime',
      'offencedateto',
      'latestdate',
    ],
  ],
  [
    'reported',
    [
      'reporteddt',
      'reporteddate',
      'datereported',
      'reportedat',
      'reportedon',
      'reporteddatetime',
      'recordeddt',
      'recordeddate',
      'daterecorded',
      'createddate',
    ],
  ],
  [
    'offence',
    [
      'offencetitle',
      'offence',
      'offencedescription',
      'offencename',
      'crimetype',
      'crimedescription',
      'offencetype',
      'incidenttype',
      'typeofincident',
      'primarytype',
      'type',
    ],
  ],
  ['offenceCode', ['hocode', 'homeofficecode', 'offencecode', 'crimecode', 'hooffencecode']],
  [
    'offenceGroup',
    [
      'hoclass',
      'offencegroup',
      'offenceclass',
      'offencesubgroup',
      'crimegroup',
      'crimecategory',
      'category',
      'homeofficeclassification',
    ],
  ],
  [
    'location',
    [
      'addresstext',
      'address',
      'fulladdress',
      'location',
      'locationtext',
      'street',
      'streetname',
      'placename',
      'premisesname',
    ],
  ],
  ['locationId', ['uprn', 'usrn', 'addresskey', 'addressid', 'locationid', 'placeid']],
  [
    'locationType',
    [
      'locationtype',
      'premisestype',
      'propertytype',
      'propertycategory',
      'loccat',
      'locationcategory',
      'placetype',
    ],
  ],
  [
    'outcome',
    [
      'outcomecode',
      'outcome',
      'lastoutcomecategory',
      'lastoutcome',
      'outcometype',
      'disposal',
      'finaloutcome',
    ],
  ],
  ['force', ['force', 'forcename', 'policeforce', 'reportedby']],
  ['domestic', ['domesticflag', 'domestic', 'domesticabuse', 'domesticabuseflag', 'daflag', 'isdomestic']],
  ['knife', ['knifeflagofficer', 'knifeflag', 'knife', 'knifecrime', 'knifeenabled', 'bladedarticle']],
  ['alcohol', ['alcoholflag', 'alcohol', 'alcoholrelated']],
  ['publicSpace', ['publicspace', 'publicplace', 'publicspaceflag', 'inpublic']],
  ['victimRef', ['victimref', 'victimreference', 'victimid', 'nominalvictim']],
  ['suspectRef', ['suspectref', 'suspectreference', 'suspectid', 'offenderid', 'offenderref']],
  [
    'note',
    [
      'motext',
      'mo',
      'modusoperandi',
      'notes',
      'note',
      'narrative',
      'description',
      'finaldescription',
      'summary',
    ],
  ],
]

const timeColumns: Readonly<Record<string, readonly string[]>> = {
  from: [
    'committedfromtime',
    'occurredfromtime',
    'timefrom',
    'timestart',
    'starttime',
    'fromtime',
    'offencetimefrom',
    'occurredtime',
    'offencetime',
    'incidenttime',
    'timeofcall',
    'time',
  ],
  to: ['committedtotime', 'occurredtotime', 'timeto', 'timeend', 'endtime', 'totime', 'offencetimeto'],
  reported: ['reportedtime', 'timereported', 'recordedtime'],
}

/** Coordinates are proposed only as a pair; a column the source does not have is left out. */
export function proposeMapping(names: readonly string[]): Mapping {
  const free = new Map<string, string>()
  for (const name of names) {
    const plain = plainName(name)
    if (!free.has(plain)) free.set(plain, name)
  }
  const take = (wanted: readonly string[]): string | undefined => {
    for (const plain of wanted) {
      const name = free.get(plain)
      if (name === undefined) continue
      free.delete(plain)
      return name
    }
    return undefined
  }
  const found = new Map<string, string | string[]>()
  for (const [target, wanted] of synonyms) {
    const name = take(wanted)
    if (name === undefined) continue
    if (target === 'from' || target === 'to' || target === 'reported') {
      const time = take(timeColumns[target])
      found.set(target, time === undefined ? [name] : [name, time])
    } else found.set(target, name)
  }
  if (!found.has('x') || !found.has('y')) {
    found.delete('x')
    found.delete('y')
  }
  return Object.fromEntries(found) as Mapping
}
