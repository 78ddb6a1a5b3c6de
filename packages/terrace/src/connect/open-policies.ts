import type { RowSecurityPlan } from '../database/index.ts'
import type { BoundModel } from '../model/index.ts'
import { withConnection } from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'
import { graphOf } from './graph-of.ts'
import { requireSupport } from './require-support.ts'
import { alignPolicies, removePolicies } from './row-security/align-policies.ts'
import { policyLine } from './row-security/policies-missing.ts'
import { raiseWall, requirePolicies } from './row-security/raise-wall.ts'
import { requireRowSecurity } from './row-security/require-row-security.ts'

export interface PolicyOptions {
  /** What `graph({ … })` returned. */
  readonly models: Readonly<Record<string, BoundModel>>
  /** `plan` changes nothing, `apply` makes the policies those that the models want, `drop` takes away all that were made. */
  readonly work: 'plan' | 'apply' | 'drop'
  /** As which sessions run: after `apply` it is proved that the policies hold for it. Default: nothing is proved. */
  readonly role?: string | undefined
  /** How long to wait while another process works on the structure, in milliseconds. Default 60,000. */
  readonly lockTimeoutMs?: number
  readonly waiting?: () => void
}

export interface PolicyReport {
  /** In their order: what it takes, or what was done. */
  readonly statements: readonly string[]
  /** A line for each table that was not limited as the models want it. */
  readonly problems: readonly string[]
  readonly applied: boolean
}

/**
 * Plans, makes or takes away the policies by which the database itself limits rows to their owners.
 *
 * ```ts
 * const { statements } = await openPolicies('postgres://owner@host/app', { models, work: 'plan' })
 * ```
 *
 * Errors: as opening a database; `RLS_UNSUPPORTED`, `RLS_MISSING` where policies of others are in the way,
 * `STRUCTURE_LOCK_TIMEOUT`, `STRUCTURE_PERMISSION`; with `role` also `RLS_BYPASSED`, `RLS_ROLE`.
 */
export async function openPolicies(url: string, options: PolicyOptions): Promise<PolicyReport> {
  const { models, work, role, lockTimeoutMs, waiting } = options
  const graph = graphOf(models)
  const dialect = await dialectOf(url)
  const rowSecurity = requireRowSecurity(dialect)
  requireSupport(dialect, graph)
  const driver = await dialect.runtime.open({ url, pool: {} })
  try {
    const aligning = { driver, dialect, graph, lockTimeoutMs, ...(waiting === undefined ? {} : { waiting }) }
    if (work === 'drop') return reportOf(await removePolicies(aligning), true)
    if (work === 'apply') {
      const done = await alignPolicies(aligning)
      if (role === undefined) await requirePolicies(driver, rowSecurity, graph)
      else await raiseWall({ ...aligning, policy: 'check' }, { role })
      return reportOf(done, true)
    }
    const access = { access: 'read', timeoutMs: lockTimeoutMs ?? 60_000 } as const
    const plan = await withConnection(driver, access, ({ connection }) => rowSecurity.plan(connection, graph))
    return reportOf(plan, false)
  } finally {
    await driver.close()
  }
}

function reportOf({ statements, problems }: RowSecurityPlan, applied: boolean): PolicyReport {
  return { statements, problems: problems.map(policyLine), applied }
}
