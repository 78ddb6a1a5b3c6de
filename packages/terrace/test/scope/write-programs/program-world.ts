import { Dao } from '../../../src/dao/index.ts'
import { createStatementCompiler } from '../../../src/database/compile/create-statement-compiler.ts'
import { executorOf, type CompiledStatement, type Session, type SessionExecutor } from '../../../src/database/index.ts'
import type { ModelFact, ModelGraph } from '../../../src/model/index.ts'
import { treeBuilder, type AnyDb } from '../shop.ts'
import { models, type ModelName } from './program-models.ts'
import { programRows, type Row, type Rows } from './program-rows.ts'

/** What programs ask of a DAO, whichever model it is of: rows without their types. */
export interface AnyDao {
  create(values: Row): Promise<unknown>
  createMany(rows: readonly Row[]): Promise<unknown>
  update(id: string, patch: Row): Promise<unknown>
  updateWhere(where: object, patch: Row): Promise<unknown>
  delete(id: string): Promise<unknown>
  deleteWhere(where: object): Promise<unknown>
  restore(id: string): Promise<unknown>
  purge(id: string): Promise<unknown>
  purgeDeleted(options: object): Promise<unknown>
  upsert(values: Row, options: object): Promise<unknown>
  query(build: (db: AnyDb) => unknown, options?: object): Promise<unknown>
}

export const modelNames = Object.keys(models) as ModelName[]

const daos = Object.fromEntries(modelNames.map((name) => [name, Dao(models[name] as typeof models.Shelf)]))

export function daoOf(session: Session, model: ModelName): AnyDao {
  return session.use(daos[model] as ReturnType<typeof Dao<typeof models.Shelf>>) as unknown as AnyDao
}

const { graph } = models.Shelf
const unguarded = withoutRules(graph)

/** Nothing owned, nothing that can be deleted. */
function withoutRules(all: ModelGraph): ModelGraph {
  const facts: Partial<ModelFact> = { references: [], inverses: [], access: { kind: 'open' }, softDelete: null }
  const changed = (some: ModelGraph['models']): ModelGraph['models'] =>
    Object.fromEntries(Object.entries(some).map(([name, fact]) => [name, { ...fact, ...facts }]))
  return { ...all, models: changed(all.models), tables: changed(all.tables) }
}

const readers = new WeakMap<object, readonly (readonly [ModelName, CompiledStatement])[]>()

/** One statement for each table, by a compiler that knows of no owners. */
function readersOf({
  dialect,
  capabilities,
  scope,
}: SessionExecutor): readonly (readonly [ModelName, CompiledStatement])[] {
  const known = readers.get(capabilities)
  if (known !== undefined) return known
  const compiler = createStatementCompiler({ graph: unguarded, dialect, capabilities })
  const made = modelNames.map((name) => {
    const node = treeBuilder.selectFrom(models[name].table).selectAll().orderBy('id').toOperationNode()
    return [name, compiler.compile(node, { scope, deleted: 'with', byRule: false })] as const
  })
  readers.set(capabilities, made)
  return made
}

/** Every row of every table, deleted or not. In a session without scope. */
export async function everyRow(session: Session): Promise<Rows> {
  const executor = executorOf(session)
  const rows: Partial<Record<ModelName, readonly Row[]>> = {}
  for (const [name, statement] of readersOf(executor)) rows[name] = (await executor.run(statement)).rows
  return rows as Rows
}

/** The rows of these programs and no others. In a session without scope. */
export async function refill(session: Session): Promise<void> {
  const executor = executorOf(session)
  const { dialect, capabilities, scope } = executor
  const compiler = createStatementCompiler({ graph: unguarded, dialect, capabilities })
  const run = (node: Parameters<typeof compiler.compile>[0]) =>
    executor.run(compiler.compile(node, { scope, deleted: 'with', byRule: true, allowUnbounded: true }))
  for (const name of graph.referenceOrder.toReversed() as ModelName[]) {
    if (name === 'Shelf') await run(treeBuilder.updateTable('shelves').set({ parentId: null }).toOperationNode())
    await run(treeBuilder.deleteFrom(models[name].table).toOperationNode())
  }
  for (const name of graph.referenceOrder as ModelName[]) {
    for (const row of programRows[name])
      await run(treeBuilder.insertInto(models[name].table).values(row).toOperationNode())
  }
}
