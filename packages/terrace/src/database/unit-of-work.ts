import { errors, TerraceError } from '../errors/index.ts'
import { answeredWithin } from './answered-within.ts'
import type { IsolationLevel } from './capabilities.ts'
import type { CompiledStatement } from './compile/compiled-statement.ts'
import type { DatabaseCore } from './database-core.ts'
import { DriverError, type DriverErrorKind } from './driver-error.ts'
import type { AcquireOptions, BeginOptions, Connection, Eventually } from './driver.ts'
import { meaningOf } from './meaning-of.ts'
import type { RowIdentity } from './row-identity.ts'
import { reportFailure } from './report-failure.ts'
import { newLevel, type SessionHook, type SessionLevel } from './session-level.ts'
import type { Scope } from './scope.ts'
import { requireState } from './session-rules.ts'
import type { Session } from './session.ts'

export interface UnitOptions {
  readonly isolation: IsolationLevel
  readonly readOnly: boolean
  /** BEGIN goes before the first statement of any kind, not only before a write. */
  readonly beginsAtOnce: boolean
  /** How long the answer to one statement is waited for, BEGIN and COMMIT included, in milliseconds; 0: without end. */
  readonly statementTimeoutMs: number
}

type Access = AcquireOptions['access']

/** Runs a unit of its own outside of the one that asks. */
export type RunApart = <R>(scope: Scope, work: (session: Session) => Promise<R>) => Promise<R>

interface Beginning {
  readonly access: Access
  readonly identity: RowIdentity | null
}

/** After these, nobody knows whether a COMMIT that was sent took place. */
const unknownAfterCommit: ReadonlySet<DriverErrorKind> = new Set<DriverErrorKind>(['connection', 'timeout'])

/**
 * One transaction, or what may become one: the connection, what was begun on it, and the levels of its sessions. Nothing is
 * acquired before the first statement, nothing is begun before it is needed.
 */
export class UnitOfWork {
  readonly core: DatabaseCore
  readonly options: UnitOptions
  readonly apart: RunApart
  readonly root: SessionLevel
  readonly hooks: SessionHook[] = []
  readonly startedMs: number
  /** The only level whose sessions may act: outer ones wait for the work of their nested session. */
  innermost: SessionLevel
  /** A call to the driver is unsettled. */
  isBusy = false
  /** Committed or rolled back, and the connection given back. */
  isOver = false
  #connection: Connection | null = null
  #access: Access = 'read'
  #hasBegun = false
  /** When BEGIN was sent, by the clock of `performance.now`; 0 where nobody wants to know. */
  #begunMs = 0
  #isBroken = false
  /** What the database was told last of whose rows the transaction is for. */
  #told: RowIdentity | null = null
  #idle: PromiseWithResolvers<void> | null = null
  readonly #levels: SessionLevel[]
  #hasBegunCall = false
  readonly #endCall = (): void => {
    this.#hasBegunCall = false
  }

  constructor(core: DatabaseCore, options: UnitOptions, apart: RunApart) {
    this.core = core
    this.options = options
    this.apart = apart
    this.startedMs = Math.floor(core.clock())
    this.root = newLevel(null, null)
    this.innermost = this.root
    this.#levels = [this.root]
  }

  /** Whether it holds a connection already, or waits for one. */
  get hasConnected(): boolean {
    return this.#connection !== null || this.isBusy
  }

  /**
   * False while another call of this turn of the event loop has begun. It ends by itself before whoever awaits it goes on; what
   * is unsettled after that, `isBusy` knows.
   */
  beginCall(): boolean {
    if (this.#hasBegunCall) return false
    this.#hasBegunCall = true
    queueMicrotask(this.#endCall)
    return true
  }

  /** The connection, if a statement can be sent on it as things stand; otherwise `connect` brings that about. */
  connectionFor(writes: boolean, identity: RowIdentity | null = null): Connection | null {
    if (identity !== null && identity !== this.#told) return null
    return this.#hasBegun || (!writes && !this.options.beginsAtOnce) ? this.#connection : null
  }

  /**
   * Acquires what is missing, begins where needed and tells the database whose rows it is for: at once where an embedded engine
   * does. What is pending is a call to it.
   */
  connect(writes: boolean, identity: RowIdentity | null = null): Eventually<Connection> {
    const begins = !this.#hasBegun && (writes || this.options.beginsAtOnce)
    const access = begins && !this.options.readOnly ? 'write' : 'read'
    const connection = this.#acquire(access)
    const proceed = (acquired: Connection): Eventually<Connection> =>
      begins ? this.#begin(acquired, { access, identity }) : this.#tell(acquired, identity)
    return connection instanceof Promise ? connection.then(proceed) : proceed(connection)
  }

  /** What the connection was asked, waited for no longer than the unit's limit. */
  answer<T>(asked: Eventually<T>): Eventually<T> {
    return answeredWithin(asked, this.options.statementTimeoutMs)
  }

  enter(): void {
    this.isBusy = true
  }

  leave(): void {
    this.isBusy = false
    const idle = this.#idle
    this.#idle = null
    idle?.resolve()
  }

  /**
   * Marks the levels that an error of the driver ends, and gives what it means to the domain. The nested session alone, if
   * there is one and the transaction still stands.
   */
  fail(error: unknown, statement: CompiledStatement | null): unknown {
    const isClassified = error instanceof DriverError
    const failure = meaningOf(error, { graph: this.core.graph, statement })
    if (failure instanceof TerraceError) this.core.observer.refused?.({ code: failure.code })
    if (isClassified ? isUnusableAfter(error) : !(error instanceof TerraceError)) this.#isBroken = true
    if (!isClassified || error.endsSession || !this.#hasBegun) this.#failAll(failure)
    else failLevel(this.innermost, failure)
    return failure
  }

  /** Throws unless the work of this level ended with everything settled and nothing failed. */
  requireCommittable(level: SessionLevel): Eventually<void> {
    if (this.isBusy) return this.#refuseUnsettled()
    if (level.state === 'open' && this.innermost !== level) throw unsettledAtEnd('a nested session was not awaited')
    // What made a database unavailable is the better answer, also when the work has caught it.
    if (level.state === 'failed' && isUnavailable(level.failure)) throw level.failure
    requireState('commit', level.state, level.failure)
  }

  /** Opens a savepoint inside `parent`, beginning the transaction if need be. */
  async openLevel(parent: SessionLevel): Promise<SessionLevel> {
    const level = newLevel(parent, `terrace_${this.#levels.length}`)
    this.enter()
    try {
      const connection = this.connectionFor(true) ?? (await this.connect(true))
      await this.answer(connection.savepoint(level.savepoint as string))
    } catch (error) {
      throw this.fail(error, null)
    } finally {
      this.leave()
    }
    // Its parent may have ended meanwhile, when nobody awaited this.
    requireState('nested', parent.state, parent.failure)
    level.told = this.#told
    this.#levels.push(level)
    this.innermost = level
    return level
  }

  async commitLevel(level: SessionLevel): Promise<void> {
    this.enter()
    try {
      await this.answer(this.#connection?.releaseSavepoint(level.savepoint as string))
    } catch (error) {
      throw this.#failWhole(error)
    } finally {
      this.leave()
    }
    this.#leaveLevel(level, 'committed')
  }

  /** Undoes a nested session. Never throws: the work's own error is the one to tell. */
  async rollBackLevel(level: SessionLevel): Promise<void> {
    if (this.root.state === 'open' || this.root.state === 'failed') this.#undoLevelsFrom(level)
    await this.#settled()
    if (this.isOver) return
    this.enter()
    try {
      // Otherwise the transaction is gone as a whole, and its savepoints with it.
      if (this.root.state === 'open') await this.#undoSavepoint(level)
    } catch (error) {
      reportFailure(this.core.observer, { kind: 'rollback', error: this.#failWhole(error) })
    } finally {
      this.leave()
    }
    this.#leaveLevel(level, 'rolledBack')
  }

  /** Commits and gives the connection back. After a throw the unit is over as well. */
  commit(): Eventually<void> {
    return this.#hasBegun ? this.#commitBegun() : this.#committed()
  }

  /** Rolls back and gives the connection back. Never throws: a connection that cannot roll back is destroyed. */
  async rollBack(): Promise<void> {
    // First of all, so that a statement nobody awaited cannot be sent after the rollback, where it would commit by itself.
    this.#undoLevelsFrom(this.root)
    await this.#settled()
    try {
      if (this.#hasBegun && !this.#isBroken) await this.answer(this.#connection?.rollback())
    } catch (error) {
      this.#isBroken = true
      reportFailure(this.core.observer, { kind: 'rollback', error })
    }
    this.core.counts.rolledBack += 1
    await this.#end()
  }

  /** Gives the connection back until the next statement. False where a transaction has begun on it, or it is in use. */
  giveBack(): Eventually<boolean> {
    if (this.#hasBegun || this.isBusy) return false
    this.#told = null
    const released = this.#release()
    return released instanceof Promise ? released.then(() => true) : true
  }

  /** Ends the last state: nothing is allowed in any of its sessions any more. */
  close(): void {
    for (const level of this.#levels) level.state = 'closed'
  }

  #acquire(access: Access): Eventually<Connection> {
    const { driver, acquireTimeoutMs: timeoutMs } = this.core
    const serves = access === 'read' || this.#access === 'write' || !driver.capabilities.separateWriter
    if (this.#connection !== null && serves) return this.#connection
    const released = this.#release()
    const acquire = (): Eventually<Connection> => this.#take(driver.acquire({ access, timeoutMs }), access)
    return released instanceof Promise ? released.then(acquire) : acquire()
  }

  #take(acquired: Eventually<Connection>, access: Access): Eventually<Connection> {
    if (acquired instanceof Promise) return acquired.then((connection) => this.#take(connection, access))
    this.#connection = acquired
    this.#access = access
    return acquired
  }

  #begin(connection: Connection, beginning: Beginning): Eventually<Connection> {
    if (this.core.observer.transaction !== undefined) this.#begunMs = performance.now()
    try {
      const begun = this.answer(connection.begin(this.#beginOptions(beginning)))
      if (begun instanceof Promise)
        return begun.then(
          () => this.#begun(connection, beginning),
          (error: unknown) => this.#beginAgain(error, beginning),
        )
    } catch (error) {
      return this.#beginAgain(error, beginning)
    }
    return this.#begun(connection, beginning)
  }

  /** The connection was dead already and nothing has been sent on it: another one may be alive. */
  async #beginAgain(error: unknown, beginning: Beginning): Promise<Connection> {
    if (!(error instanceof DriverError && error.kind === 'connection')) throw error
    this.#isBroken = true
    await this.#release()
    const another = await this.#acquire(beginning.access)
    await this.answer(another.begin(this.#beginOptions(beginning)))
    return this.#begun(another, beginning)
  }

  #beginOptions({ identity }: Beginning): BeginOptions {
    return identity === null ? this.options : { ...this.options, identity }
  }

  #begun(connection: Connection, { identity }: Beginning): Connection {
    this.#hasBegun = true
    this.#told = identity
    return connection
  }

  #tell(connection: Connection, identity: RowIdentity | null): Eventually<Connection> {
    if (identity === null || identity === this.#told) return connection
    const told = (): Connection => {
      this.#told = identity
      return connection
    }
    const telling = this.answer((connection as Required<Connection>).identify(identity))
    return telling instanceof Promise ? telling.then(told) : told()
  }

  async #refuseUnsettled(): Promise<never> {
    await this.#settled()
    throw unsettledAtEnd('a statement was not awaited')
  }

  async #commitBegun(): Promise<void> {
    this.enter()
    try {
      await this.answer(this.#connection?.commit())
    } catch (error) {
      throw await this.#commitFailed(error)
    } finally {
      this.leave()
    }
    await this.#committed()
  }

  #committed(): Eventually<void> {
    this.root.state = 'committed'
    this.core.counts.committed += 1
    return this.#end()
  }

  async #undoSavepoint({ savepoint, told }: SessionLevel): Promise<void> {
    await this.answer(this.#connection?.rollbackToSavepoint(savepoint as string))
    this.#told = told
    // Rolling back to a savepoint keeps it: released, so that a long unit does not pile them up.
    await this.answer(this.#connection?.releaseSavepoint(savepoint as string))
  }

  async #commitFailed(error: unknown): Promise<unknown> {
    const mayHaveFailed = !(error instanceof DriverError) || unknownAfterCommit.has(error.kind)
    // What only read changed nothing, so there is nothing to be unsure of.
    const isUnknown = mayHaveFailed && !this.options.readOnly
    if (isUnknown) {
      this.#isBroken = true
      this.core.counts.commitUnknown += 1
      this.root.state = 'failed'
      await this.#end()
      return errors.COMMIT_UNKNOWN({ cause: error })
    }
    const failure = this.fail(error, null)
    this.leave()
    await this.rollBack()
    return failure
  }

  #failWhole(error: unknown): unknown {
    const failure = this.fail(error, null)
    this.#failAll(failure)
    return failure
  }

  #failAll(failure: unknown): void {
    for (let at: SessionLevel | null = this.innermost; at !== null; at = at.parent) failLevel(at, failure)
  }

  #leaveLevel(level: SessionLevel, state: 'committed' | 'rolledBack'): void {
    level.state = state
    if (level.parent !== null) this.innermost = level.parent
  }

  /** Also nested sessions inside whose work nobody awaited: they end with the one around them. */
  #undoLevelsFrom(level: SessionLevel): void {
    for (let at = this.innermost; at !== level && at.parent !== null; at = at.parent) at.state = 'rolledBack'
    level.state = 'rolledBack'
    this.innermost = level
  }

  #end(): Eventually<void> {
    this.isOver = true
    if (this.#hasBegun && this.#begunMs > 0) this.#tellTransaction()
    return this.#release()
  }

  #tellTransaction(): void {
    const { state } = this.root
    const outcome = state === 'committed' || state === 'rolledBack' ? state : 'unknown'
    this.core.observer.transaction?.({ outcome, durationMs: performance.now() - this.#begunMs })
  }

  /** Never fails: there is nobody to tell but the observer. */
  #release(): Eventually<void> {
    const connection = this.#connection
    if (connection === null) return undefined
    const broken = this.#isBroken
    this.#connection = null
    this.#isBroken = false
    const report = (error: unknown): void => reportFailure(this.core.observer, { kind: 'release', error })
    try {
      const released = this.core.driver.release(connection, { broken })
      return released instanceof Promise ? released.catch(report) : undefined
    } catch (error) {
      return report(error)
    }
  }

  #settled(): Promise<void> {
    if (!this.isBusy) return Promise.resolve()
    this.#idle ??= Promise.withResolvers<void>()
    return this.#idle.promise
  }
}

function failLevel(level: SessionLevel, failure: unknown): void {
  if (level.state !== 'open') return
  level.state = 'failed'
  level.failure = failure
}

/** A statement that was given up is still under way: the next one would get its answer. */
function isUnusableAfter({ kind, endsSession }: DriverError): boolean {
  return kind === 'connection' || (kind === 'timeout' && endsSession)
}

function isUnavailable(failure: unknown): boolean {
  return failure instanceof TerraceError && failure.kind === 'unavailable'
}

function unsettledAtEnd(unsettled: string): Error {
  return errors.SESSION_CONCURRENT({
    values: { method: 'commit', unsettled, remedy: 'Await everything inside the work before it returns' },
  })
}
