import type { Capabilities } from '../../database/index.ts'

/** What PostgreSQL can do since version 12, the oldest that Terrace promises; PGlite is a later one. */
export function postgresCapabilities(product: string, version: string): Capabilities {
  return Object.freeze({
    product,
    version,
    transactionalDdl: true,
    insertReturning: true,
    updateReturning: true,
    deleteReturning: true,
    onConflictWhere: true,
    partialIndexes: true,
    // NULL sorts as the largest value unless NULLS FIRST is said.
    nullsAreSmallest: false,
    rowLocks: true,
    fullJoin: true,
    lateralJoin: true,
    correlatedFrom: true,
    distinctOn: true,
    withBeforeWrite: true,
    separateWriter: false,
    rowLevelSecurity: true,
    // The protocol counts parameters in an unsigned 16-bit number.
    maxParameters: 65_535,
    isolationLevels: ['readCommitted', 'repeatableRead', 'serializable'] as const,
  })
}
