/** Yes, no and not recorded, in the words forces write them. */
import { FLAG_NO, FLAG_UNKNOWN, FLAG_YES } from '#core/contract/incident.ts'

const words = new Map<string, number>([
  ['', FLAG_UNKNOWN],
  ['u', FLAG_UNKNOWN],
  ['unknown', FLAG_UNKNOWN],
  ['not known', FLAG_UNKNOWN],
  ['not recorded', FLAG_UNKNOWN],
  ['n/a', FLAG_UNKNOWN],
  ['null', FLAG_UNKNOWN],
])
for (const yes of ['y', 'yes', 't', 'true', '1']) words.set(yes, FLAG_YES)
for (const no of ['n', 'no', 'f', 'false', '0']) words.set(no, FLAG_NO)

/** The flag a word stands for; undefined for a word that is none of them. */
export function readFlag(word: string): number | undefined {
  return words.get(word.trim().toLowerCase())
}
