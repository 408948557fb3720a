import { version1 } from './version-1.ts'

/** One entry per workspace version, in order; a released entry never changes. */
export const migrations: readonly string[] = [version1]
