import type { ModelGraph } from '../model/index.ts'
import type { Connection } from './driver.ts'
import type { RowIdentity } from './row-identity.ts'
import type { Scope } from './scope.ts'

/** How the sessions of one graph tell the database whose rows they are for. */
export interface RowIdentities {
  /** `locksRows`: the statement locks rows that its session may read and not change. */
  of(scope: Scope, statement: { readonly locksRows: boolean }): RowIdentity
  /** Tables of which a session may lock more rows than it may change. */
  readonly lockedMoreWidely: ReadonlySet<string>
}

/** One table whose rows are not limited as the models want it, and why. */
export interface UnlimitedTable {
  readonly table: string
  readonly problem: string
  /** Null where the statements of the plan settle it. */
  readonly remedy: string | null
}

/** What it takes to make the policies of a database those that the models want. */
export interface RowSecurityPlan {
  /** In their order, for one transaction; empty where nothing differs, or nothing of it can be settled. */
  readonly statements: readonly string[]
  readonly problems: readonly UnlimitedTable[]
}

/** Why the rows of a session would not be limited though the policies stand: `role` is whom it runs as. */
export interface BypassedWall {
  readonly role: string
  readonly problem: string
  readonly remedy: string
}

/**
 * Ownership held a second time by the database itself, for engines that have policies on rows. Deletion is not part of it.
 *
 * Policies are told from those of others by a mark on each, which also says what it was made of: one that was changed since is
 * made again.
 */
export interface RowSecurityDialect {
  identities(graph: ModelGraph, role: string | null): RowIdentities
  /** What work on the structure says, so that it sees every row. */
  readonly everyRow: RowIdentity
  /** Reads only. */
  plan(connection: Connection, graph: ModelGraph): Promise<RowSecurityPlan>
  /** Statements that take away what `plan` has made, also for models that are gone. Reads only. */
  removal(connection: Connection): Promise<readonly string[]>
  /** Inside a transaction that was begun with an identity: whether policies hold for it. Null where they do. Reads only. */
  bypassed(connection: Connection, graph: ModelGraph): Promise<BypassedWall | null>
  /** Tables that the policies hide rows of from this connection: `all`, or only those whose rows `everyRow` would not show. */
  hidden(connection: Connection, which: 'all' | 'unshowable'): Promise<readonly string[]>
}
