import type { Kysely, RootOperationNode } from 'kysely'
import { errors } from '../errors/index.ts'
import { checkReferences } from './check-references.ts'
import type { DaoContext, Row } from './dao-context.ts'
import type { Deleted } from './dao-types.ts'

export interface QueryOptions {
  readonly deleted?: Deleted
  /** An UPDATE or DELETE without a condition is meant. */
  readonly all?: boolean
}

interface Built {
  toOperationNode(): RootOperationNode
}

type AnyQuery = Kysely<Record<string, Record<string, unknown>>>

/** Rows of a query that starts from the model. */
export async function runSelect(
  context: DaoContext,
  build: (query: unknown) => Built,
  options: QueryOptions,
): Promise<Row[]> {
  const { plan, executor } = context
  const db = executor.queryBuilder() as unknown as AnyQuery
  const built = await queryOf(context, 'select', build(db.selectFrom(plan.table).selectAll(plan.table)))
  return (await run(context, built, options)).rows
}

/** Rows of any statement, or how many it changed. */
export async function runQuery(
  context: DaoContext,
  build: (db: unknown) => Built,
  options: QueryOptions,
): Promise<Row[] | { readonly changed: number }> {
  const built = await queryOf(context, 'query', build(context.executor.queryBuilder()))
  const { rows, changed, returnsRows } = await run(context, built, options)
  return returnsRows ? rows : { changed }
}

/** `DAO_QUERY` for what is no query. A promise is one that was executed: it is awaited, so that the session is free again. */
async function queryOf({ plan }: DaoContext, method: string, built: unknown): Promise<Built> {
  if (isBuilt(built)) return built
  const isPromise = built instanceof Promise
  if (isPromise) await Promise.allSettled([built])
  const found = isPromise ? 'a promise' : built === undefined || built === null ? String(built) : 'something else'
  throw errors.DAO_QUERY({ values: { method, model: plan.name, found } })
}

const isBuilt = (built: unknown): built is Built =>
  typeof (built as Partial<Built> | null | undefined)?.toOperationNode === 'function'

async function run(context: DaoContext, built: Built, { deleted = 'without', all = false }: QueryOptions) {
  const { executor } = context
  const statement = executor.compiler.compile(built.toOperationNode(), {
    scope: executor.scope,
    deleted,
    byRule: false,
    allowUnbounded: all,
    stamps: executor,
  })
  if (statement.referenceChecks.length > 0) await checkReferences(context, statement, { values: [] })
  const { rows, changed } = await executor.run(statement)
  return { rows, changed, returnsRows: statement.returnsRows }
}
