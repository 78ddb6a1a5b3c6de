import type { Session } from '../database/index.ts'
import { create, list as listOf, objectShape, patch, read, wireTypeOf } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel } from '../model/index.ts'
import { listQuery } from './list-query.ts'
import type { ListDefaults, ListRequest } from './list-query.ts'
import type { Operation } from './operations.ts'
import { pageInfo } from './page-links.ts'
import { shapePath } from './path-values.ts'
import type { ResourceOperations, ResourceService } from './resource-service.ts'
import type { Method, Route, RouteAnswer, RouteCall } from './route-facts.ts'

export interface ResourceFacts {
  readonly service: ResourceService
  /** The last segment of its path, for the name of the list. */
  readonly plural: string
  readonly list: ListDefaults
}

/** The routes of some operations of a model, below the resource's own path. */
export function resourceRoutes(facts: ResourceFacts, chosen: readonly Operation[]): readonly Route[] {
  return chosen.map((operation) => Object.freeze({ ...makers[operation](facts), operation }))
}

const makers = {
  list: listRoute,
  get: getRoute,
  create: createRoute,
  patch: patchRoute,
  delete: deleteRoute,
  restore: restoreRoute,
} as const satisfies Record<Operation, (facts: ResourceFacts) => Derived>

function listRoute({ service, plural, list }: ResourceFacts): Derived {
  const base = baseRoute(service, { method: 'GET', path: '', operationId: `list${plural}`, summary: `List ${plural}` })
  const handler = async ({ session, query, path }: RouteCall): Promise<RouteAnswer> => {
    const { page, sort, total } = query as ListRequest
    const { limit, offset } = page
    const listed = await operationsOf(session, service).list({ sort, page: { limit, offset }, total } as never)
    const info = pageInfo({ path, request: page, count: listed.rows.length, total: listed.total })
    return { status: 200, value: listed.rows, headers: {}, page: info }
  }
  return {
    ...base,
    query: listQuery(service.model, list),
    responses: { 200: listOf(read(service.model)) },
    isPaged: true,
    handler,
  }
}

function getRoute({ service }: ResourceFacts): Derived {
  const handler = async ({ session, params }: RouteCall): Promise<RouteAnswer> =>
    answered(200, await operationsOf(session, service).get(params as never))
  return { ...keyedRoute(service, { method: 'GET', verb: 'get' }), responses: { 200: read(service.model) }, handler }
}

function createRoute({ service }: ResourceFacts): Derived {
  const { model } = service
  const base = baseRoute(service, {
    method: 'POST',
    path: '',
    operationId: `create${model.name}`,
    summary: `Create a ${model.name}`,
  })
  const handler = async ({ session, body, path }: RouteCall): Promise<RouteAnswer> => {
    const row = await operationsOf(session, service).create(body as never)
    return { ...answered(201, row), headers: { location: `${path}/${keySegments(model, row).join('/')}` } }
  }
  return { ...base, body: create(model), responses: { 201: read(model) }, handler }
}

function patchRoute({ service }: ResourceFacts): Derived {
  const handler = async ({ session, params, body }: RouteCall): Promise<RouteAnswer> =>
    answered(200, await operationsOf(session, service).update(params as never, body as never))
  const base = keyedRoute(service, { method: 'PATCH', verb: 'patch' })
  return { ...base, body: patch(service.model), responses: { 200: read(service.model) }, handler }
}

function deleteRoute({ service }: ResourceFacts): Derived {
  const handler = async ({ session, params }: RouteCall): Promise<RouteAnswer> => {
    await operationsOf(session, service).delete(params as never)
    return answered(204, undefined)
  }
  return { ...keyedRoute(service, { method: 'DELETE', verb: 'delete' }), responses: { 204: null }, handler }
}

function restoreRoute({ service }: ResourceFacts): Derived {
  const handler = async ({ session, params }: RouteCall): Promise<RouteAnswer> =>
    answered(200, await operationsOf(session, service).restore(params as never))
  const base = keyedRoute(service, { method: 'POST', verb: 'restore' })
  return { ...base, path: `${base.path}/restore`, responses: { 200: read(service.model) }, handler }
}

function operationsOf(session: Session, service: ResourceService): ResourceOperations {
  return session.use(service)
}

function answered(status: number, value: unknown): RouteAnswer {
  return { status, value, headers: {}, page: null }
}

type Derived = Omit<Route, 'operation'>
type Base = Omit<Derived, 'handler' | 'responses'>

/** Derived operations hold nothing outside their session, so the whole unit may run again. */
function baseRoute(service: ResourceService, own: Pick<Base, 'method' | 'path' | 'operationId' | 'summary'>): Base {
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
    readShape: read(service.model),
    errors: [],
    deprecated: null,
    repeatable: true,
  }
}

function keyedRoute(
  service: ResourceService,
  { method, verb }: { readonly method: Method; readonly verb: string },
): Base {
  const { model } = service
  const columns = model.fact.primaryKey.columns
  const own = {
    method,
    path: columns.map((column) => `/:${column}`).join(''),
    operationId: `${verb}${model.name}`,
    summary: `${verb.charAt(0).toUpperCase()}${verb.slice(1)} a ${model.name}`,
  }
  return { ...baseRoute(service, own), params: keyPath(model) }
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
