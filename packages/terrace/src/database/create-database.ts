import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { errors, TerraceError } from '../errors/index.ts'
import type { ModelGraph } from '../model/index.ts'
import type { Capabilities } from './capabilities.ts'
import { checkedScope } from './checked-scope.ts'
import { createStatementCompiler } from './compile/create-statement-compiler.ts'
import type { DatabaseCore } from './database-core.ts'
import { newDatabaseCounts, type DatabaseCounts } from './database-counts.ts'
import type { DatabaseObserver } from './database-observer.ts'
import { DriverError } from './driver-error.ts'
import type { Driver, PoolStats } from './driver.ts'
import { isolationAtLeast } from './isolation-at-least.ts'
import { pingDriver } from './ping-driver.ts'
import { meaningOf } from './meaning-of.ts'
import { PreparedStatements } from './prepared-statements.ts'
import { reportFailure } from './report-failure.ts'
import { reportUnscoped } from './report-unscoped.ts'
import { mostRetries, retryBudgetMs, retryDelayMs } from './retry-delay.ts'
import { runUnit, type UnitOutcome } from './run-unit.ts'
import type { RuntimeDialect } from './runtime-dialect.ts'
import type { Scope } from './scope.ts'
import { isKept, isUndone } from './session-level.ts'
import type { Database, Session, SessionOptions } from './session.ts'
import { UnitOfWork, type UnitOptions } from './unit-of-work.ts'
import { createUuidV7 } from './uuid-v7.ts'

export interface DatabaseParts {
  readonly graph: ModelGraph
  readonly dialect: RuntimeDialect
  readonly driver: Driver
  readonly observer?: DatabaseObserver
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number
  /** How long a session waits for a connection, in milliseconds. Default 2000. */
  readonly acquireTimeoutMs?: number
}

/** A database over an open driver: its sessions, and the end of its connections by `close`. */
export function createDatabase(parts: DatabaseParts): Database {
  return new SessionDatabase(coreOf(parts))
}

function coreOf({
  graph,
  dialect,
  driver,
  observer = {},
  clock = Date.now,
  acquireTimeoutMs = 2_000,
}: DatabaseParts): DatabaseCore {
  return {
    graph,
    dialect,
    driver,
    compiler: createStatementCompiler({ graph, dialect, capabilities: driver.capabilities }),
    statements: new PreparedStatements(),
    observer,
    counts: newDatabaseCounts(),
    clock,
    newId: createUuidV7(clock),
    acquireTimeoutMs,
  }
}

class SessionDatabase implements Database {
  readonly #core: DatabaseCore
  /** The unit that the running code is inside of, if any. */
  readonly #current = new AsyncLocalStorage<UnitOfWork>()

  constructor(core: DatabaseCore) {
    this.#core = core
  }

  get graph(): ModelGraph {
    return this.#core.graph
  }

  get dialect(): RuntimeDialect {
    return this.#core.dialect
  }

  get capabilities(): Capabilities {
    return this.#core.driver.capabilities
  }

  async session<R>(scope: Scope, work: (session: Session) => Promise<R>, options: SessionOptions = {}): Promise<R> {
    const checked = checkedScope(scope, this.#core.graph)
    const held = this.#current.getStore()
    if (held !== undefined && !held.isOver) throw errors.SESSION_NESTED_TOP_LEVEL()
    if (checked.kind === 'unscoped') reportUnscoped(this.#core, checked.reason)
    const unitOptions = unitOptionsOf(options, this.capabilities)
    const startedMs = performance.now()
    for (let retry = 0; ; retry += 1) {
      const unit = new UnitOfWork(this.#core, unitOptions)
      const outcome = await this.#current.run(unit, () => runUnit(unit, checked, work))
      const mayRunAgain =
        options.repeatable === true && retry < mostRetries && performance.now() - startedMs < retryBudgetMs
      if (!mayRunAgain || !isRetryable(unit, outcome)) return this.#conclude(unit, outcome)
      unit.close()
      await this.#waitBeforeRetry(retry + 1, outcome)
    }
  }

  async ping(): Promise<void> {
    try {
      await pingDriver(this.#core.driver, this.#core.acquireTimeoutMs)
    } catch (error) {
      throw meaningOf(error, { graph: this.graph, statement: null })
    }
  }

  counts(): DatabaseCounts {
    return this.#core.counts
  }

  stats(): PoolStats {
    return this.#core.driver.stats()
  }

  close(): Promise<void> {
    return this.#core.driver.close()
  }

  async #waitBeforeRetry(attempt: number, outcome: UnitOutcome<unknown>): Promise<void> {
    this.#core.counts.retried += 1
    this.#core.observer.retried?.({ attempt, error: outcome.kind === 'committed' ? undefined : outcome.error })
    await sleep(retryDelayMs(attempt))
  }

  /** The hooks, in the order of their registration, then the unit's own result or error. */
  async #conclude<R>(unit: UnitOfWork, outcome: UnitOutcome<R>): Promise<R> {
    const failures = unit.hooks.length === 0 ? [] : await this.#runHooks(unit)
    unit.close()
    if (outcome.kind === 'committed') return outcome.result
    attachFailures(outcome.error, failures)
    throw outcome.error
  }

  async #runHooks(unit: UnitOfWork): Promise<readonly unknown[]> {
    const failures: unknown[] = []
    for (const hook of unit.hooks) {
      try {
        if (hook.kind === 'afterCommit' && isKept(hook.level)) await hook.work()
        if (hook.kind === 'afterRollback' && isUndone(hook.level)) await this.session(hook.scope, hook.work)
      } catch (error) {
        failures.push(error)
        reportFailure(this.#core.observer, { kind: hook.kind, error })
      }
    }
    return failures
  }
}

function unitOptionsOf(options: SessionOptions, capabilities: Capabilities): UnitOptions {
  const { isolation, snapshot = false, readOnly = false } = options
  const wanted = isolation ?? (snapshot ? 'repeatableRead' : 'readCommitted')
  return {
    isolation: isolationAtLeast(snapshot && wanted === 'readCommitted' ? 'repeatableRead' : wanted, capabilities),
    readOnly,
    beginsAtOnce: snapshot || isolation !== undefined,
  }
}

/** The failure of the session counts before the error of the work, which may have wrapped it. */
function isRetryable(unit: UnitOfWork, outcome: UnitOutcome<unknown>): boolean {
  if (outcome.kind !== 'rolledBack') return false
  return [unit.root.failure, outcome.error].some(
    (error) => error instanceof TerraceError && error.cause instanceof DriverError && error.cause.retryable,
  )
}

/** Further failures go with the error that the caller gets, as `suppressed`, where it can carry them. */
function attachFailures(error: unknown, failures: readonly unknown[]): void {
  if (failures.length === 0 || typeof error !== 'object' || error === null || !Object.isExtensible(error)) return
  Object.defineProperty(error, 'suppressed', { value: failures, enumerable: false, configurable: true })
}
