import type { DeclaredError } from '../errors/index.ts'
import type { BoundModel } from '../model/index.ts'
import { defaultBulkMax } from './bulk-routes.ts'
import type { BulkOptions } from './bulk-routes.ts'
import { group } from './group.ts'
import type { ListDefaults } from './list-query.ts'
import { isBulk, operations, singleOf } from './operations.ts'
import type { Operation } from './operations.ts'
import { checkResource } from './resource-problems.ts'
import { resourceRoutes } from './resource-routes.ts'
import type { OperationOptions, ResourceFacts } from './resource-routes.ts'
import type { ResourceService } from './resource-service.ts'
import { resourceShapes } from './resource-shapes.ts'
import type { ReadShapes } from './resource-shapes.ts'
import type { RouteGroup } from './route-facts.ts'

export interface ResourceOptions {
  /** `/products`, below the prefix of its groups. */
  readonly path: string
  /**
   * These operations and no other. Default all but `put`; `restore` only where rows are soft-deleted, of what nobody writes in a
   * scope only `list` and `get`, and of a group with members no `create`.
   */
  readonly only?: readonly Operation[]
  /** All operations but these. */
  readonly except?: readonly Operation[]
  readonly list?: ListDefaults
  /** How rows leave, also where they are included in others. Default by the model's marks. */
  readonly read?: ReadShapes
  /**
   * Paths that `?include=` may name, and relations that lists may be filtered by: `['portions', 'portions.product']`, or false for none.
   * Default every relation whose key may be read.
   */
  readonly include?: readonly string[] | false
  /**
   * Texts in which lists are searched for words: `['title', 'body']` gives `?q=`. Without case where the column is `ignoreCase()`.
   * Default none.
   */
  readonly search?: readonly string[]
  /** Adds PUT: `merge` changes what is sent, as PATCH does; `replace` gives what is not sent its default, else null. */
  readonly put?: 'merge' | 'replace'
  /**
   * `required`: a change without `if-match` is refused (`PRECONDITION_REQUIRED`), so that nobody overwrites what they have not seen.
   * For models with a `version()`. Default `optional`: it is held where it is sent.
   */
  readonly precondition?: 'optional' | 'required'
  /**
   * Adds `createMany`, `patchMany` and `deleteMany`, each where its operation on a single row is there: at most `max` items in one request,
   * default 100. Default none of them: one request counts once for limits of rates, and would do the work of a hundred.
   */
  readonly bulk?: boolean | BulkOptions
  /** Errors of the domain that each of its operations may answer, for their documentation. */
  readonly errors?: readonly DeclaredError[]
  /** What is said of single operations: `{ create: { summary: 'Buy a product', errors: [errors.SOLD_OUT] } }`. */
  readonly operations?: Readonly<Partial<Record<Operation, OperationOptions>>>
}

/**
 * The routes of a model, derived: each calls its service and projects the answer by the model's marks.
 *
 * ```
 * GET    /products            200, `?limit=20&offset=40` or `?page=2&pageSize=20`, `?sort=-createdAt,name`, `?kcal100g[gte]=100`,
 *                             `?or[a][name]=Apple&or[b][brand][null]=true`, `?portions[some][grams][gt]=100`, `?q=apple`,
 *                             `?fields=id,name`, `?include=portions`
 * GET    /products/:id        200, `?fields=…`, `?include=…`
 * POST   /products            201 with `location`
 * PATCH  /products/:id        200
 * PUT    /products/:id        200, where asked for
 * DELETE /products/:id        204
 * POST   /products/:id/restore  200
 * POST   /products/bulk          201, `{ items: [{ name: 'Apple' }, …] }`, where asked for as the next two; all items or none
 * POST   /products/bulk/patch    200, `{ items: [{ id, name: 'Pear' }, …] }`
 * POST   /products/bulk/delete   204, `{ items: [{ id }, …] }`
 * ```
 *
 * A composite key has one segment per column. `APP_DECLARATION` for what cannot be: a hidden key, a sort by a column that may
 * not be read, an include that is no relation, a property named like a parameter of lists.
 */
export function resource(service: ResourceService, options: ResourceOptions): RouteGroup {
  const { path, put = 'merge', errors = [], operations: said = {} } = options
  const shapes = resourceShapes(service, options.read)
  const facts: ResourceFacts = {
    service,
    plural: pascalCase(path.slice(path.lastIndexOf('/') + 1)),
    list: options.list ?? {},
    shapes,
    include: options.include === false ? [] : (options.include ?? null),
    search: options.search ?? [],
    put,
    precondition: options.precondition ?? 'optional',
    bulkMax: bulkMaxOf(options.bulk),
    errors,
    operations: said,
  }
  const chosen = chosenOperations(service.model, options)
  checkResource(facts, { path, chosen, put: options.put ?? null })
  return group({ prefix: path }, resourceRoutes(facts, chosen))
}

function bulkMaxOf(bulk: ResourceOptions['bulk']): number {
  return typeof bulk === 'object' ? (bulk.max ?? defaultBulkMax) : defaultBulkMax
}

function chosenOperations(model: BoundModel, options: ResourceOptions): readonly Operation[] {
  const { only, except = [], put, bulk = false } = options
  const possible = operations.filter((operation) => isPossible[singleOf(operation)]?.(model) ?? mayChange(model))
  const byRule = possible.filter((operation) =>
    operation === 'put' ? put !== undefined : !isBulk(operation) || bulk !== false,
  )
  // What may not be done with one row may not be done with many.
  const asked =
    only === undefined
      ? byRule
      : [...only, ...byRule.filter((operation) => isBulk(operation) && only.includes(singleOf(operation)))]
  return [...new Set(asked)].filter((operation) => !except.includes(operation) && !except.includes(singleOf(operation)))
}

const isPossible: Partial<Record<Operation, (model: BoundModel) => boolean>> = {
  list: () => true,
  get: () => true,
  create: mayCreate,
  restore: (model) => model.fact.softDelete !== null && mayChange(model),
}

/** Outside every scope somebody may change what nobody writes in one; over HTTP there is no such place. */
function mayChange({ fact: { access } }: BoundModel): boolean {
  return (access.kind !== 'shared' && access.kind !== 'memberOf') || access.write !== 'nobody'
}

/** A group is made with its first membership, which no scope can do. */
function mayCreate(model: BoundModel): boolean {
  const { access } = model.fact
  return mayChange(model) && (access.kind !== 'memberOf' || access.reference !== null)
}

/** `food-entries` → `FoodEntries` */
function pascalCase(segment: string): string {
  return segment
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
