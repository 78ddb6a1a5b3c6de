import type { Conversion } from '../../../schema/index.ts'

export const lossless: Conversion = { kind: 'lossless' }

export function checked(offending: string, words: string): Conversion {
  return { kind: 'checked', offending, words }
}

export function lossy(reason: string): Conversion {
  return { kind: 'lossy', reason }
}

export function impossible(from: string, to: string): Conversion {
  return { kind: 'impossible', reason: `PostgreSQL cannot turn ${from} into ${to}` }
}

/** True where a value is outside what `isSafe` admits, else where `differs`, which then cannot raise an error. */
export function unlessSafe(column: string, isSafe: string, differs: string): string {
  return `${column} is not null and case when ${isSafe} then ${differs} else true end`
}
