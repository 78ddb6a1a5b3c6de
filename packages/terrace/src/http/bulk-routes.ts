import type { Session } from '../database/index.ts'
import { columnField, list, nestedField, objectShape } from '../dto/index.ts'
import type { ObjectShape, Shape } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, ColumnFact } from '../model/index.ts'
import { expectedRow } from './conditions.ts'
import { createdProjection } from './created-children.ts'
import type { CreatedProjection } from './created-children.ts'
import type { BulkOperation } from './operations.ts'
import type { ResourceOperations, ResourceService } from './resource-service.ts'
import type { ResourceShapes } from './resource-shapes.ts'
import type { Route, RouteAnswer, RouteCall } from './route-facts.ts'

/** How many rows the bulk operations of a resource take at once. */
export interface BulkOptions {
  /** Items in one request, at the most. Default 100. */
  readonly max?: number
}

export const defaultBulkMax = 100

export interface BulkFacts {
  readonly service: ResourceService
  /** `Products` */
  readonly plural: string
  readonly shapes: ResourceShapes
  readonly max: number
  /** Each item that changes a row must say which version of it; for models with one. */
  readonly needsVersion: boolean
}

/** What a bulk operation adds to the base of a derived route. All are POST: each is one action on many rows, none on one resource. */
export type BulkRoute = Pick<Route, 'path' | 'summary' | 'query' | 'body' | 'responses' | 'handler'> & {
  readonly operationId: string
}

export function bulkRoute(operation: BulkOperation, facts: BulkFacts): BulkRoute {
  return makers[operation](facts)
}

const makers = {
  createMany: createManyRoute,
  patchMany: patchManyRoute,
  deleteMany: deleteManyRoute,
} as const satisfies Record<BulkOperation, (facts: BulkFacts) => BulkRoute>

function createManyRoute(facts: BulkFacts): BulkRoute {
  const { service, plural, shapes } = facts
  const handler = async ({ session, body, query }: RouteCall): Promise<RouteAnswer> => {
    const rows = await operationsOf(session, service).createMany(itemsOf(body) as never)
    const projection = (query as CreatedProjection | undefined)?.many(rows)
    return { ...answered(201, rows), ...(projection === undefined ? {} : { projection }) }
  }
  return {
    path: '/bulk',
    operationId: `createMany${plural}`,
    summary: `Create many ${plural}, all or none`,
    query: createdProjection(service, shapes.detail),
    body: bodyOf(facts, 'CreateMany', shapes.create),
    responses: { 201: list(shapes.detail) },
    handler,
  }
}

function patchManyRoute(facts: BulkFacts): BulkRoute {
  const { service, plural, shapes } = facts
  const { model } = service
  const handler = async ({ session, body, conditions }: RouteCall): Promise<RouteAnswer> => {
    expectedRow(conditions, ofNoRow)
    const targets = itemsOf(body).map((item) => targetIn(model, item))
    const rows = await operationsOf(session, service).updateMany(targets as never)
    requireAsked(facts, targets)
    return answered(200, rows)
  }
  const patch = shapes.patch.kind === 'object' ? [...shapes.patch.fields.values()] : []
  const item = objectShape(`${model.name}PatchItem`, [...targetFields(facts), ...patch])
  return {
    path: '/bulk/patch',
    operationId: `patchMany${plural}`,
    summary: `Change many ${plural}, all or none`,
    query: null,
    body: bodyOf(facts, 'PatchMany', item),
    responses: { 200: list(shapes.detail) },
    handler,
  }
}

function deleteManyRoute(facts: BulkFacts): BulkRoute {
  const { service, plural } = facts
  const { model } = service
  const handler = async ({ session, body, conditions }: RouteCall): Promise<RouteAnswer> => {
    expectedRow(conditions, ofNoRow)
    const targets = itemsOf(body).map((item) => targetIn(model, item))
    await operationsOf(session, service).deleteMany(targets as never)
    requireAsked(facts, targets)
    return answered(204, undefined)
  }
  return {
    path: '/bulk/delete',
    operationId: `deleteMany${plural}`,
    summary: `Delete many ${plural}, all or none`,
    query: null,
    body: bodyOf(facts, 'DeleteMany', objectShape(`${model.name}DeleteItem`, targetFields(facts))),
    responses: { 204: null },
    handler,
  }
}

/** A condition in a header is one on one row. */
const ofNoRow = { precondition: 'unsupported', column: null } as const

/** What its declaration made sure of. */
function operationsOf(session: Session, service: ResourceService): Required<ResourceOperations> {
  return session.use(service) as Required<ResourceOperations>
}

/** The method of a service that an operation calls. */
export const bulkMethods = {
  createMany: 'createMany',
  patchMany: 'updateMany',
  deleteMany: 'deleteMany',
} as const satisfies Record<BulkOperation, keyof ResourceOperations>

function answered(status: number, value: unknown): RouteAnswer {
  return { status, value, headers: {}, page: null }
}

/** `{ items: [ … ] }` */
function bodyOf({ service, max }: BulkFacts, suffix: string, item: Shape): ObjectShape {
  const items = nestedField('items', list(item, { atLeast: 1, atMost: max }), { required: true, nullable: false })
  return objectShape(`${service.model.name}${suffix}`, [items])
}

type Item = Readonly<Record<string, unknown>>

function itemsOf(body: unknown): readonly Item[] {
  return (body as { readonly items: readonly Item[] }).items
}

/** By which an item names its row. */
function targetFields({ service: { model }, needsVersion }: BulkFacts): ReturnType<typeof columnField>[] {
  const { column, primaryKey } = model.fact
  const key = primaryKey.columns.flatMap((name) => column[name] ?? [])
  const version = versionColumn(model)
  return [
    ...key.map((fact) => columnField(fact, true)),
    ...(version === null ? [] : [columnField(version, needsVersion)]),
  ]
}

function versionColumn({ fact }: BoundModel): ColumnFact | null {
  return fact.columns.find(({ stamp }) => stamp === 'version') ?? null
}

/** A row that is meant, in the terms of a service. */
interface Target {
  readonly id: unknown
  readonly data: Item
  readonly version?: (row: Item) => void
  readonly wasAsked: () => boolean
}

function targetIn(model: BoundModel, item: Item): Target {
  const names = model.fact.primaryKey.columns
  const column = versionColumn(model)?.name ?? ''
  const { [column]: version, ...others } = item
  const data = Object.fromEntries(Object.entries(others).filter(([name]) => !names.includes(name)))
  const key = Object.fromEntries(names.map((name) => [name, item[name]]))
  const id = names.length === 1 ? item[names[0] as string] : key
  if (version === undefined) return { id, data, wasAsked: () => true }
  let isAsked = false
  const require = (row: Item): void => {
    isAsked = true
    if (row[column] !== version) throw errors.VERSION_MISMATCH({ values: { model: model.name } })
  }
  return { id, data, version: require, wasAsked: () => isAsked }
}

/** An override that does not pass its options on must not seem to hold what they ask. */
function requireAsked({ service }: BulkFacts, targets: readonly Target[]): void {
  if (!targets.every(({ wasAsked }) => wasAsked()))
    throw errors.PRECONDITION_DROPPED({ values: { where: service.name } })
}
