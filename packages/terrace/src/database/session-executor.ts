import type { Kysely, RootOperationNode } from 'kysely'
import { errors } from '../errors/index.ts'
import type { ModelGraph } from '../model/index.ts'
import { bindStatement } from './bind-statement.ts'
import type { Capabilities } from './capabilities.ts'
import type {
  CompiledStatement,
  CompileOptions,
  DeletedMode,
  SlotValues,
  StatementCompiler,
} from './compile/compiled-statement.ts'
import { isCompiledStatement } from './compile/is-compiled-statement.ts'
import { createQueryBuilder } from './compile/create-query-builder.ts'
import { decodeRows } from './decode-rows.ts'
import type { Connection, Eventually, Statement, StatementResult } from './driver.ts'
import { executeObserved } from './execute-observed.ts'
import { keepStatement, openStatement, type StatementsOfShape } from './prepared-statements.ts'
import type { RuntimeDialect } from './runtime-dialect.ts'
import type { Scope } from './scope.ts'
import type { SessionLevel } from './session-level.ts'
import { requireState } from './session-rules.ts'
import type { SessionExecutor } from './session.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Runs statements for one session, under its scope. */
export class LevelExecutor implements SessionExecutor {
  readonly #scope: Scope
  readonly #unit: UnitOfWork
  readonly #level: SessionLevel
  #statements: StatementsOfShape | null = null
  #isClosed = false

  constructor(unit: UnitOfWork, level: SessionLevel, scope: Scope) {
    this.#unit = unit
    this.#level = level
    this.#scope = scope
  }

  get scope(): Scope {
    return this.#scope
  }

  get graph(): ModelGraph {
    return this.#unit.core.graph
  }

  get dialect(): RuntimeDialect {
    return this.#unit.core.dialect
  }

  get capabilities(): Capabilities {
    return this.#unit.core.driver.capabilities
  }

  get compiler(): StatementCompiler {
    return this.#unit.core.compiler
  }

  /** A new `Date` each time, of the same instant: whoever changes it changes nobody else's. */
  get now(): Date {
    return new Date(this.#unit.startedMs)
  }

  newId(): string {
    return this.#unit.core.newId()
  }

  begin(): void {
    if (!this.#unit.beginCall()) {
      throw concurrent(
        'A method of a DAO',
        'another call on the same session was not awaited',
        'Await each call; no Promise.all on one session',
      )
    }
  }

  /** Not `async`: an embedded engine answers at once, and a promise for each statement would cost more than the statement. */
  run(statement: CompiledStatement, slots?: SlotValues): Eventually<StatementResult> {
    const unit = this.#unit
    if (unit.innermost !== this.#level || this.#level.state !== 'open' || unit.isBusy || this.#isClosed)
      this.require('run')
    if (!isCompiledStatement(statement)) throw errors.SESSION_FOREIGN_STATEMENT()
    if (statement.writes && unit.options.readOnly) throw readOnly(statement)
    const bound = bindStatement(statement, this.#scope, slots)
    let result: Eventually<StatementResult>
    try {
      const identity = unit.core.identities?.of(this.#scope, statement) ?? null
      const connection = unit.connectionFor(statement.writes, identity) ?? unit.connect(statement.writes, identity)
      result =
        connection instanceof Promise
          ? this.#executeOn(connection, statement, bound)
          : this.#execute(connection, statement, bound)
    } catch (error) {
      throw unit.fail(error, statement)
    }
    if (result instanceof Promise) return this.#settle(result, statement)
    if (statement.decodings.length > 0) decodeRows(result.rows, statement.decodings)
    return result
  }

  async tryLock(name: string): Promise<boolean> {
    this.require('run')
    const unit = this.#unit
    unit.enter()
    try {
      const connection = unit.connectionFor(true) ?? (await unit.connect(true))
      return connection.tryLock === undefined || (await unit.answer(connection.tryLock(name)))
    } catch (error) {
      throw unit.fail(error, null)
    } finally {
      unit.leave()
    }
  }

  async runAfterRefusal(statement: CompiledStatement, slots?: SlotValues): Promise<StatementResult> {
    const unit = this.#unit
    const connection = unit.connectionFor(true)
    const { state } = this.#level
    if (connection === null || state !== 'failed' || unit.isBusy || unit.innermost !== this.#level || this.#isClosed)
      throw notRefused(state)
    if (statement.writes) throw readOnly(statement)
    const bound = bindStatement(statement, this.#scope, slots)
    return this.#settle(Promise.resolve(this.#execute(connection, statement, bound)), statement)
  }

  prepared(key: string, deleted: DeletedMode, build: () => RootOperationNode): CompiledStatement {
    this.#statements ??= this.#unit.core.statements.of(this.#scope)
    return this.#statements[deleted].closed.get(key) ?? this.#compiled(key, deleted, { build, isOpen: false })
  }

  preparedOpen(key: string, deleted: DeletedMode, build: () => RootOperationNode): CompiledStatement {
    this.#statements ??= this.#unit.core.statements.of(this.#scope)
    return openStatement(this.#statements[deleted], key) ?? this.#compiled(key, deleted, { build, isOpen: true })
  }

  async releaseConnection(): Promise<boolean> {
    return this.#unit.giveBack()
  }

  queryBuilder(options: Partial<Pick<CompileOptions, 'deleted' | 'allowUnbounded'>> = {}): Kysely<never> {
    return createQueryBuilder(this, options)
  }

  /** Throws unless the method is allowed now: `SESSION_STATE`, `SESSION_CONCURRENT`. */
  require(method: 'run' | 'nested' | 'unscoped' | 'beforehand'): void {
    const { state, failure } = this.#level
    requireState(method, this.#isClosed ? 'closed' : state, failure)
    if (this.#unit.isBusy) {
      throw concurrent(
        method,
        'a call on the same session is unsettled',
        'Await each call; no Promise.all on one session',
      )
    }
    if (this.#unit.innermost !== this.#level) {
      throw concurrent(method, 'its nested session is open', 'Inside nested(), use the session that its work is given')
    }
  }

  /** Nothing runs here any more, though the level may go on: the end of an unscoped part. */
  close(): void {
    this.#isClosed = true
  }

  #compiled(key: string, deleted: DeletedMode, { build, isOpen }: Compiling): CompiledStatement {
    const { statements } = this.#unit.core
    const made = this.compiler.compile(build(), {
      scope: this.#scope,
      deleted,
      byRule: true,
      named: !isOpen || statements.takeName(),
      // Whoever builds statements by rule has asked for { all: true } already.
      allowUnbounded: true,
    })
    keepStatement(statements.of(this.#scope)[deleted], key, { made, isOpen })
    return made
  }

  #execute(connection: Connection, statement: CompiledStatement, bound: Statement): Eventually<StatementResult> {
    const { statement: observe } = this.#unit.core.observer
    if (observe === undefined) return this.#unit.answer(connection.execute(bound))
    return this.#unit.answer(executeObserved(connection, { bound, tables: statement.tables, observe }))
  }

  async #settle(pending: Promise<StatementResult>, statement: CompiledStatement): Promise<StatementResult> {
    const unit = this.#unit
    let result: StatementResult
    unit.enter()
    try {
      result = await pending
    } catch (error) {
      throw unit.fail(error, statement)
    } finally {
      unit.leave()
    }
    decodeRows(result.rows, statement.decodings)
    return result
  }

  async #executeOn(
    connection: Promise<Connection>,
    statement: CompiledStatement,
    bound: Statement,
  ): Promise<StatementResult> {
    return this.#execute(await connection, statement, bound)
  }
}

interface Compiling {
  readonly build: () => RootOperationNode
  readonly isOpen: boolean
}

function readOnly(statement: CompiledStatement): Error {
  return errors.SESSION_READ_ONLY({ values: { tables: statement.tables.join(', ') } })
}

function notRefused(state: string): Error {
  const remedy = 'Let the error pass, so that the unit rolls back'
  return errors.SESSION_STATE({ values: { method: 'runAfterRefusal', state, remedy } })
}

function concurrent(method: string, unsettled: string, remedy: string): Error {
  return errors.SESSION_CONCURRENT({ values: { method, unsettled, remedy } })
}
