import { errors } from '../errors/index.ts'
import type { Eventually, PoolStats } from './driver.ts'

/** How a pool makes, checks and ends its connections. */
export interface ConnectionSource<C> {
  /** Answers at once or later; throws or rejects with what the caller of `acquire` shall see. */
  open(): Eventually<C>
  /** Ends a connection that nobody uses any more. Must not fail: there is nobody left to tell. */
  destroy(connection: C): Eventually<void>
  /** What is known without asking: its socket was closed, its state is undefined. */
  isBroken(connection: C): boolean
  /** Asks the other side, false when it does not answer well. Null where connections cannot get lost. */
  readonly ping: ((connection: C) => Promise<boolean>) | null
}

export interface PoolLimits {
  /** Connections kept. */
  readonly size: number
  /** Further ones opened under load and closed as soon as nobody waits for them. */
  readonly overflow: number
}

interface Idle<C> {
  readonly connection: C
  readonly sinceMs: number
}

interface Waiter<C> {
  readonly resolve: (connection: C) => void
  readonly reject: (error: unknown) => void
  readonly timer: NodeJS.Timeout
}

// A connection used a moment ago is not asked again: a ping costs as much as the query of a short session.
const pingAfterIdleMs = 1_000

/**
 * Connections of one kind behind a first-in, first-out queue. Whichever becomes free or is opened goes to whoever waits
 * longest; that one also hears of a failed attempt to open one.
 */
export class ConnectionPool<C extends object> {
  readonly #source: ConnectionSource<C>
  readonly #limits: PoolLimits
  readonly #idle: Idle<C>[] = []
  readonly #inUse = new Set<C>()
  readonly #waiters: Waiter<C>[] = []
  /** Connections being opened or pinged, each on behalf of a waiter. */
  #arriving = 0
  /** Connections being ended: the other side still counts them. */
  #leaving = 0
  #closing: Promise<void> | null = null
  #whenDrained: (() => void) | null = null

  constructor(source: ConnectionSource<C>, limits: PoolLimits) {
    this.#source = source
    this.#limits = limits
  }

  /**
   * A connection for one user at a time, at once where one is idle. Errors: `POOL_TIMEOUT` after `timeoutMs`,
   * `DATABASE_CLOSED`, and what the source reports when it cannot open one.
   */
  acquire(timeoutMs: number): Eventually<C> {
    if (this.#closing !== null) throw errors.DATABASE_CLOSED()
    if (this.#waiters.length > 0) return this.#wait(timeoutMs)
    const idle = this.#idle.at(-1)
    if (idle === undefined) return this.#hasRoom() ? this.#openAtOnce(timeoutMs) : this.#wait(timeoutMs)
    if (!this.#isFresh(idle)) return this.#wait(timeoutMs)
    this.#idle.pop()
    return this.#lend(idle.connection)
  }

  /** `isBroken`: the connection is destroyed; another is opened when somebody needs it. */
  release(connection: C, { isBroken = false }: { readonly isBroken?: boolean } = {}): void {
    if (!this.#inUse.delete(connection)) throw new Error('A connection was released that is not in use')
    if (isBroken || this.#source.isBroken(connection)) this.#discard(connection)
    else this.#handOn(connection)
    this.#feed()
  }

  stats(): PoolStats {
    return { size: this.#size(), idle: this.#idle.length, waiting: this.#waiters.length }
  }

  /** Turns waiters away, waits for the connections in use, ends all. A second call waits for the same. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll()
    return this.#closing
  }

  async #closeAll(): Promise<void> {
    for (const waiter of this.#waiters.splice(0)) {
      clearTimeout(waiter.timer)
      waiter.reject(errors.DATABASE_CLOSED())
    }
    for (const { connection } of this.#idle.splice(0)) this.#discard(connection)
    if (this.#isDrained()) return
    await new Promise<void>((resolve) => {
      this.#whenDrained = resolve
    })
  }

  #size(): number {
    return this.#inUse.size + this.#idle.length + this.#arriving
  }

  #hasRoom(): boolean {
    return this.#size() + this.#leaving < this.#limits.size + this.#limits.overflow
  }

  #isFresh({ connection, sinceMs }: Idle<C>): boolean {
    if (this.#source.isBroken(connection)) return false
    return this.#source.ping === null || performance.now() - sinceMs < pingAfterIdleMs
  }

  #lend(connection: C): C {
    this.#inUse.add(connection)
    return connection
  }

  #openAtOnce(timeoutMs: number): Eventually<C> {
    const opened = this.#source.open()
    if (!(opened instanceof Promise)) return this.#lend(opened)
    this.#arrive(opened)
    return this.#wait(timeoutMs)
  }

  #wait(timeoutMs: number): Promise<C> {
    const { promise, resolve, reject } = Promise.withResolvers<C>()
    const timer = setTimeout(() => this.#giveUp(waiter, timeoutMs), timeoutMs)
    const waiter: Waiter<C> = { resolve, reject, timer }
    this.#waiters.push(waiter)
    this.#feed()
    return promise
  }

  #giveUp(waiter: Waiter<C>, timeoutMs: number): void {
    this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
    waiter.reject(errors.POOL_TIMEOUT({ values: { timeoutMs }, retryAfterSeconds: 1 }))
  }

  /** Puts connections on their way until each waiter has one coming or the pool is full. */
  #feed(): void {
    while (this.#waiters.length > this.#arriving) {
      const idle = this.#idle.pop()
      if (idle !== undefined) this.#arrive(this.#checked(idle))
      else if (this.#hasRoom()) this.#arrive(this.#open())
      else return
    }
  }

  async #open(): Promise<C> {
    return await this.#source.open()
  }

  async #checked(idle: Idle<C>): Promise<C> {
    const isAlive = this.#isFresh(idle) || (await this.#answers(idle.connection))
    if (isAlive) return idle.connection
    await this.#end(idle.connection)
    return this.#open()
  }

  async #answers(connection: C): Promise<boolean> {
    if (this.#source.isBroken(connection)) return false
    return this.#source.ping === null || this.#source.ping(connection)
  }

  #arrive(coming: Promise<C>): void {
    this.#arriving += 1
    void this.#deliver(coming)
  }

  async #deliver(coming: Promise<C>): Promise<void> {
    const [arrived] = await Promise.allSettled([coming])
    this.#arriving -= 1
    if (arrived.status === 'fulfilled') this.#handOn(arrived.value)
    else this.#refuse(arrived.reason)
    this.#feed()
  }

  #handOn(connection: C): void {
    const waiter = this.#waiters.shift()
    if (waiter !== undefined) {
      clearTimeout(waiter.timer)
      waiter.resolve(this.#lend(connection))
    } else if (this.#closing !== null || this.#size() >= this.#limits.size) this.#discard(connection)
    else this.#idle.push({ connection, sinceMs: performance.now() })
  }

  #refuse(error: unknown): void {
    const waiter = this.#waiters.shift()
    if (waiter === undefined) return this.#settleDrained()
    clearTimeout(waiter.timer)
    waiter.reject(error)
  }

  /** Gone from the pool at once; its place is free when it has ended. */
  #discard(connection: C): void {
    const ending = this.#end(connection)
    if (ending instanceof Promise) void ending.then(() => this.#feed())
  }

  #end(connection: C): Eventually<void> {
    this.#leaving += 1
    let ending: Eventually<void>
    try {
      ending = this.#source.destroy(connection)
    } catch (error) {
      this.#hasLeft()
      throw error
    }
    return ending instanceof Promise ? ending.finally(() => this.#hasLeft()) : this.#hasLeft()
  }

  #hasLeft(): void {
    this.#leaving -= 1
    this.#settleDrained()
  }

  #isDrained(): boolean {
    return this.#inUse.size + this.#arriving + this.#leaving === 0
  }

  #settleDrained(): void {
    if (this.#closing !== null && this.#isDrained()) this.#whenDrained?.()
  }
}
