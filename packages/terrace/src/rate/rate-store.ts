import type { Scope, Session } from '../database/index.ts'
import type { DeclaredError } from '../errors/index.ts'
import type { BoundModel } from '../model/index.ts'
import type { Log } from '../observe/index.ts'
import type { RateLimit } from './rate-limit.ts'

/** Where a unit of work of its own can be run: a database, or a session before its first statement. */
export interface Units {
  session<R>(scope: Scope, work: (session: Session) => Promise<R>): Promise<R>
}

/**
 * Counts by the leaky bucket of ATM networks (GCRA): `max` at once, then one more every `windowMs / max`. One number for each key,
 * and no moment at which everybody may begin anew.
 *
 * A promise is given only where something has to be waited for.
 */
export interface RateCounter {
  /**
   * Takes one more into account. Gives the milliseconds until the bucket of the key is empty, this one included: more than the
   * window's, and this one was refused and not counted (`waitMsOf`).
   */
  take(key: string, units: Units): number | Promise<number>
  /** Makes one undone that was taken. */
  giveBack(key: string, units: Units): void | Promise<void>
  /** Whether anything is in the bucket of a key. */
  holds(key: string, units: Units): boolean | Promise<boolean>
  /** Empties the bucket. */
  forget(key: string, units: Units): void | Promise<void>
}

/** Where it is counted: in this process, in the database, in Redis. A value: nothing is opened before the first count. */
export interface RateStore {
  /** Counts of one name and limit, apart from those of others. */
  counter(name: string, limit: RateLimit): RateCounter
  /** What a count may be refused with besides, for the documentation of routes. */
  readonly refusals?: readonly DeclaredError[]
  /** Of the rows that it counts in; it has to be one of the app's. */
  readonly model?: BoundModel
  /** Where it is told what goes wrong beside the answer. Before that, as a warning of the process. */
  logTo?(log: Log): void
  close?(): Promise<void>
}
