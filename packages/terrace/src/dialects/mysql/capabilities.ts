import type { Capabilities } from '../../database/index.ts'
import type { Server } from './server.ts'

/**
 * What a server of the family can do. Tested on MariaDB 10.11; MySQL 8.4 is untested.
 *
 * Sources: MariaDB knowledge base ("INSERT…RETURNING" since 10.5, "DELETE" RETURNING since 10.0, no UPDATE RETURNING, no
 * LATERAL, WITH only before SELECT); MySQL 8.4 manual ("WITH", "Lateral Derived Tables", "Server Error Message Reference").
 */
export function mysqlCapabilities(server: Server): Capabilities {
  const isMariaDb = server.product === 'MariaDB'
  return Object.freeze({
    product: server.product,
    version: server.version,
    transactionalDdl: false,
    insertReturning: isMariaDb,
    updateReturning: false,
    deleteReturning: isMariaDb,
    onConflictWhere: false,
    partialIndexes: false,
    nullsAreSmallest: true,
    rowLocks: true,
    fullJoin: false,
    lateralJoin: !isMariaDb,
    correlatedFrom: !isMariaDb,
    distinctOn: false,
    withBeforeWrite: false,
    separateWriter: false,
    rowLevelSecurity: false,
    // The protocol counts parameters in an unsigned 16-bit number.
    maxParameters: 65_535,
    isolationLevels: ['readCommitted', 'repeatableRead', 'serializable'] as const,
  })
}
