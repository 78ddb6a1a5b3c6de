import type { Driver, RowSecurityPlan } from '../../database/index.ts'
import type { ModelGraph } from '../../model/index.ts'
import { withConnection, withStructureLock, type LockedUnits } from '../../sync/index.ts'
import type { Dialect } from '../dialects.ts'
import { requireRowSecurity } from './require-row-security.ts'

const defaultLockTimeoutMs = 60_000

export interface Aligning {
  readonly driver: Driver
  readonly dialect: Dialect
  readonly graph: ModelGraph
  readonly lockTimeoutMs?: number | undefined
  readonly waiting?: () => void
}

/**
 * Makes the policies those that the models want, in one transaction under the lock of the structure, and gives what was done. Looks
 * without the lock first, so that a start with nothing to do waits for nobody. `STRUCTURE_LOCK_TIMEOUT`, `STRUCTURE_PERMISSION`.
 */
export async function alignPolicies(aligning: Aligning): Promise<RowSecurityPlan> {
  const { driver, graph } = aligning
  const rowSecurity = requireRowSecurity(aligning.dialect)
  const first = await withConnection(driver, { access: 'read', timeoutMs: timeoutOf(aligning) }, ({ connection }) =>
    rowSecurity.plan(connection, graph),
  )
  if (first.statements.length === 0) return first
  return inOneTransaction(aligning, ({ connection }) => rowSecurity.plan(connection, graph))
}

/** Takes away every policy that was made, and gives what was done. */
export async function removePolicies(aligning: Aligning): Promise<RowSecurityPlan> {
  const rowSecurity = requireRowSecurity(aligning.dialect)
  return inOneTransaction(aligning, async ({ connection }) => ({
    statements: await rowSecurity.removal(connection),
    problems: [],
  }))
}

function inOneTransaction(
  aligning: Aligning,
  plan: (runner: LockedUnits['runner']) => Promise<RowSecurityPlan>,
): Promise<RowSecurityPlan> {
  const { driver, dialect, waiting = () => {} } = aligning
  const schema = dialect.schema(driver.capabilities)
  return withStructureLock(
    { driver, dialect: schema },
    { timeoutMs: timeoutOf(aligning), waiting },
    ({ runner, structure }) =>
      structure(async () => {
        const found = await plan(runner)
        for (const sql of found.statements) await runner.run(sql)
        return found
      }),
  )
}

function timeoutOf({ lockTimeoutMs = defaultLockTimeoutMs }: Aligning): number {
  return lockTimeoutMs
}
