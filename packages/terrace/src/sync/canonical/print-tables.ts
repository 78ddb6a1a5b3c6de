import {
  objectsOf,
  scratchCopy,
  snapshotFrom,
  type CanonicalForm,
  type SchemaDialect,
  type Snapshot,
  type TableShape,
} from '../../schema/index.ts'
import { readStructure } from '../read-structure.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { buildCopy, type Failures } from './build-copies.ts'

export interface Asked {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly form: Extract<CanonicalForm, { readonly kind: 'scratch' }>
}

/** Tables as the engine prints them. */
export interface Printed {
  readonly tables: Snapshot['tables']
  /** `check products.ck_products_kcal`, with the engine's words: what it would not build, which is in `tables` as it was given. */
  readonly notBuilt: ReadonlyMap<string, string>
}

// Until it is removed, each table and index of a copy is locked: PostgreSQL has room for some thousand locks by default.
// Source: PostgreSQL, max_locks_per_transaction.
const copiesAtOnce = 200

/** Builds copies, reads them and removes them, some hundred at a time. Needs a transaction where DDL can be rolled back. */
export async function printTables(asked: Asked, tables: readonly TableShape[]): Promise<Printed> {
  const printed: Printed[] = []
  for (let at = 0; at < tables.length; at += copiesAtOnce) {
    printed.push(await printSome(asked, tables.slice(at, at + copiesAtOnce)))
  }
  return {
    tables: snapshotFrom(printed.flatMap(({ tables: some }) => Object.values(some))).tables,
    notBuilt: new Map(printed.flatMap(({ notBuilt }) => [...notBuilt])),
  }
}

async function printSome(asked: Asked, tables: readonly TableShape[]): Promise<Printed> {
  const copy = scratchCopy(tables)
  const { runner, dialect, form } = asked
  const names = copy.tables.map(({ name }) => name)
  const read = async (): Promise<Printed> => {
    const failures: Failures[] = []
    const building = { runner, form, hasSavepoints: dialect.transactionalDdl }
    for (const table of copy.tables) failures.push(await buildCopy(building, table))
    const { snapshot } = await readStructure(runner, dialect, 'scratch')
    const built = copy.restore(snapshot).tables
    const whole = tables.map((given, at) =>
      wholeTable(given, { copy: copy.tables[at], built: built[given.name] }, failures[at]),
    )
    return {
      tables: snapshotFrom(whole.map(({ table }) => table)).tables,
      notBuilt: new Map(whole.flatMap(({ notBuilt }) => [...notBuilt])),
    }
  }
  return dialect.transactionalDdl ? rolledBack(runner, read) : swept(runner, form.remove(names), read)
}

interface Sides {
  readonly copy: TableShape | undefined
  readonly built: TableShape | undefined
}

interface Whole {
  readonly table: TableShape
  readonly notBuilt: readonly (readonly [string, string])[]
}

/** What was printed; in place of what the engine refused, what it was given. */
function wholeTable(given: TableShape, { copy, built }: Sides, failures: Failures | undefined): Whole {
  if (built === undefined) {
    const words = wordsOf(failures, '')
    if (words === '') throw new Error(`the copy of ${given.name} was built and is not there`)
    return { table: given, notBuilt: [[`table ${given.name}`, words]] }
  }
  if (failures === undefined || (failures.statements.length === 0 && failures.columns.size === 0))
    return { table: built, notBuilt: [] }
  const printed = new Set(objectsOf(built).map(({ kind, path }) => `${kind} ${path}`))
  const copied = copy === undefined ? [] : objectsOf(copy)
  const missing = objectsOf(given).flatMap(({ kind, path }, at) =>
    kind === 'foreignKey' || printed.has(`${kind} ${path}`)
      ? []
      : [[`${kind} ${path}`, wordsOf(failures, nameIn(copied[at]?.path ?? path))] as const],
  )
  const columns = [...failures.columns].map(([name, words]) => [`column ${given.name}.${name}`, words] as const)
  const isMissing = new Set([...missing, ...columns].map(([object]) => object))
  return { table: completed(given, built, isMissing), notBuilt: [...missing, ...columns] }
}

function nameIn(path: string): string {
  return path.slice(path.indexOf('.') + 1)
}

/** The words about the statement that names an object; about all of them where none does. */
function wordsOf(failures: Failures | undefined, name: string): string {
  const { statements = [] } = failures ?? {}
  const naming = name === '' ? [] : statements.filter(({ sql }) => sql.includes(name))
  return (naming.length > 0 ? naming : statements).map(({ words }) => words).join('; ')
}

type Part = { readonly name: string | null }

function completed(given: TableShape, built: TableShape, isMissing: ReadonlySet<string>): TableShape {
  const lost = <T extends Part>(kind: string, parts: readonly T[]): readonly T[] =>
    parts.filter(({ name }) => isMissing.has(`${kind} ${given.name}.${name ?? ''}`))
  const givenColumn = new Map(lost('column', given.columns).map((column) => [column.name, column]))
  return {
    ...built,
    columns: built.columns.map((column) => {
      const { default: fallback = column.default, generated = column.generated } = givenColumn.get(column.name) ?? {}
      return { ...column, default: fallback, generated }
    }),
    primaryKey: built.primaryKey ?? given.primaryKey,
    uniques: [...built.uniques, ...lost('unique', given.uniques)],
    indexes: [...built.indexes, ...lost('index', given.indexes)],
    checks: [...built.checks, ...lost('check', given.checks)],
  }
}

/** Removes before, too: an earlier start may have been killed between building and removing. */
async function swept<T>(runner: StatementRunner, removals: readonly string[], work: () => Promise<T>): Promise<T> {
  for (const sql of removals) await runner.run(sql)
  try {
    return await work()
  } finally {
    for (const sql of removals) await runner.run(sql)
  }
}

const savepoint = 'terrace_scratch'

async function rolledBack<T>({ connection }: StatementRunner, work: () => Promise<T>): Promise<T> {
  await connection.savepoint(savepoint)
  const result = await work()
  await connection.rollbackToSavepoint(savepoint)
  await connection.releaseSavepoint(savepoint)
  return result
}
