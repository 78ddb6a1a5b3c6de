import type { Session } from '../database/index.ts'
import { list as listOf, objectShape, read, wireTypeOf } from '../dto/index.ts'
import type { Shape } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { DeclaredError } from '../errors/index.ts'
import type { BoundModel } from '../model/index.ts'
import { answerList } from './answer-list.ts'
import { bulkRoute } from './bulk-routes.ts'
import { expectedRow } from './conditions.ts'
import { createdProjection } from './created-children.ts'
import type { CreatedProjection } from './created-children.ts'
import type { Precondition } from './conditions.ts'
import { listQuery, rowQuery } from './list-query.ts'
import type { ListDefaults } from './list-query.ts'
import type { Idempotency } from './idempotency/idempotency-key.ts'
import type { IncludePaths } from './list-query/includable.ts'
import { checkIncludedRows } from './list-query/included-rows.ts'
import type { RowChoice } from './list-query/row-choice.ts'
import { isBulk, singleOf } from './operations.ts'
import type { BulkOperation, Operation } from './operations.ts'
import { shapePath } from './path-values.ts'
import type { ResourceOperations, ResourceService } from './resource-service.ts'
import { completed } from './resource-shapes.ts'
import type { ResourceShapes } from './resource-shapes.ts'
import type { Deprecation, Method, Route, RouteAnswer, RouteCall } from './route-facts.ts'

/** What is said of one operation of a resource beside what follows from its model. */
export interface OperationOptions {
  /** One line of what it does. */
  readonly summary?: string
  /** More about it than fits one line; CommonMark. */
  readonly description?: string
  /** Errors of the domain that it may answer, besides those of the whole resource. */
  readonly errors?: readonly DeclaredError[]
  /** Roles of which the caller must have one; default none is needed. */
  readonly roles?: readonly string[]
  readonly deprecated?: Deprecation
  /**
   * Whether it may be sent again under an `idempotency-key`, needs one, or takes none. Default `optional` for POST and PATCH, where the
   * app keeps answers, else `off`.
   */
  readonly idempotency?: Idempotency | 'off'
}

export interface ResourceFacts {
  readonly service: ResourceService
  /** The last segment of its path, for the name of the list. */
  readonly plural: string
  readonly list: ListDefaults
  readonly shapes: ResourceShapes
  readonly include: IncludePaths
  readonly search: readonly string[]
  readonly put: 'merge' | 'replace'
  readonly precondition: 'optional' | 'required'
  /** Items that a bulk operation takes at once. */
  readonly bulkMax: number
  readonly errors: readonly DeclaredError[]
  readonly operations: Readonly<Partial<Record<Operation, OperationOptions>>>
}

/** The routes of some operations of a model, below the resource's own path. */
export function resourceRoutes(facts: ResourceFacts, chosen: readonly Operation[]): readonly Route[] {
  return chosen.map((operation) =>
    Object.freeze({
      ...makers[operation](facts),
      operation,
      ...stateOf(facts, operation),
      ...said(facts, operation),
    } satisfies Partial<Route>),
  ) as readonly Route[]
}

/** What of the state of rows is told and asked. */
function stateOf(facts: ResourceFacts, operation: Operation): Pick<Route, 'tagged' | 'precondition'> {
  const isTagged = tellsVersion.has(operation) && versionColumn(facts) !== null
  const isRead = operation === 'list' || operation === 'get'
  return {
    tagged: isTagged ? 'version' : isRead ? 'bytes' : null,
    precondition: changesRow.has(operation) ? preconditionOf(facts) : changesMany.has(operation) ? 'unsupported' : null,
  }
}

const changesRow: ReadonlySet<Operation> = new Set<Operation>(['patch', 'put', 'delete', 'restore'])
/** A header is about one state; items say of themselves which version they mean. */
const changesMany: ReadonlySet<Operation> = new Set<Operation>(['patchMany', 'deleteMany'])
const tellsVersion: ReadonlySet<Operation> = new Set<Operation>(['get', 'create', 'patch', 'put', 'restore'])

/**
 * What is said of the operation on a single row holds for many, unless something else is said of that: its roles above all. Only its
 * words are its own, and what a policy refuses is said of each row.
 */
function said(facts: ResourceFacts, operation: Operation): Partial<Route> {
  const { errors: own = [], ...options } = facts.operations[operation] ?? {}
  const { errors: ofSingle = [], ...inherited } = saidOfSingle(facts, operation)
  const { idempotency, ...others } = { ...inherited, ...options }
  const repeated = idempotency === undefined ? {} : { idempotency: idempotency === 'off' ? null : idempotency }
  const refused = !isBulk(operation) && isGuarded(facts, operation) ? [errors.FORBIDDEN] : []
  return { ...others, ...repeated, errors: [...new Set([...facts.errors, ...ofSingle, ...own, ...refused])] }
}

function saidOfSingle({ operations }: ResourceFacts, operation: Operation): OperationOptions {
  if (!isBulk(operation)) return {}
  const { summary: _, description: __, ...options } = operations[singleOf(operation)] ?? {}
  return options
}

function isGuarded({ service: { guarded = [] } }: ResourceFacts, operation: Operation): boolean {
  return guarded.includes(operation === 'patch' || operation === 'put' ? 'update' : operation)
}

const makers = {
  list: listRoute,
  get: getRoute,
  create: createRoute,
  patch: patchRoute,
  put: putRoute,
  delete: deleteRoute,
  restore: restoreRoute,
  createMany: bulk('createMany'),
  patchMany: bulk('patchMany'),
  deleteMany: bulk('deleteMany'),
} as const satisfies Record<Operation, (facts: ResourceFacts) => Derived>

function bulk(operation: BulkOperation): (facts: ResourceFacts) => Derived {
  return (facts) => {
    const needsVersion = preconditionOf(facts) === 'required'
    const { path, operationId, summary, ...route } = bulkRoute(operation, {
      ...facts,
      max: facts.bulkMax,
      needsVersion,
    })
    return { ...baseRoute(facts, { method: 'POST', path, operationId, summary }), ...route }
  }
}

function listRoute(facts: ResourceFacts): Derived {
  const { service, plural, shapes, include, search } = facts
  const { model } = service
  const base = baseRoute(facts, { method: 'GET', path: '', operationId: `list${plural}`, summary: `List ${plural}` })
  return {
    ...base,
    query: listQuery({ model, shape: shapes.list, alsoShown: [shapes.detail], include, search }, facts.list),
    responses: { 200: listOf(shapes.list) },
    isPaged: true,
    handler: (call) => answerList(call, service),
  }
}

function projected(projection: Shape | null): Pick<RouteAnswer, 'projection'> {
  return projection === null ? {} : { projection }
}

function getRoute(facts: ResourceFacts): Derived {
  const { service, shapes, include } = facts
  const handler = async ({ session, params, query }: RouteCall): Promise<RouteAnswer> => {
    const choice = query as RowChoice
    const operation = operationsOf(session, service)
    const row = await (choice.include === null
      ? operation.get(params as never)
      : operation.get(params as never, { include: choice.include } as never))
    if (choice.include !== null) checkIncludedRows([row], choice.include)
    return { ...shown(200, row, facts), ...projected(choice.projection) }
  }
  return {
    ...keyedRoute(facts, { method: 'GET', verb: 'get' }),
    query: rowQuery({ model: service.model, shape: shapes.detail, include }),
    responses: { 200: shapes.detail },
    handler,
  }
}

function createRoute(facts: ResourceFacts): Derived {
  const { service, shapes } = facts
  const { model } = service
  const base = baseRoute(facts, {
    method: 'POST',
    path: '',
    operationId: `create${model.name}`,
    summary: `Create a ${model.name}`,
  })
  const handler = async ({ session, body, path, query }: RouteCall): Promise<RouteAnswer> => {
    const row = await operationsOf(session, service).create(body as never)
    const headers = { location: `${path}/${keySegments(model, row).join('/')}` }
    return {
      ...shown(201, row, facts),
      headers,
      ...projected((query as CreatedProjection | undefined)?.one(row) ?? null),
    }
  }
  const query = createdProjection(service, shapes.detail)
  return { ...base, query, body: shapes.create, responses: { 201: shapes.detail }, handler }
}

function patchRoute(facts: ResourceFacts): Derived {
  const { shapes } = facts
  const handler = (call: RouteCall): Promise<RouteAnswer> => update(call, facts, call.body)
  const base = keyedRoute(facts, { method: 'PATCH', verb: 'patch' })
  return { ...base, body: shapes.patch, responses: { 200: shapes.detail }, handler }
}

/** `merge` changes what is sent; `replace` gives what is not sent its default, else null. It never creates. */
function putRoute(facts: ResourceFacts): Derived {
  const { service, shapes } = facts
  const whole = facts.put === 'replace' ? shapes.replace : null
  const handler = (call: RouteCall): Promise<RouteAnswer> => {
    const { body } = call
    const patch =
      whole === null ? body : completed(whole, body as Readonly<Record<string, unknown>>, service.model.fact)
    return update(call, facts, patch)
  }
  const base = keyedRoute(facts, { method: 'PUT', verb: 'replace' })
  const put = { body: whole ?? shapes.patch, responses: { 200: shapes.detail }, handler }
  return whole === null ? { ...base, ...put, summary: `Change a ${service.model.name}` } : { ...base, ...put }
}

async function update(call: RouteCall, facts: ResourceFacts, patch: unknown): Promise<RouteAnswer> {
  const { session, params } = call
  const row = await asExpected(call, facts, (options) =>
    operationsOf(session, facts.service).update(params as never, patch as never, options),
  )
  return shown(200, row, facts)
}

function deleteRoute(facts: ResourceFacts): Derived {
  const handler = async (call: RouteCall): Promise<RouteAnswer> => {
    const { session, params } = call
    await asExpected(call, facts, (options) => operationsOf(session, facts.service).delete(params as never, options))
    return answered(204, undefined)
  }
  return { ...keyedRoute(facts, { method: 'DELETE', verb: 'delete' }), responses: { 204: null }, handler }
}

function restoreRoute(facts: ResourceFacts): Derived {
  const handler = async (call: RouteCall): Promise<RouteAnswer> => {
    const { session, params } = call
    const row = await asExpected(call, facts, (options) =>
      operationsOf(session, facts.service).restore(params as never, options),
    )
    return shown(200, row, facts)
  }
  const base = keyedRoute(facts, { method: 'POST', verb: 'restore' })
  return { ...base, path: `${base.path}/restore`, responses: { 200: facts.shapes.detail }, handler }
}

function operationsOf(session: Session, service: ResourceService): ResourceOperations {
  return session.use(service)
}

/** Changes a row only as the request expects it. `PRECONDITION_DROPPED` where the service did not ask for it. */
async function asExpected<R>(
  { conditions, path }: RouteCall,
  facts: ResourceFacts,
  change: (options?: never) => Promise<R>,
): Promise<R> {
  const expected = expectedRow(conditions, { precondition: preconditionOf(facts), column: versionColumn(facts) })
  if (expected === null) return change()
  const result = await change(expected.options as never)
  if (expected.wasDropped())
    throw errors.PRECONDITION_DROPPED({ values: { where: `${facts.service.name} at ${path}` } })
  return result
}

function versionColumn({ service }: ResourceFacts): string | null {
  return service.model.fact.columns.find(({ stamp }) => stamp === 'version')?.name ?? null
}

function preconditionOf(facts: ResourceFacts): Precondition {
  return versionColumn(facts) === null ? 'unsupported' : facts.precondition
}

/** A row, with the version by which it may be changed. */
function shown(status: number, row: Readonly<Record<string, unknown>>, facts: ResourceFacts): RouteAnswer {
  const version = row[versionColumn(facts) ?? '']
  return typeof version === 'number' ? { ...answered(status, row), version } : answered(status, row)
}

function answered(status: number, value: unknown): RouteAnswer {
  return { status, value, headers: {}, page: null }
}

type Derived = Omit<Route, 'operation'>
type Base = Omit<Derived, 'handler' | 'responses'>

/** Derived operations hold nothing outside their session, so the whole unit may run again. */
function baseRoute(
  { service, shapes }: ResourceFacts,
  own: Pick<Base, 'method' | 'path' | 'operationId' | 'summary'>,
): Base {
  return {
    kind: 'route',
    ...own,
    description: null,
    model: service.model.fact,
    auth: null,
    roles: [],
    params: null,
    query: null,
    body: null,
    isPaged: false,
    readShape: shapes.detail,
    errors: [],
    deprecated: null,
    repeatable: true,
    tagged: null,
    precondition: null,
    idempotency: own.method === 'POST' || own.method === 'PATCH' ? 'optional' : null,
  }
}

function keyedRoute(facts: ResourceFacts, { method, verb }: { readonly method: Method; readonly verb: string }): Base {
  const { model } = facts.service
  const columns = model.fact.primaryKey.columns
  const own = {
    method,
    path: columns.map((column) => `/:${column}`).join(''),
    operationId: `${verb}${model.name}`,
    summary: `${verb.charAt(0).toUpperCase()}${verb.slice(1)} a ${model.name}`,
  }
  return { ...baseRoute(facts, own), params: keyPath(model) }
}

/** The key as the service takes it: the value of a single column, or an object of several. */
function keyPath(model: BoundModel): Route['params'] {
  const columns = model.fact.primaryKey.columns
  const key = [...read(model).fields.values()].filter(({ name }) => columns.includes(name))
  const reader = shapePath(objectShape(null, key), () => errors.NOT_FOUND({ values: { model: model.name } }))
  const only = columns.length === 1 ? (columns[0] as string) : null
  return {
    fields: reader.fields,
    read: (texts) =>
      only === null ? reader.read(texts) : (reader.read(texts) as Readonly<Record<string, unknown>>)[only],
  }
}

function keySegments(model: BoundModel, row: Readonly<Record<string, unknown>>): readonly string[] {
  return model.fact.primaryKey.columns.map((name) => {
    const column = model.fact.column[name]
    const value = column === undefined ? row[name] : wireTypeOf(column.type).render(row[name])
    return encodeURIComponent(String(value))
  })
}
