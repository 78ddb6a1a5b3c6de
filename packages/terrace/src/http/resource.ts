import { read } from '../dto/index.ts'
import type { BoundModel } from '../model/index.ts'
import { declarationError } from './declaration-error.ts'
import { group } from './group.ts'
import { sortableColumns } from './list-query.ts'
import type { ListDefaults } from './list-query.ts'
import { operations } from './operations.ts'
import type { Operation } from './operations.ts'
import { resourceRoutes } from './resource-routes.ts'
import type { ResourceService } from './resource-service.ts'
import type { RouteGroup } from './route-facts.ts'

export interface ResourceOptions {
  /** `/products`, below the prefix of its groups. */
  readonly path: string
  /** These operations and no other. Default all; `restore` only where rows are soft-deleted. */
  readonly only?: readonly Operation[]
  /** All operations but these. */
  readonly except?: readonly Operation[]
  readonly list?: ListDefaults
}

/**
 * The routes of a model, derived: each calls its service and projects the answer by the model's marks.
 *
 * ```
 * GET    /products            200, `?limit=20&offset=40` or `?page=2&pageSize=20`, `?sort=-createdAt,name`
 * GET    /products/:id        200
 * POST   /products            201 with `location`
 * PATCH  /products/:id        200
 * DELETE /products/:id        204
 * POST   /products/:id/restore  200
 * ```
 *
 * A composite key has one segment per column. `APP_DECLARATION` for a hidden key or a sort by a column that may not be read.
 */
export function resource(service: ResourceService, options: ResourceOptions): RouteGroup {
  const { path, list = {} } = options
  const { model } = service
  checkResource(model, options)
  const plural = pascalCase(path.slice(path.lastIndexOf('/') + 1))
  return group({ prefix: path }, resourceRoutes({ service, plural, list }, chosenOperations(model, options)))
}

function chosenOperations(model: BoundModel, { only, except = [] }: ResourceOptions): readonly Operation[] {
  const possible =
    model.fact.softDelete === null ? operations.filter((operation) => operation !== 'restore') : operations
  return (only ?? possible).filter((operation) => !except.includes(operation))
}

function checkResource(model: BoundModel, { path, only = [], list = {} }: ResourceOptions): void {
  const readable = read(model).fields
  const sortable = sortableColumns(model)
  const hiddenKey = model.fact.primaryKey.columns.find((column) => !readable.has(column))
  const unsortable = (list.sort ?? []).find((term) => !sortable.has(term.replace(/^-/, '')))
  const problems = [
    path === '' ? { problem: 'it has no path', remedy: 'Give it one, such as /products' } : null,
    hiddenKey === undefined
      ? null
      : { problem: `its key ${hiddenKey} is hidden`, remedy: 'Show the key, or declare routes of its own' },
    unsortable === undefined
      ? null
      : { problem: `its lists cannot be sorted by ${unsortable}`, remedy: `Sort by ${[...sortable].join(', ')}` },
    only.includes('restore') && model.fact.softDelete === null
      ? { problem: 'it has nothing to restore', remedy: `Add softDelete() to ${model.name}` }
      : null,
    limitProblem(list),
  ].filter((problem) => problem !== null)
  if (problems.length > 0)
    throw declarationError(...problems.map((problem) => ({ where: `resource(${model.name}, '${path}')`, ...problem })))
}

function limitProblem({
  limit = 20,
  maxLimit = 100,
}: ListDefaults): { readonly problem: string; readonly remedy: string } | null {
  if (Number.isInteger(limit) && Number.isInteger(maxLimit) && limit >= 1 && limit <= maxLimit) return null
  return {
    problem: `its limit ${limit} is not within 1 to ${maxLimit}`,
    remedy: 'Choose whole numbers with limit ≤ maxLimit',
  }
}

/** `food-entries` → `FoodEntries` */
function pascalCase(segment: string): string {
  return segment
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
