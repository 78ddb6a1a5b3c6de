import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { errors } from '../errors/index.ts'
import type { ModelGraph } from '../model/index.ts'
import type { Capabilities } from './capabilities.ts'
import { checkedScope } from './checked-scope.ts'
import { checkedTimeout } from './checked-timeout.ts'
import { createStatementCompiler, type AllowOptions } from './compile/create-statement-compiler.ts'
import type { DatabaseCore } from './database-core.ts'
import { newDatabaseCounts, type DatabaseCounts } from './database-counts.ts'
import type { DatabaseObserver } from './database-observer.ts'
import type { Driver, PoolStats } from './driver.ts'
import { isolationAtLeast } from './isolation-at-least.ts'
import { pingDriver } from './ping-driver.ts'
import { meaningOf } from './meaning-of.ts'
import { PreparedStatements } from './prepared-statements.ts'
import { reportFailure } from './report-failure.ts'
import { reportUnscoped } from './report-unscoped.ts'
import { retryDelayMs } from './retry-delay.ts'
import { retryOf, type Retry } from './retry-of.ts'
import { RightOfWay } from './right-of-way.ts'
import { runUnit, type UnitOutcome } from './run-unit.ts'
import type { RowIdentities } from './row-security-dialect.ts'
import type { RuntimeDialect } from './runtime-dialect.ts'
import type { Scope } from './scope.ts'
import { isKept, isUndone } from './session-level.ts'
import type { Database, Session, SessionOptions } from './session.ts'
import { ToldIdentities } from './told-identities.ts'
import { Turns } from './turns.ts'
import { UnitOfWork, type RunApart, type UnitOptions } from './unit-of-work.ts'
import { createUuidV7 } from './uuid-v7.ts'

export interface DatabaseParts {
  readonly graph: ModelGraph
  readonly dialect: RuntimeDialect
  readonly driver: Driver
  readonly observer?: DatabaseObserver
  /** Sessions tell the database whose rows they are for, and begin a transaction for it before they read. Default none. */
  readonly rowIdentities?: RowIdentities | undefined
  /** Functions, casts, collations and operators that hand-written queries may use beyond Terrace's own list. */
  readonly allow?: AllowOptions
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number
  /** How long a session waits for a connection, in milliseconds. Default 2000. */
  readonly acquireTimeoutMs?: number
  /** How long the answer to one statement of a session is waited for, in milliseconds; 0: without end. Default 30000. */
  readonly statementTimeoutMs?: number
}

/** A database over an open driver: its sessions, and the end of its connections by `close`. */
export function createDatabase(parts: DatabaseParts): Database {
  return new SessionDatabase(coreOf(parts))
}

function coreOf(parts: DatabaseParts): DatabaseCore {
  const { graph, dialect, driver, observer = {}, allow = {}, clock = Date.now, rowIdentities } = parts
  const { acquireTimeoutMs = 2_000, statementTimeoutMs = 30_000 } = parts
  return {
    graph,
    dialect,
    driver,
    compiler: createStatementCompiler({ graph, dialect, capabilities: driver.capabilities, allow }),
    statements: new PreparedStatements(graph),
    observer,
    identities: rowIdentities === undefined ? null : new ToldIdentities(rowIdentities),
    counts: newDatabaseCounts(),
    clock,
    newId: createUuidV7(clock),
    acquireTimeoutMs,
    statementTimeoutMs: checkedTimeout(statementTimeoutMs),
  }
}

class SessionDatabase implements Database {
  readonly #core: DatabaseCore
  /** The unit that the running code is inside of, if any. */
  readonly #current = new AsyncLocalStorage<UnitOfWork>()
  readonly #turns = new Turns(5_000)
  readonly #rightOfWay = new RightOfWay(1_000)
  readonly #apart: RunApart = (scope, work) => this.#current.exit(() => this.session(scope, work, { repeatable: true }))
  /** Those of a session without options of its own, worked out once. */
  #ordinaryOptions: UnitOptions | null = null

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
    const unitOptions = isOrdinary(options) ? this.#ordinary() : unitOptionsOf(options, this.#core)
    const startedMs = performance.now()
    const way = unitOptions.isolation === this.#ordinary().isolation ? null : this.#rightOfWay
    if (way !== null && way.taken !== null) await way.taken
    let run: Retry = 'atOnce'
    for (let retries = 0; ; retries += 1) {
      const unit = new UnitOfWork(this.#core, unitOptions, this.#apart)
      const runOnce = (): Promise<UnitOutcome<R>> => this.#current.run(unit, () => runUnit(unit, checked, work))
      const outcome = await (run === 'atOnce' && way === null ? runOnce() : this.#runBeside(run, way, runOnce))
      if (outcome.kind === 'committed' && unit.hooks.length === 0) {
        unit.close()
        return outcome.result
      }
      if (outcome.kind !== 'rolledBack' || options.repeatable !== true) return this.#conclude(unit, outcome)
      const errorsOfRun = [unit.root.failure, outcome.error]
      run = retryOf({ retries, elapsedMs: performance.now() - startedMs, errors: errorsOfRun })
      if (run === 'no') return this.#conclude(unit, outcome)
      unit.close()
      await this.#waitBeforeRetry(retries + 1, outcome.error)
    }
  }

  async ping(): Promise<void> {
    try {
      await pingDriver(this.#core.driver, this.#core.acquireTimeoutMs)
    } catch (error) {
      throw meaningOf(error, { graph: this.graph, statement: null })
    }
  }

  async releaseConnection(): Promise<boolean> {
    const held = this.#current.getStore()
    return held === undefined || held.isOver || held.giveBack()
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

  /** In its turn where it has met others; units of an isolation beyond the ordinary give way to the last run of one of them. */
  async #runBeside<R>(run: Retry, way: RightOfWay | null, runOnce: () => Promise<R>): Promise<R> {
    if (run === 'last' && way !== null) return this.#turns.take(() => way.take(runOnce))
    if (run !== 'atOnce') return this.#turns.take(runOnce)
    way?.enter()
    try {
      return await runOnce()
    } finally {
      way?.leave()
    }
  }

  #ordinary(): UnitOptions {
    return (this.#ordinaryOptions ??= unitOptionsOf({}, this.#core))
  }

  async #waitBeforeRetry(attempt: number, error: unknown): Promise<void> {
    this.#core.counts.retried += 1
    this.#core.observer.retried?.({ attempt, error })
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

function isOrdinary({ isolation, snapshot, readOnly, statementTimeoutMs }: SessionOptions): boolean {
  return isolation === undefined && snapshot !== true && readOnly !== true && statementTimeoutMs === undefined
}

function unitOptionsOf(options: SessionOptions, { driver: { capabilities }, ...core }: DatabaseCore): UnitOptions {
  const { isolation, snapshot = false, readOnly = false, statementTimeoutMs = core.statementTimeoutMs } = options
  const wanted = isolation ?? (snapshot ? 'repeatableRead' : 'readCommitted')
  return {
    isolation: isolationAtLeast(snapshot && wanted === 'readCommitted' ? 'repeatableRead' : wanted, capabilities),
    readOnly,
    beginsAtOnce: snapshot || isolation !== undefined || core.identities !== null,
    statementTimeoutMs: checkedTimeout(statementTimeoutMs),
  }
}

/** Further failures go with the error that the caller gets, as `suppressed`, where it can carry them. */
function attachFailures(error: unknown, failures: readonly unknown[]): void {
  if (failures.length === 0 || typeof error !== 'object' || error === null || !Object.isExtensible(error)) return
  Object.defineProperty(error, 'suppressed', { value: failures, enumerable: false, configurable: true })
}
