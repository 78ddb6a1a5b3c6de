import type { Connection, Driver, RuntimeDialect, Statement } from '../../../database/index.ts'
import { foldCase, type ColumnFact, type ModelGraph } from '../../../model/index.ts'
import type { SchemaDialect, SchemaDialectFactory } from '../../../schema/index.ts'
import { synchronize, type SyncOptions, type SyncReport } from '../../../sync/index.ts'

/** A dialect and an engine to try its structure on. */
export interface SchemaUnderContract {
  readonly engine: string
  readonly runtime: RuntimeDialect
  readonly createSchemaDialect: SchemaDialectFactory
  /** An empty database, as long as the test lasts. */
  fresh(): Promise<{ readonly driver: Driver; readonly url: string }>
  /** Several drivers, and processes, may open one URL. */
  readonly isShared: boolean
  /** Random graphs to try. */
  readonly runs: number
  /** Parts to leave out, and why: another engine under contract has the same code and the same server. */
  readonly without?: { readonly parts: readonly string[]; readonly reason: string }
}

/** One database under test, with what was sent to it. */
export interface TestedStructure {
  readonly dialect: SchemaDialect
  readonly driver: Driver
  readonly url: string
  /** Texts of every statement since `sent.length = 0`. */
  readonly sent: string[]
  sync(graph: ModelGraph, options?: Partial<SyncOptions>): Promise<SyncReport>
  rows(sql: string, parameters?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Inserts one row by property names; what is left out is left to the database. */
  insert(graph: ModelGraph, model: string, values: Readonly<Record<string, unknown>>): Promise<void>
  /** Makes the next start compare everything anew, as after an upgrade of the server. */
  forget(): Promise<void>
}

export async function testedStructure(subject: SchemaUnderContract): Promise<TestedStructure> {
  const { driver: real, url } = await subject.fresh()
  const sent: string[] = []
  const driver = recorded(real, sent)
  const dialect = subject.createSchemaDialect(driver.capabilities)
  const rows: TestedStructure['rows'] = async (sql, parameters = []) => {
    const connection = await real.acquire({ access: 'write', timeoutMs: 5_000 })
    try {
      return (await connection.execute({ sql, parameters })).rows
    } finally {
      await real.release(connection)
    }
  }
  const name = (text: string): string => dialect.quoteName(text)
  return {
    dialect,
    driver,
    url,
    sent,
    rows,
    sync: (graph, options = {}) =>
      synchronize({ driver, dialect: subject.runtime, schema: subject.createSchemaDialect, graph, ...options }),
    insert: async (graph, model, values) => {
      const fact = graph.models[model]
      const cells = Object.entries(values).flatMap(([property, value]) =>
        cellsOf(subject.runtime, fact?.column[property], value),
      )
      const names = cells.map(({ column }) => name(column)).join(', ')
      const places = cells.map((_, at) => dialect.placeholder(at + 1)).join(', ')
      const stored = cells.map((cell) => cell.stored)
      await rows(`insert into ${name(fact?.table ?? model)} (${names}) values (${places})`, stored)
    },
    forget: async () => {
      await rows(`delete from terrace_meta where ${name('key')} = 'structure'`)
      await rows(`update terrace_object set canonical_hash = ''`)
    },
  }
}

interface Cell {
  readonly column: string
  readonly stored: unknown
}

function cellsOf(runtime: RuntimeDialect, column: ColumnFact | undefined, value: unknown): readonly Cell[] {
  if (column === undefined) return []
  const cell = { column: column.sqlName, stored: encoded(runtime, column, value) }
  if (column.foldedInto === null) return [cell]
  return [cell, { column: column.foldedInto.sqlName, stored: value === null ? null : foldCase(String(value)) }]
}

function encoded(runtime: RuntimeDialect, column: ColumnFact, value: unknown): unknown {
  const encode = runtime.codec(column).encode as ((value: unknown) => unknown) | null
  return value === null || encode === null ? value : encode(value)
}

/** A driver that writes down the statements. */
export function recorded(driver: Driver, sent: string[], before: (statement: Statement) => void = () => {}): Driver {
  const inner = new WeakMap<Connection, Connection>()
  return {
    capabilities: driver.capabilities,
    acquire: async (options) => {
      const connection = await driver.acquire(options)
      const wrapper = recordedConnection(connection, sent, before)
      inner.set(wrapper, connection)
      return wrapper
    },
    release: (connection, options) => driver.release(inner.get(connection) ?? connection, options),
    stats: () => driver.stats(),
    close: () => driver.close(),
  }
}

function recordedConnection(
  connection: Connection,
  sent: string[],
  before: (statement: Statement) => void,
): Connection {
  return {
    capabilities: connection.capabilities,
    execute: (statement) => {
      before(statement)
      sent.push(statement.sql)
      return connection.execute(statement)
    },
    begin: (options) => connection.begin(options),
    commit: () => connection.commit(),
    rollback: () => connection.rollback(),
    savepoint: (name) => connection.savepoint(name),
    rollbackToSavepoint: (name) => connection.rollbackToSavepoint(name),
    releaseSavepoint: (name) => connection.releaseSavepoint(name),
  }
}

export const changingStatements = /^\s*(?:create|alter|drop|insert|update|delete|replace|truncate)\b/i
