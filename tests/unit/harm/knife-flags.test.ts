import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeIsIn, KNIFE_ELIGIBLE, KNIFE_POSSESSION } from '#core/analysis/harm/knife-codes.ts'
import { knifeFlags } from '#core/analysis/harm/knife-flags.ts'
import { KNIFE_TERMS, knifeInText, NOT_KNIVES, termPatterns } from '#core/analysis/harm/knife-in-text.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'

const terms = termPatterns(KNIFE_TERMS)
const others = termPatterns(NOT_KNIVES)
const read = (text: string) => knifeInText(text, terms, others)
const row = (offenceCode: string, mo: string, knife?: 'yes' | 'no', final = ''): Row => ({
  words: { offenceCode, mo, final },
  ...(knife && { flags: { knife } }),
})
const run = (
  rows: readonly Row[],
  changed = {},
  options = { dictionaries: ['offenceCode', 'mo', 'final'], flags: ['knife'] },
) =>
  knifeFlags.run(
    makeIncidents(rows, options),
    settings(knifeFlags, { textColumn: 'mo', ...changed }),
    nothingKnown,
    patient,
  )
const codes = (result: { caveats: readonly { code: string }[] }) => result.caveats.map(({ code }) => code)

describe('published', () => {
  it('the seven offences of the definition can carry a flag; possession and common assault cannot', () => {
    const eligible = new Set(KNIFE_ELIGIBLE)
    const seven = {
      homicide: '1',
      attempted: '2',
      threats: '3B',
      intent: '5D',
      injury: '8N',
      robbery: '34B',
      rape: '19C',
      sexual: '20A',
    }
    for (const code of Object.values(seven)) expect(codeIsIn(code, eligible)).toBe(true)
    for (const code of ['105A', '10D', '81', '30A', '']) expect(codeIsIn(code, eligible)).toBe(false)
    expect(codeIsIn('008N/01', eligible)).toBe(true)
    expect(codeIsIn('81/03', new Set(KNIFE_POSSESSION))).toBe(true)
    const agree = Object.values(seven).filter((code) => codeIsIn(code, eligible)).length
    expectAgreement({
      method: 'knifeFlags',
      peer: 'Home Office definition of knife-enabled offences',
      version: '2026',
      data: 'A code of each offence the definition names: codes not found eligible',
      largestDifference: Object.values(seven).length - agree,
      tolerance: 0,
    })
  })
})

describe('brute force', () => {
  it.each([
    ['Victim was stabbed in the leg', 'injury'],
    ['Suspect produced a large kitchen knife and demanded his phone', 'threat'],
    ['Threatened with a MACHETE', 'threat'],
    ['Reached into waistband, victim believed he had a knife', 'believed'],
    ['Knife found in rear garden', 'possession'],
    ['Penknife seized', 'possession'],
    ['Something about a blade', 'unclear'],
    ['Not injured but stabbed at the door', 'injury'],
    ['No reason given and a knife was brandished', 'threat'],
    ['Attacked with a broken bottle, cut to face', 'injury'],
  ])('found: %s', (text, kind) => {
    expect(read(text)).toMatchObject({ hit: true, denied: false, kind })
  })
  it.each([
    'No knife seen',
    'Attacker did not have a knife',
    'Knife not seen',
    'without any sort of knife',
    'Nobody saw it; denied knife',
  ])('denied: %s', (text) => {
    expect(read(text)).toMatchObject({ hit: false, denied: true, kind: '' })
  })
  it.each([
    'Complained of stabbing pain',
    'Officer wore a stab vest',
    'Tyres slashed overnight',
    'Rollerblades taken',
    'Punched in the face',
    '',
    'Bladesmith Road',
    'unknifed',
  ])('nothing: %s', (text) => {
    // “blade*” takes any ending; a street of that name is why a person looks at it.
    const found = read(text)
    expect(found.hit).toBe(text === 'Bladesmith Road')
    expect(found.denied).toBe(false)
  })
  it('any words without a term are no hit; one term anywhere without a denial is', () => {
    const plain = fc.array(fc.constantFrom('he', 'ran', 'off', 'phone', 'street', 'night'), { maxLength: 12 })
    fc.assert(
      fc.property(
        plain,
        plain,
        fc.constantFrom('knife', 'machete', 'stabbed', 'bladed'),
        (before, after, term) => {
          expect(read([...before, ...after].join(' ')).hit).toBe(false)
          const found = read([...before, term, ...after].join(' '))
          expect(found.hit).toBe(true)
          expect(found.context).toContain(term)
          expect(read([...before, 'no', term, ...after].join(' ')).hit).toBe(false)
        },
      ),
    )
  })
})

const rows: Row[] = [
  row('8N', 'Stabbed in the arm', 'yes'),
  row('8N', 'Stabbed in the arm', 'no'),
  row('34B', 'Threatened with knife', undefined),
  row('34B', 'Punched', 'yes'),
  row('34B', 'No knife seen', 'no'),
  row('105A', 'Waved a knife', 'yes'),
  row('10D', 'Knife found on search', 'no'),
  row('', 'Knife', undefined),
]

describe('oracle', () => {
  it('three counts side by side, possession apart, disagreements listed, worked by hand', () => {
    const result = run(rows)
    const { summary, columns } = result
    expect(summary.counts).toEqual([
      { flag: 'Officer', incidents: 3, eligible: 2 },
      { flag: 'Text', incidents: 6, eligible: 3 },
      { flag: 'Text, but denied', incidents: 1, eligible: 1 },
      { flag: 'Offence that can carry a flag', incidents: 5, eligible: 5 },
      { flag: 'Reviewed decision', incidents: Number.NaN, eligible: Number.NaN },
    ])
    expect(summary.possession).toBe(1)
    expect(summary.disagreement.map(({ incidents }) => incidents)).toEqual([1, 1, 1, 1, 1, 0])
    expect(summary.kinds.find(({ kind }) => kind === 'injury')?.incidents).toBe(2)
    expect([...(columns.row as Int32Array)]).toEqual([1, 2, 3])
    expect(columns.officer).toEqual(['no', 'not recorded', 'yes'])
    expect(columns.text).toEqual(['term', 'term', 'none'])
    expect(summary.toReview).toBe(3)
    expect(codes(result)).toEqual(['officer-unknown', 'code-unknown', 'not-reviewed', 'flag-elsewhere'])
    for (const code of codes(result)) expect(Object.keys(knifeFlags.card.caveats)).toContain(code)
  })
})

describe('properties', () => {
  it('the officer’s flag is never changed; a reviewed decision closes the case and is counted apart', () => {
    const incidents = makeIncidents(rows, { dictionaries: ['offenceCode', 'mo', 'final'], flags: ['knife'] })
    const before = Uint8Array.from(incidents.flags.knife)
    knifeFlags.run(incidents, settings(knifeFlags, { textColumn: 'mo' }), nothingKnown, patient)
    expect(incidents.flags.knife).toEqual(before)
    const reviewed = [...rows, row('8N', 'Stabbed again', 'no', 'Y'), row('8N', 'Punched', 'yes', 'No')]
    const { summary } = run(reviewed, { finalColumn: 'final' })
    expect(summary.counts[4]).toEqual({ flag: 'Reviewed decision', incidents: 1, eligible: 1 })
    expect(summary.toReview).toBe(3)
    const turned = run(rows.toReversed()).summary
    expect(turned).toEqual(run(rows).summary)
  })
})

describe('edges', () => {
  it('nothing held is blank, not 0', () => {
    const { summary, caveats } = run(
      [{ from: '2024-01-01' }],
      { textColumn: '' },
      { dictionaries: [], flags: [] },
    )
    for (const { incidents, eligible } of summary.counts) {
      expect(incidents).toBeNaN()
      expect(eligible).toBeNaN()
    }
    expect([summary.possession, summary.toReview]).toEqual([Number.NaN, Number.NaN])
    expect(summary.disagreement).toEqual([])
    expect(caveats.map(({ code }) => code)).toEqual([
      'no-officer-flag',
      'no-codes',
      'no-text',
      'not-reviewed',
    ])
  })
  it('terms with signs in them are words, not patterns', () => {
    expect(knifeInText('a c++ blade', termPatterns(['c++']), []).hit).toBe(true)
    expect(knifeInText('abc', termPatterns(['a.c', ' ', '']), []).hit).toBe(false)
  })
})

describe('refuses', () => {
  it('a column that is not held, a decision that is none', () => {
    expect(() => run(rows, { textColumn: 'note' })).toThrow(expect.objectContaining({ code: 'E-HRM-COLUMN' }))
    expect(() => run([row('8N', 'x', 'yes', 'maybe')], { finalColumn: 'final' })).toThrow(
      expect.objectContaining({ code: 'E-HRM-FINAL' }),
    )
  })
})
