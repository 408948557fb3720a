import { plainCode } from '../support/plain-code.ts'

/**
 * Home Office codes of the seven offences that can carry a knife flag, to be confirmed with the Force Crime Registrar:
 * homicide, attempted murder, threats to kill, assault with injury or with intent (old and new codes), robbery, rape,
 * sexual assault.
 * @see Home Office, PNC proxy for knife-enabled offenders (2026), for the seven offences; the codes are common knowledge.
 */
export const KNIFE_ELIGIBLE: readonly string[] = [
  ...['1', '4.1', '4.2', '4.10', '2', '3B'],
  ...['5D', '8N', '8P', '5A', '8A', '8D', '8F', '8G', '8H', '8J'],
  ...['34A', '34B', '19C', '19D', '19E', '19F', '19G', '19H', '19J', '19K', '17A', '17B', '20A', '20B'],
]

/** Possession of a weapon: a series of its own, never “knife-enabled”. */
export const KNIFE_POSSESSION: readonly string[] = ['10C', '10D', '81']

/** Whether a code is one of the list, or (`8N/01`, `81/02`) a part of one. */
export function codeIsIn(code: string, listed: ReadonlySet<string>): boolean {
  const plain = plainCode(code)
  return plain !== '' && (listed.has(plain) || listed.has(plain.split('/')[0]))
}
