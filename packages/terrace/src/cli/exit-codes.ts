import { TerraceError, type ErrorKind } from '../errors/index.ts'

/** What a process says by its exit code: the one table, which the documentation prints. */
export const exitMeanings = {
  0: 'done, or there was nothing to do',
  1: 'failed: what stood against it is on standard error',
  2: 'called or configured wrongly; nothing was begun',
  3: 'differs, or refused by a rule: what, and the way on, is on standard error',
  4: 'unavailable: the database does not answer, another process holds the lock, or a tool is not installed',
  5: 'the API has changes that break its clients',
  130: 'interrupted by SIGINT',
  143: 'interrupted by SIGTERM',
} as const

export type ExitCode = keyof typeof exitMeanings

const byKind: Readonly<Record<ErrorKind, ExitCode>> = {
  malformed: 2,
  authentication: 1,
  permission: 1,
  notFound: 2,
  conflict: 3,
  validation: 3,
  tooLarge: 1,
  unavailable: 4,
  upstream: 4,
  misuse: 2,
  declaration: 2,
  structure: 3,
  internal: 1,
}

/** Errors whose kind says what they are to an app, and not what they are to whoever ran a command. */
const byCode: Readonly<Record<string, ExitCode>> = {
  STRUCTURE_STEP_FAILED: 1,
  STRUCTURE_PERMISSION: 1,
  STRUCTURE_KEYS_BROKEN: 1,
  MIGRATION_STEP_FAILED: 1,
  MIGRATION_TARGET: 2,
  BACKUP_FAILED: 1,
  RESTORE_FAILED: 1,
  SEED_INVALID: 1,
  SEED_FAILED: 1,
  DRIVER_MISSING: 4,
  COMMIT_UNKNOWN: 1,
  STORAGE_FULL: 1,
  CONTRACT_BREAKS: 5,
}

/** 1 for what nobody foresaw. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof TerraceError)) return 1
  if (error.code === 'CLI_INTERRUPTED') return error.values['signal'] === 'SIGTERM' ? 143 : 130
  return byCode[error.code] ?? byKind[error.kind]
}
