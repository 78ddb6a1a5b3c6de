import { errors } from '../errors/index.ts'
import { checkedScope } from './checked-scope.ts'
import { narrowedScope } from './narrowed-scope.ts'
import { reportUnscoped } from './report-unscoped.ts'
import { unscoped, type Scope } from './scope.ts'
import { LevelExecutor } from './session-executor.ts'
import type { SessionLevel } from './session-level.ts'
import { requireState } from './session-rules.ts'
import type { Session, SessionExecutor, SessionState, SessionUser } from './session.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** A session of a unit of work: one of its levels, seen under one scope. */
export class OpenSession implements Session {
  readonly #scope: Scope
  readonly #unit: UnitOfWork
  readonly #level: SessionLevel
  readonly #executor: LevelExecutor
  #users: Map<SessionUser<unknown>, unknown> | null = null
  /** Sessions opened from this one and not over yet: an unscoped part takes them along when it ends. */
  #inside: Set<OpenSession> | null = null
  #isClosed = false

  constructor(unit: UnitOfWork, level: SessionLevel, scope: Scope) {
    this.#scope = scope
    this.#unit = unit
    this.#level = level
    this.#executor = new LevelExecutor(unit, level, scope)
  }

  static executorOf(session: Session): SessionExecutor {
    if (typeof session === 'object' && session !== null && #executor in session) return session.#executor
    throw errors.SESSION_FOREIGN()
  }

  /** Whoever holds the session cannot put another one in its place. */
  get scope(): Scope {
    return this.#scope
  }

  get state(): SessionState {
    return this.#isClosed ? 'closed' : this.#level.state
  }

  use<T>(user: SessionUser<T>): T {
    requireState('use', this.state, this.#level.failure)
    this.#users ??= new Map()
    const known = this.#users.get(user)
    if (known !== undefined) return known as T
    const made = new user(this)
    this.#users.set(user, made)
    return made
  }

  async nested<R>(work: (session: Session) => Promise<R>, options: { readonly scope?: Scope } = {}): Promise<R> {
    this.#executor.require('nested')
    const scope = this.#scopeInside(options)
    const level = await this.#unit.openLevel(this.#level)
    const inner = this.#open(level, scope)
    let result: R
    try {
      result = await work(inner)
      await this.#unit.requireCommittable(level)
    } catch (error) {
      await this.#unit.rollBackLevel(level)
      throw error
    } finally {
      this.#inside?.delete(inner)
    }
    await this.#unit.commitLevel(level)
    return result
  }

  async unscoped<R>(reason: string, work: (session: Session) => Promise<R>): Promise<R> {
    this.#executor.require('unscoped')
    const scope = checkedScope(unscoped(reason), this.#unit.core.graph)
    reportUnscoped(this.#unit.core, reason)
    const session = this.#open(this.#level, scope)
    try {
      return await work(session)
    } finally {
      session.#close()
      this.#inside?.delete(session)
    }
  }

  async beforehand<R>(scope: Scope, work: (session: Session) => Promise<R>): Promise<R> {
    this.#executor.require('beforehand')
    if (this.#unit.hasConnected) throw errors.SESSION_BEGUN()
    return this.#unit.apart(scope, work)
  }

  afterCommit(work: () => void | Promise<void>): void {
    requireState('afterCommit', this.state, this.#level.failure)
    this.#unit.hooks.push({ kind: 'afterCommit', level: this.#level, work })
  }

  afterRollback(work: (session: Session) => Promise<void>): void {
    requireState('afterRollback', this.state, this.#level.failure)
    this.#unit.hooks.push({ kind: 'afterRollback', level: this.#level, scope: this.#scope, work })
  }

  /** An option that is there but undefined is a scope that got lost, not the wish to keep this one. */
  #scopeInside(options: { readonly scope?: Scope }): Scope {
    if (!('scope' in options)) return this.#scope
    return narrowedScope(this.#scope, checkedScope(options.scope as Scope, this.#unit.core.graph))
  }

  #open(level: SessionLevel, scope: Scope): OpenSession {
    const inner = new OpenSession(this.#unit, level, scope)
    this.#inside ??= new Set()
    this.#inside.add(inner)
    return inner
  }

  /** What was not awaited inside must not go on without a scope. */
  #close(): void {
    this.#isClosed = true
    this.#executor.close()
    for (const inner of this.#inside ?? []) inner.#close()
  }
}
