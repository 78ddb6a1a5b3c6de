import { errors } from '../../errors/index.ts'
import type { DeclaredError } from '../../errors/index.ts'
import { isReadByMore, type AccessFact, type ModelFact, type ModelGraph, type OnDelete } from '../../model/index.ts'
import { authenticationsOf } from '../authentication.ts'
import { isBulk } from '../operations.ts'
import type { MountedRoute } from '../route-facts.ts'

/** A route with what its refusals depend on. */
interface Facts {
  readonly route: MountedRoute
  readonly graph: ModelGraph
}

interface Rule {
  readonly when: (facts: Facts) => boolean
  readonly refusals: readonly DeclaredError[]
}

/** Everything that a route may refuse, from its own facts and its model's, each once. */
export function refusalsOf(route: MountedRoute, graph: ModelGraph): readonly DeclaredError[] {
  const byRule = rules.filter(({ when }) => when({ route, graph })).flatMap(({ refusals }) => refusals)
  return [...new Set([...byRule, ...route.errors])]
}

/** What any request may meet before its route is looked at, or whatever the route does. */
export const refusedEverywhere: readonly DeclaredError[] = [
  errors.URL_MALFORMED,
  errors.UNKNOWN_QUERY,
  errors.REQUEST_MALFORMED,
  errors.REQUEST_TIMEOUT,
  errors.EXPECTATION_FAILED,
  errors.URL_TOO_LONG,
  errors.HEADERS_TOO_LARGE,
  errors.RATE_LIMITED,
  errors.INTERNAL,
  errors.DATABASE_BUSY,
  errors.DATABASE_CLOSED,
  errors.DATABASE_TIMEOUT,
  errors.DATABASE_UNAVAILABLE,
  errors.POOL_TIMEOUT,
]

const rules: readonly Rule[] = [
  { when: () => true, refusals: refusedEverywhere },
  {
    // A body is received before the route is known not to want it.
    when: ({ route }) => route.method !== 'GET',
    refusals: [
      errors.BODY_INCOMPLETE,
      errors.BODY_TOO_LARGE,
      errors.UNSUPPORTED_MEDIA_TYPE,
      errors.COMMIT_UNKNOWN,
      errors.DATABASE_READ_ONLY,
      errors.STORAGE_FULL,
    ],
  },
  { when: ({ route }) => route.body !== null, refusals: [errors.MALFORMED_JSON, errors.VALIDATION] },
  { when: ({ route }) => (route.query?.parameters.length ?? 0) > 0, refusals: [errors.VALIDATION] },
  { when: ({ route }) => route.operation !== null && isBulk(route.operation), refusals: [errors.BULK_REFUSED] },
  { when: ({ route }) => route.isPaged, refusals: [errors.CURSOR_INVALID] },
  { when: ({ route }) => route.auth.kind !== 'public', refusals: [errors.UNAUTHENTICATED] },
  {
    when: ({ route }) => authenticationsOf(route.auth).some(({ hasQuotas }) => hasQuotas),
    refusals: [errors.QUOTA_EXCEEDED],
  },
  {
    when: ({ route }) => route.tagged !== null || route.precondition !== null,
    refusals: [errors.PRECONDITION_MALFORMED],
  },
  {
    when: ({ route }) => route.precondition === 'optional' || route.precondition === 'required',
    refusals: [errors.PRECONDITION_FAILED],
  },
  { when: ({ route }) => route.precondition === 'required', refusals: [errors.PRECONDITION_REQUIRED] },
  { when: ({ route }) => route.precondition === 'unsupported', refusals: [errors.PRECONDITION_UNSUPPORTED] },
  {
    when: ({ route }) => route.idempotency !== null,
    refusals: [
      errors.IDEMPOTENCY_KEY_MALFORMED,
      errors.IDEMPOTENCY_KEY_IN_USE,
      errors.IDEMPOTENCY_KEY_REUSED,
      errors.IDEMPOTENCY_ANSWER_LOST,
    ],
  },
  { when: ({ route }) => route.idempotency === 'required', refusals: [errors.IDEMPOTENCY_KEY_REQUIRED] },
  { when: ({ route }) => isKeyed(route), refusals: [errors.NOT_FOUND] },
  { when: ({ route }) => route.operation === null && hasTypedPath(route), refusals: [errors.ROUTE_NOT_FOUND] },
  { when: ({ route }) => route.roles.length > 0, refusals: [errors.ROLE_MISSING] },
  { when: mayBeForbidden, refusals: [errors.FORBIDDEN] },
  { when: mayLackOwner, refusals: [errors.SCOPE_NO_OWNER] },
  { when: mayBreakUnique, refusals: [errors.UNIQUE] },
  {
    when: ofModel(({ route, model }) => writesRow(route) && model.references.length > 0),
    refusals: [errors.REFERENCE_MISSING],
  },
  {
    when: ofModel(({ route, model, graph }) => route.operation === 'delete' && isRestricted(model, graph)),
    refusals: [errors.RESTRICTED],
  },
  {
    when: ofModel(({ route, model, graph }) => route.operation === 'restore' && hasHiddenParents(model, graph)),
    refusals: [errors.RESTORE_PARENT_DELETED],
  },
]

type ModelFacts = Facts & { readonly model: ModelFact }

/** Rules of derived routes: what a handler does with a model is its own affair. */
function ofModel(holds: (facts: ModelFacts) => boolean): Rule['when'] {
  return ({ route, graph }) =>
    route.operation !== null && route.model !== null && holds({ route, graph, model: route.model })
}

function isKeyed({ operation, params }: MountedRoute): boolean {
  return operation !== null && params !== null
}

function hasTypedPath({ params }: MountedRoute): boolean {
  return params !== null && params.fields !== null
}

function writesRow({ operation, method }: MountedRoute): boolean {
  return operation === 'create' || method === 'PATCH' || method === 'PUT'
}

function mayBeForbidden(facts: Facts): boolean {
  return ofModel(({ route, model, graph }) => {
    // Of many rows, what is forbidden is said of each.
    if (route.method === 'GET' || (route.operation !== null && isBulk(route.operation))) return false
    if (route.operation === 'create') return isCreateGuarded(model.access)
    return isReadMoreWidely(model.access, graph)
  })(facts)
}

/** Of those that hide a row as long as they are deleted. */
function hasHiddenParents({ access }: ModelFact, graph: ModelGraph): boolean {
  if (access.kind === 'ownedThrough') return true
  if (access.kind !== 'memberOf' || access.reference === null) return false
  const group = graph.models[access.reference.target]
  return group !== undefined && (group.softDelete !== null || hasHiddenParents(group, graph))
}

/**
 * Who writes a shared model is asked before anything else, and whether anybody in a scope writes rows of groups; of actors each
 * makes itself only, and of groups none.
 */
function isCreateGuarded(access: AccessFact): boolean {
  if (access.kind === 'memberOf') return access.write === 'nobody' || access.reference === null
  return access.kind === 'actor' || (access.kind === 'shared' && access.write !== 'everyone')
}

/** Rows that are seen by more than those who may change them: only then there is something to forbid. */
function isReadMoreWidely(access: AccessFact, graph: ModelGraph): boolean {
  if (access.kind === 'shared') return access.write !== 'everyone'
  if (access.kind === 'owned') return access.read === 'everyone'
  if (access.kind === 'memberOf') return isReadByMore(access)
  if (access.kind !== 'ownedThrough') return false
  const parent = graph.models[access.reference.target]
  return parent !== undefined && isReadMoreWidely(parent.access, graph)
}

/** With several models of owners, a caller may be known and yet own nothing of this kind. */
function mayLackOwner(facts: Facts): boolean {
  const { graph } = facts
  const owners = Object.values(graph.models).filter(({ access }) => access.kind === 'actor')
  if (owners.length < 2) return false
  return ofModel(({ model }) => ownedBySomebody(model.access, graph))(facts)
}

function ownedBySomebody(access: AccessFact, graph: ModelGraph): boolean {
  if (access.kind === 'owned' || access.kind === 'actor' || access.kind === 'memberOf') return true
  if (access.kind !== 'ownedThrough') return false
  const parent = graph.models[access.reference.target]
  return parent !== undefined && ownedBySomebody(parent.access, graph)
}

function mayBreakUnique(facts: Facts): boolean {
  return ofModel(({ route, model }) => {
    if (route.operation === 'restore') return model.uniques.some(({ aliveOnly }) => aliveOnly)
    if (!writesRow(route)) return false
    if (route.operation === 'create' && (model.uniques.length > 0 || sendsKey(route, model))) return true
    return model.uniques.some((unique) =>
      sends(route, [...unique.columns, ...unique.within, ...Object.keys(unique.where ?? {})]),
    )
  })(facts)
}

function sendsKey(route: MountedRoute, { primaryKey }: ModelFact): boolean {
  return sends(route, primaryKey.columns)
}

function sends({ body }: MountedRoute, columns: readonly string[]): boolean {
  return body?.kind === 'object' ? columns.some((name) => body.fields.has(name)) : body !== null
}

/**
 * A delete reaches the children that go with the row, and stops at the first that must stay. One for good also stops at what only
 * outlives the trash.
 */
function isRestricted(model: ModelFact, graph: ModelGraph): boolean {
  const stops: readonly OnDelete[] = model.softDelete === null ? ['restrict', 'keep'] : ['restrict']
  const seen = new Set<string>()
  const isStopped = ({ name, inverses }: ModelFact): boolean => {
    if (seen.has(name)) return false
    seen.add(name)
    return inverses.some(({ reference }) => {
      if (stops.includes(reference.onDelete)) return true
      const child = graph.models[reference.model]
      return reference.onDelete === 'cascade' && child !== undefined && isStopped(child)
    })
  }
  return isStopped(model)
}
