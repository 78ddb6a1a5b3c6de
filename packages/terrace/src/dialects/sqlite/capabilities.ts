import type { Capabilities } from '../../database/index.ts'

/** What the SQLite inside better-sqlite3 13 can do, which is never older than 3.50. */
export function sqliteCapabilities(
  version: string,
  { separateWriter }: Pick<Capabilities, 'separateWriter'>,
): Capabilities {
  return Object.freeze({
    product: 'SQLite',
    version,
    transactionalDdl: true,
    insertReturning: true,
    updateReturning: true,
    deleteReturning: true,
    onConflictWhere: true,
    partialIndexes: true,
    nullsAreSmallest: true,
    // Who writes is alone, from the beginning of its transaction.
    rowLocks: false,
    fullJoin: true,
    lateralJoin: false,
    correlatedFrom: true,
    distinctOn: false,
    withBeforeWrite: true,
    separateWriter,
    rowLevelSecurity: false,
    // Source: `pragma compile_options`, MAX_VARIABLE_NUMBER.
    maxParameters: 32_766,
    // A transaction is always serializable.
    isolationLevels: ['serializable'] as const,
  })
}
