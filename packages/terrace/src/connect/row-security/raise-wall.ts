import { DriverError, type Driver, type RowIdentities, type RowSecurityDialect } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import type { ModelGraph } from '../../model/index.ts'
import { withConnection, type SyncPolicy } from '../../sync/index.ts'
import type { Dialect } from '../dialects.ts'
import { alignPolicies } from './align-policies.ts'
import { requireRowSecurity } from './require-row-security.ts'
import { policiesMissing } from './policies-missing.ts'

/** `true`: as the role that connects. `role`: each transaction becomes it first, and the role that connects may become it. */
export type RowLevelSecurity = boolean | { readonly role: string }

export interface Wall {
  readonly driver: Driver
  readonly dialect: Dialect
  readonly graph: ModelGraph
  readonly policy: SyncPolicy
  readonly lockTimeoutMs?: number | undefined
}

/**
 * Makes the database hold ownership too, or refuses: `RLS_MISSING` with each table that it does not hold, `RLS_BYPASSED` where it
 * would not hold for the sessions' role, `RLS_ROLE` where they cannot become it. Gives what sessions tell the database.
 */
export async function raiseWall(wall: Wall, wanted: true | { readonly role: string }): Promise<RowIdentities> {
  const { driver, dialect, graph } = wall
  const rowSecurity = requireRowSecurity(dialect)
  const role = wanted === true ? null : wanted.role
  if (wall.policy === 'safe') await alignPolicies(wall)
  await requirePolicies(driver, rowSecurity, graph)
  const identities = rowSecurity.identities(graph, role)
  await requireHeld(driver, rowSecurity, { graph, role })
  return identities
}

const access = { access: 'read', timeoutMs: 60_000 } as const

/** `RLS_MISSING`. */
export async function requirePolicies(
  driver: Driver,
  rowSecurity: RowSecurityDialect,
  graph: ModelGraph,
): Promise<void> {
  const { problems } = await withConnection(driver, access, ({ connection }) => rowSecurity.plan(connection, graph))
  if (problems.length > 0) throw policiesMissing(problems)
}

interface Sessions {
  readonly graph: ModelGraph
  readonly role: string | null
}

/** Asked as a session will be: in a transaction, as its role. */
async function requireHeld(driver: Driver, rowSecurity: RowSecurityDialect, { graph, role }: Sessions): Promise<void> {
  const nobody = { kind: 'actor', actor: {}, roles: [] } as const
  const identity = rowSecurity.identities(graph, role).of(nobody, { locksRows: false })
  const bypassed = await withConnection(driver, access, async ({ connection }) => {
    try {
      await connection.begin({ isolation: 'readCommitted', readOnly: true, identity })
    } catch (error) {
      throw role === null || isLost(error) ? error : errors.RLS_ROLE({ values: { role }, cause: error })
    }
    const found = await rowSecurity.bypassed(connection, graph)
    await connection.rollback()
    return found
  })
  if (bypassed === null) return
  const { role: found, problem, remedy } = bypassed
  throw errors.RLS_BYPASSED({ values: { role: found, problem, remedy } })
}

function isLost(error: unknown): boolean {
  return !(error instanceof DriverError) || error.kind === 'connection'
}
