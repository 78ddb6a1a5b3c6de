import type { ActorKeys, Session } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { TerraceError } from '../errors/index.ts'
import type { BoundModel, Row } from '../model/index.ts'

/** Who asks, for what every policy may want to know. */
export interface PolicyCaller {
  /** The owners that the caller acts as: `{ User: 7 }`; empty for everyone. */
  readonly actor: ActorKeys
  readonly roles: readonly string[]
  /** For what has to be looked up: `session.use(MembershipService)`. Its scope is the caller's. */
  readonly session: Session
}

/** True allows. Anything else is `FORBIDDEN`; an error of the domain that it throws is the answer itself. */
export type Verdict = boolean | Promise<boolean>

/** A row that is to be changed: as it is stored, held until the session ends. */
export interface StoredRow<M extends BoundModel> {
  readonly row: Row<M>
}

/** What was sent to the service, before it becomes what is stored. */
export interface SentData<D> {
  readonly data: D
}

/**
 * Who may do what with a row that is visible: rules above the scope, which says what is visible. Where there is none the scope alone
 * decides. What may be read is the scope's: a row that a list would hold is no secret to `get`.
 *
 * ```ts
 * { update: ({ row, actor }) => row.lockedBy === null || row.lockedBy === actor['User'] }
 * ```
 */
export interface Policies<M extends BoundModel, C, P> {
  readonly create?: (asked: PolicyCaller & SentData<C>) => Verdict
  readonly update?: (asked: PolicyCaller & StoredRow<M> & SentData<P>) => Verdict
  readonly delete?: (asked: PolicyCaller & StoredRow<M>) => Verdict
  /** The row lies in the trash, unless it was restored before. */
  readonly restore?: (asked: PolicyCaller & StoredRow<M>) => Verdict
}

/** What a policy is asked about. */
export type PolicyOperation = keyof Policies<BoundModel, never, never>

export const policyOperations: readonly PolicyOperation[] = ['create', 'update', 'delete', 'restore']

/** Policies as they are from now on. `SERVICE_DECLARATION` for one that nothing would ask: it would guard nothing, in silence. */
export function checkedPolicies<P extends object>({ name: model }: BoundModel, given: P): Readonly<P> {
  const policies = { ...given }
  for (const [name, policy] of Object.entries(policies)) {
    if (!policyOperations.some((operation) => operation === name))
      throw errors.SERVICE_DECLARATION({ values: { model, problem: `policies.${name} guards no operation` } })
    if (policy !== undefined && typeof policy !== 'function')
      throw errors.SERVICE_DECLARATION({ values: { model, problem: `policies.${name} is no function` } })
  }
  return Object.freeze(policies)
}

/** A policy by its shape alone; the operation says which parts it is given. */
export type AnyPolicy = (asked: never) => Verdict

/** What is asked besides the caller. */
export interface Asked {
  readonly operation: PolicyOperation
  readonly row?: unknown
  readonly data?: unknown
}

/** Asks a policy of a model. A session without scope is nobody's, so it has nobody to refuse. */
export async function requirePermission(
  { name }: BoundModel,
  policy: AnyPolicy,
  { session, asked }: { readonly session: Session; readonly asked: Asked },
): Promise<void> {
  const { scope } = session
  if (scope.kind === 'unscoped') return
  const { operation, ...subject } = asked
  const verdict: unknown = await policy({ ...subject, actor: scope.actor, roles: scope.roles, session } as never)
  if (verdict !== true) throw refused(name, operation)
}

function refused(model: string, operation: PolicyOperation): TerraceError {
  const remedy = `The service's policy on ${operation} does not allow it to this caller`
  return errors.FORBIDDEN({ values: { model, remedy } })
}
