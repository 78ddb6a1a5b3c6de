import { test } from 'vitest'
import type {
  AcquireOptions,
  BeginOptions,
  Connection,
  Driver,
  DriverErrorKind,
  Eventually,
  PoolOptions,
  RuntimeDialect,
  StatementResult,
} from '../../../database/index.ts'
import { DriverError } from '../../../database/index.ts'
import type { ColumnType } from '../../../model/index.ts'
import type { EngineName } from '../../servers.ts'

export interface DialectUnderContract {
  readonly engine: EngineName
  /** `load` stands in for `import(packageName)`, so that a package that is not installed can be played. */
  createDialect(load?: (packageName: string) => Promise<never>): RuntimeDialect
  /** The URL of an empty database, removed after the tests. */
  freshUrl(): Promise<string>
}

/** One database with its tables, and connections to it. */
export interface Bench {
  readonly subject: DialectUnderContract
  readonly facts: EngineFacts
  readonly dialect: RuntimeDialect
  readonly url: string
  readonly driver: Driver
  /** A further driver on the same database; not for engines with one connection. Closed after the tests. */
  another(pool?: PoolOptions): Promise<Driver>
  /** Lends a connection for the time of `work`. `?` stands for a parameter in the SQL of its `run`. */
  use<R>(work: (run: Run, connection: Connection) => Promise<R>, options?: UseOptions): Promise<R>
  /** One statement on a connection for writing. */
  run: Run
  /** A name that no other test of this database uses. */
  newName(): string
  sqlType: EngineFacts['sqlType']
  createTable(table: string, definitions: string): Promise<void>
}

/** Opened by the first test that asks. */
export type GetBench = () => Promise<Bench>

export interface UseOptions {
  readonly driver?: Driver
  readonly access?: AcquireOptions['access']
}

export type Run = (sql: string, ...parameters: readonly unknown[]) => Promise<StatementResult>

/** An error brought about on a real engine, and which place it must name. */
export interface Provoked {
  readonly error: DriverError
  readonly table?: string
  /** Either is enough: engines say the one or the other. */
  readonly constraint?: string
  readonly columns?: readonly string[]
}

export type Provocation = (bench: Bench) => Promise<Provoked>

/** What the contract must know of an engine besides its capabilities. */
export interface EngineFacts {
  readonly placeholder: (position: number) => string
  /** The type of a column, as 04-data-access has it. */
  readonly sqlType: (type: ColumnType) => string
  /** After the closing bracket of CREATE TABLE. */
  readonly tableOptions: string
  /** A key that the database numbers, whole. */
  readonly identityKey: string
  /** Why there is only one connection; null where there are several. */
  readonly oneConnection: string | null
  /** Why there is only one connection that writes; null where there are several. */
  readonly oneWriter: string | null
  /** Ends another connection from outside, by what `id` selects; null with one process. */
  readonly kill: { readonly id: string; readonly sql: (id: unknown) => string } | null
  /** Nothing can be opened there; `hidden` must not show up in the error. */
  readonly unreachable: { readonly url: string; readonly shown: string; readonly hidden: string }
  /** How each kind of error is brought about for real, or why it cannot be. */
  readonly provocations: Readonly<Record<DriverErrorKind, Provocation | string>>
}

/** SQL of the contract on one connection. */
export function runOn(connection: Connection, facts: EngineFacts): Run {
  return async (sql, ...parameters) => connection.execute({ sql: placed(sql, facts), parameters })
}

/** Each `?` as the engine writes its placeholders. */
export function placed(sql: string, facts: EngineFacts): string {
  let position = 0
  return sql.replaceAll('?', () => facts.placeholder((position += 1)))
}

/** What `work` fails with, thrown or rejected; it must be a `DriverError`. */
export async function failureOf(work: () => Eventually<unknown>): Promise<DriverError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof DriverError) return error
    throw new Error(`Not a DriverError: ${String(error)}`, { cause: error })
  }
  throw new Error('Nothing failed')
}

/** A test that runs unless there is a reason why this engine cannot. */
export function testUnless(reason: string | null, title: string, run: () => Promise<void>): void {
  if (reason === null) test(title, run)
  else test.skip(`${title} (skipped: ${reason})`, run)
}

export const after = (ms: number): Promise<'later'> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms, 'later')
  })

/** A transaction that writes, at the weakest level of the engine. */
export function writing({ capabilities }: Connection | Driver): BeginOptions {
  const [isolation = 'serializable'] = capabilities.isolationLevels
  return { isolation, readOnly: false }
}
